// A scene's fields → a scene with every value in range, and a warning for each that was not.
import * as v from 'valibot';
import {
  ARC_SPECS,
  findTrigger,
  LAYER_GAIN,
  MASTER_GAIN,
  MAX_LAYERS,
  PATHS,
  PLACE_SPECS,
  ROOM_SPECS,
} from '../synth/index.ts';
import type { ChoiceParam, Layer, NumberParam, ParamSpec, ParamValue, Place, Scene, Trigger } from '../synth/index.ts';
import { DecodeError } from './decodeError.ts';
import type { DecodeWarning, JsonPath } from './decodeError.ts';
import { safeId } from './text.ts';

/** One optional number per spec. Missing ones get their default, with a warning. */
function numbersOf<K extends string>(specs: Readonly<Record<K, unknown>>) {
  const shape = {} as Record<K, v.OptionalSchema<v.NumberSchema<undefined>, undefined>>;
  for (const key of Object.keys(specs) as K[]) shape[key] = v.optional(v.number());
  return shape;
}

/** The shape of a scene in a file. Values may be missing or out of range. */
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

/** Where values stand, whose they are, and where to warn. */
interface Context {
  readonly path: JsonPath;
  /** '' outside of a trigger's parameters. */
  readonly trigger: string;
  readonly warnings: DecodeWarning[];
}

/**
 * Brings a scene's values into range.
 * @param raw - of the schema's shape
 * @param warnings - the list to add to
 * @returns the scene
 * @throws DecodeError when nothing of it can be played, or a value has the wrong type
 */
export function parseScene(raw: RawScene, warnings: DecodeWarning[]): Scene {
  const { room, master, arc } = raw;
  const at = (part: string): Context => ({ path: ['scene', part], trigger: '', warnings });
  return {
    seed: parseSeed(raw.seed, warnings),
    layers: parseLayers(raw.layers, warnings),
    room: parseNumbers(ROOM_SPECS, room, at('room')),
    master: { ...parseNumbers({ gainDb: MASTER_GAIN }, master, at('master')), mono: master.mono ?? false },
    arc: parseNumbers(ARC_SPECS, arc, at('arc')),
  };
}

const DEFAULT_SEED = 1;

function parseSeed(raw: number | undefined, warnings: DecodeWarning[]): number {
  const path = ['scene', 'seed'];
  if (raw === undefined) {
    warnings.push({ code: 'seed-missing', path, params: { to: DEFAULT_SEED } });
    return DEFAULT_SEED;
  }
  const seed = Math.trunc(raw) >>> 0;
  if (seed !== raw) warnings.push({ code: 'seed-rounded', path, params: { from: raw, to: seed } });
  return seed;
}

// --- layers ----------------------------------------------------------------------------------------------------------

function parseLayers(raw: readonly RawLayer[], warnings: DecodeWarning[]): Layer[] {
  const [first] = raw;
  if (!first) throw new DecodeError('no-layers');
  const layers: Layer[] = [];
  const wanted = new Set(raw.map(({ id }) => id));
  const used = new Set<string>();
  for (const [index, layer] of raw.entries()) {
    const path = ['scene', 'layers', index];
    const trigger = findTrigger(layer.trigger);
    if (!trigger) warnings.push({ code: 'trigger-unknown', path, params: { trigger: layer.trigger } });
    else if (layers.length < MAX_LAYERS) {
      const id = parseLayerId(layer.id, index, used, wanted, warnings);
      used.add(id);
      layers.push(parseLayer(layer, id, trigger, path, warnings));
    }
  }
  if (layers.length === 0) throw new DecodeError('no-known-layers', { trigger: first.trigger });
  if (raw.length > MAX_LAYERS && layers.length === MAX_LAYERS) {
    const params = { count: raw.length, max: MAX_LAYERS };
    warnings.push({ code: 'layers-dropped', path: ['scene', 'layers'], params });
  }
  return layers;
}

/** Unique and safe. A layer's random numbers depend on its id, so an id that can stay stays. */
function parseLayerId(
  raw: string | undefined,
  index: number,
  used: ReadonlySet<string>,
  wanted: ReadonlySet<string | undefined>,
  warnings: DecodeWarning[],
): string {
  const id = raw === undefined ? `layer-${String(index + 1)}` : safeId(raw);
  if (id === raw && !used.has(id)) return id;
  let free = id;
  for (let number = 2; used.has(free) || wanted.has(free); number++)
    free = safeId(`${id.slice(0, 50)}-${String(number)}`);
  const path = ['scene', 'layers', index, 'id'];
  if (raw === undefined) warnings.push({ code: 'layer-id-missing', path, params: { to: free } });
  else {
    const code = id === raw ? 'layer-id-duplicate' : 'layer-id-replaced';
    warnings.push({ code, path, params: { from: raw, to: free } });
  }
  return free;
}

