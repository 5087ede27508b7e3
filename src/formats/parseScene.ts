// A scene's raw shape → a scene with every value in range, and a warning for each that was not.
import * as v from 'valibot';
import {
  ARC_SPECS,
  findTrigger,
  formatNumber,
  LAYER_GAIN,
  MASTER_GAIN,
  MAX_LAYERS,
  PATHS,
  PLACE_SPECS,
  ROOM_SPECS,
} from '../synth/index.ts';
import type {
  ChoiceParam,
  Layer,
  NumberParam,
  ParamSpec,
  ParamValue,
  Path,
  Place,
  Scene,
  Trigger,
} from '../synth/index.ts';
import { quoted, Refusal } from './decodeError.ts';
import { safeId } from './sanitizeText.ts';

/** One optional number per spec. Missing ones take their default, with a warning. */
function numbersOf<K extends string>(specs: Readonly<Record<K, unknown>>) {
  const shape = {} as Record<K, v.OptionalSchema<v.NumberSchema<undefined>, undefined>>;
  for (const key of Object.keys(specs) as K[]) shape[key] = v.optional(v.number());
  return shape;
}

export const SCENE = v.strictObject({
  seed: v.optional(v.number()),
  layers: v.array(
    v.strictObject({
      id: v.optional(v.string()),
      trigger: v.string(),
      gainDb: v.optional(v.number()),
      muted: v.optional(v.boolean()),
      params: v.optional(v.record(v.string(), v.union([v.number(), v.string()])), {}),
      place: v.optional(v.strictObject({ ...numbersOf(PLACE_SPECS), path: v.optional(v.string()) }), {}),
    }),
  ),
  room: v.optional(v.strictObject(numbersOf(ROOM_SPECS)), {}),
  master: v.optional(v.strictObject({ gainDb: v.optional(v.number()), mono: v.optional(v.boolean()) }), {}),
  arc: v.optional(v.strictObject(numbersOf(ARC_SPECS)), {}),
});

type RawScene = v.InferOutput<typeof SCENE>;
type RawLayer = RawScene['layers'][number];

export function sceneFrom(raw: RawScene, warnings: string[]): Scene {
  const { room, master, arc } = raw;
  return {
    seed: seedFrom(raw.seed, warnings),
    layers: layersFrom(raw.layers, warnings),
    room: numbersFrom(ROOM_SPECS, room, 'Room', warnings),
    master: {
      ...numbersFrom({ gainDb: MASTER_GAIN }, master, 'Whole sound', warnings),
      mono: master.mono ?? false,
    },
    arc: numbersFrom(ARC_SPECS, arc, 'Night', warnings),
  };
}

function seedFrom(raw: number | undefined, warnings: string[]): number {
  if (raw === undefined) warnings.push('The seed was missing and became 1.');
  const seed = Math.trunc(raw ?? 1) >>> 0;
  if (raw !== undefined && seed !== raw) {
    warnings.push(`The seed must be a whole number from 0 to 4294967295; ${String(raw)} became ${String(seed)}.`);
  }
  return seed;
}

function layersFrom(raw: readonly RawLayer[], warnings: string[]): Layer[] {
  if (raw.length === 0) {
    throw new Refusal('wrong-shape', 'The preset has no layer, so there is nothing to play. Nothing was changed.');
  }
  const layers: Layer[] = [];
  const ids = new Set(raw.map(({ id }) => id));
  const taken = new Set<string>();
  raw.forEach((layer, index) => {
    const name = `Layer ${String(index + 1)}`;
    const trigger = findTrigger(layer.trigger);
    if (!trigger)
      warnings.push(`${name}: this version does not know the sound ${quoted(layer.trigger)}; it was left out.`);
    else if (layers.length < MAX_LAYERS) {
      const id = layerId(layer.id, index, taken, ids, warnings);
      taken.add(id);
      layers.push(layerFrom(layer, id, trigger, name, warnings));
    }
  });
  if (layers.length === 0) {
    throw new Refusal(
      'wrong-shape',
      `This version knows none of the preset’s sounds (${quoted(raw[0]?.trigger ?? '')}). Nothing was changed; keep the file and try again after an update.`,
    );
  }
  if (raw.length > MAX_LAYERS && layers.length === MAX_LAYERS) {
    warnings.push(`The preset had ${String(raw.length)} layers; the first ${String(MAX_LAYERS)} were kept.`);
  }
  return layers;
}

/** Unique and safe. A layer's chance hangs on its id, so an id that can stay does. */
function layerId(
  raw: string | undefined,
  index: number,
  taken: ReadonlySet<string>,
  wanted: ReadonlySet<string | undefined>,
  warnings: string[],
): string {
  const id = raw === undefined ? `layer-${String(index + 1)}` : safeId(raw);
  if (id === raw && !taken.has(id)) return id;
  let free = id;
  for (let number = 2; taken.has(free) || wanted.has(free); number++)
    free = safeId(`${id.slice(0, 50)}-${String(number)}`);
  if (raw === undefined) warnings.push(`Layer ${String(index + 1)} had no id and became “${free}”.`);
  else if (id === raw) warnings.push(`Two layers had the id ${quoted(raw)}; the second became “${free}”.`);
  else warnings.push(`Layer ${String(index + 1)}: the id ${quoted(raw)} became “${free}”.`);
  return free;
}

function layerFrom(raw: RawLayer, id: string, trigger: Trigger, name: string, warnings: string[]): Layer {
  const { gainDb } = numbersFrom({ gainDb: LAYER_GAIN }, raw, name, warnings);
  const params = paramsFrom(raw.params, trigger, name, warnings);
  return { id, trigger: trigger.id, gainDb, muted: raw.muted ?? false, params, place: placeFrom(raw, name, warnings) };
}

