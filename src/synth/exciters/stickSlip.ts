// Stick-slip of cloth: random slips (truncated Pareto energies) → short swells of their own colour → gains of friction.
import { clamp, exp, log, sqrt } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';

/** Slips per second at the mean speed of a stroke. */
const SLIPS_PER_SEC = 5;
const MAX_SPEED = 2.5;
const MIN_SPEED = 0.3;
/** A slip swells and dies within some tens of milliseconds; larger ones take longer. */
const SWELL_SEC = 0.02;
const SWELL_SPREAD = 0.6;
/** A swell is over after this many of its lengths. */
const SWELL_LENGTHS = 12;
/** Energies follow E^−1.5 over this range. Source: crumpling of sheets, P. Houle & J. Sethna 1996. */
const RANGE_NEPERS = 3.68; // 16 dB
/** Mean of the truncated law over its least value, for alpha 1.5: e^(range/2). */
const MEAN_ENERGY = exp(0.5 * RANGE_NEPERS);
/** Slips differ in colour: wide folds move low, narrow ones high (sd, nepers between the halves). */
const COLOUR = 1.2;
/** Mean of e^(2·N(0, COLOUR/2)): what the colours add to the power. */
const COLOUR_POWER = exp((COLOUR * COLOUR) / 2);
/** ∫ (x·e^(1−x))² dx: the energy of one swell of unit height and length. */
const SWELL_ENERGY = 1.847;
/** Slips crowd where the hand is fast, which adds to their power: measured. */
const CROWDING = 0.25;
/** High frequencies come from many small slips and stay steadier than the low ones of a few wide ones. */
const MAX_LOW = 1;
const MAX_HIGH = 0.75;
const SLOTS = 8;

/** One patch of cloth that catches on itself and lets go. Call `process` once per block. */
export class StickSlip {
  /** Gains of the low and the high half of the friction in this block: mean power 1. */
  low = 1;
  high = 1;
  readonly #random: Random;
  readonly #ageSec = new Float64Array(SLOTS).fill(1);
  readonly #swellSec = new Float64Array(SLOTS).fill(SWELL_SEC);
  readonly #low = new Float64Array(SLOTS);
  readonly #high = new Float64Array(SLOTS);
  #slot = 0;
  #index = 0;

  /** @param random - the stream */
  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Moves on by one block.
   * @param blockSec - length of the block
   * @param relativeSpeed - the hand's speed over its mean
   * @param amount - 0 keeps both gains steady … 1 leaves only slips
   */
  process(blockSec: number, relativeSpeed: number, amount: number): void {
    this.low = 1;
    this.high = 1;
    if (amount <= 0) return;
    const index = this.#index++;
    const rate = SLIPS_PER_SEC * clamp(relativeSpeed, 0, MAX_SPEED);
    if (this.#random.uniform(4 * index) < rate * blockSec) {
      this.#slot = (this.#slot + 1) % SLOTS;
      // Truncated Pareto law at alpha 1.5, where its inverse is closed: E = (1 − u·(1 − R^−½))^−2.
      const root = 1 - this.#random.uniform(4 * index + 1) * (1 - exp(-0.5 * RANGE_NEPERS));
      const energy = 1 / (root * root);
      // More slips a second, each smaller: the friction itself already grows with the speed.
      const height = sqrt(energy / (MEAN_ENERGY * COLOUR_POWER * clamp(relativeSpeed, MIN_SPEED, MAX_SPEED)));
      const colour = exp(0.5 * COLOUR * this.#random.normal(4 * index + 3));
      this.#low[this.#slot] = height * colour;
      this.#high[this.#slot] = height / colour;
      this.#ageSec[this.#slot] = 0;
      const size = log(energy) / RANGE_NEPERS - 0.4;
      this.#swellSec[this.#slot] = SWELL_SEC * exp(size + SWELL_SPREAD * this.#random.normal(4 * index + 2));
    }
    let low = 0;
    let high = 0;
    for (let slot = 0; slot < SLOTS; slot++) {
      const ageSec = this.#ageSec[slot] ?? 1;
      const x = ageSec / (this.#swellSec[slot] ?? SWELL_SEC);
      if (x < SWELL_LENGTHS) {
        const level = x * exp(1 - x);
        low += (this.#low[slot] ?? 0) * level;
        high += (this.#high[slot] ?? 0) * level;
      }
      this.#ageSec[slot] = ageSec + blockSec;
    }
    this.low = blend(low, MAX_LOW * amount);
    this.high = blend(high, MAX_HIGH * amount);
  }
}

function blend(slips: number, amount: number): number {
  const steady = sqrt(1 - amount);
  return steady + ((1 - steady) * (1 - CROWDING * amount) * slips) / sqrt(SLIPS_PER_SEC * SWELL_SEC * SWELL_ENERGY);
}
