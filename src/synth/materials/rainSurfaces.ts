// Rain surfaces as physical data: modes of the surface, splash noise bands, and the share of each.

/** One number per noise band or mode. */
type Bands = readonly [number, number, number, number];

/** What rain falls on. */
export interface RainSurface {
  /** Rings of a spot where a drop lands: frequencies at ordinary size, and their decay. */
  readonly modesHz: Bands;
  readonly modeT60Sec: Bands;
  /** How far spots differ in pitch: nepers, one SD. */
  readonly spotSpread: number;
  /** Share of a drop's energy that rings; the rest splashes. */
  readonly ringShare: number;
  /** The splash: centres of four bands of noise, their levels and decays. */
  readonly splashHz: Bands;
  readonly splashDb: Bands;
  readonly splashT60Sec: Bands;
  /** Rise of the splash: soft things give way first. */
  readonly splashRiseSec: number;
  /** Rain a little away and far away on the same thing: colour of the drops, and what it adds to the wash's four bands. */
  readonly farHz: number;
  readonly washDb: Bands;
}

/** Stored in presets. */
export type RainSurfaceId = 'leaves' | 'canvas' | 'window' | 'tin' | 'earth' | 'water';

/** Proportions after what drops on such things measure and how their modes lie; decays as damped as they are outdoors. */
export const RAIN_SURFACES: Readonly<Record<RainSurfaceId, RainSurface>> = {
  leaves: {
    modesHz: [410, 760, 1290, 2050],
    modeT60Sec: [0.022, 0.018, 0.014, 0.011],
    spotSpread: 0.34,
    ringShare: 0.35,
    splashHz: [500, 1300, 3000, 6500],
    splashDb: [-3, 0, -4, -10],
    splashT60Sec: [0.05, 0.042, 0.034, 0.026],
    splashRiseSec: 0.0016,
    farHz: 1700,
    washDb: [-4, -1, 0, -1],
  },
  canvas: {
    modesHz: [115, 183, 246, 342],
    modeT60Sec: [0.085, 0.07, 0.055, 0.045],
    spotSpread: 0.16,
    ringShare: 0.5,
    splashHz: [300, 800, 1900, 4600],
    splashDb: [0, -2, -8, -16],
    splashT60Sec: [0.06, 0.05, 0.034, 0.024],
    splashRiseSec: 0.0022,
    farHz: 520,
    washDb: [4, 1, -4, -10],
  },
  window: {
    modesHz: [690, 1120, 1830, 2760],
    modeT60Sec: [0.042, 0.034, 0.026, 0.02],
    spotSpread: 0.2,
    ringShare: 0.5,
    splashHz: [650, 1700, 3800, 7600],
    splashDb: [-5, 0, -3, -9],
    splashT60Sec: [0.04, 0.034, 0.026, 0.018],
    splashRiseSec: 0.001,
    farHz: 2000,
    washDb: [-5, -1, 1, -2],
  },
  tin: {
    modesHz: [395, 740, 1260, 2080],
    modeT60Sec: [0.12, 0.095, 0.07, 0.05],
    spotSpread: 0.22,
    ringShare: 0.55,
    splashHz: [500, 1300, 3000, 6500],
    splashDb: [-3, 0, -3, -10],
    splashT60Sec: [0.09, 0.07, 0.05, 0.034],
    splashRiseSec: 0.001,
    farHz: 1350,
    washDb: [-2, 2, 2, -2],
  },
  earth: {
    modesHz: [170, 260, 390, 560],
    modeT60Sec: [0.026, 0.022, 0.018, 0.014],
    spotSpread: 0.25,
    ringShare: 0.4,
    splashHz: [320, 800, 1900, 4600],
    splashDb: [0, -1, -7, -15],
    splashT60Sec: [0.04, 0.034, 0.026, 0.02],
    splashRiseSec: 0.002,
    farHz: 750,
    washDb: [2, 1, -2, -7],
  },
  water: {
    modesHz: [620, 980, 1500, 2200],
    modeT60Sec: [0.03, 0.022, 0.016, 0.012],
    spotSpread: 0.3,
    ringShare: 0.25,
    splashHz: [600, 1600, 3600, 7200],
    splashDb: [-4, 0, -2, -8],
    splashT60Sec: [0.045, 0.036, 0.028, 0.02],
    splashRiseSec: 0.0014,
    farHz: 1500,
    washDb: [-4, 0, 0, -3],
  },
};
