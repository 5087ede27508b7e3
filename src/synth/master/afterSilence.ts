// After a quiet of three seconds the first event comes 6 dB softer, the second 3 dB: nothing breaks a silence at full level.
import { fromDb } from '../dsp/math.ts';
import { onePoleCoefficient } from './weighting.ts';

const QUIET_SEC = 3;
/** Softening of the first and second event. */
const FIRST_EVENT_CUT_DB = 6;
const SECOND_EVENT_CUT_DB = 3;
/** An event: a block of four times the power that still lingers, not sooner than this after the last. */
const EVENT_POWER_RATIO = 4;
const DECAY_SEC = 0.06;
const MIN_EVENT_GAP_SEC = 0.15;
/** An event that goes on is let back up gently; when it is over, the way to the next one's level is quick. */
const RELEASE_AFTER_SEC = 0.15;
const RELEASE_DB_PER_SEC = 3;
const QUIET_RELEASE_DB_PER_SEC = 30;

export class AfterSilence {
  readonly #blockSec: number;
  readonly #decay: number;
  #envelope = 0;
  #quietSec = 0;
  #sinceEventSec = 0;
  /** Events still to be softened. */
  #eventsToReduce = 0;
  #reductionDb = 0;

  constructor(blockSec: number) {
    this.#blockSec = blockSec;
    this.#decay = onePoleCoefficient(blockSec, DECAY_SEC);
  }

  /** The gain for a block of this power; what is under `quietPower` is no event. */
  gain(power: number, quietPower: number): number {
    this.#sinceEventSec += this.#blockSec;
    const loud = power > quietPower;
    if (loud && this.#quietSec >= QUIET_SEC) this.#eventsToReduce = 2;
    if (loud && power > EVENT_POWER_RATIO * this.#envelope && this.#sinceEventSec > MIN_EVENT_GAP_SEC) {
      this.#sinceEventSec = 0;
      this.#reductionDb =
        this.#eventsToReduce === 2 ? FIRST_EVENT_CUT_DB : this.#eventsToReduce === 1 ? SECOND_EVENT_CUT_DB : 0;
      this.#eventsToReduce = Math.max(0, this.#eventsToReduce - 1);
    } else if (this.#sinceEventSec > RELEASE_AFTER_SEC) {
      const rate = loud ? RELEASE_DB_PER_SEC : QUIET_RELEASE_DB_PER_SEC;
      const floorDb = this.#eventsToReduce > 0 && !loud ? SECOND_EVENT_CUT_DB : 0;
      this.#reductionDb = Math.max(Math.min(floorDb, this.#reductionDb), this.#reductionDb - rate * this.#blockSec);
    }
    this.#envelope = Math.max(power, this.#envelope * this.#decay);
    this.#quietSec = loud ? 0 : this.#quietSec + this.#blockSec;
    return this.#reductionDb === 0 ? 1 : fromDb(-this.#reductionDb);
  }

  reset(): void {
    this.#envelope = 0;
    this.#quietSec = 0;
    this.#sinceEventSec = 0;
    this.#eventsToReduce = 0;
    this.#reductionDb = 0;
  }
}
