// Math for the control code, bit-identical in every JavaScript engine (`Math.sin` and the like are not).
import bytes from 'virtual:kernel-maths';
import type { KernelFunctions } from '../kernelExports.ts';
import { sharedWasm } from './wasm.ts';

type Maths = Pick<KernelFunctions, 'sin' | 'cos' | 'exp' | 'log'>;

const { sin, cos, exp, log } = sharedWasm(bytes) as unknown as Maths;
export { cos, exp, log, sin };
export { atan2, pow, tan } from './mathsOfVoices.ts';

/** Exact everywhere, unlike the rest of `Math`. */
export const sqrt = Math.sqrt;
export const TAU = 6.283185307179586;
const LN10 = 2.302585092994046;
const LN2 = 0.6931471805599453;
/** ln 1000: 60 dB in nepers. */
const LN1000 = 6.907755278982137;
const MIN_DB = -200;
const MIN_RATIO = 1e-10;

/**
 * Power of two.
 * @param x - exponent
 * @returns 2^x
 */
export const exp2 = (x: number): number => exp(x * LN2);
/**
 * Binary logarithm.
 * @param x - > 0
 * @returns log₂ x
 */
export const log2 = (x: number): number => log(x) / LN2;
/**
 * Decimal logarithm.
 * @param x - > 0
 * @returns log₁₀ x
 */
export const log10 = (x: number): number => log(x) / LN10;
/**
 * Decibels to amplitude ratio.
 * @param db - decibels
 * @returns ratio, > 0
 */
export const fromDb = (db: number): number => exp((db * LN10) / 20);
/**
 * Amplitude ratio to decibels.
 * @param ratio - ≥ 0
 * @returns decibels, at least −200
 */
export const toDb = (ratio: number): number => (ratio > MIN_RATIO ? (20 * log(ratio)) / LN10 : MIN_DB);
/**
 * Limits a value.
 * @param x - value
 * @param min - lower end
 * @param max - upper end
 * @returns min…max
 */
export const clamp = (x: number, min: number, max: number): number => (x < min ? min : x > max ? max : x);
/**
 * Linear interpolation.
 * @param a - value at 0
 * @param b - value at 1
 * @param t - position
 * @returns the value at t
 */
export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;
/**
 * Geometric interpolation, for frequencies and times.
 * @param a - value at 0, > 0
 * @param b - value at 1, > 0
 * @param t - position
 * @returns the value at t
 */
export const lerpLog = (a: number, b: number, t: number): number => a * exp(log(b / a) * t);
/**
 * Decay rate of a 60 dB decay.
 * @param t60Sec - decay time, > 0
 * @returns nepers per second
 */
export const decayRate = (t60Sec: number): number => LN1000 / t60Sec;
