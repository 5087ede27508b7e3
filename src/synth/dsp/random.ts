// Chance without memory: every draw is a hash of (seed, stream, index), so any moment can be computed by itself.
import { cos, exp, log, sqrt, TAU } from './math.ts';

/** 32-bit mix, the same as the kernels' `hash32`. */
export function hash32(value: number): number {
  let x = value >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  x ^= x >>> 15;
  return x >>> 0;
}

/** Joins two 32-bit values into one key. Order matters. */
export function combineSeeds(a: number, b: number): number {
  return hash32(Math.imul(a >>> 0, 0x9e3779b1) ^ hash32(b ^ 0x85ebca6b));
}

/** Key of a name, for streams named in words ("timing", "level"). */
export function hashString(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return hash32(h);
}

/** Gaussian draws are cut here, so that no extreme event can ever be drawn. */
const NORMAL_LIMIT = 2.5;

/** One named stream of draws, addressed by index. Immutable; allocate in `create`, not while rendering. */
export class Random {
  readonly key: number;

  constructor(key: number) {
    this.key = key >>> 0;
  }

  /** An independent stream. */
  stream(name: string | number): Random {
    return new Random(combineSeeds(this.key, typeof name === 'number' ? name : hashString(name)));
  }

  /** A 32-bit integer. */
  uint32(index: number): number {
    return combineSeeds(this.key, index);
  }

  /** Uniform in [0, 1). */
  uniform(index: number): number {
    return combineSeeds(this.key, index) / 4294967296;
  }

  range(index: number, min: number, max: number): number {
    return min + (max - min) * this.uniform(index);
  }

  /** Standard normal, cut at ±2.5. */
  normal(index: number): number {
    const radius = sqrt(-2 * log(1 - combineSeeds(this.key, index) / 4294967296));
    const x = radius * cos((TAU * combineSeeds(this.key ^ 0x5bd1e995, index)) / 4294967296);
    return x < -NORMAL_LIMIT ? -NORMAL_LIMIT : x > NORMAL_LIMIT ? NORMAL_LIMIT : x;
  }

  /** median · e^(sigma·normal), cut like `normal`. */
  logNormal(index: number, median: number, sigma: number): number {
    return median * exp(sigma * this.normal(index));
  }

  /** Exponential of mean 1, cut at 5. */
  exponential(index: number): number {
    const x = -log(1 - this.uniform(index));
    return x > 5 ? 5 : x;
  }
}
