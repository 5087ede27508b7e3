// What a file is to hold → its samples, piece by piece: a stretch of the sound, a seamless loop, or a whole night.
import { loopFrames, renderLoop, renderPieces } from '../../synth/index.ts';
import type { Engine, Mode, NightPlan, Scene } from '../../synth/index.ts';

export type SoundToGo =
  | { readonly kind: 'stretch'; readonly seconds: number }
  /** Its end leads into its beginning. */
  | { readonly kind: 'loop'; readonly seconds: number }
  /** From the first minute until `seconds`, with the programme in it. */
  | { readonly kind: 'night'; readonly seconds: number; readonly plan: NightPlan };

export interface SoundSpec {
  readonly scene: Scene;
  readonly mode: Mode;
  readonly sound: SoundToGo;
  /** Hz. */
  readonly sampleRate: number;
  /** Without room and without fades: for measuring. */
  readonly dry?: boolean;
}

export interface SoundPiece {
  /** Empty while a loop settles. Good until the next piece is asked for. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Of all the work, 0…1. */
  readonly share: number;
  /** What computing it took. */
  readonly ms: number;
  /** Absent for loops. */
  readonly engine?: Engine;
}

/** How many frames the pieces hold together. */
export function soundFrames({ sound, sampleRate }: Pick<SoundSpec, 'sound' | 'sampleRate'>): number {
  return sound.kind === 'loop' ? loopFrames(sound.seconds, sampleRate) : Math.round(sound.seconds * sampleRate);
}

export function* soundPieces(spec: SoundSpec): Generator<SoundPiece> {
  const pieces = spec.sound.kind === 'loop' ? loopPieces(spec) : plainPieces(spec);
  let before = performance.now();
  for (const piece of pieces) {
    yield { ...piece, ms: performance.now() - before };
    before = performance.now();
  }
}

type Untimed = Omit<SoundPiece, 'ms'>;

function loopPieces({ scene, sound, sampleRate, mode }: SoundSpec): Generator<Untimed> {
  return renderLoop(scene, { seconds: sound.seconds, sampleRate, mode });
}

function* plainPieces(spec: SoundSpec): Generator<Untimed> {
  const { scene, sound, dry = false, sampleRate, mode } = spec;
  const night = sound.kind === 'night' ? { night: sound.plan } : {};
  const fade = dry ? { fadeSec: 0 } : {};
  const frames = soundFrames(spec);
  let done = 0;
  const options = { seconds: sound.seconds, sampleRate, mode, dry, reuse: true, ...fade, ...night };
  for (const { left, right, engine } of renderPieces(scene, options)) {
    done += left.length;
    yield { left, right, share: done / frames, engine };
  }
}
