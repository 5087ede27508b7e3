// Maths for the control code, the same to the bit in every JavaScript engine (`Math.sin` and its kin are not).
import bytes from 'virtual:kernel-maths';
import type { KernelFunctions } from '../kernelExports.ts';
import { sharedWasm } from './wasm.ts';

type Maths = Pick<KernelFunctions, 'sin' | 'cos' | 'exp' | 'log'>;

const { sin, cos, exp, log } = sharedWasm(bytes) as unknown as Maths;
export { cos, exp, log, sin };
export { atan2, pow, tan } from './mathsOfVoices.ts';

export const sqrt = Math.sqrt; // exact everywhere, unlike the rest of Math
export const TAU = 6.283185307179586;
const LN10 = 2.302585092994046;
const LN2 = 0.6931471805599453;

export const exp2 = (x: number): number => exp(x * LN2);
export const log2 = (x: number): number => log(x) / LN2;
export const log10 = (x: number): number => log(x) / LN10;
/** Decibels to amplitude ratio. */
export const fromDb = (db: number): number => exp((db * LN10) / 20);
/** Amplitude ratio to decibels; −∞ is given as −200. */
export const toDb = (ratio: number): number => (ratio > 1e-10 ? (20 * log(ratio)) / LN10 : -200);
export const clamp = (x: number, min: number, max: number): number => (x < min ? min : x > max ? max : x);
export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;
/** Geometric interpolation, for frequencies and times. Both ends > 0. */
export const lerpLog = (a: number, b: number, t: number): number => a * exp(log(b / a) * t);
/** Decay rate (1/s) of a 60 dB decay in `t60Sec`. */
export const decayRate = (t60Sec: number): number => 6.907755278982137 / t60Sec;
