// A preset at rest: a named scene with the words people keep beside it. The file format's shape, version 1.
import type { Scene } from '../synth/index.ts';

export const PRESET_FORMAT = 'hushcraft-preset';
export const PRESET_VERSION = 1;

export interface Preset {
  readonly format: typeof PRESET_FORMAT;
  readonly version: typeof PRESET_VERSION;
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly tags: readonly string[];
  readonly note: string;
  readonly scene: Scene;
}

/** Why something from outside was refused: `code` for the program, `message` for the person. */
export interface RestoreError {
  readonly code:
    | 'empty' | 'too-large' | 'not-text' | 'not-json' | 'too-deep' | 'wrong-format' | 'newer-version' | 'wrong-shape';
  readonly message: string;
}
