// Decaying noise in 4 bands: energy impulses and steady feed → energy envelope → √ → × band-passed white noise → sum.
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from './block.ts';
import type { DspContext } from './block.ts';
import type { Kernels } from './kernels.ts';
import { clamp, decayRate, exp, fromDb, sqrt, tan } from './math.ts';

/** Bands of one `DecayingNoiseBands`. */
export const NOISE_BANDS = 4;
const MAX_HZ_SHARE = 0.45;

/** One band of decaying noise. */
export interface NoiseBand {
  /** Centre frequency. */
  readonly hz: number;
  readonly q: number;
  /** 60 dB decay of the energy. */
  readonly t60Sec: number;
  /** Time constant with which the envelope follows the energy. */
  readonly riseSec: number;
}

/** Diffuse response fed with energy at any frame. Unlike `DiffuseNoise` it draws its own noise and adds powers, not amplitudes. */
export class DecayingNoiseBands {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #ptr: Ptr;
  readonly #impulsesPtr: Ptr;
  readonly #impulses: Float32Array;
  /** Energy that must enter each frame to hold unit power. */
  readonly #perFrame = new Float64Array(NOISE_BANDS);
  readonly #feedPower = new Float64Array(NOISE_BANDS);
  #hasImpulses = false;
  #feedChanged = false;
  #active = false;

  /**
   * @param context - kernels, memory, sample rate
   * @param seed - of the noise, a 32-bit integer
   */
  constructor({ kernels, arena, sampleRate }: DspContext, seed: number) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#ptr = arena.alloc(kernels.NOISE_BANDS_BYTES);
    kernels.noiseBandsInit(this.#ptr, seed);
    this.#impulsesPtr = arena.floats(NOISE_BANDS * BLOCK_FRAMES);
    this.#impulses = arena.view(this.#impulsesPtr, NOISE_BANDS * BLOCK_FRAMES);
  }

  /**
   * Sets a band; takes effect at once, without a jump.
   * @param band - 0…3
   * @param params - centre, Q, decay and rise
   */
  setBand(band: number, { hz, q, t60Sec, riseSec }: NoiseBand): void {
    const fs = this.#sampleRate;
    const centre = Math.min(hz, MAX_HZ_SHARE * fs);
    const g = tan((Math.PI * centre) / fs);
    // White noise of unit variance leaves the discrete band-pass with the variance kg / (1 + kg + g²): made unity.
    const k = 1 / q;
    const weight = sqrt((1 + k * g + g * g) / (k * g));
    const fall = exp((-2 * decayRate(t60Sec)) / fs);
    this.#perFrame[band] = 1 - fall;
    this.#kernels.noiseBandsSetBand(this.#ptr, band, g, k, weight, fall, clamp(1 / (riseSec * fs), 0, 1));
    this.#kernels.noiseBandsSetFeed(this.#ptr, band, (this.#feedPower[band] ?? 0) * (1 - fall));
  }

  /**
   * Adds energy that then decays.
   * @param band - 0…3
   * @param frame - frame of the coming block, integer
   * @param energy - amplitude² · seconds
   */
  excite(band: number, frame: number, energy: number): void {
    const at = NOISE_BANDS * frame + band;
    this.#impulses[at] = (this.#impulses[at] ?? 0) + energy * this.#sampleRate * (this.#perFrame[band] ?? 0);
    this.#hasImpulses = true;
  }

  /**
   * Sets the steady power of a band from now on.
   * @param band - 0…3
   * @param power - mean square
   */
  setFeed(band: number, power: number): void {
    if (power === this.#feedPower[band]) return;
    this.#feedPower[band] = power;
    this.#kernels.noiseBandsSetFeed(this.#ptr, band, power * (this.#perFrame[band] ?? 0));
    this.#feedChanged = true;
  }

  /**
   * Adds one block; free of cost while silent.
   * @param out - a block of samples
   */
  render(out: Ptr): void {
    if (!this.#hasImpulses && !this.#feedChanged && !this.#active) return;
    this.#active = Boolean(this.#kernels.noiseBandsRender(this.#ptr, this.#impulsesPtr, out, BLOCK_FRAMES));
    if (this.#hasImpulses) this.#impulses.fill(0);
    this.#hasImpulses = false;
    this.#feedChanged = false;
  }
}

/**
 * Levels of the bands as shares of the power.
 * @param shares - receives the shares, sum 1
 * @param levelsDb - level of each band
 * @param slopeDb - added to each band against the one below
 */
export function bandShares(shares: Float64Array, levelsDb: readonly number[], slopeDb = 0): void {
  let sum = 0;
  for (let band = 0; band < NOISE_BANDS; band++) {
    const power = fromDb(2 * (slopeDb * band + (levelsDb[band] ?? 0)));
    shares[band] = power;
    sum += power;
  }
  for (let band = 0; band < NOISE_BANDS; band++) shares[band] = (shares[band] ?? 0) / sum;
}
