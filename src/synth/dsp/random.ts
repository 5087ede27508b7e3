// Counter-based PRNG: every draw is a hash of (seed, stream, index), so any draw can be computed by itself. No state.
import { cos, exp, log, sqrt, TAU } from './math.ts';

const UINT32_RANGE = 4294967296;
/** Normal draws are clamped here, so that no extreme event can ever be drawn. */
const NORMAL_LIMIT = 2.5;
/** Separates the second draw of Box–Muller from the first. */
const SECOND_DRAW = 0x5bd1e995;

/**
 * 32-bit integer hash (lowbias32 family), the same as the kernels' `hash32`.
 * @param value - a 32-bit integer
 * @returns an unsigned 32-bit integer
 */
export function hash32(value: number): number {
  let x = value >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  x ^= x >>> 15;
  return x >>> 0;
}

/**
 * Combines two seeds into one. Order matters.
 * @param a - a 32-bit integer
 * @param b - a 32-bit integer
 * @returns an unsigned 32-bit integer
 */
export function combineSeeds(a: number, b: number): number {
  return hash32(Math.imul(a >>> 0, 0x9e3779b1) ^ hash32(b ^ 0x85ebca6b));
}

/**
 * Hash of a string (FNV-1a, then `hash32`): the seed of a named stream.
 * @param text - the name
 * @returns an unsigned 32-bit integer
 */
export function hashString(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return hash32(h);
}

/** One stream of draws, addressed by an integer index. Immutable; create it in `create`, not while rendering. */
export class Random {
  /** The stream's seed. */
  readonly key: number;

  /** @param key - seed, a 32-bit integer */
  constructor(key: number) {
    this.key = key >>> 0;
  }

  /**
   * An independent stream.
   * @param name - its name or number within this stream
   * @returns the stream
   */
  stream(name: string | number): Random {
    return new Random(combineSeeds(this.key, typeof name === 'number' ? name : hashString(name)));
  }

  /**
   * Uniform integer.
   * @param index - of the draw
   * @returns an unsigned 32-bit integer
   */
  uint32(index: number): number {
    return combineSeeds(this.key, index);
  }

  /**
   * Uniform draw.
   * @param index - of the draw
   * @returns [0, 1)
   */
  uniform(index: number): number {
    return combineSeeds(this.key, index) / UINT32_RANGE;
  }

  /**
   * Uniform draw from an interval.
   * @param index - of the draw
   * @param min - lower end
   * @param max - upper end
   * @returns [min, max)
   */
  range(index: number, min: number, max: number): number {
    return min + (max - min) * this.uniform(index);
  }

  /**
   * Standard normal draw (Box–Muller), clamped.
   * @param index - of the draw
   * @returns −2.5…2.5
   */
  normal(index: number): number {
    const radius = sqrt(-2 * log(1 - combineSeeds(this.key, index) / UINT32_RANGE));
    const x = radius * cos((TAU * combineSeeds(this.key ^ SECOND_DRAW, index)) / UINT32_RANGE);
    return x < -NORMAL_LIMIT ? -NORMAL_LIMIT : x > NORMAL_LIMIT ? NORMAL_LIMIT : x;
  }

  /**
   * Log-normal draw: median · e^(sigma · normal).
   * @param index - of the draw
   * @param median - > 0, any unit
   * @param sigma - standard deviation, nepers
   * @returns in the unit of `median`, bounded like `normal`
   */
  logNormal(index: number, median: number, sigma: number): number {
    return median * exp(sigma * this.normal(index));
  }
}
