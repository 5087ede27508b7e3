// Energies of the clicks in crumpled sheets: a power law cut at both ends, drawn by inversion, with its moments.
import { exp, log } from '../dsp/maths.ts';

/** Exponents nearer to a pole of the closed forms than this are moved off it. */
const POLE_MARGIN = 1e-6;

/**
 * An energy between 1 and `ratio` from a uniform draw: p(E) ∝ E^−alpha. Cut, so that no click can ever be larger.
 * Source: P. Houle & J. Sethna 1996 (paper, 1.3 … 1.6); E. Kramer & A. Lobkovsky 1996 (plastic film, 1.0).
 */
export function powerLaw(uniform: number, alpha: number, ratio: number): number {
  const power = offPole(1 - alpha);
  return exp(log(1 + uniform * (exp(power * log(ratio)) - 1)) / power);
}

/** Mean of E^moment over that law. */
export function powerLawMoment(alpha: number, ratio: number, moment: number): number {
  const norm = offPole(1 - alpha);
  const power = offPole(1 - alpha + moment);
  return ((exp(power * log(ratio)) - 1) / power) * (norm / (exp(norm * log(ratio)) - 1));
}

function offPole(power: number): number {
  return Math.abs(power) < POLE_MARGIN ? POLE_MARGIN : power;
}
