// How far a value of a preset may be moved by whoever adjusts it: found by name, kept, and said in words.
import {
  clampParam,
  findTrigger,
  formatNumber,
  LAYER_GAIN,
  MASTER_GAIN,
  PLACE_SPECS,
  ROOM_SPECS,
} from '../synth/index.ts';
import type { NumberParam, Scene } from '../synth/index.ts';
import type { Bound } from '../formats/sharedPreset.ts';
import { distanceWords } from '../synth/describeDistance.ts';
import { layerName } from '../synth/layerNames.ts';

/** One number of a scene that can be bounded. */
export interface BoundTarget {
  readonly spec: NumberParam;
  /** "brushing: softness", "closeness", "level of the whole sound". */
  readonly words: string;
  get(): number;
  set(value: number): void;
}

/** `layer-1/params/softness`, `layer-1/place/closeness`, `layer-1/gainDb`, `master/gainDb`, `room/size` → the number there. */
export function boundTarget(scene: Scene, what: string): BoundTarget | undefined {
  const [group = '', part = '', id = ''] = what.split('/');
  if (what.split('/').length > 3) return undefined;
  if (group === 'master')
    return part === 'gainDb' && id === '' ? level(scene.master, MASTER_GAIN, 'the whole sound') : undefined;
  if (group === 'room') return id === '' ? numberIn(scene.room, ROOM_SPECS, part, 'room: ') : undefined;
  const layer = scene.layers.find((one) => one.id === group);
  if (!layer) return undefined;
  const name = scene.layers.length > 1 ? `${layerName(scene.layers, layer)}: ` : '';
  if (part === 'gainDb' && id === '') return level(layer, LAYER_GAIN, layerName(scene.layers, layer));
  if (part === 'place') return numberIn(layer.place, PLACE_SPECS, id, name);
  if (part === 'params') return numberIn(layer.params, findTrigger(layer.trigger)?.params ?? {}, id, name);
  return undefined;
}

/** Every name that can be bounded in this scene, in the order of the screen. */
export function boundables(scene: Scene): readonly string[] {
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

/** The scene itself when every bounded value lies inside; else a copy in which each is moved no further than it must. */
export function heldWithin(scene: Scene, bounds: readonly Bound[]): Scene {
  const outside = bounds.filter(({ what, min, max }) => {
    // A bound on what is not there binds nothing.
    const value = boundTarget(scene, what)?.get() ?? min;
    return value < min || value > max;
  });
  if (outside.length === 0) return scene;
  const copy = structuredClone(scene);
  for (const { what, min, max } of outside) {
    const target = boundTarget(copy, what);
    target?.set(Math.min(max, Math.max(min, target.get())));
  }
  return copy;
}

/** "closeness not above 70 %", "brushing: pace between 0.20 and 0.50 per second". '' for a bound that binds nothing. */
export function boundInWords(scene: Scene, { what, min, max }: Bound): string {
  const target = boundTarget(scene, what);
  if (!target) return '';
  const { spec, words } = target;
  const low = min > spec.min;
  const high = max < spec.max;
  if (spec === PLACE_SPECS.closeness && (low || high))
    return words.replace(/closeness$/, distanceLimit(min, max, low, high));
  if (low && high && min === max) return `${words} stays at ${amount(spec, min)}`;
  if (low && high) return `${words} between ${amount(spec, min)} and ${amount(spec, max)}`;
  if (high) return `${words} not above ${amount(spec, max)}`;
  return low ? `${words} not below ${amount(spec, min)}` : '';
}

/** Nearness is a distance to people, and the nearer end of it is the one that matters. */
function distanceLimit(min: number, max: number, low: boolean, high: boolean): string {
  const [far, near] = [distanceWords(min), distanceWords(max)];
  if (low && high) return far === near ? `stays ${near} away` : `between ${far} and ${near} away`;
  return high ? `not closer than ${near}` : `not further away than ${far}`;
}

/** In numbers, also where sliders show words: a limit is exact. */
export function amount(spec: NumberParam, value: number): string {
  if (spec === PLACE_SPECS.closeness) return distanceWords(value);
  if (spec.unit === '') return `${formatNumber(Math.round(value * 1000) / 10).replace(/\.0$/, '')} %`;
  return `${formatNumber(value).replace('-', '−')}${spec.unit === '°' ? '' : ' '}${spec.unit}`;
}

function level(holder: { gainDb: number }, spec: NumberParam, of: string): BoundTarget {
  return {
    spec,
    words: `level of ${of}`,
    get: () => holder.gainDb,
    set: (value) => {
      holder.gainDb = Number(clampParam(spec, value));
    },
  };
}

function numberIn(
  holder: object,
  specs: Readonly<Record<string, unknown>>,
  id: string,
  prefix: string,
): BoundTarget | undefined {
  const spec = Object.hasOwn(specs, id) ? (specs[id] as NumberParam) : undefined;
  if (spec?.kind !== 'number') return undefined;
  const values = holder as Record<string, number>;
  return {
    spec,
    words: `${prefix}${spec.label.toLowerCase()}`,
    get: () => values[id] ?? spec.default,
    set: (value) => {
      values[id] = Number(clampParam(spec, value));
    },
  };
}
