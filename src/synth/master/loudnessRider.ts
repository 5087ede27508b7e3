// Slow automatic gain: momentary power → gate → long mean → up to ±6 dB, over tens of seconds.
import { clamp } from '../dsp/math.ts';
import { REFERENCE_LUFS } from './limits.ts';
import { SlidingWindow } from './slidingWindow.ts';
import { fromLufs, onePoleCoefficient, toLufs } from './weighting.ts';

/** Maximum correction, up and down. */
const MAX_GAIN_DB = 6;
const MOMENTARY_SEC = 0.4;
/** Time constants of the long mean, and of the gain: slower up than down. */
const MEAN_SEC = 20;
const UP_SEC = 60;
const DOWN_SEC = 20;
/** Relative gate: 400 ms count when within 10 LU of the mean, as in BS.1770. */
const RELATIVE_GATE = 0.1;
const ABSOLUTE_GATE_LUFS = -65;
/** Time constant of the mean while gated: a scene that has become much quieter is followed after a while. */
const FORGET_SEC = 120;

/** A loop longer than this is measured without its last part before the gain is fixed; a shorter one as a whole. */
const LONG_LOOP_SEC = 240;
const SETTLED_BEFORE_SEC = 120;
/** The gain is simulated over this long before it is fixed. */
const SETTLING_SEC = 600;

/**
 * Computes when the gain of a loop is fixed.
 * @param loopSec - period of the loop, s
 * @returns time into the first round, s
 */
export function settlingTimeSec(loopSec: number): number {
  return loopSec > LONG_LOOP_SEC ? loopSec - SETTLED_BEFORE_SEC : loopSec;
}

/**
 * Leads a scene to the reference loudness. A pure function of the signal's power; begins with no correction. In a loop it
 * measures one round, then holds the gain it would have reached.
 */
export class LoudnessRider {
  /** Present correction, dB. */
  gainDb = 0;
  readonly #momentary: SlidingWindow;
  readonly #gate = fromLufs(ABSOLUTE_GATE_LUFS);
  readonly #meanCoefficient: number;
  readonly #forgetCoefficient: number;
  readonly #upCoefficient: number;
  readonly #downCoefficient: number;
  #mean = fromLufs(REFERENCE_LUFS);
  readonly #blockSec: number;
  /** Block powers of a loop, until its gain is fixed. */
  #loopPowers: Float32Array | undefined;
  #count = 0;
  #settled = false;

  constructor(blockSec: number, loopSec = Infinity) {
    this.#blockSec = blockSec;
    if (loopSec < Infinity) this.#loopPowers = new Float32Array(Math.round(settlingTimeSec(loopSec) / blockSec));
    this.#momentary = new SlidingWindow(Math.round(MOMENTARY_SEC / blockSec));
    this.#meanCoefficient = onePoleCoefficient(blockSec, MEAN_SEC);
    this.#forgetCoefficient = onePoleCoefficient(blockSec, FORGET_SEC);
    this.#upCoefficient = onePoleCoefficient(blockSec, UP_SEC);
    this.#downCoefficient = onePoleCoefficient(blockSec, DOWN_SEC);
  }

  /**
   * Processes one block.
   * @param power - mean K-weighted power before any gain
   */
  push(power: number): void {
    if (this.#settled) return;
    this.#update(power);
    if (!this.#loopPowers) return;
    this.#loopPowers[this.#count++] = power;
    if (this.#count === this.#loopPowers.length) this.#settle(this.#loopPowers);
  }

  /** Simulates more rounds of the measured powers and fixes the mean gain of the last one. */
  #settle(powers: Float32Array): void {
    const rounds = Math.max(1, Math.ceil(SETTLING_SEC / (powers.length * this.#blockSec)));
    let sumDb = 0;
    for (let round = 1; round <= rounds; round++) {
      sumDb = 0;
      for (const power of powers) {
        this.#update(power);
        sumDb += this.gainDb;
      }
    }
    this.gainDb = sumDb / powers.length;
    this.#settled = true;
    this.#loopPowers = undefined;
  }

  #update(power: number): void {
    this.#momentary.push(power);
    const now = this.#momentary.mean;
    if (now < this.#gate) return;
    const coefficient = now > this.#mean * RELATIVE_GATE ? this.#meanCoefficient : this.#forgetCoefficient;
    this.#mean = now + (this.#mean - now) * coefficient;
    const targetDb = clamp(REFERENCE_LUFS - toLufs(this.#mean), -MAX_GAIN_DB, MAX_GAIN_DB);
    this.gainDb =
      targetDb + (this.gainDb - targetDb) * (targetDb > this.gainDb ? this.#upCoefficient : this.#downCoefficient);
  }
}
