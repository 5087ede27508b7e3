// Slow automatic level: momentary power → gate → long mean → a few decibels of gain, over tens of seconds.
import { clamp } from '../dsp/math.ts';
import { REFERENCE_LUFS } from './limits.ts';
import { SlidingWindow } from './slidingWindow.ts';
import { fromLufs, onePoleCoefficient, toLufs } from './weighting.ts';

/** The correction never goes further, either way. */
const MAX_GAIN_DB = 6;
const MOMENTARY_SEC = 0.4;
/** The long mean's time constant, and the correction's own: louder slowly, quieter sooner. */
const MEAN_SEC = 20;
const UP_SEC = 60;
const DOWN_SEC = 20;
/** Rests say nothing about a scene's loudness: 400 ms count when within 10 LU of the mean, as in BS.1770's gate. */
const RELATIVE_GATE = 0.1;
const ABSOLUTE_GATE_LUFS = -65;
/** … but a scene that has become much quieter for good is noticed after a while. */
const FORGET_SEC = 120;

/** A loop this long is heard but for its last part before the correction settles for good; a shorter one is heard whole. */
const LONG_LOOP_SEC = 240;
const SETTLED_BEFORE_SEC = 120;
/** Over so long the correction is let settle. */
const SETTLING_SEC = 600;

/** How far into its first round a loop's level is settled. */
export function settlingTimeSec(loopSec: number): number {
  return loopSec > LONG_LOOP_SEC ? loopSec - SETTLED_BEFORE_SEC : loopSec;
}

/**
 * Leads a scene to the house loudness. A pure function of the signal's power; begins with no correction. In a loop of
 * `loopSec` it listens for one round, then keeps the correction it would have come to.
 */
export class LoudnessRider {
  /** The correction now. */
  gainDb = 0;
  readonly #momentary: SlidingWindow;
  readonly #gate = fromLufs(ABSOLUTE_GATE_LUFS);
  readonly #meanCoefficient: number;
  readonly #forgetCoefficient: number;
  readonly #upCoefficient: number;
  readonly #downCoefficient: number;
  #mean = fromLufs(REFERENCE_LUFS);
  readonly #blockSec: number;
  /** A loop's powers, until it is settled. */
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

  /** One block's mean K-weighted power, before any gain. */
  push(power: number): void {
    if (this.#settled) return;
    this.#update(power);
    if (!this.#loopPowers) return;
    this.#loopPowers[this.#count++] = power;
    if (this.#count === this.#loopPowers.length) this.#settle(this.#loopPowers);
  }

  /** Goes on round and round over what was heard; the mean of the last round is kept. */
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
