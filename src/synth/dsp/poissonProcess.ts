// Poisson process per block: rate → event times. A pure function of the stream and the block number.
import { log } from './math.ts';
import type { Random } from './random.ts';

/** Draws reserved per block, and so the largest number of events in one. */
const MAX_EVENTS = 64;

/** Independent events at a mean rate. No state is carried from block to block. */
export class PoissonProcess {
  /** Seconds from the start of the block to the last event found. */
  atSec = 0;
  /** Unique index of the last event found, for its other draws. */
  id = 0;

  readonly #random: Random;
  #ratePerSec = 0;
  #blockSec = 0;
  #firstId = 0;
  #count = 0;

  /** @param random - the stream */
  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Starts a block.
   * @param block - block number, integer ≥ 0, any order
   * @param ratePerSec - mean events per second; 0 or less for none
   * @param blockSec - length of the block, seconds
   */
  beginBlock(block: number, ratePerSec: number, blockSec: number): void {
    this.#firstId = MAX_EVENTS * block;
    this.#ratePerSec = ratePerSec;
    this.#blockSec = blockSec;
    this.#count = 0;
    this.atSec = 0;
  }

  /**
   * Finds the next event of the block; read `atSec` and `id` then.
   * @returns false when there is none left
   */
  next(): boolean {
    if (this.#ratePerSec <= 0 || this.#count >= MAX_EVENTS) return false;
    this.id = this.#firstId + this.#count;
    this.#count += 1;
    this.atSec += -log(1 - this.#random.uniform(this.id)) / this.#ratePerSec;
    return this.atSec < this.#blockSec;
  }
}
