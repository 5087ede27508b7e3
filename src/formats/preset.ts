// The preset file, version 2: a named scene with tags and a note. Type, parser and serializer.
import * as v from 'valibot';
import { findTrigger } from '../synth/index.ts';
import type { Layer, ParamValue, Scene } from '../synth/index.ts';
import { DecodeError, tryDecode } from './decodeError.ts';
import type { Decoded, DecodeWarning } from './decodeError.ts';
import {
  canonicalJson,
  checksumOf,
  isJsonObject,
  parseJsonBytes,
  parseWith,
  PRESET_LIMITS,
  sanitizeJson,
  verifyChecksum,
} from './json.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { migrate } from './migrations.ts';
import { parseScene, SCENE } from './parseScene.ts';
import {
  hashedId,
  MAX_TAGS,
  newId,
  parseIsoDate,
  safeFileName,
  safeId,
  sanitizeName,
  sanitizeNote,
  sanitizeTag,
  sanitizeWithWarning,
} from './text.ts';

/** The `format` field of a preset file. */
export const PRESET_FORMAT = 'hushcraft-preset';
/** Goes up when the shape changes, or when the same numbers would sound different. */
export const PRESET_VERSION = 2;
/** Of every file with JSON inside. */
export const FILE_EXTENSION = '.hush.json';
/** The name of a preset without one. */
export const UNNAMED = 'Untitled sound';

/** A preset: a scene and what people call it. */
export interface Preset {
  readonly format: typeof PRESET_FORMAT;
  readonly version: typeof PRESET_VERSION;
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly tags: readonly string[];
  readonly note: string;
  readonly scene: Scene;
}

/** A decoded preset. */
export type DecodedPreset = Decoded<{ readonly preset: Preset }>;

/**
 * Makes a preset of a scene, with a new id and today's date.
 * @param scene - copied
 * @param name - sanitized
 * @param details - tags and note
 * @returns the preset
 */
export function newPreset(scene: Scene, name: string, details: Partial<Pick<Preset, 'tags' | 'note'>> = {}): Preset {
  return {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: newId(),
    name: sanitizeName(name).text || UNNAMED,
    createdAt: new Date().toISOString(),
    tags: [...(details.tags ?? [])],
    note: details.note ?? '',
    scene: sanitizeJson(scene, PRESET_LIMITS) as unknown as Scene,
  };
}

// --- parse -----------------------------------------------------------------------------------------------------------

