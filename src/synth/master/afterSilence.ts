// Gain reduction after silence: block power → −6 dB for the first event after three seconds of silence, −3 dB for the second.
import { fromDb } from '../dsp/math.ts';
import { onePoleCoefficient } from './weighting.ts';

const QUIET_SEC = 3;
/** Reduction of the first and second event. */
const FIRST_EVENT_CUT_DB = 6;
const SECOND_EVENT_CUT_DB = 3;
/** An event: a block of four times the decaying envelope’s power, at least this long after the last. */
const EVENT_POWER_RATIO = 4;
const DECAY_SEC = 0.06;
const MIN_EVENT_GAP_SEC = 0.15;
/** Release: slow while the event goes on, quick once it is over. */
const RELEASE_AFTER_SEC = 0.15;
const RELEASE_DB_PER_SEC = 3;
const QUIET_RELEASE_DB_PER_SEC = 30;

/** Detects silence and the events after it, block by block. */
export class AfterSilence {
  readonly #blockSec: number;
  readonly #decay: number;
  #envelope = 0;
  #quietSec = 0;
  #sinceEventSec = 0;
  /** Events still to be reduced. */
  #eventsToReduce = 0;
  #reductionDb = 0;

  constructor(blockSec: number) {
    this.#blockSec = blockSec;
    this.#decay = onePoleCoefficient(blockSec, DECAY_SEC);
  }

  /**
   * Processes one block.
   * @param power - mean power of the block
   * @param quietPower - at or below this power a block is silent
   * @returns gain for the block, 1 or less
   */
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
