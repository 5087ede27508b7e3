// Loudness meter: both channels → K-weighted energy in 10 ms hops → momentary, short-term, integrated; true peak; emergence.
import { Arena } from '../dsp/arena.ts';
import { instantiateKernels } from '../dsp/kernels.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { toDb } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import { createPeakTable } from '../master/peakTable.ts';
import { SlidingWindow } from '../master/slidingWindow.ts';
import { fromLufs, setKWeighting, toLufs } from '../master/weighting.ts';

/** Hops a second. Ten milliseconds find the loudest 400 ms wherever they begin (EBU Tech 3341 cases 13 and 14). */
const HOPS_PER_SEC = 100;
const MOMENTARY_HOPS = 40;
const SHORT_TERM_HOPS = 300;
/** Gating blocks overlap by three quarters. */
const GATING_HOPS = 10;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE = 0.1; // −10 LU
/** Emergence: 125 ms (a whole number of hops, and half of one) against the trailing 10 s, from 3 s on. */
const EVENT_HOPS = 12.5;
const HALF_HOP = 0.5;
const BACKGROUND_HOPS = 1000;
const MIN_EMERGENCE_HOPS = 300;

/**
 * Loudness of a stereo signal, with true peak and emergence. All results are −200 while nothing has been measured.
 * Source: ITU-R BS.1770-5 (loudness, true peak), EBU Tech 3341 (momentary, short-term).
 */
export class LoudnessMeter {
  readonly #kernels: Kernels;
  readonly #state: Ptr;
  readonly #table: Ptr;
  readonly #peaks: Ptr;
  readonly #leftPtr: Ptr;
  readonly #rightPtr: Ptr;
  /** `#history` old samples, then one hop of new ones. */
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  readonly #history: number;
  readonly #hopFrames: number;
  #pendingFrames = 0;

  readonly #momentary = new SlidingWindow(MOMENTARY_HOPS);
  readonly #shortTerm = new SlidingWindow(SHORT_TERM_HOPS);
  readonly #background = new SlidingWindow(BACKGROUND_HOPS);
  readonly #flatBackground = new SlidingWindow(BACKGROUND_HOPS);
  readonly #gating: number[] = [];
  #maxMomentary = 0;
  #maxShortTerm = 0;
  #maxPeak = 0;
  #maxEmergence = 0;
  #maxFlatEmergence = 0;

