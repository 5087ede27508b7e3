// 1/f ("pink") noise by the Voss algorithm, addressed by index: sum over octaves of values held 1, 2, 4 … steps.
import { clamp, sqrt } from './math.ts';
import type { Random } from './random.ts';

const DEFAULT_OCTAVES = 9;
const DEFAULT_LIMIT = 2.2;

/** How far the memory reaches. */
export interface PinkNoiseOptions {
  /** Octaves summed: the memory spans 2^(octaves − 1) steps. */
  readonly octaves?: number;
  /** Draws reserved per step; at least `octaves`. */
  readonly drawsPerStep?: number;
  /** Values are clamped to ± this. */
  readonly limit?: number;
}

const DEFAULTS: PinkNoiseOptions = {};

/**
 * One value of 1/f noise, a pure function of the stream and the index. About unit variance.
 * Source: R. Voss & J. Clarke 1978; 1/f timing of human rhythm: H. Hennig et al. 2011.
 * @param random - the stream
 * @param index - step, integer ≥ 0
 * @param options - octaves, draws per step, limit
 * @returns −limit…limit
 */
export function pinkNoise(random: Random, index: number, options = DEFAULTS): number {
  const { octaves = DEFAULT_OCTAVES, drawsPerStep = DEFAULT_OCTAVES, limit = DEFAULT_LIMIT } = options;
  let sum = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += random.normal((Math.floor(index / (1 << octave)) + 1) * drawsPerStep + octave);
  }
  return clamp(sum / sqrt(octaves), -limit, limit);
}
