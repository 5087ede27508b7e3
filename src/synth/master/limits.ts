// What the master holds for any scene, by mode. The numbers people are promised, and what is kept in hand below them.
import type { Mode } from '../scene.ts';

export interface Limits {
  /** Loudness that scenes are led to. */
  readonly targetLufs: number;
  /** No 400 ms is louder: so no programme can be, however it is gated. Half an LU under the promise. */
  readonly maxMomentaryLufs: number;
  /**
   * 125 ms over the 10 s before it. Against 10 s that hold the event itself, as the promise is worded, this reads
   * 0.6 dB less.
   */
  readonly emergenceDb: number;
  /** Shortest rise from 10 to 90 % of an event that stands out. */
  readonly onsetSec: number;
  /** True peak, half a decibel under the promise: what a meter of four times oversampling may miss. */
  readonly ceilingDb: number;
  /** No sample is ever beyond this. */
  readonly clampDb: number;
  /** Room tone: when nothing asks for it, at the start, and at most. */
  readonly roomToneLufs: { readonly idle: number; readonly start: number; readonly max: number };
}

export const LIMITS: Readonly<Record<Mode, Limits>> = {
  day: {
    targetLufs: -30,
    maxMomentaryLufs: -23.5,
    emergenceDb: 11.5,
    onsetSec: 0.002,
    ceilingDb: -3.5,
    clampDb: -3,
    roomToneLufs: { idle: -60, start: -52, max: -44 },
  },
  sleep: {
    targetLufs: -36,
    maxMomentaryLufs: -32.5,
    emergenceDb: 9.5,
    onsetSec: 0.005,
    ceilingDb: -9.5,
    clampDb: -9,
    roomToneLufs: { idle: -64, start: -54, max: -45 },
  },
};

/** Loudness of every trigger at its defaults, as it reaches the master: what no correction is needed for. */
export const REFERENCE_LUFS = -30;
