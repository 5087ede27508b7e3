// Dense response: white noise → 8 octave bands (two band-pass stages each) → × decaying envelope per band → sum.
import type { DspContext } from './block.ts';
import type { Kernels } from './kernels.ts';
import { clamp, decayRate, exp, sqrt, tan } from './math.ts';
import type { Ptr } from '../kernelExports.ts';

/** Centre of the lowest band; each following one is an octave higher. */
export const DIFFUSE_LOWEST_HZ = 125;
export const DIFFUSE_BANDS = 8;
/** Band filters stay below this share of the sample rate. */
const MAX_HZ_SHARE = 0.42;
/** Q of each of a band's two stages. */
const Q = 1.1;

/** Octave bands of noise whose envelopes are raised by hits and then decay. Shares the caller's noise. */
export class DiffuseNoise {
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;

  /** @param context - kernels, memory, sample rate */
  constructor({ kernels, arena, sampleRate }: DspContext) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#ptr = arena.alloc(kernels.DIFFUSE_BYTES);
    for (let band = 0; band < DIFFUSE_BANDS; band++) {
      const hz = clamp(DIFFUSE_LOWEST_HZ * (1 << band), 1, MAX_HZ_SHARE * sampleRate);
      // Two equal stages of −3 dB width hz/Q pass π·hz/(2·Q·fs) of white noise's power.
      const scale = sqrt((2 * Q * sampleRate) / (Math.PI * hz));
      kernels.diffuseSetBand(this.#ptr, band, tan((Math.PI * hz) / sampleRate), 1 / Q, scale);
    }
  }

  /**
   * Sets a band's envelope.
   * @param band - 0…7
   * @param t60Sec - 60 dB decay
   * @param riseSec - time constant of the rise after a hit
   */
  setDecay(band: number, t60Sec: number, riseSec: number): void {
    const fall = exp(-decayRate(t60Sec) / this.#sampleRate);
    this.#kernels.diffuseSetDecay(this.#ptr, band, fall, exp(-1 / (riseSec * this.#sampleRate)));
  }

  /**
   * Raises a band's envelope.
   * @param band - 0…7
   * @param rms - by how much, amplitude
   */
  excite(band: number, rms: number): void {
    this.#kernels.diffuseExcite(this.#ptr, band, rms);
  }

  /**
   * Adds the response to `out`.
   * @param noise - white noise of unit variance
   * @param out - samples
   * @param frames - length of both
   * @returns false when all bands are at rest
   */
  render(noise: Ptr, out: Ptr, frames: number): boolean {
    return this.#kernels.diffuseRender(this.#ptr, noise, out, frames) !== 0;
  }
}
