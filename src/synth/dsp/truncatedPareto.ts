// Truncated Pareto (power) law by inversion: uniform draw → value with p(E) ∝ E^−alpha, 1 ≤ E ≤ ratio.
import { exp, log, sqrt } from './math.ts';

/** Exponents nearer than this to a pole of the closed forms are moved off it. */
const POLE_MARGIN = 1e-6;

/**
 * Event energies with p(E) ∝ E^−alpha between 1 and `ratio`. Truncated, so that no event can be larger.
 * Source: P. Houle & J. Sethna 1996 (paper, alpha 1.3 … 1.6); E. Kramer & A. Lobkovsky 1996 (plastic film, 1.0).
 */
export class TruncatedPareto {
  #power = -0.5;
  #bulk = 0;
  #perMean = 1;
  #perMeanRoot = 1;

  /**
   * Sets the law.
   * @param alpha - exponent, > 0
   * @param ratio - largest energy over the smallest, > 1
   */
  setParams(alpha: number, ratio: number): void {
    this.#power = offPole(1 - alpha);
    this.#bulk = exp(this.#power * log(ratio)) - 1;
    this.#perMean = 1 / moment(alpha, ratio, 1);
    this.#perMeanRoot = 1 / moment(alpha, ratio, 0.5);
  }

  /**
   * Inverse distribution function.
   * @param uniform - draw, [0, 1)
   * @returns 1…ratio
   */
  quantile(uniform: number): number {
    return exp(log(1 + uniform * this.#bulk) / this.#power);
  }

  /**
   * An energy of mean 1.
   * @param uniform - draw, [0, 1)
   * @returns energy over the mean energy
   */
  energy(uniform: number): number {
    return this.quantile(uniform) * this.#perMean;
  }

  /**
   * Amplitude of an energy, scaled to mean 1: how strongly an event excites others.
   * @param energy - as `energy` returns it
   * @returns amplitude over the mean amplitude
   */
  amplitude(energy: number): number {
    return sqrt(energy / this.#perMean) * this.#perMeanRoot;
  }
}

/** Mean of E^order over the law. */
function moment(alpha: number, ratio: number, order: number): number {
  const norm = offPole(1 - alpha);
  const power = offPole(1 - alpha + order);
  return ((exp(power * log(ratio)) - 1) / power) * (norm / (exp(norm * log(ratio)) - 1));
}

function offPole(power: number): number {
  return Math.abs(power) < POLE_MARGIN ? POLE_MARGIN : power;
}
