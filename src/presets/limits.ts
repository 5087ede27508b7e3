// Limits on a scene's values, as a shared preset carries them: which values can have one, and clamping to them.
import { findLimitTarget } from '../formats/limitTarget.ts';
import type { ParamLimit } from '../formats/sharedPreset.ts';
import { findTrigger, PLACE_SPECS, ROOM_SPECS } from '../synth/index.ts';
import type { Scene } from '../synth/index.ts';

/**
 * Lists every value of a scene that can be limited.
 * @param scene - whose values
 * @returns paths as `findLimitTarget` reads them, in the order of the screen
 */
export function limitTargets(scene: Scene): readonly string[] {
  return [
    ...scene.layers.flatMap(({ id, trigger }) => [
      ...Object.entries(findTrigger(trigger)?.params ?? {})
        .filter(([, spec]) => spec.kind === 'number')
        .map(([param]) => `${id}/params/${param}`),
      ...Object.keys(PLACE_SPECS).map((part) => `${id}/place/${part}`),
      `${id}/gainDb`,
    ]),
    ...Object.keys(ROOM_SPECS).map((part) => `room/${part}`),
    'master/gainDb',
  ];
}

/**
 * Clamps a scene to limits; a limit on a value that is not there has no effect.
 * @param scene - not changed
 * @param limits - of a shared preset
 * @returns the scene itself when every value is inside, else a copy with the nearest allowed values
 */
export function clampToLimits(scene: Scene, limits: readonly ParamLimit[]): Scene {
  const outside = limits.filter(({ what, min, max }) => {
    const value = findLimitTarget(scene, what)?.get() ?? min;
    return value < min || value > max;
  });
  if (outside.length === 0) return scene;
  const copy = structuredClone(scene);
  for (const { what, min, max } of outside) {
    const target = findLimitTarget(copy, what);
    target?.set(Math.min(max, Math.max(min, target.get())));
  }
  return copy;
}

/** What a limit restricts: the ends that lie inside the value's own range. */
export interface EffectiveLimit {
  /** null: as far down as the value itself goes. */
  readonly min: number | null;
  /** null: as far up as the value itself goes. */
  readonly max: number | null;
}

/**
 * Tells which ends of a limit have an effect.
 * @param scene - whose value is limited
 * @param limit - of a shared preset
 * @returns the ends; null for a limit without effect
 */
export function effectiveLimit(scene: Scene, { what, min, max }: ParamLimit): EffectiveLimit | null {
  const spec = findLimitTarget(scene, what)?.spec;
  if (!spec || (min <= spec.min && max >= spec.max)) return null;
  return { min: min > spec.min ? min : null, max: max < spec.max ? max : null };
}
