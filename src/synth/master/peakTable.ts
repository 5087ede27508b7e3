// Interpolation filter for true peaks: Kaiser-windowed sinc at eighths of a sample.
import type { Kernels } from '../dsp/kernels.ts';
import { sin, sqrt } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';

/** Trades the ripple (−50 dB) against how near to the Nyquist frequency the filter stays true. */
const KAISER_BETA = 5;

/** Filter coefficients in kernel memory. */
export interface PeakTable {
  /** Coefficients as the kernels read them: all phases of the first tap, then of the next, … */
  readonly ptr: Ptr;
  /** The most that a sample's magnitude can grow between samples. */
  readonly maxOvershoot: number;
}

/**
 * Computes the polyphase filter; every phase passes a constant unchanged. Within 0.3 dB up to 0.4 of the sample rate.
 * Source: ITU-R BS.1770-5 annex 2 (true peak by oversampling).
 * @param kernels - give its size
 * @param arena - memory for the coefficients
 * @returns the coefficients and their maximum overshoot
 */
export function createPeakTable(
  kernels: Kernels,
  arena: { floats(length: number): Ptr; view(ptr: Ptr, length: number): Float32Array },
): PeakTable {
  const { PEAK_TAPS: taps, PEAK_PHASES: phases } = kernels;
  const ptr = arena.floats(taps * phases);
  const table = arena.view(ptr, taps * phases);
  const centre = taps / 2 - 1;
  let maxOvershoot = 1;
  for (let phase = 0; phase < phases; phase++) {
    const values = Array.from({ length: taps }, (_, tap) => interpolation(tap - centre - phase / phases, taps / 2));
    const sum = values.reduce((total, value) => total + value, 0);
    values.forEach((value, tap) => (table[tap * phases + phase] = value / sum));
    maxOvershoot = Math.max(maxOvershoot, values.reduce((total, value) => total + Math.abs(value), 0) / sum);
  }
  return { ptr, maxOvershoot };
}

/** Windowed sinc, `t` in samples. */
function interpolation(t: number, half: number): number {
  if (t === 0) return 1;
  const u = t / half;
  return (
    ((sin(Math.PI * t) / (Math.PI * t)) * besselI0(KAISER_BETA * sqrt(Math.max(0, 1 - u * u)))) / besselI0(KAISER_BETA)
  );
}

/** Modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 40; n++) {
    const step = x / (2 * n);
    term *= step * step;
    sum += term;
  }
  return sum;
}
