// Energies of the clicks in crumpled sheets: a power law cut at both ends, drawn by inversion.
import { exp, log, sqrt } from './math.ts';

/** Exponents nearer to a pole of the closed forms than this are moved off it. */
const POLE_MARGIN = 1e-6;

/**
 * p(E) ∝ E^−alpha between 1 and `ratio`, given relative to its mean. Cut, so that no click can ever be larger.
 * Source: P. Houle & J. Sethna 1996 (paper, alpha 1.3 … 1.6); E. Kramer & A. Lobkovsky 1996 (plastic film, 1.0).
 */
export class TruncatedPareto {
  #power = -0.5;
  #bulk = 0;
  #perMean = 1;
  #perMeanRoot = 1;

  set(alpha: number, ratio: number): void {
    this.#power = offPole(1 - alpha);
    this.#bulk = exp(this.#power * log(ratio)) - 1;
    this.#perMean = 1 / moment(alpha, ratio, 1);
    this.#perMeanRoot = 1 / moment(alpha, ratio, 0.5);
  }

  /** An energy of mean 1 from a uniform draw. */
  energy(uniform: number): number {
    return exp(log(1 + uniform * this.#bulk) / this.#power) * this.#perMean;
  }

  /** How much an energy stirs its surroundings: grows with its root, mean 1. */
  mark(energy: number): number {
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
