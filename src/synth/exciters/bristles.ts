// Tuft of bristles: random contacts and single strikes → up to 8 cantilevers of 4 modes each (two-pole resonators) → sum.
import type { DspContext } from '../dsp/block.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos, decayRate, exp, fromDb, sin, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { TruncatedPareto } from '../dsp/truncatedPareto.ts';
import type { Ptr } from '../kernelExports.ts';

/** Modes of one bristle. */
export const BRISTLE_MODES = 4;
/** Modes above are left out. The same at every sample rate, so that 44.1 and 96 kHz sound alike. */
const MAX_HZ = 18000;
const MAX_HZ_SHARE = 0.45;
/** Contacts per frame. */
const MAX_RATE = 0.5;

/** Bristles that slip one by one. */
export class Bristles {
  readonly count: number;
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;
  readonly #strengths = new TruncatedPareto();
  readonly #energies: Float64Array;
  #energy = 0;

  /**
   * @param context - kernels, memory, sample rate
   * @param count - bristles, 1…8
   * @param random - the stream of the contacts
   */
  constructor({ kernels, arena, sampleRate }: DspContext, count: number, random: Random) {
    this.count = count;
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#ptr = arena.alloc(kernels.BRISTLES_BYTES);
    this.#energies = new Float64Array(count * BRISTLE_MODES);
    kernels.bristlesInit(this.#ptr, count, random.key);
  }

  /** Mean energy of one contact of strength 1: amplitude² · seconds. Power = contacts per second · this · gain². */
  get contactEnergy(): number {
    return this.#energy / this.count;
  }

  /**
   * Sets the distribution of contact strengths: energies follow E^−alpha, truncated, with mean 1.
   * @param alpha - exponent; about 1.5 is typical of things that stick and slip
   * @param rangeDb - largest energy over the smallest
   */
  setStrengths(alpha: number, rangeDb: number): void {
    const count = this.#kernels.BRISTLE_STRENGTHS;
    this.#strengths.setParams(alpha, fromDb(2 * rangeDb));
    let mean = 0;
    for (let i = 0; i < count; i++) mean += this.#strengths.quantile((i + 0.5) / count) / count;
    for (let i = 0; i < count; i++) {
      this.#kernels.bristlesSetStrength(this.#ptr, i, sqrt(this.#strengths.quantile((i + 0.5) / count) / mean));
    }
  }

  /**
   * Sets one mode of one bristle.
   * @param bristle - index
   * @param mode - 0…3
   * @param hz - frequency; above 18 kHz it is left out
   * @param t60Sec - 60 dB decay
   * @param amplitude - after a contact of 1
   */
  setMode(bristle: number, mode: number, hz: number, t60Sec: number, amplitude: number): void {
    const maxHz = MAX_HZ_SHARE * this.#sampleRate;
    const level = hz < Math.min(maxHz, MAX_HZ) ? amplitude : 0;
    const d = decayRate(t60Sec);
    const r = exp(-d / this.#sampleRate);
    const angle = (TAU * Math.min(hz, maxHz)) / this.#sampleRate;
    this.#kernels.bristlesSetMode(this.#ptr, bristle, mode, 2 * r * cos(angle), -r * r, level * sin(angle));
    this.#energies[bristle * BRISTLE_MODES + mode] = (level * level) / (4 * d);
    this.#energy = 0;
    for (const energy of this.#energies) this.#energy += energy;
  }

  /**
   * Strikes one bristle in the coming block.
   * @param bristle - index
   * @param offsetFrames - frames into the block, integer
   * @param strength - amplitude
   */
  strike(bristle: number, offsetFrames: number, strength: number): void {
    this.#kernels.bristlesStrike(this.#ptr, bristle, offsetFrames, strength);
  }

  /**
   * Adds the block's contacts to `out`; rate and gain ramp over the block.
   * @param out - samples
   * @param ratePerSec - contacts per second
   * @param gain - amplitude of a contact of strength 1
   * @param frames - length, a multiple of 4, at most 128
   */
  render(out: Ptr, ratePerSec: number, gain: number, frames: number): void {
    const rate = Math.min(ratePerSec / this.#sampleRate, MAX_RATE);
    this.#kernels.bristlesRender(this.#ptr, out, rate, gain, frames);
  }
}
