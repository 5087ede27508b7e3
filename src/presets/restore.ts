// The one door: anything from outside → a preset with warnings, or an error in words. Never throws.
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
import { AUDIO_HEAD_BYTES, AUDIO_START_BYTES, looksLikeAudio, presetBytesFromAudio } from './audioTags.ts';
import { checksumOf } from './checksum.ts';
import { MAX_FILE_BYTES, parseJsonBytes, refuseTooLarge } from './jsonBytes.ts';
import { migrate } from './migrations.ts';
import { canonicalJson, isPlainObject, plainCopy, PRESET_LIMITS } from './plain.ts';
import type { Plain, PlainObject } from './plain.ts';
import { PRESET_FORMAT, PRESET_VERSION, UNNAMED } from './preset.ts';
import type { Preset, RestoreError } from './preset.ts';
import { guarded, quoted, Refusal, whereInWords } from './refusal.ts';
import { cleanName, cleanNote, cleanTag, hashedId, MAX_TAGS, safeId } from './text.ts';
import type { CleanText } from './text.ts';

export { MAX_FILE_BYTES };

export type Restored<T> =
  | ({ readonly ok: true; readonly warnings: readonly string[] } & T)
  | { readonly ok: false; readonly error: RestoreError };

/** The bytes of a file → the preset in it. */
export function readPresetFile(bytes: Uint8Array): Restored<{ readonly preset: Preset }> {
  return guarded(() => readPreset(parseJsonBytes(bytes)));
}

