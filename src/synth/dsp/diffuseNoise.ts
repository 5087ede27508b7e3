// Typed face of the dense response: eight octave bands of noise, each with an envelope that hits raise and time lets fall.
import type { ArenaScope } from './arena.ts';
import type { Kernels } from './kernels.ts';
import { clamp, decayRate, exp, sqrt, tan } from './math.ts';
import type { Ptr } from '../kernelExports.ts';

/** Octave bands from here up. */
export const DIFFUSE_LOWEST_HZ = 125;
export const DIFFUSE_BANDS = 8;
/** Band filters reach no higher, as a share of the sample rate. */
const HIGHEST = 0.42;
/** Q of each of a band's two stages. */
const Q = 1.1;

export class DiffuseNoise {
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;

  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#ptr = arena.alloc(kernels.DIFFUSE_BYTES);
    for (let band = 0; band < DIFFUSE_BANDS; band++) {
      const hz = clamp(DIFFUSE_LOWEST_HZ * (1 << band), 1, HIGHEST * sampleRate);
      // Two equal stages of −3 dB width hz/Q pass π·hz/(2·Q·fs) of white noise's power.
      kernels.diffuseSetBand(
        this.#ptr,
        band,
        tan((Math.PI * hz) / sampleRate),
        1 / Q,
        sqrt((2 * Q * sampleRate) / (Math.PI * hz)),
      );
    }
  }

  /** 60 dB decay of a band, and the time constant of its rise after a hit. */
  decay(band: number, t60Sec: number, riseSec: number): void {
    const fall = exp(-decayRate(t60Sec) / this.#sampleRate);
    this.#kernels.diffuseSetDecay(this.#ptr, band, fall, exp(-1 / (riseSec * this.#sampleRate)));
  }

  /** Raises a band's envelope by `amount` (rms). */
  hit(band: number, amount: number): void {
    this.#kernels.diffuseExcite(this.#ptr, band, amount);
  }

  /** Adds `frames` samples shaped from white `noise` to `out`; false when all is at rest. */
  render(noise: Ptr, out: Ptr, frames: number): boolean {
    return this.#kernels.diffuseRender(this.#ptr, noise, out, frames) !== 0;
  }
}
