// Startle guard: block powers with look-ahead → power bounds → minimum over the look-ahead → smoothing → gain.
// Bounds how far 125 ms stand out and how loud 400 ms are, and reduces the first events after silence.
import type { Limits } from './limits.ts';
import { PowerBound } from './powerBound.ts';
import { AfterSilence } from './afterSilence.ts';
import { fromLufs, onePoleCoefficient } from './weighting.ts';

/** Look-ahead before a gain is decided, and length of the gain's smoothing. */
const LOOK_AHEAD_SEC = 0.04;
const SMOOTH_SEC = 0.0135;
const EVENT_SEC = 0.125;
const MOMENTARY_SEC = 0.4;
/** Time constant of the release. */
const RELEASE_SEC = 0.3;
/** Power this far under the target loudness counts as silence. */
const QUIET_UNDER_TARGET_DB = 22;

/** Decides the gain of each block. */
export class StartleGuard {
  /** Blocks from entry to exit. */
  readonly delayBlocks: number;
  /** Gain at the start and end of the delayed block. */
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
   * Processes the newest block. Powers are means, both channels summed.
   * @param power - K-weighted power
   * @param flatPower - unweighted power
   * @param eventBound - maximum K-weighted power of 125 ms
   * @param flatEventBound - maximum unweighted power of 125 ms
   * @param level - the scene's gain as a power, 1 at most: the threshold of silence falls with it
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
