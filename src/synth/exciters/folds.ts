// Cloth that catches on itself and lets go: slips of power-law size, each a short swell → factor on the friction's level.
import { clamp, exp, log, sqrt } from '../dsp/maths.ts';
import type { Random } from '../dsp/random.ts';

/** Slips per second at the mean speed of a stroke. */
const SLIPS_PER_SEC = 9;
/** A slip swells and dies within some tens of milliseconds; larger ones take longer. */
const SWELL_SEC = 0.013;
const SWELL_SPREAD = 0.45;
/** Energies follow E^−1.5 over this range. Source: crumpling of sheets, P. Houle & J. Sethna 1996. */
const RANGE_NEPERS = 3.68; // 16 dB
/** ∫ (x·e^(1−x))² dx: the energy of one swell of unit height and length. */
const SWELL_ENERGY = 1.847;
/** Mean of the truncated law over its least value, for alpha 1.5: e^(range/2). */
const MEAN_ENERGY = exp(0.5 * RANGE_NEPERS);
const SLOTS = 8;

/** One patch of creasing cloth. Call `next` once a block. */
export class Folds {
  readonly #random: Random;
  readonly #age = new Float64Array(SLOTS).fill(1);
  readonly #swell = new Float64Array(SLOTS).fill(SWELL_SEC);
  readonly #height = new Float64Array(SLOTS);
  #slot = 0;
  #index = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Level of the friction in this block, mean power 1: steady at `amount` 0, only slips at 1.
   * `relativeSpeed`: the hand's speed over its mean.
   */
  next(blockSec: number, relativeSpeed: number, amount: number): number {
    if (amount <= 0) return 1;
    const index = this.#index++;
    const rate = SLIPS_PER_SEC * clamp(relativeSpeed, 0, 2.5);
    if (this.#random.uniform(4 * index) < rate * blockSec) {
      this.#slot = (this.#slot + 1) % SLOTS;
      // Inverse of the truncated law at alpha 1.5: E = (1 − u·(1 − R^−½))^−2.
      const root = 1 - this.#random.uniform(4 * index + 1) * (1 - exp(-0.5 * RANGE_NEPERS));
      const energy = 1 / (root * root);
      this.#height[this.#slot] = sqrt(energy / MEAN_ENERGY);
      this.#age[this.#slot] = 0;
      const size = log(energy) / RANGE_NEPERS - 0.4;
      this.#swell[this.#slot] = SWELL_SEC * exp(size + SWELL_SPREAD * this.#random.normal(4 * index + 2));
    }
    let sum = 0;
    for (let slot = 0; slot < SLOTS; slot++) {
      const swell = this.#swell[slot] ?? SWELL_SEC;
      const x = (this.#age[slot] ?? 1) / swell;
      if (x < 12) sum += (this.#height[slot] ?? 0) * x * exp(1 - x);
      this.#age[slot] = (this.#age[slot] ?? 1) + blockSec;
    }
    const slips = sum / sqrt(SLIPS_PER_SEC * SWELL_SEC * SWELL_ENERGY);
    return sqrt(1 - amount) + (1 - sqrt(1 - amount)) * slips;
  }
}
