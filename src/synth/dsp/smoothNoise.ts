// Smooth noise (value noise): one normal draw per knot → smoothstep between knots. Optionally periodic, for loops.
import { smoothstep } from './curves.ts';
import type { Random } from './random.ts';

/** Periods, offsets and positions share one unit, mostly seconds. */
export interface SmoothNoiseOptions {
  /** Distance between knots. */
  readonly period: number;
  /** The noise repeats after this; the period then adapts a little, so that whole periods fit. Default: never. */
  readonly loop?: number;
  /** Where the first knot lies: drawn from the stream, or at 0. A loop needs 0 to start on a knot. */
  readonly phase?: 'random' | 'zero';
  /** Integer. Gives another noise of the same stream: shifts the position, or in a loop the draws. */
  readonly offset?: number;
}

/** Smooth noise, a pure function of the stream and the position. Caches its two knots: cheap to read every block. */
export class SmoothNoise {
  readonly #random: Random;
  readonly #period: number;
  readonly #scale: number;
  readonly #phase: number;
  readonly #shift: number;
  /** Knots per loop. */
  readonly #knots: number;
  readonly #firstDraw: number;
  #knot = NaN;
  #from = 0;
  #to = 0;

  /**
   * @param random - the stream
   * @param options - period, loop, phase, offset
   */
  constructor(random: Random, { period, loop = Infinity, phase = 'random', offset = 0 }: SmoothNoiseOptions) {
    const looped = loop < Infinity;
    const periods = loop / period;
    this.#random = random;
    this.#period = period;
    this.#knots = looped ? Math.max(1, Math.round(periods)) : Infinity;
    this.#scale = looped ? this.#knots / periods : 1;
    this.#phase = looped && phase === 'zero' ? 0 : random.uniform(-1);
    this.#shift = looped ? 0 : offset;
    this.#firstDraw = looped ? offset : 0;
  }

  /**
   * Reads the noise.
   * @param x - position, in the unit of `period`; any order
   * @returns about unit variance at the knots, −2.5…2.5
   */
  at(x: number): number {
    const position = ((x + this.#shift) / this.#period) * this.#scale + this.#phase;
    const knot = Math.floor(position);
    if (knot !== this.#knot) {
      this.#from = knot === this.#knot + 1 ? this.#to : this.#draw(knot);
      this.#to = this.#draw(knot + 1);
      this.#knot = knot;
    }
    const blend = smoothstep(position - knot);
    return this.#from * (1 - blend) + this.#to * blend;
  }

  #draw(knot: number): number {
    if (this.#knots === Infinity) return this.#random.normal(knot);
    return this.#random.normal(this.#firstDraw + knot - this.#knots * Math.floor(knot / this.#knots));
  }
}
