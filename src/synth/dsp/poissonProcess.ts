// Things that fall independently of each other: rate → moments in a block. Every block by itself, so any moment can be asked for.
import { log } from './math.ts';
import type { Random } from './random.ts';

/** Draws set aside for each block, and so the most that can fall in one. */
const MOST = 64;

/** A Poisson process, a pure function of the stream and the block's number: no state goes from block to block. */
export class PoissonProcess {
  /** Seconds from the start of the block to what fell last. */
  atSec = 0;
  /** Names what fell last, for its other draws: never the same twice. */
  id = 0;

  readonly #random: Random;
  #rate = 0;
  #spanSec = 0;
  #first = 0;
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Opens block `number` (0, 1, 2 …), `spanSec` long. */
  begin(number: number, ratePerSec: number, spanSec: number): void {
    this.#first = MOST * number;
    this.#rate = ratePerSec;
    this.#spanSec = spanSec;
    this.#count = 0;
    this.atSec = 0;
  }

  /** Finds the next one in the block; false when there is none left. */
  next(): boolean {
    if (this.#rate <= 0 || this.#count >= MOST) return false;
    this.id = this.#first + this.#count;
    this.#count += 1;
    this.atSec += -log(1 - this.#random.uniform(this.id)) / this.#rate;
    return this.atSec < this.#spanSec;
  }
}