function paramsFrom(raw: RawLayer['params'], trigger: Trigger, name: string, warnings: string[]): Layer['params'] {
  const params: Record<string, ParamValue> = {};
  const missing: string[] = [];
  for (const [id, spec] of Object.entries(trigger.params)) {
    const value = raw[id];
    if (value === undefined) missing.push(spec.label);
    params[id] = value === undefined ? spec.default : valueFrom(spec, value, `${name}, ${spec.label}`, id, warnings);
  }
  tellMissing(missing, name, warnings);
  const unknown = Object.keys(raw).filter((id) => !Object.hasOwn(trigger.params, id));
  if (unknown.length > 0) {
    warnings.push(`${name}: ${trigger.label} has no ${listed(unknown.map(quoted))} here; left out.`);
  }
  return params;
}

function placeFrom({ place: raw }: RawLayer, name: string, warnings: string[]): Place {
  const azimuthDeg = turned(raw.azimuthDeg);
  if (azimuthDeg !== raw.azimuthDeg) {
    warnings.push(`${name}, Direction: ${String(raw.azimuthDeg)}° is the same as ${String(azimuthDeg)}°.`);
  }
  const numbers = numbersFrom(PLACE_SPECS, { ...raw, azimuthDeg }, name, warnings);
  let path: Path = PATHS[0];
  const known = PATHS.find((candidate) => candidate === raw.path);
  if (known !== undefined) path = known;
  else if (raw.path !== undefined) warnings.push(`${name}: there is no path ${quoted(raw.path)}; it became “${path}”.`);
  else tellMissing(['Path'], name, warnings);
  const { azimuthDeg: azimuth, elevationDeg, closeness, spread, periodSec } = numbers;
  return { azimuthDeg: azimuth, elevationDeg, closeness, spread, path, periodSec };
}

/** A compass reading (0…360) says the same as −180…180. Anything beyond one turn is no direction: left for the clamp. */
function turned(degrees: number | undefined): number | undefined {
  if (degrees === undefined || Math.abs(degrees) <= 180 || Math.abs(degrees) > 360) return degrees;
  return degrees > 0 ? degrees - 360 : degrees + 360;
}

// --- values ------------------------------------------------------------------------------------------------------

function numbersFrom<K extends string>(
  specs: Readonly<Record<K, NumberParam>>,
  raw: Readonly<Partial<Record<NoInfer<K>, number | undefined>>>,
  name: string,
  warnings: string[],
): Record<K, number> {
  const numbers = {} as Record<K, number>;
  const missing: string[] = [];
  for (const key of Object.keys(specs) as K[]) {
    const spec = specs[key];
    const value = raw[key];
    if (value === undefined) missing.push(spec.label);
    numbers[key] = value === undefined ? spec.default : clamped(spec, value, `${name}, ${spec.label}`, key, warnings);
  }
  tellMissing(missing, name, warnings);
  return numbers;
}

function valueFrom(spec: ParamSpec, value: ParamValue, where: string, id: string, warnings: string[]): ParamValue {
  if (spec.kind === 'choice') return chosen(spec, value, where, warnings);
  if (typeof value !== 'number') throw new Refusal('wrong-shape', `${where} must be a number. Nothing was changed.`);
  return clamped(spec, value, where, id, warnings);
}

function chosen(spec: ChoiceParam, value: ParamValue, where: string, warnings: string[]): string {
  if (typeof value !== 'string') {
    throw new Refusal('wrong-shape', `${where} must be the name of a choice. Nothing was changed.`);
  }
  if (spec.options.some(({ id }) => id === value)) return value;
  warnings.push(`${where}: this version does not know ${quoted(value)}; it became “${spec.default}”.`);
  return spec.default;
}

/** Amounts of scatter. Less than none is not a small amount but a mistake: not bent, refused. */
const NEVER_NEGATIVE: readonly string[] = ['spread', 'surprise'];

function clamped(spec: NumberParam, value: number, where: string, id: string, warnings: string[]): number {
  if (value < 0 && NEVER_NEGATIVE.includes(id)) {
    throw new Refusal('wrong-shape', `${where} cannot be less than zero. Nothing was changed.`);
  }
  const { min, max } = spec;
  if (value >= min && value <= max) return value;
  const nearest = value < min ? min : max;
  const unit = spec.unit === '' ? '' : ` ${spec.unit}`;
  warnings.push(
    `${where}: ${shortNumber(value)} is outside ${shortNumber(min)} to ${shortNumber(max)}${unit}; it became ${shortNumber(nearest)}.`,
  );
  return nearest;
}

/** As written when it is short ("0.2", "-24"), rounded when it is not. */
function shortNumber(value: number): string {
  const text = String(value);
  return text.length <= 8 || Math.abs(value) >= 1e9 ? text : formatNumber(value);
}

function tellMissing(labels: readonly string[], name: string, warnings: string[]): void {
  if (labels.length === 0) return;
  const was = labels.length === 1 ? 'was missing and took its' : 'were missing and took their';
  warnings.push(`${name}: ${listed(labels)} ${was} usual value${labels.length === 1 ? '' : 's'}.`);
}

/** The first three, and how many more. */
function listed(items: readonly string[]): string {
  const rest = items.length > 3 ? ` and ${String(items.length - 3)} more` : '';
  return `${items.slice(0, 3).join(', ')}${rest}`;
}
