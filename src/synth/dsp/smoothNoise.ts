// A smooth wandering value that remembers its two knots, so that asking every block costs next to nothing.
import type { Random } from './random.ts';

/**
 * Knots one apart, joined without corners; a pure function of the stream and the position. In a loop the way closes: after
 * `turns` (loop length over period, as `position` counts) it is where it was; periods stretch a little to fit.
 */
export class SmoothNoise {
  readonly #random: Random;
  readonly #knots: number;
  readonly #scale: number;
  readonly #offset: number;
  #knot = NaN;
  #from = 0;
  #to = 0;

  constructor(random: Random, turns = Infinity) {
    this.#random = random;
    this.#offset = random.uniform(-1);
    this.#knots = turns < Infinity ? Math.max(1, Math.round(turns)) : Infinity;
    this.#scale = turns < Infinity ? this.#knots / turns : 1;
  }

  /** About unit variance, never beyond ±2.5. `position`: time over period, or way over length; any order. */
  at(position: number): number {
    const shifted = position * this.#scale + this.#offset;
    const knot = Math.floor(shifted);
    if (knot !== this.#knot) {
      this.#from = knot === this.#knot + 1 ? this.#to : this.#draw(knot);
      this.#to = this.#draw(knot + 1);
      this.#knot = knot;
    }
    const t = shifted - knot;
    const blend = t * t * (3 - 2 * t);
    return this.#from * (1 - blend) + this.#to * blend;
  }

  #draw(knot: number): number {
    return this.#random.normal(this.#knots < Infinity ? knot - this.#knots * Math.floor(knot / this.#knots) : knot);
  }
}
