// Sizes of falling drops → the energy each brings: many small ones, few large ones, none beyond the largest.
import { exp, log } from '../dsp/math.ts';

const SMALLEST_MM = 0.8;
const LARGEST_MM = 3.2;
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

  /** `slope` Λ, 1/mm: 3 for drizzle, 1.2 for a downpour. `scale` stretches all diameters. */
  set(slope: number, scale: number): void {
    if (slope === this.#slope && scale === this.#scale) return;
    this.#slope = slope;
    this.#scale = scale;
    let sum = 0;
    for (let i = 0; i < POINTS; i++) sum += energyOf(this.diameterMm((i + 0.5) / POINTS));
    this.#mean = sum / POINTS;
  }

  /** From a uniform draw in [0, 1). */
  diameterMm(uniform: number): number {
    const rest = 1 - exp(-this.#slope * (LARGEST_MM - SMALLEST_MM));
    return this.#scale * (SMALLEST_MM - log(1 - uniform * rest) / this.#slope);
  }

  /** Of a drop, relative to the mean. */
  energy(diameterMm: number): number {
    return energyOf(diameterMm) / this.#mean;
  }
}

function energyOf(diameterMm: number): number {
  const speed = 9.65 - 10.3 * exp(-0.6 * diameterMm);
  return diameterMm * diameterMm * diameterMm * speed * speed;
}
