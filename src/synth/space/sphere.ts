// The head as a rigid sphere: ear angle and closeness → gains of the fixed low-pass basis, level, and time of travel.
import { atan2, clamp, cos, sqrt } from '../dsp/maths.ts';
import { ANGLES, ANGLE_STEP_DEG, COLUMNS, DISTANCES, HEAD_RADIUS_M, SOUND_SPEED, SPHERE_TABLE } from './sphereTable.ts';

/** Index of the pink level behind the four gains. */
export const LEVEL = COLUMNS - 1;

/** Fills `out` with four gains and the pink level, by bilinear interpolation. Angle between ear axis and source, 0…180. */
export function readSphere(out: Float64Array, closeness: number, angleDeg: number): void {
  const row = clamp(closeness, 0, 1) * (DISTANCES - 1);
  const column = clamp(angleDeg / ANGLE_STEP_DEG, 0, ANGLES - 1);
  const i = Math.min(Math.floor(row), DISTANCES - 2);
  const j = Math.min(Math.floor(column), ANGLES - 2);
  const s = row - i;
  const t = column - j;
  const near = (i * ANGLES + j) * COLUMNS;
  const far = near + ANGLES * COLUMNS;
  for (let k = 0; k < COLUMNS; k++) {
    const a = at(near + k) + t * (at(near + COLUMNS + k) - at(near + k));
    const b = at(far + k) + t * (at(far + COLUMNS + k) - at(far + k));
    out[k] = a + s * (b - a);
  }
}

function at(index: number): number {
  return SPHERE_TABLE[index] ?? 0;
}

/** Angle between two directions from its cosine, in radians. */
export function angleOf(cosine: number): number {
  const c = clamp(cosine, -1, 1);
  return atan2(sqrt(1 - c * c), c);
}

/**
 * Travel from the source to the ear less the travel to the head's centre, in seconds: a straight line while the ear sees
 * the source, then round the sphere. Between −a/c and 1.96 a/c for sources 12 cm or more away.
 */
export function earDelaySec(angleRad: number, distanceM: number): number {
  const rho = distanceM / HEAD_RADIUS_M;
  const horizon = angleOf(1 / rho);
  const tangent = sqrt(rho * rho - 1);
  const path = angleRad <= horizon ? sqrt(rho * rho + 1 - 2 * rho * cos(angleRad)) : tangent + angleRad - horizon;
  return ((path - rho) * HEAD_RADIUS_M) / SOUND_SPEED;
}