  /**
   * @param sampleRate - Hz, a multiple of 100
   */
  constructor(sampleRate: number) {
    const kernels = instantiateKernels();
    const arena = new Arena(kernels);
    this.#kernels = kernels;
    this.#hopFrames = Math.round(sampleRate / HOPS_PER_SEC);
    this.#history = kernels.PEAK_TAPS - 1;
    this.#state = arena.alloc(kernels.LOUDNESS_BYTES);
    setKWeighting(kernels, this.#state, sampleRate);
    this.#table = createPeakTable(kernels, arena).ptr;
    this.#peaks = arena.floats(this.#hopFrames);
    this.#leftPtr = arena.floats(this.#history + this.#hopFrames);
    this.#rightPtr = arena.floats(this.#history + this.#hopFrames);
    this.#left = arena.view(this.#leftPtr, this.#history + this.#hopFrames);
    this.#right = arena.view(this.#rightPtr, this.#history + this.#hopFrames);
  }

  /**
   * Processes the next samples.
   * @param left - any length
   * @param right - the same length
   */
  push(left: Float32Array, right: Float32Array): void {
    let at = 0;
    while (at < left.length) {
      const frames = Math.min(left.length - at, this.#hopFrames - this.#pendingFrames);
      this.#left.set(left.subarray(at, at + frames), this.#history + this.#pendingFrames);
      this.#right.set(right.subarray(at, at + frames), this.#history + this.#pendingFrames);
      at += frames;
      this.#pendingFrames += frames;
      if (this.#pendingFrames === this.#hopFrames) this.#processHop();
    }
  }

  /** Loudness of the last whole 400 ms. */
  get momentaryLufs(): number {
    return toLufs(this.#momentary.mean);
  }

  /** Loudness of the last whole 3 s. */
  get shortTermLufs(): number {
    return toLufs(this.#shortTerm.mean);
  }

  maxMomentaryLufs(): number {
    return toLufs(this.#maxMomentary);
  }

  maxShortTermLufs(): number {
    return toLufs(this.#maxShortTerm);
  }

  /** Gated loudness of everything so far. */
  integratedLufs(): number {
    const audible = gatedMean(this.#gating, fromLufs(ABSOLUTE_GATE_LUFS));
    return toLufs(gatedMean(this.#gating, Math.max(audible * RELATIVE_GATE, fromLufs(ABSOLUTE_GATE_LUFS))));
  }

  /** Largest magnitude at or between samples, of either ear. */
  truePeakDb(): number {
    // What has come since the last whole hop, with silence after it.
    const from = this.#history + this.#pendingFrames;
    const frames = Math.min(this.#hopFrames, this.#pendingFrames + this.#kernels.PEAK_TAPS / 2);
    this.#left.fill(0, from);
    this.#right.fill(0, from);
    const peak = this.#kernels.truePeaks(this.#leftPtr, this.#rightPtr, this.#table, this.#peaks, frames);
    return toDb(Math.max(this.#maxPeak, peak));
  }

  /**
   * The largest level of 125 ms above the level of the 10 s that end with it (all there is, earlier), both
   * K-weighted, from 3 s on. 0 when nothing has stood out.
   */
  maxEmergenceDb(): number {
    return Math.max(0, toDb(this.#maxEmergence) / 2);
  }

  /** The same without weighting. */
  maxFlatEmergenceDb(): number {
    return Math.max(0, toDb(this.#maxFlatEmergence) / 2);
  }

  #processHop(): void {
    const kernels = this.#kernels;
    const frames = this.#hopFrames;
    const offset = this.#history * 4;
    const energy =
      kernels.loudnessEnergy(this.#state, this.#leftPtr + offset, this.#rightPtr + offset, frames) / frames;
    let flat = 0;
    for (let i = this.#history; i < this.#history + frames; i++) {
      const left = this.#left[i] ?? 0;
      const right = this.#right[i] ?? 0;
      flat += left * left + right * right;
    }
    flat /= frames;
    const peak = kernels.truePeaks(this.#leftPtr, this.#rightPtr, this.#table, this.#peaks, frames);
    this.#maxPeak = Math.max(this.#maxPeak, peak);
    this.#left.copyWithin(0, frames);
    this.#right.copyWithin(0, frames);
    this.#pendingFrames = 0;

    this.#momentary.push(energy);
    this.#shortTerm.push(energy);
    this.#background.push(energy);
    this.#flatBackground.push(flat);
    const hops = this.#background.count;
    if (hops >= MOMENTARY_HOPS) {
      this.#maxMomentary = Math.max(this.#maxMomentary, this.#momentary.mean);
      if ((hops - MOMENTARY_HOPS) % GATING_HOPS === 0) this.#gating.push(this.#momentary.mean);
    }
    if (hops >= SHORT_TERM_HOPS) {
      this.#maxShortTerm = Math.max(this.#maxShortTerm, this.#shortTerm.mean);
    }
    if (hops >= MIN_EMERGENCE_HOPS) {
      this.#maxEmergence = Math.max(this.#maxEmergence, emergence(this.#background));
      this.#maxFlatEmergence = Math.max(this.#maxFlatEmergence, emergence(this.#flatBackground));
    }
  }
}

/** Mean of the blocks above a power; 0 when there are none. */
function gatedMean(blocks: readonly number[], gate: number): number {
  let sum = 0;
  let count = 0;
  for (const block of blocks) {
    if (block <= gate) continue;
    sum += block;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** Power of the newest 125 ms over that of the whole window; the half hop is taken at the end that holds more. */
function emergence(window: SlidingWindow): number {
  const whole = Math.floor(EVENT_HOPS);
  const newest = window.ago(0);
  const oldest = window.ago(whole);
  let event = Math.max(newest + HALF_HOP * oldest, HALF_HOP * newest + oldest);
  for (let back = 1; back < whole; back++) event += window.ago(back);
  return window.mean > 0 ? event / EVENT_HOPS / window.mean : 0;
}
