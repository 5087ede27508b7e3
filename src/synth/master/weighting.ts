// K-weighting for any sample rate, LUFS ↔ power.
import type { Kernels } from '../dsp/kernels.ts';
import { exp, fromDb, log10, pow, tan } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';

/** BS.1770's first stage as an analogue prototype: the head's high shelf. */
const SHELF = { hz: 1681.974450955533, gainDb: 3.999843853973347, q: 0.7071752369554196 };
/** Share of the shelf's gain (in dB) at its midpoint. */
const SHELF_MIDPOINT_SHARE = 0.4996667741545416;
/** … and its second stage: the high-pass. */
const HIGH_PASS = { hz: 38.13547087602444, q: 0.5003270373238773 };
const STANDARD_RATE = 48000;
/** What BS.1770 adds so that a 997 Hz sine of 0 dBFS in one channel reads −3.01. */
const LUFS_OFFSET = -0.691;
const SILENT_LUFS = -200;

interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * Computes both stages by bilinear transform; at 48 kHz they are the coefficients printed in the standard.
 * Source: ITU-R BS.1770-5 annex 1; prototype recovered from those coefficients (as commonly done for other rates).
 * @param sampleRate - Hz
 * @returns coefficients of shelf and high-pass
 */
export function kWeighting(sampleRate: number): { readonly shelf: Section; readonly highPass: Section } {
  const k = tan((Math.PI * SHELF.hz) / sampleRate);
  const high = fromDb(SHELF.gainDb);
  const middle = pow(high, SHELF_MIDPOINT_SHARE);
  const a0 = 1 + k / SHELF.q + k * k;
  const shelf = {
    b0: (high + (middle * k) / SHELF.q + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (middle * k) / SHELF.q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / SHELF.q + k * k) / a0,
  };
  const low = tan((Math.PI * HIGH_PASS.hz) / sampleRate);
  const lowA0 = 1 + low / HIGH_PASS.q + low * low;
  // The standard leaves the high-pass' own gain at 48 kHz (0.04 dB) in: kept the same at every rate.
  const standard = tan((Math.PI * HIGH_PASS.hz) / STANDARD_RATE);
  const gain = (1 + standard / HIGH_PASS.q + standard * standard) / lowA0;
  const highPass = {
    b0: gain,
    b1: -2 * gain,
    b2: gain,
    a1: (2 * (low * low - 1)) / lowA0,
    a2: (1 - low / HIGH_PASS.q + low * low) / lowA0,
  };
  return { shelf, highPass };
}

/**
 * Initialises a loudness kernel.
 * @param kernels - own the state
 * @param ptr - its `LOUDNESS_BYTES`
 * @param sampleRate - Hz
 */
export function setKWeighting(kernels: Kernels, ptr: Ptr, sampleRate: number): void {
  const { shelf, highPass } = kWeighting(sampleRate);
  kernels.loudnessSet(ptr, 0, ...stateVariables(shelf));
  kernels.loudnessSet(ptr, 1, ...stateVariables(highPass));
}

/**
 * The same section in state variables: three numbers of the integrators, three of the mixture (input, band, low).
 * Source: Simper 2013, solving the linear state-variable filter; here from its bilinear coefficients backwards.
 */
function stateVariables({ b0, b1, b2, a1, a2 }: Section): [number, number, number, number, number, number] {
  // What the section lets through at the Nyquist frequency and at 0 Hz, before and after the division by its poles.
  const top = 1 - a1 + a2;
  const bottom = 1 + a1 + a2;
  const g = Math.sqrt(bottom / top);
  const k = (2 * (1 - a2)) / (g * top);
  const high = (b0 - b1 + b2) / top;
  const low = (b0 + b1 + b2) / bottom;
  const band = (2 * (b0 - b2)) / (g * top);
  const first = 1 / (1 + g * (g + k));
  return [first, g * first, g * g * first, high, band - high * k, low - high];
}

/**
 * Converts power to loudness.
 * @param power - mean K-weighted power, summed over the channels
 * @returns LUFS; −200 for silence
 */
export function toLufs(power: number): number {
  return power > 1e-20 ? LUFS_OFFSET + 10 * log10(power) : SILENT_LUFS;
}

/**
 * Converts loudness to power.
 * @param lufs - LUFS
 * @returns mean K-weighted power, summed over the channels
 */
export function fromLufs(lufs: number): number {
  const amplitude = fromDb(lufs - LUFS_OFFSET);
  return amplitude * amplitude;
}

/**
 * Computes the feedback coefficient of a one-pole smoother.
 * @param stepSec - time between two updates, s
 * @param timeSec - time constant, s
 * @returns share of the old value that remains after an update
 */
export function onePoleCoefficient(stepSec: number, timeSec: number): number {
  return exp(-stepSec / timeSec);
}
