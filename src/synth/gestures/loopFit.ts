// Fits gestures to a loop: candidate counts with their natural durations → the count that needs the least time stretching.
import { log } from '../dsp/math.ts';

/** Candidates are tried up to this many loop lengths. */
const MAX_LOOPS = 2;

/** Picks how many gestures a loop holds, and by which factor their times are stretched to close it. */
export class LoopFit {
  /** Gestures in the loop. */
  count = 0;
  /** Factor on all times. */
  stretch = 1;
  readonly #loopSec: number;
  #cost = Infinity;

  /** @param loopSec - length of the loop, seconds */
  constructor(loopSec: number) {
    this.#loopSec = loopSec;
  }

  /**
   * Whether longer candidates are still worth trying.
   * @param elapsedSec - natural duration reached so far
   * @returns true until every useful candidate was offered
   */
  searching(elapsedSec: number): boolean {
    return elapsedSec < MAX_LOOPS * this.#loopSec || this.#cost === Infinity;
  }

  /**
   * Offers a candidate.
   * @param count - gestures
   * @param durationSec - their natural duration, up to where the first one would begin again
   * @param penalty - cost of ending here, in nepers of stretching
   * @returns true when it is the best so far
   */
  offer(count: number, durationSec: number, penalty: number): boolean {
    const stretch = this.#loopSec / durationSec;
    const cost = Math.abs(log(stretch)) + penalty;
    if (cost >= this.#cost) return false;
    this.#cost = cost;
    this.count = count;
    this.stretch = stretch;
    return true;
  }
}