/** A file that a person chose or dropped: a preset, or an audio file that holds one. No more is read than could be one. Never rejects. */
export async function readPresetBlob(file: Blob): Promise<Restored<{ readonly preset: Preset }>> {
  try {
    const start = await bytesOf(file.slice(0, AUDIO_START_BYTES));
    if (looksLikeAudio(start)) return readPresetAudio(await bytesOf(file.slice(0, AUDIO_HEAD_BYTES)));
    const tooLarge = guarded(() => (file.size > MAX_FILE_BYTES ? refuseTooLarge() : undefined));
    return tooLarge ?? readPresetFile(await bytesOf(file));
  } catch {
    const message = 'This file could not be read: it may have been moved or deleted. Nothing was changed.';
    return { ok: false, error: { code: 'damaged', message } };
  }
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

function readPresetAudio(head: Uint8Array): Restored<{ readonly preset: Preset }> {
  const found = presetBytesFromAudio(head);
  if (found) return readPresetFile(found);
  const message =
    'This audio file holds no Hushcraft preset: it comes from elsewhere, or another program removed it. Nothing was changed.';
  return { ok: false, error: { code: 'wrong-format', message } };
}

/** A value from anywhere (a record of the store, a message from another tab, parsed JSON) → the preset in it. */
export function restorePreset(value: unknown): Restored<{ readonly preset: Preset }> {
  return guarded(() => readPreset(value));
}

/** The same for a scene by itself. The result is a fresh copy with every value in range. */
export function restoreScene(value: unknown): Restored<{ readonly scene: Scene }> {
  return guarded(() => {
    const warnings: string[] = [];
    const scene = sceneFrom(shaped(SCENE, plainCopy(value, PRESET_LIMITS), ['scene']), warnings);
    return { ok: true, warnings, scene };
  });
}

// --- shape -------------------------------------------------------------------------------------------------------

/** One optional number per spec. Missing ones take their default, with a warning. */
function numbersOf<K extends string>(specs: Readonly<Record<K, unknown>>) {
  const shape = {} as Record<K, v.OptionalSchema<v.NumberSchema<undefined>, undefined>>;
  for (const key of Object.keys(specs) as K[]) shape[key] = v.optional(v.number());
  return shape;
}

const SCENE = v.strictObject({
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

const PRESET = v.strictObject({
  /** For editors that check a file while it is written by hand. Not read. */
  $schema: v.optional(v.string()),
  format: v.literal(PRESET_FORMAT),
  version: v.literal(PRESET_VERSION),
  id: v.optional(v.string()),
  name: v.optional(v.string()),
  createdAt: v.optional(v.string()),
  tags: v.optional(v.array(v.string()), []),
  note: v.optional(v.string(), ''),
  scene: SCENE,
});

type RawPreset = v.InferOutput<typeof PRESET>;
type RawScene = v.InferOutput<typeof SCENE>;
type RawLayer = RawScene['layers'][number];

function shaped<S extends typeof PRESET | typeof SCENE>(
  schema: S,
  value: Plain,
  at: readonly string[],
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = [...at, ...(issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))];
  throw new Refusal('wrong-shape', `${reason(issue, path)} Nothing was changed.`);
}

function reason(issue: v.BaseIssue<unknown>, path: readonly (string | number)[]): string {
  const where = whereInWords(path);
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `The preset has a field that does not belong there: ${where}.`;
  }
  if (issue.received === 'undefined') return `The preset lacks something: ${where}.`;
  const kind = KINDS[issue.type];
  return kind === undefined ? `The preset is not right at ${where}.` : `In the preset, ${where} must be ${kind}.`;
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  strict_object: 'a group of fields',
  record: 'a group of fields',
  union: 'a number or the name of a choice',
};

// --- preset ------------------------------------------------------------------------------------------------------

function readPreset(value: unknown): Restored<{ readonly preset: Preset }> & { ok: true } {
  const file = plainCopy(value, PRESET_LIMITS);
  if (!isPlainObject(file) || file['format'] !== PRESET_FORMAT) {
    throw new Refusal(
      'wrong-format',
      `This is not a Hushcraft preset (its “format” is not “${PRESET_FORMAT}”). Nothing was changed.`,
    );
  }
  verifyChecksum(file);
  const raw = shaped(PRESET, migrate(file), []);
  const warnings: string[] = [];
  const scene = sceneFrom(raw.scene, warnings);
  const preset: Preset = {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: idFrom(raw, warnings),
    name: nameFrom(raw, warnings),
    createdAt: dateFrom(raw, warnings),
    tags: tagsFrom(raw.tags, warnings),
    note: told(cleanNote(raw.note), 'The note', warnings),
    scene,
  };
  return { ok: true, warnings, preset };
}

/** A file without one is fine: people write presets by hand. Takes it off the file. */
function verifyChecksum(file: PlainObject): void {
  const { checksum } = file;
  if (checksum === undefined) return;
  if (checksum !== checksumOf(file)) {
    throw new Refusal(
      'damaged',
      'This file was damaged, or edited after it was exported: its checksum does not fit. Nothing was changed; fetch the file again or, if you edited it yourself, delete its “checksum” line.',
    );
  }
  delete file['checksum'];
}

function idFrom({ id, scene }: RawPreset, warnings: string[]): string {
  if (id === undefined) {
    warnings.push('The preset had no id and was given one.');
    return hashedId(canonicalJson(scene as unknown as Plain));
  }
  const safe = safeId(id);
  if (safe !== id)
    warnings.push(`The id ${quoted(id)} is not made of letters, digits and hyphens; it became “${safe}”.`);
  return safe;
}

function nameFrom({ name }: RawPreset, warnings: string[]): string {
  const clean = told(cleanName(name ?? ''), 'The name', warnings);
  if (clean === '') warnings.push(`The preset had no name; it is called “${UNNAMED}”.`);
  return clean || UNNAMED;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
const OLDEST_YEAR = 1970;

function dateFrom({ createdAt }: RawPreset, warnings: string[]): string {
  const date = new Date(createdAt !== undefined && ISO_DATE.test(createdAt) ? createdAt : NaN);
  if (date.getUTCFullYear() >= OLDEST_YEAR && date.getUTCFullYear() <= 9999) return date.toISOString();
  warnings.push('The date of the preset was missing or unreadable; it was set to today.');
  return new Date().toISOString();
}

function tagsFrom(raw: readonly string[], warnings: string[]): string[] {
  const tags: string[] = [];
  const seen = new Set<string>();
  for (const item of raw) {
    const tag = told(cleanTag(item), 'A tag', warnings);
    if (tag === '' || seen.has(tag.toLowerCase())) continue;
    seen.add(tag.toLowerCase());
    tags.push(tag);
  }
  if (tags.length > MAX_TAGS) warnings.push(`Only the first ${String(MAX_TAGS)} tags were kept.`);
  return tags.slice(0, MAX_TAGS);
}

function told({ text, changed }: CleanText, what: string, warnings: string[]): string {
  if (changed) warnings.push(`${what} held hidden characters or was too long; it was cleaned to ${quoted(text)}.`);
  return text;
}

// --- scene -------------------------------------------------------------------------------------------------------

function sceneFrom(raw: RawScene, warnings: string[]): Scene {
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
