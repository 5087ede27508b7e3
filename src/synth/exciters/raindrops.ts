// Raindrop sizes: uniform draw → diameter (truncated exponential law) → kinetic energy at terminal speed, mean 1.
import { exp, log } from '../dsp/math.ts';

const MIN_MM = 0.8;
const MAX_MM = 3.2;
/** Points over which the mean energy is taken. */
const POINTS = 64;

/**
 * Diameters fall off as e^(−Λ·D), cut at both ends; energy of a drop at its terminal speed.
 * Source: J. Marshall & W. Palmer 1948 (sizes); D. Atlas et al. 1973 (v = 9.65 − 10.3·e^(−0.6·D) m/s, D in mm).
 */
export class Raindrops {
  #slope = 0;
  #scale = 0;
  #mean = 1;

  /**
   * Sets the size law.
   * @param slope - Λ, 1/mm: 3 for drizzle, 1.2 for a downpour
   * @param scale - factor on all diameters
   */
  setParams(slope: number, scale: number): void {
    if (slope === this.#slope && scale === this.#scale) return;
    this.#slope = slope;
    this.#scale = scale;
    let sum = 0;
    for (let i = 0; i < POINTS; i++) sum += energyOf(this.diameterMm((i + 0.5) / POINTS));
    this.#mean = sum / POINTS;
  }

  /**
   * Diameter of a drop.
   * @param uniform - draw, [0, 1)
   * @returns millimetres
   */
  diameterMm(uniform: number): number {
    const rest = 1 - exp(-this.#slope * (MAX_MM - MIN_MM));
    return this.#scale * (MIN_MM - log(1 - uniform * rest) / this.#slope);
  }

  /**
   * Energy of a drop.
   * @param diameterMm - millimetres
   * @returns energy over the mean energy
   */
  energy(diameterMm: number): number {
    return energyOf(diameterMm) / this.#mean;
  }
}

function energyOf(diameterMm: number): number {
  const speed = 9.65 - 10.3 * exp(-0.6 * diameterMm);
  return diameterMm * diameterMm * diameterMm * speed * speed;
}
