// Coefficients of the small filters of the head model, from frequencies.
import { cos, sin, tan, TAU } from '../dsp/math.ts';

/** Maximum corner as a share of the sample rate: tan must stay finite. */
const MAX_CORNER_SHARE = 0.48;

/**
 * Computes G = g/(1 + g) of a trapezoidal one-pole low-pass.
 * @param hz - corner frequency
 * @param sampleRate - Hz
 * @returns the coefficient
 */
export function lowPassGain(hz: number, sampleRate: number): number {
  const g = tan(Math.PI * Math.min(hz / sampleRate, MAX_CORNER_SHARE));
  return g / (1 + g);
}

/**
 * Computes b, a1, a2 of a band-pass with unit gain at `hz`: y = b·(x − x₂) − a1·y₁ − a2·y₂.
 * Source: R. Bristow-Johnson, Audio EQ Cookbook, band-pass with constant 0 dB peak gain.
 * @param out - filled from `index` on
 * @param index - where b goes
 * @param hz - centre frequency
 * @param q - quality factor
 * @param sampleRate - Hz
 */
export function bandPass(out: Float32Array, index: number, hz: number, q: number, sampleRate: number): void {
  const angle = TAU * Math.min(hz / sampleRate, MAX_CORNER_SHARE);
  const alpha = sin(angle) / (2 * q);
  out[index] = alpha / (1 + alpha);
  out[index + 1] = (-2 * cos(angle)) / (1 + alpha);
  out[index + 2] = (1 - alpha) / (1 + alpha);
}
