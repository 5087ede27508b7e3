// The scenes whose samples are pinned, and how they are rendered.
import type { Scene } from '../../src/synth/index.ts';
import { BEDS_SCENE, BEDS_SHA256, GOLDEN_SCENE, GOLDEN_SECONDS, GOLDEN_SHA256 } from '../golden.ts';

export const SECONDS = GOLDEN_SECONDS;
export const RATE = 48000;

/** A scene with the SHA-256 that its samples must have everywhere. */
export const PINNED: Readonly<Record<string, { readonly scene: Scene; readonly sha256: string }>> = {
  foreground: { scene: GOLDEN_SCENE, sha256: GOLDEN_SHA256 },
  beds: { scene: BEDS_SCENE, sha256: BEDS_SHA256 },
};
