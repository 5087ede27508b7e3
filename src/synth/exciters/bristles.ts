// A tuft of bristles: random contacts and single strikes → eight cantilevers of four modes each → sum.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos, decayRate, exp, log, sin, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';

/** Modes of one bristle. */
export const BRISTLE_MODES = 4;

export class Bristles {
  readonly count: number;
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;
  readonly #energies: Float64Array;
  #energy = 0;

  constructor(
    context: { readonly kernels: Kernels; readonly arena: ArenaScope; readonly sampleRate: number },
    count: number,
    random: Random,
  ) {
    const { kernels, arena, sampleRate } = context;
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
   * How strengths are spread: energies follow E^−alpha over `rangeDb`, cut at both ends; mean energy 1.
   * Alpha of about 1.5 is typical of things that catch and slip.
   */
  setStrengths(alpha: number, rangeDb: number): void {
    const count = this.#kernels.BRISTLE_STRENGTHS;
    const range = exp((rangeDb / 10) * 2.302585092994046);
    let mean = 0;
    for (let i = 0; i < count; i++) mean += paretoEnergy((i + 0.5) / count, alpha, range) / count;
    for (let i = 0; i < count; i++) {
      this.#kernels.bristlesSetStrength(this.#ptr, i, sqrt(paretoEnergy((i + 0.5) / count, alpha, range) / mean));
    }
  }

  /** One mode of one bristle: rings at `hz` for `t60Sec`, from `amplitude` at a contact of 1. Above the top it is left out. */
  setMode(bristle: number, mode: number, hz: number, t60Sec: number, amplitude: number): void {
    const top = 0.45 * this.#sampleRate;
    const level = hz < Math.min(top, HIGHEST_HZ) ? amplitude : 0;
    const d = decayRate(t60Sec);
    const r = exp(-d / this.#sampleRate);
    const angle = (TAU * Math.min(hz, top)) / this.#sampleRate;
    this.#kernels.bristlesSetMode(this.#ptr, bristle, mode, 2 * r * cos(angle), -r * r, level * sin(angle));
    this.#energies[bristle * BRISTLE_MODES + mode] = (level * level) / (4 * d);
    this.#energy = 0;
    for (const energy of this.#energies) this.#energy += energy;
  }

  strike(bristle: number, offsetFrames: number, strength: number): void {
    this.#kernels.bristlesStrike(this.#ptr, bristle, offsetFrames, strength);
  }

  /** Adds the block's contacts to `out`: `ratePerSec` and `gain` are reached by its end. */
  render(out: Ptr, ratePerSec: number, gain: number, frames: number): void {
    const rate = Math.min(ratePerSec / this.#sampleRate, 0.5);
    this.#kernels.bristlesRender(this.#ptr, out, rate, gain, frames);
  }
}

/** The same top at every sample rate, so that 44.1 and 96 kHz sound alike. */
const HIGHEST_HZ = 18000;

/** Inverse distribution of E^−alpha between 1 and `range`. */
function paretoEnergy(u: number, alpha: number, range: number): number {
  if (Math.abs(alpha - 1) < 1e-6) return exp(u * log(range));
  const power = 1 - alpha;
  return exp(log(1 + u * (exp(power * log(range)) - 1)) / power);
}
