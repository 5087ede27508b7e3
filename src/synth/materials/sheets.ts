// Thin sheets as physical data: paper, leaves, cloth.
// Source: exponents from P. Houle & J. Sethna 1996; decays and colours tuned against measurements of such sounds, 2026.
import type { SheetMaterial } from '../resonators/sheet.ts';

/** A sheet and how it cracks. */
export interface RustleMaterial extends SheetMaterial {
  /** Exponent and range of the click energies. */
  readonly alpha: number;
  readonly rangeDb: number;
  /** Clicks per second at the peak of an ordinary movement. */
  readonly clicksPerSec: number;
  /** Power of sliding against the power of clicks. */
  readonly slideShare: number;
  /** Brings the material to the house level. Tuned by measurement. */
  readonly levelDb: number;
}

/** Stored in presets. */
export type SheetId = 'paper' | 'page' | 'tissue' | 'leaves' | 'fabric';

/** All sheets. */
export const SHEETS: Readonly<Record<SheetId, RustleMaterial>> = {
  paper: {
    alpha: 1.45,
    rangeDb: 23,
    clicksPerSec: 160,
    clickHz: 2400,
    spreadOct: 0.9,
    clickT60Sec: 0.006,
    rings: 2,
    modeHz: 420,
    modeT60Sec: 0.03,
    modeShare: 0.2,
    bodyShare: 0.4,
    bandHz: [240, 900, 3000, 8500],
    focusOct: 1.5,
    bodyDb: [-8, 0, -1, -7],
    bodyT60Sec: [0.09, 0.07, 0.06, 0.05],
    bodyRiseSec: 0.0015,
    slideShare: 0.1,
    slideDb: [-6, -2, 0, -3],
    levelDb: 0,
  },
  page: {
    alpha: 1.5,
    rangeDb: 22,
    clicksPerSec: 110,
    clickHz: 1500,
    spreadOct: 0.9,
    clickT60Sec: 0.007,
    rings: 2,
    modeHz: 300,
    modeT60Sec: 0.04,
    modeShare: 0.25,
    bodyShare: 0.4,
    bandHz: [240, 900, 3000, 8500],
    focusOct: 1.5,
    bodyDb: [-8, 0, 0, -4],
    bodyT60Sec: [0.11, 0.09, 0.08, 0.08],
    bodyRiseSec: 0.0015,
    slideShare: 0.15,
    slideDb: [-6, -2, 0, -4],
    levelDb: 0,
  },
  tissue: {
    alpha: 1.6,
    rangeDb: 20,
    clicksPerSec: 320,
    clickHz: 1700,
    spreadOct: 0.7,
    clickT60Sec: 0.003,
    rings: 1,
    modeHz: 500,
    modeT60Sec: 0.012,
    modeShare: 0.1,
    bodyShare: 0.5,
    bandHz: [240, 900, 3000, 8500],
    focusOct: 1.5,
    bodyDb: [-10, -2, 0, -3],
    bodyT60Sec: [0.05, 0.04, 0.035, 0.03],
    bodyRiseSec: 0.0015,
    slideShare: 0.3,
    slideDb: [-10, -3, 0, -2],
    levelDb: 0,
  },
  leaves: {
    alpha: 1.5,
    rangeDb: 18,
    clicksPerSec: 600,
    clickHz: 8500,
    spreadOct: 0.55,
    clickT60Sec: 0.003,
    rings: 1,
    modeHz: 900,
    modeT60Sec: 0.012,
    modeShare: 0.08,
    bodyShare: 0.5,
    bandHz: [240, 900, 4000, 10500],
    focusOct: 1.5,
    bodyDb: [-12, -9, -8, 0],
    bodyT60Sec: [0.08, 0.06, 0.05, 0.05],
    bodyRiseSec: 0.0015,
    slideShare: 1,
    slideDb: [-13, -10, -8, 0],
    levelDb: 0,
  },
  fabric: {
    alpha: 1.25,
    rangeDb: 26,
    clicksPerSec: 100,
    clickHz: 450,
    spreadOct: 2.1,
    clickT60Sec: 0.005,
    rings: 2,
    modeHz: 160,
    modeT60Sec: 0.04,
    modeShare: 0.2,
    bodyShare: 0.8,
    bandHz: [170, 520, 2200, 7000],
    focusOct: 1.2,
    bodyDb: [0, -4, -12, -16],
    bodyT60Sec: [0.09, 0.08, 0.07, 0.07],
    bodyRiseSec: 0.02,
    slideShare: 2,
    slideDb: [0, -4, -13, -19],
    levelDb: 2,
  },
};
