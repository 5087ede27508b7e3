// One bound on power: block powers coming in, what was let through → the most the next block may be raised to.
import { SlidingWindow } from './slidingWindow.ts';

/** What a full window may still take, as a share of what it may hold: the sound is turned down, never cut off. */
const MIN_REMAINING_SHARE = 0.1;

/**
 * Keeps the mean of every `length` blocks under a bound, knowing `ahead` blocks of the future. Beyond that, the sound
 * is taken to fall as it did from the first half of what is known to the second, and to be no louder than it is now:
 * right for a decaying event and for a steady sound alike. (What rises later is met when it comes.)
 */
export class PowerBound {
  readonly #length: number;
  readonly #ahead: number;
  readonly #in: SlidingWindow;
  /** The second half of what is known. */
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

  /** Power of the newest block. */
  push(power: number): void {
    this.#in.push(power);
    this.#lateIn.push(power);
  }

  /** Power of the block to be decided on now. */
  get power(): number {
    return this.#in.ago(this.#ahead);
  }

  /** Greatest factor, 1 at most, for this block's power and the coming ones, so that no window's mean exceeds `bound`. */
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

  /** What became of the block. */
  commit(factor: number): void {
    this.#out.push(this.power * factor);
  }

  reset(): void {
    this.#in.reset();
    this.#lateIn.reset();
    this.#out.reset();
  }
}
