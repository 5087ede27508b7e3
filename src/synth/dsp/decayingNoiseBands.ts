// Typed face of the cloud kernel: a diffuse, decaying body of noise in four bands, fed with energy at any frame.
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from './block.ts';
import type { ArenaScope } from './arena.ts';
import type { Kernels } from './kernels.ts';
import { clamp, decayRate, exp, sqrt, tan } from './math.ts';

export const NOISE_BANDS = 4;
const HIGHEST_SHARE = 0.45;

export class DecayingNoiseBands {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #ptr: Ptr;
  readonly #impulsesPtr: Ptr;
  readonly #impulses: Float32Array;
  /** Energy that must enter each frame for unit power to stay. */
  readonly #perFrame = new Float64Array(NOISE_BANDS);
  readonly #feeding = new Float64Array(NOISE_BANDS);
  #struck = false;
  #fed = false;
  #sounds = false;

  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, seed: number) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#ptr = arena.alloc(kernels.NOISE_BANDS_BYTES);
    kernels.noiseBandsInit(this.#ptr, seed);
    this.#impulsesPtr = arena.floats(NOISE_BANDS * BLOCK_FRAMES);
    this.#impulses = arena.view(this.#impulsesPtr, NOISE_BANDS * BLOCK_FRAMES);
  }

  /** Sets a band's centre, Q, decay of its energy and the time its envelope takes to follow. */
  setBand(band: number, hz: number, q: number, t60Sec: number, riseSec: number): void {
    const fs = this.#sampleRate;
    const centre = Math.min(hz, HIGHEST_SHARE * fs);
    const g = tan((Math.PI * centre) / fs);
    // White noise of unit variance leaves the discrete band-pass with the variance kg / (1 + kg + g²): made unity.
    const k = 1 / q;
    const weight = sqrt((1 + k * g + g * g) / (k * g));
    const fall = exp((-2 * decayRate(t60Sec)) / fs);
    this.#perFrame[band] = 1 - fall;
    this.#kernels.noiseBandsSetBand(this.#ptr, band, g, k, weight, fall, clamp(1 / (riseSec * fs), 0, 1));
    this.#kernels.noiseBandsSetFeed(this.#ptr, band, (this.#feeding[band] ?? 0) * (1 - fall));
  }

  /** Energy (amplitude² · seconds) that enters at a frame of the coming block and then decays. */
  strike(band: number, frame: number, energy: number): void {
    const at = NOISE_BANDS * frame + band;
    this.#impulses[at] = (this.#impulses[at] ?? 0) + energy * this.#sampleRate * (this.#perFrame[band] ?? 0);
    this.#struck = true;
  }

  /** Steady power (mean square) that enters a band from now on. */
  feed(band: number, power: number): void {
    if (power === this.#feeding[band]) return;
    this.#feeding[band] = power;
    this.#kernels.noiseBandsSetFeed(this.#ptr, band, power * (this.#perFrame[band] ?? 0));
    this.#fed = true;
  }

  /** Adds one block to `out`; costs nothing when nothing sounds. */
  render(out: Ptr): void {
    if (!this.#struck && !this.#fed && !this.#sounds) return;
    this.#sounds = Boolean(this.#kernels.noiseBandsRender(this.#ptr, this.#impulsesPtr, out, BLOCK_FRAMES));
    if (this.#struck) this.#impulses.fill(0);
    this.#struck = false;
    this.#fed = false;
  }
}
