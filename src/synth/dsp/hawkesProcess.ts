// Hawkes process (self-exciting point process) per block: base rate + two decaying excitations → event times, by thinning.
import { exp, log } from './math.ts';
import type { Random } from './random.ts';

/** Share of the events that were triggered by other events, at full burstiness. */
const BRANCHING = 0.55;
/** Decay rates of the excitation: one crease snapping on (ms), folds moving each other (tenths of a second). */
const FAST_PER_SEC = 70;
const SLOW_PER_SEC = 9;
const FAST_SHARE = 0.6;
/** Each excitation may raise the rate to this many times the peak rate, no further. */
const MAX_BURST = 6;
/** Excitations below this (1/s) are cleared. */
const MIN_EXCITATION_PER_SEC = 1e-3;

/**
 * Self-exciting events: each one raises the rate of those that follow; the mean rate stays as set.
 * Exact in continuous time. Source: A. Hawkes 1971; thinning: Y. Ogata 1981.
 */
export class HawkesProcess {
  /** Seconds from the start of the block to the last event found. */
  atSec = 0;

  readonly #random: Random;
  /** Events and rejected candidates so far: the index of all draws. */
  #index = 0;
  #basePerSec = 0;
  #blockSec = 0;
  #limitPerSec = 0;
  #fastPerSec = 0;
  #slowPerSec = 0;

  /** @param random - the stream */
  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Starts the next block.
   * @param ratePerSec - mean events per second, ≥ 0
   * @param peakPerSec - highest nominal rate; bounds the bursts
   * @param blockSec - length of the block, seconds
   * @param burstiness - 0 (Poisson) … 1
   */
  beginBlock(ratePerSec: number, peakPerSec: number, blockSec: number, burstiness: number): void {
    this.#basePerSec = ratePerSec * (1 - BRANCHING * burstiness);
    this.#limitPerSec = MAX_BURST * peakPerSec;
    this.#blockSec = blockSec;
    this.atSec = 0;
  }

  /**
   * Finds the next event of the block; read `atSec` then.
   * @returns false when there is none left
   */
  next(): boolean {
    for (;;) {
      const bound = this.#basePerSec + this.#fastPerSec + this.#slowPerSec;
      if (bound <= 0) break;
      const waitSec = -log(1 - this.#random.uniform(2 * this.#index)) / bound;
      if (this.atSec + waitSec >= this.#blockSec) break;
      this.#decay(waitSec);
      this.atSec += waitSec;
      const draw = this.#random.uniform(2 * this.#index + 1);
      this.#index += 1;
      if (draw * bound < this.#basePerSec + this.#fastPerSec + this.#slowPerSec) return true;
    }
    this.#index += 1;
    this.#decay(this.#blockSec - this.atSec);
    this.atSec = this.#blockSec;
    return false;
  }

  /**
   * Lets the event just found trigger others.
   * @param mark - its weight, mean 1
   * @param burstiness - 0…1
   */
  excite(mark: number, burstiness: number): void {
    const children = BRANCHING * burstiness * mark;
    this.#fastPerSec = Math.min(this.#limitPerSec, this.#fastPerSec + children * FAST_SHARE * FAST_PER_SEC);
    this.#slowPerSec = Math.min(this.#limitPerSec, this.#slowPerSec + children * (1 - FAST_SHARE) * SLOW_PER_SEC);
  }

  #decay(sec: number): void {
    this.#fastPerSec *= exp(-FAST_PER_SEC * sec);
    this.#slowPerSec *= exp(-SLOW_PER_SEC * sec);
    if (this.#fastPerSec + this.#slowPerSec < MIN_EXCITATION_PER_SEC) {
      this.#fastPerSec = 0;
      this.#slowPerSec = 0;
    }
  }
}
