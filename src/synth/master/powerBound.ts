// Upper bound on a sliding mean of power: block powers with look-ahead → largest power gain for the next block.
import { SlidingWindow } from './slidingWindow.ts';

/** Share of its capacity that a full window still accepts: the sound is turned down, never cut off. */
const MIN_REMAINING_SHARE = 0.1;

/**
 * Holds the mean power of every `length` blocks under a bound, with `ahead` blocks of look-ahead. Beyond that, the power decay
 * is extrapolated from the two halves of the look-ahead window, never above the present power: right for a decaying event and
 * for a steady sound. (What rises later is handled when it comes.)
 */
export class PowerBound {
  readonly #length: number;
  readonly #ahead: number;
  readonly #in: SlidingWindow;
  /** Second half of the look-ahead window. */
  readonly #lateIn: SlidingWindow;
  readonly #half: number;
  readonly #out: SlidingWindow;

  constructor(length: number, ahead: number) {
    this.#length = length;
    this.#ahead = ahead;
    this.#in = new SlidingWindow(ahead + 1);
    this.#half = (ahead + 1) >> 1;
    this.#lateIn = new SlidingWindow(this.#half);
    this.#out = new SlidingWindow(length - 1);
  }

  /** Adds the newest block's power. */
  push(power: number): void {
    this.#in.push(power);
    this.#lateIn.push(power);
  }

  /** Power of the block that is decided on now. */
  get power(): number {
    return this.#in.ago(this.#ahead);
  }

  /**
   * Computes the largest power gain for this block and the next ones with which no window exceeds the bound.
   * @param bound - maximum mean power
   * @returns power gain, 1 or less
   */
  maxGain(bound: number): number {
    const length = this.#length;
    const ahead = this.#ahead;
    const capacity = bound * length;
    const late = this.#lateIn.sum;
    const early = this.#in.sum - late;
    const decayRatio = late < early ? late / early : 1;
    let predicted = Math.min(this.power, late / this.#half) * decayRatio;
    let past = this.#out.sum;
    if (past + this.#in.sum + predicted * (length - ahead - 1) <= capacity) return 1;
    let factor = 1;
    let future = 0;
    for (let blocks = 1; blocks <= length; blocks++) {
      const beyond = blocks - ahead - 2;
      if (beyond > 0 && beyond % this.#half === 0) predicted *= decayRatio;
      future += beyond < 0 ? this.#in.ago(ahead + 1 - blocks) : predicted;
      const remaining = Math.max(capacity - past, MIN_REMAINING_SHARE * capacity);
      if (future * factor > remaining) factor = remaining / future;
      past -= this.#out.ago(length - 1 - blocks);
    }
    return factor;
  }

  /**
   * Records the gain that was applied to the block.
   * @param factor - power gain
   */
  commit(factor: number): void {
    this.#out.push(this.power * factor);
  }

  reset(): void {
    this.#in.reset();
    this.#lateIn.reset();
    this.#out.reset();
  }
}
