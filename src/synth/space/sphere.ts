// Rigid-sphere head model: ear angle and distance → gains of the fixed low-pass basis, loudness, and delay.
import { atan2, clamp, cos, sqrt } from '../dsp/math.ts';
import { ANGLES, ANGLE_STEP_DEG, COLUMNS, DISTANCES, HEAD_RADIUS_M, SOUND_SPEED, SPHERE_TABLE } from './sphereTable.ts';

/** Direct, and the low-passes at SPHERE_CORNERS_HZ. */
export const GAINS = COLUMNS - 1;
/** Smaller changes of closeness are inaudible: a drifting layer does not interpolate the table in every block. */
export const CLOSENESS_STEP = 1e-4;
const RADIANS_TO_STEPS = 180 / (Math.PI * ANGLE_STEP_DEG);

/** The sphere at one distance. Angles are between the ear's axis and the source, in radians, 0…π. */
export class Sphere {
  readonly #row = new Float64Array(ANGLES * COLUMNS);
  #rho = 0;
  #horizon = 0;
  #tangent = 0;
  #closeness = NaN;

  /**
   * Sets the distance.
   * @param closeness - 0…1, chooses the gains
   * @param distanceM - the distance it means, 0.12 or more: gives the delay
   */
  setDistance(closeness: number, distanceM: number): void {
    if (Math.abs(closeness - this.#closeness) < CLOSENESS_STEP) return;
    this.#closeness = closeness;
    const at = clamp(closeness, 0, 1) * (DISTANCES - 1);
    const i = Math.min(Math.floor(at), DISTANCES - 2);
    const t = at - i;
    const size = ANGLES * COLUMNS;
    for (let k = 0; k < size; k++) {
      const far = SPHERE_TABLE[i * size + k] ?? 0;
      this.#row[k] = far + t * ((SPHERE_TABLE[(i + 1) * size + k] ?? 0) - far);
    }
    this.#rho = distanceM / HEAD_RADIUS_M;
    this.#horizon = angleOf(1 / this.#rho);
    this.#tangent = sqrt(this.#rho * this.#rho - 1);
  }

  /**
   * Computes the ear's gains, relative to the free field at the head's centre.
   * @param out - filled
   * @param angle - between the ear's axis and the source, radians
   */
  gains(out: Float64Array, angle: number): void {
    const at = angle * RADIANS_TO_STEPS;
    const j = Math.min(Math.floor(at), ANGLES - 2);
    const t = at - j;
    const row = this.#row;
    const base = j * COLUMNS;
    for (let k = 0; k < GAINS; k++) {
      const before = row[base + k] ?? 0;
      out[k] = before + t * ((row[base + COLUMNS + k] ?? 0) - before);
    }
  }

  /**
   * Computes how loud the ear hears pink noise here, relative to the same direction at 1 m.
   * @param angle - between the ear's axis and the source, radians
   * @returns amplitude ratio
   */
  nearFieldLevel(angle: number): number {
    const at = angle * RADIANS_TO_STEPS;
    const j = Math.min(Math.floor(at), ANGLES - 2);
    const t = at - j;
    const index = j * COLUMNS + GAINS;
    const before = this.#row[index] ?? 1;
    const far = SPHERE_TABLE[index] ?? 1;
    const here = before + t * ((this.#row[index + COLUMNS] ?? 1) - before);
    return here / (far + t * ((SPHERE_TABLE[index + COLUMNS] ?? 1) - far));
  }

  /**
   * Computes the delay at the ear relative to the head's centre: straight while the ear sees the source, then round the sphere.
   * Source: Woodworth 1938, ray tracing on a rigid sphere.
   * @param angle - between the ear's axis and the source, radians
   * @returns seconds, between −a/c and 1.96 a/c
   */
  delaySec(angle: number): number {
    const rho = this.#rho;
    const path =
      angle <= this.#horizon ? sqrt(rho * rho + 1 - 2 * rho * cos(angle)) : this.#tangent + angle - this.#horizon;
    return ((path - rho) * HEAD_RADIUS_M) / SOUND_SPEED;
  }
}

/**
 * Computes the angle of a cosine.
 * @param cosine - −1…1
 * @returns radians, 0…π
 */
export function angleOf(cosine: number): number {
  const c = clamp(cosine, -1, 1);
  return atan2(sqrt(1 - c * c), c);
}
