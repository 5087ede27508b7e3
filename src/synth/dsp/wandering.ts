// A smooth wandering value that remembers its two knots, so that asking every block costs next to nothing.
import type { Random } from './random.ts';

/** Knots one apart, joined without corners; a pure function of the stream and the position. */
export class Wandering {
  readonly #random: Random;
  readonly #offset: number;
  #knot = NaN;
  #from = 0;
  #to = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#offset = random.uniform(-1);
  }

  /** About unit variance, never beyond ±2.5. `position`: time over period, or way over length; any order. */
  at(position: number): number {
    const shifted = position + this.#offset;
    const knot = Math.floor(shifted);
    if (knot !== this.#knot) {
      this.#from = knot === this.#knot + 1 ? this.#to : this.#random.normal(knot);
      this.#to = this.#random.normal(knot + 1);
      this.#knot = knot;
    }
    const t = shifted - knot;
    const blend = t * t * (3 - 2 * t);
    return this.#from * (1 - blend) + this.#to * blend;
  }
}
