// Block powers, known ahead of time → the gain each block may have → minimum over the look-ahead → smoothing → gain curve.
// Holds how far 125 ms may stand out and how loud 400 ms may be, and softens the first events after a quiet.
import type { Limits } from './limits.ts';
import { PowerLane } from './powerBound.ts';
import { QuietSoftener } from './afterSilence.ts';
import { fromLufs, keep } from './weighting.ts';

/** How much of an event is known before its gain is decided, and how long the gain takes to get there. */
const AHEAD_SEC = 0.04;
const SMOOTH_SEC = 0.0135;
const EVENT_SEC = 0.125;
const MOMENTARY_SEC = 0.4;
/** The gain comes back with this time constant. */
const RELEASE_SEC = 0.3;
/** What is this far under the target loudness counts as quiet. */
const QUIET_UNDER_TARGET_DB = 22;

export class StartleGuard {
  /** Blocks from entry to exit. */
  readonly delayBlocks: number;
  /** Gain at the start and end of the block that comes out now. */
  from = 1;
  to = 1;

  readonly #event: PowerLane;
  readonly #flatEvent: PowerLane;
  readonly #momentary: PowerLane;
  readonly #softener: QuietSoftener;
  readonly #maxMomentary: number;
  readonly #quiet: number;
  readonly #release: number;
  readonly #weights: Float64Array;
  /** Newest last: the gains decided, and their minima over the look-ahead. */
  readonly #decided: Float64Array;
  readonly #lowest: Float64Array;
  #gain = 1;

  constructor(blockSec: number, limits: Limits) {
    const ahead = Math.round(AHEAD_SEC / blockSec);
    const smooth = Math.round(SMOOTH_SEC / blockSec);
    const eventBlocks = Math.ceil(EVENT_SEC / blockSec);
    this.delayBlocks = ahead + smooth + 1;
    this.#event = new PowerLane(eventBlocks, ahead);
    this.#flatEvent = new PowerLane(eventBlocks, ahead);
    this.#momentary = new PowerLane(Math.ceil(MOMENTARY_SEC / blockSec), ahead);
    this.#softener = new QuietSoftener(blockSec);
    this.#maxMomentary = fromLufs(limits.maxMomentaryLufs);
    this.#quiet = fromLufs(limits.targetLufs - QUIET_UNDER_TARGET_DB);
    this.#release = 1 - keep(blockSec, RELEASE_SEC);
    this.#weights = bell(smooth + 1);
    this.#decided = new Float64Array(smooth + 2).fill(1);
    this.#lowest = new Float64Array(smooth + 1).fill(1);
  }

  /**
   * The newest block's mean power, K-weighted and flat, both ears summed, and the bounds on 125 ms of either.
   * `level` is the scene's own level as a power, 1 at most: what counts as quiet goes down with it.
   */
  take(power: number, flatPower: number, eventBound: number, flatEventBound: number, level: number): void {
    this.#event.push(power);
    this.#flatEvent.push(flatPower);
    this.#momentary.push(power);
    const allowed = Math.min(
      this.#event.allow(eventBound),
      this.#flatEvent.allow(flatEventBound),
      this.#momentary.allow(this.#maxMomentary),
    );
    const wanted = Math.min(Math.sqrt(allowed), this.#softener.gain(this.#event.power, this.#quiet * level));
    this.#gain = wanted < this.#gain ? wanted : this.#gain + (wanted - this.#gain) * this.#release;
    const factor = this.#gain * this.#gain;
    this.#event.settle(factor);
    this.#flatEvent.settle(factor);
    this.#momentary.settle(factor);
    this.from = this.to;
    this.to = this.#smoothed();
  }

  reset(): void {
    this.#event.clear();
    this.#flatEvent.clear();
    this.#momentary.clear();
    this.#softener.clear();
    this.#decided.fill(1);
    this.#lowest.fill(1);
    this.#gain = 1;
    this.from = 1;
    this.to = 1;
  }

  /** Every minimum that enters a node's mean covers the blocks on both sides of the node: it can only be lower. */
  #smoothed(): number {
    const decided = this.#decided;
    const lowest = this.#lowest;
    decided.copyWithin(0, 1);
    decided[decided.length - 1] = this.#gain;
    let least = 1;
    for (const gain of decided) least = Math.min(least, gain);
    lowest.copyWithin(0, 1);
    lowest[lowest.length - 1] = least;
    let sum = 0;
    for (let i = 0; i < lowest.length; i++) sum += (this.#weights[i] ?? 0) * (lowest[i] ?? 1);
    return sum;
  }
}

/** Weights of a smooth mean, rising and falling like a parabola; their sum is 1. */
function bell(length: number): Float64Array {
  const weights = Float64Array.from({ length }, (_, i) => (i + 1) * (length - i));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
