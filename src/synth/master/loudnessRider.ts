// Slow automatic level: momentary power → gate → long mean → a few decibels of gain, over tens of seconds.
import { clamp } from '../dsp/maths.ts';
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

/** Leads a scene to the house loudness. A pure function of the signal's power; begins with no correction. */
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

  constructor(blockSec: number) {
    this.#momentary = new SlidingWindow(Math.round(MOMENTARY_SEC / blockSec));
    this.#meanKeep = keep(blockSec, MEAN_SEC);
    this.#forgetKeep = keep(blockSec, FORGET_SEC);
    this.#upKeep = keep(blockSec, UP_SEC);
    this.#downKeep = keep(blockSec, DOWN_SEC);
  }

  /** One block's mean K-weighted power, before any gain. */
  take(power: number): void {
    this.#momentary.push(power);
    const now = this.#momentary.mean;
    if (now < this.#gate) return;
    const hold = now > this.#mean * RELATIVE_GATE ? this.#meanKeep : this.#forgetKeep;
    this.#mean = now + (this.#mean - now) * hold;
    const wanted = clamp(HOUSE_LUFS - toLufs(this.#mean), -RANGE_DB, RANGE_DB);
    this.gainDb = wanted + (this.gainDb - wanted) * (wanted > this.gainDb ? this.#upKeep : this.#downKeep);
  }
}
