// Filter bank: input → 4 parallel state-variable filters (one SIMD lane each) → weighted low, band, high outputs → sum.
import type { DspContext } from './block.ts';
import type { Kernels } from './kernels.ts';
import { sqrt, tan } from './math.ts';
import type { Ptr } from '../kernelExports.ts';

const LANES = 4;
/** Filters stay below this share of the sample rate. */
const MAX_HZ_SHARE = 0.45;

/** Output weights of one state-variable filter. */
export interface FilterOutputs {
  readonly low: number;
  /** Unit gain at the centre. */
  readonly band: number;
  readonly high: number;
}

/** Four parallel filters on one input, summed. Changes ramp over one block. */
export class FilterBank {
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;
  /** Last frequency of each lane and its tangent: most frequencies stay the same, and a tangent is costly. */
  readonly #hz = new Float64Array(LANES);
  readonly #tangent = new Float64Array(LANES);

  /** @param context - kernels, memory, sample rate */
  constructor(context: DspContext) {
    this.#kernels = context.kernels;
    this.#sampleRate = context.sampleRate;
    this.#ptr = context.arena.alloc(context.kernels.FILTER_BANK_BYTES);
  }

  /**
   * Sets a lane to a noise band: driven by white noise of unit variance its output has an RMS of `rms`, whatever the
   * frequency, Q and sample rate.
   * @param lane - 0…3
   * @param hz - centre frequency
   * @param q - quality
   * @param rms - level, amplitude
   */
  setNoiseBand(lane: number, hz: number, q: number, rms: number): void {
    const g = this.#g(lane, hz);
    // Noise bandwidth of a second-order band-pass: π/2 · hz/q, of the sampleRate/2 that carry the noise.
    const share = (Math.PI * Math.min(hz, MAX_HZ_SHARE * this.#sampleRate)) / (q * this.#sampleRate);
    this.#kernels.filterBankSet(this.#ptr, lane, g, 1 / q, 0, rms / sqrt(Math.min(1, share)), 0);
  }

  /**
   * Sets a lane as a plain filter.
   * @param lane - 0…3
   * @param hz - cutoff or centre frequency
   * @param q - quality
   * @param outputs - weights of the low, band and high outputs
   */
  setFilter(lane: number, hz: number, q: number, { low, band, high }: FilterOutputs): void {
    this.#kernels.filterBankSet(this.#ptr, lane, this.#g(lane, hz), 1 / q, low, band, high);
  }

  /**
   * Adds the filtered input to `out`.
   * @param input - a block of samples
   * @param out - a block of samples
   * @param frames - length, a multiple of 4
   */
  render(input: Ptr, out: Ptr, frames: number): void {
    this.#kernels.filterBankRender(this.#ptr, input, out, frames);
  }

  #g(lane: number, hz: number): number {
    if (this.#hz[lane] !== hz) {
      this.#hz[lane] = hz;
      this.#tangent[lane] = tan(Math.PI * Math.min(hz / this.#sampleRate, MAX_HZ_SHARE));
    }
    return this.#tangent[lane] ?? 0;
  }
}
