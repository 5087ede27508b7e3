// Tapped objects as physical data: modes, decay times, dense response and cavities of everyday things.
// Decay times and onset tilts: Traer, Cusimano & McDermott, DAFx 2019 (measured everyday objects); partial ratios: plate, shell
// and cup theory (Fletcher & Rossing, "The Physics of Musical Instruments"); the rest is tuned against recordings of such objects, 2026.

/** What an object is made of, and how it is built. */
export interface ObjectMaterial {
  readonly id: string;
  /** Lowest mode of the smallest and of the largest object. */
  readonly smallHz: number;
  readonly largeHz: number;
  /** Modes over the lowest one; further ones follow at the mean spacing. */
  readonly ratios: readonly number[];
  /** Every mode of a round body is a pair this far apart (share of its frequency); 0 for none. */
  readonly twins: number;
  /** 60 dB decay at 1 kHz, seconds, and its fall with frequency: T60(f) = t1kSec · (f / 1 kHz)^−slope. */
  readonly t1kSec: number;
  readonly slope: number;
  /** Level of an impulse response in octave bands 125 Hz … 16 kHz of an object of middle size, dB. */
  readonly bandsDb: readonly number[];
  /** The dense response against the modes of its band, dB, and its decay against theirs. */
  readonly denseDb: number;
  readonly denseDecay: number;
  /** Spread of the modes' levels, dB (sd). */
  readonly unevenDb: number;
  /** Air inside: resonance of the small and large object, decay and level when wide open. */
  readonly cavitySmallHz: number;
  readonly cavityLargeHz: number;
  readonly cavitySec: number;
  readonly cavityDb: number;
  /** Response of the surface under the finger, which does not ring, dB. */
  readonly surfaceDb: number;
  /** What the hand, the table or the rest of the thing adds below, dB. */
  readonly thumpDb: number;
}

/** Lowest band of `bandsDb`, each following one an octave higher. */
export const LOWEST_BAND_HZ = 125;
export const BAND_COUNT = 8;

/** Simply supported plate of aspect 1.3. */
const PLATE = [1, 2.12, 2.88, 3.97, 4.3, 5.86, 6.03, 6.58, 7.14, 8.46, 9.3, 9.9, 11.1, 12.4];
/** Bending partials of a cup or jar: growing almost with the square of the number of nodes. */
const CUP = [1, 1.86, 2.3, 3.25, 4.1, 4.95, 5.8, 6.9];

