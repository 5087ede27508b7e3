// Block powers, known ahead of time → the gain each block may have → minimum over the look-ahead → smoothing → gain curve.
// Holds how far 125 ms may stand out and how loud 400 ms may be, and softens the first events after a quiet.
import type { Limits } from './limits.ts';
import { PowerBound } from './powerBound.ts';
import { AfterSilence } from './afterSilence.ts';
import { fromLufs, onePoleCoefficient } from './weighting.ts';

/** How much of an event is known before its gain is decided, and how long the gain takes to get there. */
const LOOK_AHEAD_SEC = 0.04;
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
  gainFrom = 1;
  gainTo = 1;

  readonly #event: PowerBound;
  readonly #flatEvent: PowerBound;
  readonly #momentary: PowerBound;
  readonly #afterSilence: AfterSilence;
  readonly #maxMomentary: number;
  readonly #quietPower: number;
  readonly #release: number;
  readonly #weights: Float64Array;
  /** Newest last: the gains decided, and their minima over the look-ahead. */
  readonly #gains: Float64Array;
  readonly #minima: Float64Array;
  #gain = 1;

  constructor(blockSec: number, limits: Limits) {
    const ahead = Math.round(LOOK_AHEAD_SEC / blockSec);
    const smooth = Math.round(SMOOTH_SEC / blockSec);
    const eventBlocks = Math.ceil(EVENT_SEC / blockSec);
    this.delayBlocks = ahead + smooth + 1;
    this.#event = new PowerBound(eventBlocks, ahead);
    this.#flatEvent = new PowerBound(eventBlocks, ahead);
    this.#momentary = new PowerBound(Math.ceil(MOMENTARY_SEC / blockSec), ahead);
    this.#afterSilence = new AfterSilence(blockSec);
    this.#maxMomentary = fromLufs(limits.maxMomentaryLufs);
    this.#quietPower = fromLufs(limits.targetLufs - QUIET_UNDER_TARGET_DB);
    this.#release = 1 - onePoleCoefficient(blockSec, RELEASE_SEC);
    this.#weights = parabolicWindow(smooth + 1);
    this.#gains = new Float64Array(smooth + 2).fill(1);
    this.#minima = new Float64Array(smooth + 1).fill(1);
  }

  /**
   * The newest block's mean power, K-weighted and flat, both ears summed, and the bounds on 125 ms of either.
   * `level` is the scene's own level as a power, 1 at most: what counts as quiet goes down with it.
   */
  push(power: number, flatPower: number, eventBound: number, flatEventBound: number, level: number): void {
    this.#event.push(power);
    this.#flatEvent.push(flatPower);
    this.#momentary.push(power);
    const maxPowerGain = Math.min(
      this.#event.maxGain(eventBound),
      this.#flatEvent.maxGain(flatEventBound),
      this.#momentary.maxGain(this.#maxMomentary),
    );
    const targetGain = Math.min(
      Math.sqrt(maxPowerGain),
      this.#afterSilence.gain(this.#event.power, this.#quietPower * level),
    );
    this.#gain = targetGain < this.#gain ? targetGain : this.#gain + (targetGain - this.#gain) * this.#release;
    const factor = this.#gain * this.#gain;
    this.#event.commit(factor);
    this.#flatEvent.commit(factor);
    this.#momentary.commit(factor);
    this.gainFrom = this.gainTo;
    this.gainTo = this.#smoothed();
  }

  reset(): void {
    this.#event.reset();
    this.#flatEvent.reset();
    this.#momentary.reset();
    this.#afterSilence.reset();
    this.#gains.fill(1);
    this.#minima.fill(1);
    this.#gain = 1;
    this.gainFrom = 1;
    this.gainTo = 1;
  }

  /** Every minimum that enters a node's mean covers the blocks on both sides of the node: it can only be lower. */
  #smoothed(): number {
    const gains = this.#gains;
    const minima = this.#minima;
    gains.copyWithin(0, 1);
    gains[gains.length - 1] = this.#gain;
    let minGain = 1;
    for (const gain of gains) minGain = Math.min(minGain, gain);
    minima.copyWithin(0, 1);
    minima[minima.length - 1] = minGain;
    let sum = 0;
    for (let i = 0; i < minima.length; i++) sum += (this.#weights[i] ?? 0) * (minima[i] ?? 1);
    return sum;
  }
}

/** Weights of a smooth mean, rising and falling like a parabola; their sum is 1. */
function parabolicWindow(length: number): Float64Array {
  const weights = Float64Array.from({ length }, (_, i) => (i + 1) * (length - i));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
