// Coefficients of the small filters that space is made of, from hertz.
import { cos, sin, tan, TAU } from '../dsp/math.ts';

/** Highest corner as a share of the sample rate: tan must stay finite. */
const MAX_CORNER_SHARE = 0.48;

/** G = g/(1 + g) of a trapezoidal one-pole low-pass. */
export function lowPassGain(hz: number, sampleRate: number): number {
  const g = tan(Math.PI * Math.min(hz / sampleRate, MAX_CORNER_SHARE));
  return g / (1 + g);
}

/**
 * Writes b, a1, a2 of a band-pass with unit gain at `hz`: y = b·(x − x₂) − a1·y₁ − a2·y₂.
 * Source: R. Bristow-Johnson's audio equaliser formulae, band-pass of constant peak gain.
 */
export function bandPass(out: Float32Array, index: number, hz: number, q: number, sampleRate: number): void {
  const angle = TAU * Math.min(hz / sampleRate, MAX_CORNER_SHARE);
  const alpha = sin(angle) / (2 * q);
  out[index] = alpha / (1 + alpha);
  out[index + 1] = (-2 * cos(angle)) / (1 + alpha);
  out[index + 2] = (1 - alpha) / (1 + alpha);
}
