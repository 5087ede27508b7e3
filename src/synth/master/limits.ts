// Limits of the master by mode: what people are promised, and the margin kept below it.
import type { Mode } from '../scene.ts';

/** Limits of one mode. */
export interface Limits {
  /** Loudness that scenes are adjusted to. */
  readonly targetLufs: number;
  /** Maximum of any 400 ms, and so of any programme. Half an LU under the promise. */
  readonly maxMomentaryLufs: number;
  /**
   * Maximum of 125 ms over the 10 s before it. Against 10 s that include the event, as the promise says, this reads
   * 0.6 dB less.
   */
  readonly emergenceDb: number;
  /** Shortest rise from 10 to 90 % of an event that stands out. */
  readonly onsetSec: number;
  /** Maximum true peak. Half a decibel under the promise: what a meter with fourfold oversampling may miss. */
  readonly ceilingDb: number;
  /** No sample is ever beyond this. */
  readonly clampDb: number;
  /** Loudness of the room tone: when nothing needs it, at the start, and at most. */
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

/** Loudness of every trigger at its defaults, before the master: needs no correction. */
export const REFERENCE_LUFS = -30;
