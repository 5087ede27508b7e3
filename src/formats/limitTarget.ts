// Finds the number of a scene that a limit names: `layer-1/params/softness`, `layer-1/gainDb`, `master/gainDb`, `room/size`.
import { clampParam, findTrigger, LAYER_GAIN, MASTER_GAIN, PLACE_SPECS, ROOM_SPECS } from '../synth/index.ts';
import type { Layer, NumberParam, ParamSpec, Scene } from '../synth/index.ts';

/** One number of a scene that can be limited. */
export interface LimitTarget {
  readonly spec: NumberParam;
  /** Id of the value: `softness`, `closeness`, `gainDb`, `size`. */
  readonly id: string;
  readonly group: 'params' | 'place' | 'gain' | 'room' | 'master';
  /** null for the whole scene. */
  readonly layer: Layer | null;
  get(): number;
  /** Clamps to the range of the value itself. */
  set(value: number): void;
}

/**
 * Finds the number that a limit names.
 * @param scene - its values are read and set through the result
 * @param path - `layer-1/params/softness`, `layer-1/place/closeness`, `layer-1/gainDb`, `master/gainDb`, `room/size`
 * @returns the number; undefined when there is none of that name
 */
export function findLimitTarget(scene: Scene, path: string): LimitTarget | undefined {
  const parts = path.split('/');
  const [owner = '', part = '', id = ''] = parts;
  if (parts.length > 3) return undefined;
  if (owner === 'master') {
    return part === 'gainDb' && id === ''
      ? target(scene.master, { gainDb: MASTER_GAIN }, part, 'master', null)
      : undefined;
  }
  if (owner === 'room') return id === '' ? target(scene.room, ROOM_SPECS, part, 'room', null) : undefined;
  const layer = scene.layers.find((one) => one.id === owner);
  if (!layer) return undefined;
  if (part === 'gainDb' && id === '') return target(layer, { gainDb: LAYER_GAIN }, part, 'gain', layer);
  if (part === 'place') return target(layer.place, PLACE_SPECS, id, 'place', layer);
  if (part === 'params') return target(layer.params, findTrigger(layer.trigger)?.params ?? {}, id, 'params', layer);
  return undefined;
}

function target(
  holder: object,
  specs: Readonly<Record<string, ParamSpec>>,
  id: string,
  group: LimitTarget['group'],
  layer: Layer | null,
): LimitTarget | undefined {
  const spec = Object.hasOwn(specs, id) ? specs[id] : undefined;
  if (spec?.kind !== 'number') return undefined;
  const values = holder as Record<string, number>;
  return {
    spec,
    id,
    group,
    layer,
    get: () => values[id] ?? spec.default,
    set: (value) => {
      values[id] = Number(clampParam(spec, value));
    },
  };
}