const PRESET = v.strictObject({
  /** For editors that check a file while it is written by hand. Ignored. */
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

/**
 * Parses the bytes of a preset file. Never throws.
 * @param bytes - the file
 * @returns the preset with warnings, or why it is refused
 */
export function parsePresetFile(bytes: Uint8Array): DecodedPreset {
  return tryDecode(() => parsePreset(sanitizeJson(parseJsonBytes(bytes), PRESET_LIMITS)));
}

/**
 * Restores a preset from an untrusted value: parsed JSON, a stored record, a message of another tab. Never throws.
 * @param value - anything
 * @returns a fresh preset with warnings, or why it is refused
 */
export function restorePreset(value: unknown): DecodedPreset {
  return tryDecode(() => parsePreset(sanitizeJson(value, PRESET_LIMITS)));
}

/**
 * Restores a scene by itself from an untrusted value. Never throws.
 * @param value - anything
 * @returns a fresh scene with every value in range, with warnings, or why it is refused
 */
export function restoreScene(value: unknown): Decoded<{ readonly scene: Scene }> {
  return tryDecode(() => {
    const warnings: DecodeWarning[] = [];
    const raw = parseWith(SCENE, sanitizeJson(value, PRESET_LIMITS), 'preset', ['scene']);
    return { ok: true, warnings, scene: parseScene(raw, warnings) };
  });
}

/**
 * Parses the fields of a preset file: checksum → migrate → schema → values in range.
 * @param file - a sanitized copy; changed
 * @returns the preset with warnings
 * @throws DecodeError
 */
export function parsePreset(file: JsonValue): DecodedPreset & { readonly ok: true } {
  if (!isJsonObject(file) || file['format'] !== PRESET_FORMAT)
    throw new DecodeError('wrong-format', { kind: 'preset' });
  verifyChecksum(file);
  const raw = parseWith(PRESET, migrate(file, PRESET_VERSION));
  const warnings: DecodeWarning[] = [];
  const scene = parseScene(raw.scene, warnings);
  const preset: Preset = {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: parseId(raw, warnings),
    name: parseName(raw, warnings),
    createdAt: parseIsoDate(raw.createdAt, ['createdAt'], warnings),
    tags: parseTags(raw.tags, warnings),
    note: sanitizeWithWarning(sanitizeNote(raw.note), ['note'], warnings),
    scene,
  };
  return { ok: true, warnings, preset };
}

function parseId({ id, scene }: RawPreset, warnings: DecodeWarning[]): string {
  if (id === undefined) {
    warnings.push({ code: 'id-missing', path: ['id'], params: {} });
    return hashedId(canonicalJson(scene as unknown as JsonValue));
  }
  const safe = safeId(id);
  if (safe !== id) warnings.push({ code: 'id-replaced', path: ['id'], params: { from: id, to: safe } });
  return safe;
}

function parseName({ name }: RawPreset, warnings: DecodeWarning[]): string {
  const sanitized = sanitizeWithWarning(sanitizeName(name ?? ''), ['name'], warnings);
  if (sanitized === '') warnings.push({ code: 'name-missing', path: ['name'], params: { name: UNNAMED } });
  return sanitized || UNNAMED;
}

function parseTags(raw: readonly string[], warnings: DecodeWarning[]): string[] {
  const tags: string[] = [];
  const seen = new Set<string>();
  for (const [index, item] of raw.entries()) {
    const tag = sanitizeWithWarning(sanitizeTag(item), ['tags', index], warnings);
    if (tag === '' || seen.has(tag.toLowerCase())) continue;
    seen.add(tag.toLowerCase());
    tags.push(tag);
  }
  if (tags.length > MAX_TAGS) warnings.push({ code: 'tags-dropped', path: ['tags'], params: { max: MAX_TAGS } });
  return tags.slice(0, MAX_TAGS);
}

// --- serialize -------------------------------------------------------------------------------------------------------

/**
 * Serializes a preset: every value written, fields always in the same order, a checksum at the end, and no line break after
 * it (so that no part of a file is a file).
 * @param preset - to write
 * @returns the text of the file
 * @throws DecodeError for what `restorePreset` would refuse
 */
export function serializePreset(preset: Preset): string {
  const file = presetToJson(preset);
  return JSON.stringify({ ...file, checksum: checksumOf(file) }, null, 2);
}

/**
 * The fields of a preset file in their order, without the checksum.
 * @param preset - to write
 * @returns a plain copy
 * @throws DecodeError for what `restorePreset` would refuse
 */
export function presetToJson(preset: Preset): JsonObject {
  const { scene } = preset;
  const file = {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: preset.id,
    name: preset.name,
    createdAt: preset.createdAt,
    tags: preset.tags,
    note: preset.note,
    scene: {
      seed: scene.seed,
      layers: scene.layers.map(orderLayer),
      room: { size: scene.room.size, amount: scene.room.amount },
      master: { gainDb: scene.master.gainDb, mono: scene.master.mono },
      arc: {
        slower: scene.arc.slower,
        thinner: scene.arc.thinner,
        darker: scene.arc.darker,
        farther: scene.arc.farther,
        stiller: scene.arc.stiller,
      },
    },
  };
  return sanitizeJson(file, PRESET_LIMITS) as JsonObject;
}

/**
 * The name of a preset's file.
 * @param preset - whose name it is
 * @returns a file name that every system accepts
 */
export function presetFileName(preset: Pick<Preset, 'name'>): string {
  return safeFileName(preset.name, FILE_EXTENSION);
}

function orderLayer(layer: Layer): Layer {
  const { place } = layer;
  return {
    id: layer.id,
    trigger: layer.trigger,
    gainDb: layer.gainDb,
    muted: layer.muted,
    params: orderParams(layer),
    place: {
      azimuthDeg: place.azimuthDeg,
      elevationDeg: place.elevationDeg,
      closeness: place.closeness,
      spread: place.spread,
      path: place.path,
      periodSec: place.periodSec,
    },
  };
}

/** In the order of the trigger's sliders. */
function orderParams({ trigger, params }: Layer): Record<string, ParamValue> {
  const known = Object.keys(findTrigger(trigger)?.params ?? {}).filter((id) => Object.hasOwn(params, id));
  const ids = [...known, ...Object.keys(params).filter((id) => !known.includes(id))];
  return Object.fromEntries(ids.map((id) => [id, params[id] ?? 0]));
}
