// What a record in the store looks like, and the care with which it is read back: it may be damaged, old, or too new.
import * as v from 'valibot';
import { canonicalJson, isPlainObject, plainCopy, PRESET_LIMITS } from '../formats/sanitizeJson.ts';
import type { PlainLimits, PlainObject } from '../formats/sanitizeJson.ts';
import { guarded } from '../formats/decodeError.ts';
import { restorePreset, restoreScene } from '../formats/parsePreset.ts';
import type { Draft, Handover, StoredPreset, VersionWords } from './types.ts';
import { cleanName, cleanNote } from '../formats/sanitizeText.ts';
import { UNNAMED } from '../formats/preset.ts';

/** Goes up when records change their shape. A higher number than ours is never written over. */
export const SCHEMA = 1;

/** A preset, its older versions, and what else is kept here. */
const RECORD_LIMITS: PlainLimits = { ...PRESET_LIMITS, depth: 24, keys: 10_000, items: 1000 };

export const MAX_OLDER = 3;

/** Versions from before there were words have none. */
const WORDS = { by: v.optional(v.string(), ''), note: v.optional(v.string(), '') };
const OLDER = v.object({ preset: v.unknown(), revision: v.number(), updatedAt: v.string(), ...WORDS });
const REVISION = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const PRESET_RECORD = v.object({
  schema: v.literal(SCHEMA),
  preset: v.unknown(),
  favourite: v.boolean(),
  revision: REVISION,
  updatedAt: v.string(),
  deletedAt: v.nullable(v.string()),
  ...WORDS,
  older: v.array(OLDER),
});
export type PresetRecord = v.InferOutput<typeof PRESET_RECORD>;

const DRAFT_RECORD = v.object({
  schema: v.literal(SCHEMA),
  savedAt: v.number(),
  name: v.string(),
  presetId: v.nullable(v.string()),
  /** Drafts of earlier versions do not say it: what is made of them is kept beside, never over, what lies here. */
  revision: v.fallback(v.nullable(REVISION), null),
  scene: v.unknown(),
  handover: v.optional(v.unknown(), null),
});
export type DraftRecord = v.InferOutput<typeof DRAFT_RECORD>;

const HANDOVER = v.object({
  from: v.string(),
  bounds: v.array(v.object({ what: v.string(), min: v.number(), max: v.number() })),
  preset: v.unknown(),
});

const SETTINGS_RECORD = v.object({ schema: v.literal(SCHEMA), settings: v.record(v.string(), v.unknown()) });

export type ReadPreset =
  | { readonly kind: 'ok'; readonly record: PresetRecord; readonly stored: StoredPreset }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable' };

/** `id`: from the key under which the record lies. */
export function readPresetRecord(id: string, value: unknown): ReadPreset {
  if (isNewer(value)) return { kind: 'newer' };
  const parsed = v.safeParse(PRESET_RECORD, plainOrNull(value));
  if (!parsed.success) return { kind: 'unreadable' };
  const record = parsed.output;
  const restored = restorePreset(record.preset);
  if (!restored.ok || restored.preset.id !== id) return { kind: 'unreadable' };
  const { favourite, revision, updatedAt } = record;
  const stored = { preset: restored.preset, favourite, revision, updatedAt, ...wordsFrom(record) };
  return { kind: 'ok', record, stored };
}

/** Cleaned as when they came: a record may have been changed since. */
export function wordsFrom({ by, note }: VersionWords): VersionWords {
  return { by: cleanName(by).text, note: cleanNote(note).text };
}

export function readDraftRecord(value: unknown): { readonly draft: Draft; readonly savedAt: number } | null {
  const parsed = v.safeParse(DRAFT_RECORD, plainOrNull(value));
  if (!parsed.success) return null;
  const { name, presetId, revision, savedAt, scene, handover } = parsed.output;
  const restored = restoreScene(scene);
  if (!restored.ok) return null;
  const draft = { scene: restored.scene, presetId, revision, name: cleanName(name).text || UNNAMED };
  return { draft: { ...draft, handover: handoverFrom(handover) }, savedAt };
}

/** null for anything that is none. */
export function handoverFrom(value: unknown): Handover | null {
  const parsed = v.safeParse(HANDOVER, value);
  if (!parsed.success) return null;
  const restored = restorePreset(parsed.output.preset);
  if (!restored.ok) return null;
  const bounds = parsed.output.bounds.filter(({ min, max }) => min <= max);
  return { from: cleanName(parsed.output.from).text, bounds, preset: restored.preset };
}

export function readSettingsRecord(value: unknown): PlainObject {
  const parsed = v.safeParse(SETTINGS_RECORD, plainOrNull(value));
  return parsed.success ? plainSettings(parsed.output.settings) : {};
}

/** A copy fit for the store; what is not plain data is left out whole. */
export function plainSettings(settings: Readonly<Record<string, unknown>>): PlainObject {
  const plain = plainOrNull(settings);
  return isPlainObject(plain) ? plain : {};
}

/** Their settings, with what was changed here since it was read. */
export function mergeSettings(before: PlainObject, ours: PlainObject, theirs: PlainObject): PlainObject {
  const merged = { ...theirs };
  for (const key of new Set([...Object.keys(before), ...Object.keys(ours)])) {
    const value = ours[key];
    if (value === undefined) Reflect.deleteProperty(merged, key);
    else if (before[key] === undefined || canonicalJson(before[key]) !== canonicalJson(value)) merged[key] = value;
  }
  return merged;
}

/** Written by a version of the app that is newer than this one. */
export function isNewer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const schema: unknown = Object.getOwnPropertyDescriptor(value, 'schema')?.value;
  return typeof schema === 'number' && schema > SCHEMA;
}

function plainOrNull(value: unknown): ReturnType<typeof plainCopy> {
  const copy = guarded(() => ({ ok: true as const, value: plainCopy(value, RECORD_LIMITS) }));
  return copy.ok ? copy.value : null;
}
