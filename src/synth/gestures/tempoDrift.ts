// Slow tempo drift: smooth noise of 240 s period → factor on the pace, stronger for slow and unsteady playing.
import { smoothstep } from '../dsp/curves.ts';
import { clamp, exp } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';

const PERIOD_SEC = 240;
/**
 * Standard deviation, nepers. A beat that can be felt holds its tempo; movements further apart drift, in full from the
 * second of these on. Source: G. Madison 2001 (drift takes over beyond intervals of about 1.4 s); amounts set by measurement.
 */
const DEVIATION = 0.25;
const FELT_BEAT_SEC = 0.8;
const LOOSE_BEAT_SEC = 2.5;
/** The pace stays within about two thirds and one and a half of what was set. */
const MAX_DEVIATIONS = 1.8;
/** Up to this steadiness the drift is full; a metronome has none. */
const NATURAL_STEADINESS = 0.75;

/** Factor on the pace, a pure function of the stream and time. Starts at 1. Loops have no drift. */
export class TempoDrift {
  readonly #noise: SmoothNoise | undefined;

  /**
   * @param random - the stream
   * @param loopSec - length of the loop, seconds; Infinity for none
   */
  constructor(random: Random, loopSec = Infinity) {
    if (loopSec === Infinity) this.#noise = new SmoothNoise(random, { period: PERIOD_SEC });
  }

  /**
   * The factor at a moment.
   * @param timeSec - seconds since the start
   * @param pacePerSec - gestures per second
   * @param steadiness - 0…1
   * @returns factor on the pace, > 0
   */
  at(timeSec: number, pacePerSec: number, steadiness: number): number {
    const loose = clamp((1 - steadiness) / (1 - NATURAL_STEADINESS), 0, 1);
    const slow = clamp((1 / pacePerSec - FELT_BEAT_SEC) / (LOOSE_BEAT_SEC - FELT_BEAT_SEC), 0, 1);
    if (!this.#noise || loose * slow === 0 || timeSec <= 0) return 1;
    const onset = smoothstep(timeSec / PERIOD_SEC);
    const deviations = clamp(this.#noise.at(timeSec), -MAX_DEVIATIONS, MAX_DEVIATIONS);
    return exp(DEVIATION * loose * slow * onset * deviations);
  }
}
