// After a quiet of three seconds the first event comes 6 dB softer, the second 3 dB: nothing breaks a silence at full level.
import { fromDb } from '../dsp/math.ts';
import { keep } from './weighting.ts';

const QUIET_SEC = 3;
/** Softening of the first and second event. */
const FIRST_DB = 6;
const SECOND_DB = 3;
/** An event: a block of four times the power that still lingers, not sooner than this after the last. */
const RISE = 4;
const LINGER_SEC = 0.06;
const APART_SEC = 0.15;
/** An event that goes on is let back up gently; when it is over, the way to the next one's level is quick. */
const EASE_AFTER_SEC = 0.15;
const EASE_DB_PER_SEC = 3;
const EASE_IN_QUIET_DB_PER_SEC = 30;

export class QuietSoftener {
  readonly #blockSec: number;
  readonly #linger: number;
  #lingering = 0;
  #quietSec = 0;
  #sinceEventSec = 0;
  /** Events still to be softened. */
  #left = 0;
  #softerDb = 0;

  constructor(blockSec: number) {
    this.#blockSec = blockSec;
    this.#linger = keep(blockSec, LINGER_SEC);
  }

  /** The gain for a block of this power; what is under `quietPower` is no event. */
  gain(power: number, quietPower: number): number {
    this.#sinceEventSec += this.#blockSec;
    const loud = power > quietPower;
    if (loud && this.#quietSec >= QUIET_SEC) this.#left = 2;
    if (loud && power > RISE * this.#lingering && this.#sinceEventSec > APART_SEC) {
      this.#sinceEventSec = 0;
      this.#softerDb = this.#left === 2 ? FIRST_DB : this.#left === 1 ? SECOND_DB : 0;
      this.#left = Math.max(0, this.#left - 1);
    } else if (this.#sinceEventSec > EASE_AFTER_SEC) {
      const rate = loud ? EASE_DB_PER_SEC : EASE_IN_QUIET_DB_PER_SEC;
      const next = this.#left > 0 && !loud ? SECOND_DB : 0;
      this.#softerDb = Math.max(Math.min(next, this.#softerDb), this.#softerDb - rate * this.#blockSec);
    }
    this.#lingering = Math.max(power, this.#lingering * this.#linger);
    this.#quietSec = loud ? 0 : this.#quietSec + this.#blockSec;
    return this.#softerDb === 0 ? 1 : fromDb(-this.#softerDb);
  }

  clear(): void {
    this.#lingering = 0;
    this.#quietSec = 0;
    this.#sinceEventSec = 0;
    this.#left = 0;
    this.#softerDb = 0;
  }
}