/** All objects, in menu order. */
export const MATERIALS = [
  {
    id: 'wood',
    smallHz: 420,
    largeHz: 160,
    ratios: PLATE,
    twins: 0,
    t1kSec: 0.11,
    slope: 0.2,
    bandsDb: [-10, -4, -4, 0, 0, -4, -10, -18],
    denseDb: -10,
    denseDecay: 0.6,
    unevenDb: 5,
    cavitySmallHz: 620,
    cavityLargeHz: 260,
    cavitySec: 0.09,
    cavityDb: -2,
    surfaceDb: -28,
    thumpDb: -8,
  },
  {
    id: 'book',
    smallHz: 180,
    largeHz: 90,
    ratios: PLATE,
    twins: 0,
    t1kSec: 0.035,
    slope: 0.2,
    bandsDb: [0, 0, -5, -7, -9, -9, -9, -12],
    denseDb: -6,
    denseDecay: 0.8,
    unevenDb: 3,
    cavitySmallHz: 400,
    cavityLargeHz: 220,
    cavitySec: 0.03,
    cavityDb: -20,
    surfaceDb: -18,
    thumpDb: -2,
  },
  {
    id: 'cardboard',
    smallHz: 320,
    largeHz: 140,
    ratios: PLATE,
    twins: 0,
    t1kSec: 0.06,
    slope: 0.3,
    bandsDb: [-4, 0, -3, -5, -8, -10, -12, -18],
    denseDb: -6,
    denseDecay: 0.8,
    unevenDb: 4,
    cavitySmallHz: 520,
    cavityLargeHz: 230,
    cavitySec: 0.06,
    cavityDb: -2,
    surfaceDb: -20,
    thumpDb: -8,
  },
  {
    id: 'plastic',
    smallHz: 700,
    largeHz: 300,
    ratios: PLATE,
    twins: 0.012,
    t1kSec: 0.045,
    slope: 0.18,
    bandsDb: [-14, -12, -12, -10, -6, -2, 0, -20],
    denseDb: -8,
    denseDecay: 0.8,
    unevenDb: 5,
    cavitySmallHz: 700,
    cavityLargeHz: 200,
    cavitySec: 0.05,
    cavityDb: -6,
    surfaceDb: -28,
    thumpDb: -10,
  },
  {
    id: 'glass',
    smallHz: 1700,
    largeHz: 800,
    ratios: CUP,
    twins: 0.004,
    t1kSec: 0.25,
    slope: 0.4,
    bandsDb: [-40, -36, -28, -16, -6, 0, -6, -16],
    denseDb: -20,
    denseDecay: 0.6,
    unevenDb: 5,
    cavitySmallHz: 900,
    cavityLargeHz: 420,
    cavitySec: 0.08,
    cavityDb: -10,
    surfaceDb: -34,
    thumpDb: -14,
  },
  {
    id: 'ceramic',
    smallHz: 2100,
    largeHz: 1100,
    ratios: [1, 2.1, 3.4, 4.2, 5.1, 6.3],
    twins: 0.03,
    t1kSec: 0.32,
    slope: 0.4,
    bandsDb: [-36, -34, -25, -10, 0, -2, -10, -24],
    denseDb: -22,
    denseDecay: 0.6,
    unevenDb: 5,
    cavitySmallHz: 900,
    cavityLargeHz: 560,
    cavitySec: 0.07,
    cavityDb: -10,
    surfaceDb: -34,
    thumpDb: -14,
  },
  {
    id: 'tin',
    smallHz: 900,
    largeHz: 350,
    ratios: PLATE,
    twins: 0,
    t1kSec: 0.4,
    slope: 0.15,
    bandsDb: [-44, -40, -32, -18, -2, 0, -6, -14],
    denseDb: -24,
    denseDecay: 0.7,
    unevenDb: 6,
    cavitySmallHz: 900,
    cavityLargeHz: 350,
    cavitySec: 0.06,
    cavityDb: -8,
    surfaceDb: -34,
    thumpDb: -16,
  },
  {
    id: 'can',
    smallHz: 560,
    largeHz: 360,
    ratios: [1, 2.0, 2.35, 2.8, 5.0, 5.7, 7.6, 8.6, 9.6, 10.6],
    twins: 0.012,
    t1kSec: 0.12,
    slope: 0.4,
    bandsDb: [-40, -26, -3, -3, -8, 0, -9, -20],
    denseDb: -12,
    denseDecay: 0.7,
    unevenDb: 5,
    cavitySmallHz: 520,
    cavityLargeHz: 300,
    cavitySec: 0.09,
    cavityDb: -2,
    surfaceDb: -30,
    thumpDb: -20,
  },
  {
    id: 'stone',
    smallHz: 3600,
    largeHz: 1800,
    ratios: [1, 1.42, 1.9, 2.3, 2.75, 3.1, 3.5, 3.9, 4.4],
    twins: 0,
    t1kSec: 0.2,
    slope: 0.3,
    bandsDb: [-26, -24, -24, -22, -16, -6, 0, -6],
    denseDb: -10,
    denseDecay: 0.5,
    unevenDb: 3,
    cavitySmallHz: 900,
    cavityLargeHz: 500,
    cavitySec: 0.05,
    cavityDb: -30,
    surfaceDb: -32,
    thumpDb: -10,
  },
  {
    id: 'screen',
    smallHz: 900,
    largeHz: 520,
    ratios: PLATE,
    twins: 0,
    t1kSec: 0.035,
    slope: 0.3,
    bandsDb: [-12, -10, -6, -3, -5, -7, -4, -8],
    denseDb: -8,
    denseDecay: 0.8,
    unevenDb: 4,
    cavitySmallHz: 1100,
    cavityLargeHz: 700,
    cavitySec: 0.03,
    cavityDb: -16,
    surfaceDb: -10,
    thumpDb: -4,
  },
] as const satisfies readonly ObjectMaterial[];

const byId = new Map<string, ObjectMaterial>(MATERIALS.map((material) => [material.id, material]));

/**
 * Finds a material.
 * @param id - its id
 * @returns the material; the first one for an unknown id
 */
export function objectMaterial(id: string): ObjectMaterial {
  return byId.get(id) ?? MATERIALS[0];
}
