// Slow automatic level: momentary power → gate → long mean → a few decibels of gain, over tens of seconds.
import { clamp } from '../dsp/math.ts';
import { HOUSE_LUFS } from './limits.ts';
import { SlidingWindow } from './slidingWindow.ts';
import { fromLufs, keep, toLufs } from './weighting.ts';

/** The correction never goes further, either way. */
const RANGE_DB = 6;
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
export function settlesAtSec(loopSec: number): number {
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
  readonly #meanKeep: number;
  readonly #forgetKeep: number;
  readonly #upKeep: number;
  readonly #downKeep: number;
  #mean = fromLufs(HOUSE_LUFS);
  readonly #blockSec: number;
  /** A loop's powers, until it is settled. */
  #heard: Float32Array | undefined;
  #count = 0;
  #settled = false;

  constructor(blockSec: number, loopSec = Infinity) {
    this.#blockSec = blockSec;
    if (loopSec < Infinity) this.#heard = new Float32Array(Math.round(settlesAtSec(loopSec) / blockSec));
    this.#momentary = new SlidingWindow(Math.round(MOMENTARY_SEC / blockSec));
    this.#meanKeep = keep(blockSec, MEAN_SEC);
    this.#forgetKeep = keep(blockSec, FORGET_SEC);
    this.#upKeep = keep(blockSec, UP_SEC);
    this.#downKeep = keep(blockSec, DOWN_SEC);
  }

  /** One block's mean K-weighted power, before any gain. */
  take(power: number): void {
    if (this.#settled) return;
    this.#listen(power);
    if (!this.#heard) return;
    this.#heard[this.#count++] = power;
    if (this.#count === this.#heard.length) this.#settle(this.#heard);
  }

  /** Goes on round and round over what was heard; the mean of the last round is kept. */
  #settle(heard: Float32Array): void {
    const rounds = Math.max(1, Math.ceil(SETTLING_SEC / (heard.length * this.#blockSec)));
    let sumDb = 0;
    for (let round = 1; round <= rounds; round++) {
      sumDb = 0;
      for (const power of heard) {
        this.#listen(power);
        sumDb += this.gainDb;
      }
    }
    this.gainDb = sumDb / heard.length;
    this.#settled = true;
    this.#heard = undefined;
  }

  #listen(power: number): void {
    this.#momentary.push(power);
    const now = this.#momentary.mean;
    if (now < this.#gate) return;
    const hold = now > this.#mean * RELATIVE_GATE ? this.#meanKeep : this.#forgetKeep;
    this.#mean = now + (this.#mean - now) * hold;
    const wanted = clamp(HOUSE_LUFS - toLufs(this.#mean), -RANGE_DB, RANGE_DB);
    this.gainDb = wanted + (this.gainDb - wanted) * (wanted > this.gainDb ? this.#upKeep : this.#downKeep);
  }
}