function parseLayer(raw: RawLayer, id: string, trigger: Trigger, path: JsonPath, warnings: DecodeWarning[]): Layer {
  const context: Context = { path, trigger: '', warnings };
  const { gainDb } = parseNumbers({ gainDb: LAYER_GAIN }, raw, context);
  const params = parseParams(raw.params, trigger, { path: [...path, 'params'], trigger: trigger.id, warnings });
  const place = parsePlace(raw.place, { ...context, path: [...path, 'place'] });
  return { id, trigger: trigger.id, gainDb, muted: raw.muted ?? false, params, place };
}

function parseParams(raw: RawLayer['params'], trigger: Trigger, context: Context): Layer['params'] {
  const params: Record<string, ParamValue> = {};
  const missing: string[] = [];
  for (const [id, spec] of Object.entries(trigger.params)) {
    const value = raw[id];
    if (value === undefined) missing.push(id);
    params[id] = value === undefined ? spec.default : parseValue(spec, value, id, context);
  }
  warnMissing(missing, context);
  const unknown = Object.keys(raw).filter((id) => !Object.hasOwn(trigger.params, id));
  if (unknown.length > 0) {
    const { path, warnings } = context;
    warnings.push({ code: 'params-unknown', path, params: { trigger: trigger.id, ids: unknown } });
  }
  return params;
}

function parsePlace(raw: RawLayer['place'], context: Context): Place {
  const { path: at, warnings } = context;
  const wrapped = wrapAzimuth(raw.azimuthDeg);
  if (raw.azimuthDeg !== undefined && wrapped !== undefined && wrapped !== raw.azimuthDeg) {
    const params = { from: raw.azimuthDeg, to: wrapped };
    warnings.push({ code: 'azimuth-wrapped', path: [...at, 'azimuthDeg'], params });
  }
  const numbers = parseNumbers(PLACE_SPECS, { ...raw, azimuthDeg: wrapped }, context);
  const { azimuthDeg, elevationDeg, closeness, spread, periodSec } = numbers;
  const known = PATHS.find((candidate) => candidate === raw.path);
  const path = known ?? PATHS[0];
  if (raw.path === undefined) warnMissing(['path'], context);
  else if (!known) warnings.push({ code: 'path-unknown', path: [...at, 'path'], params: { from: raw.path, to: path } });
  return { azimuthDeg, elevationDeg, closeness, spread, path, periodSec };
}

/** A compass reading (0…360) means the same as −180…180. Anything beyond a full circle is left to be clamped. */
function wrapAzimuth(degrees: number | undefined): number | undefined {
  if (degrees === undefined || Math.abs(degrees) <= 180 || Math.abs(degrees) > 360) return degrees;
  return degrees > 0 ? degrees - 360 : degrees + 360;
}

// --- values ----------------------------------------------------------------------------------------------------------

function parseNumbers<K extends string>(
  specs: Readonly<Record<K, NumberParam>>,
  raw: Readonly<Partial<Record<NoInfer<K>, number | undefined>>>,
  context: Context,
): Record<K, number> {
  const numbers = {} as Record<K, number>;
  const missing: string[] = [];
  for (const key of Object.keys(specs) as K[]) {
    const spec = specs[key];
    const value = raw[key];
    if (value === undefined) missing.push(key);
    numbers[key] = value === undefined ? spec.default : clampValue(spec, value, key, context);
  }
  warnMissing(missing, context);
  return numbers;
}

function parseValue(spec: ParamSpec, value: ParamValue, id: string, context: Context): ParamValue {
  if (spec.kind === 'choice') return parseChoice(spec, value, id, context);
  if (typeof value === 'number') return clampValue(spec, value, id, context);
  throw new DecodeError('param-not-number', { path: [...context.path, id], trigger: context.trigger });
}

function parseChoice(spec: ChoiceParam, value: ParamValue, id: string, context: Context): string {
  const path = [...context.path, id];
  const { trigger } = context;
  if (typeof value !== 'string') throw new DecodeError('param-not-choice', { path, trigger });
  if (spec.options.includes(value)) return value;
  context.warnings.push({ code: 'choice-unknown', path, params: { trigger, from: value, to: spec.default } });
  return spec.default;
}

/** Amounts of scatter. A negative one is a mistake rather than a small amount: refused, not clamped. */
const NEVER_NEGATIVE: readonly string[] = ['spread', 'surprise'];

function clampValue(spec: NumberParam, value: number, id: string, { path: at, trigger, warnings }: Context): number {
  const path = [...at, id];
  if (value < 0 && NEVER_NEGATIVE.includes(id)) throw new DecodeError('param-negative', { path, trigger });
  const { min, max } = spec;
  if (value >= min && value <= max) return value;
  const to = value < min ? min : max;
  warnings.push({ code: 'value-clamped', path, params: { trigger, value, min, max, to } });
  return to;
}

function warnMissing(ids: readonly string[], { path, trigger, warnings }: Context): void {
  if (ids.length > 0) warnings.push({ code: 'values-missing', path, params: { trigger, ids } });
}
