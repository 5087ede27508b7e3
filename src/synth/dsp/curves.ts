// Shapes shared by gestures and exciters: smoothstep, minimum jerk, log-normal speed, K-weighting power.
import { clamp, exp, log } from './math.ts';

/** Peak speed over mean speed of a minimum-jerk movement. */
export const MIN_JERK_PEAK = 1.875;

const LOG_NORMAL_MEDIAN = 0.4;
const LOG_NORMAL_SIGMA = 0.34;
/** Brings the truncated, tapered log-normal curve back to a mean of 1. */
const LOG_NORMAL_SCALE = 1.0663;
const SQRT_TAU = 2.5066282746310002;

/** Corners of the K curve's high-pass and high shelf. */
const K_HIGH_PASS_HZ = 38;
const K_SHELF_HZ = 1700;

/**
 * Cubic smoothstep 3t² − 2t³, constant outside 0…1.
 * @param x - position, any value
 * @returns 0…1
 */
export function smoothstep(x: number): number {
  const t = clamp(x, 0, 1);
  return t * t * (3 - 2 * t);
}

/**
 * Position along a minimum-jerk movement. Source: T. Flash & N. Hogan 1985.
 * @param u - share of the movement's time, any value
 * @returns share of the way, 0…1
 */
export function minimumJerk(u: number): number {
  const t = clamp(u, 0, 1);
  return t * t * t * (10 - t * (15 - 6 * t));
}

/**
 * Speed of a minimum-jerk movement over its mean speed.
 * @param u - share of the movement's time, any value
 * @returns 0…`MIN_JERK_PEAK`; 0 outside 0…1
 */
export function minimumJerkSpeed(u: number): number {
  if (u <= 0 || u >= 1) return 0;
  const v = u * (1 - u);
  return 30 * v * v;
}

/**
 * Speed of a ballistic movement over its mean speed: log-normal, truncated to the movement's time.
 * Source: R. Plamondon 1995.
 * @param u - share of the movement's time, any value
 * @returns 0 outside 0…1
 */
export function logNormalSpeed(u: number): number {
  if (u <= 0 || u >= 1) return 0;
  const z = log(u / LOG_NORMAL_MEDIAN) / LOG_NORMAL_SIGMA;
  return (LOG_NORMAL_SCALE * exp(-0.5 * z * z) * (1 - u * u * u * u)) / (u * LOG_NORMAL_SIGMA * SQRT_TAU);
}

/**
 * Power weight of the K curve's high shelf alone. Source: ITU-R BS.1770-5, fitted.
 * @param hz - frequency, > 0
 * @returns 1…2.51
 */
export function kShelfPower(hz: number): number {
  const x = (hz / K_SHELF_HZ) * (hz / K_SHELF_HZ);
  return 1 + (1.51 * x) / (1 + x);
}

/**
 * Power weight of the whole K curve: high-pass and high shelf. Source: ITU-R BS.1770-5, fitted.
 * @param hz - frequency, ≥ 0
 * @returns 0…2.5
 */
export function kWeightPower(hz: number): number {
  const square = hz * hz;
  const highPass = square / (square + K_HIGH_PASS_HZ * K_HIGH_PASS_HZ);
  return highPass * highPass * (1 + (1.5 * square) / (square + K_SHELF_HZ * K_SHELF_HZ));
}
