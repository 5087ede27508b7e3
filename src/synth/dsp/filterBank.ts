// Four parallel filters on one input: state-variable filters in the lanes of a vector, set in hertz, quality and level.
import type { ArenaScope } from './arena.ts';
import type { Kernels } from './kernels.ts';
import { sqrt, tan } from './math.ts';
import type { Ptr } from '../kernelExports.ts';

const LANES = 4;
const NYQUIST_SHARE = 0.45;

/**
 * Turns white noise of unit variance into up to four bands of known level.
 * Shapes: input → band | low | high of each filter → sum, added to `out`. Cost: one vector of arithmetic for all four.
 */
export class FilterBank {
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;
  /** What each lane was last set to: most frequencies stand still, and a tangent is dear. */
  readonly #hz = new Float64Array(LANES);
  readonly #tangent = new Float64Array(LANES);

  constructor(context: { readonly kernels: Kernels; readonly arena: ArenaScope; readonly sampleRate: number }) {
    this.#kernels = context.kernels;
    this.#sampleRate = context.sampleRate;
    this.#ptr = context.arena.alloc(context.kernels.FILTER_BANK_BYTES);
  }

  /**
   * Lane 0…3 passes a band round `hz` of quality `q`, reached by the end of the next block. Driven by white noise of unit
   * variance the lane's output has an RMS of `rms`, whatever the frequency, the quality and the sample rate.
   */
  setNoiseBand(lane: number, hz: number, q: number, rms: number): void {
    const g = this.#g(lane, hz);
    // Noise bandwidth of a second-order band-pass: π/2 · hz/q, of the sampleRate/2 that carry the noise.
    const share = (Math.PI * Math.min(hz, NYQUIST_SHARE * this.#sampleRate)) / (q * this.#sampleRate);
    this.#kernels.filterBankSet(this.#ptr, lane, g, 1 / q, 0, rms / sqrt(Math.min(1, share)), 0);
  }

  /** Lane 0…3 as plain filter: weights of the low, band (unit gain at `hz`) and high outputs. */
  setFilter(lane: number, hz: number, q: number, low: number, band: number, high: number): void {
    this.#kernels.filterBankSet(this.#ptr, lane, this.#g(lane, hz), 1 / q, low, band, high);
  }

  /** Adds the four bands of `input` to `out`. */
  render(input: Ptr, out: Ptr, frames: number): void {
    this.#kernels.filterBankRender(this.#ptr, input, out, frames);
  }

  #g(lane: number, hz: number): number {
    if (this.#hz[lane] !== hz) {
      this.#hz[lane] = hz;
      this.#tangent[lane] = tan(Math.PI * Math.min(hz / this.#sampleRate, NYQUIST_SHARE));
    }
    return this.#tangent[lane] ?? 0;
  }
}
