// The record of a saved preset, as it is stored and as it stands in a backup: the preset, its earlier versions, bookkeeping.
import * as v from 'valibot';
import { restorePreset } from './preset.ts';
import type { Preset } from './preset.ts';
import { sanitizeName, sanitizeNote } from './text.ts';
import { isNewerRecord, RECORD_SCHEMA, sanitizeRecord } from './storedRecord.ts';

export const MAX_OLDER_VERSIONS = 3;

/** What is stored with one version of a preset. */
export interface VersionInfo {
  /** Who it says it is from; '' for one's own. */
  readonly by: string;
  /** What they wrote with it. */
  readonly note: string;
}

/** One saved preset with its bookkeeping. Plain data. */
export interface StoredPreset extends VersionInfo {
  readonly preset: Preset;
  readonly favourite: boolean;
  /** Counts up with every save; a save made against an older revision is a conflict. */
  readonly revision: number;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
}

/** The oldest records have no author and no note. */
const VERSION_INFO = { by: v.optional(v.string(), ''), note: v.optional(v.string(), '') };
const OLDER_VERSION = v.object({ preset: v.unknown(), revision: v.number(), updatedAt: v.string(), ...VERSION_INFO });

/** A revision number: 1, 2, 3 … */
export const REVISION = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const PRESET_RECORD = v.object({
  schema: v.literal(RECORD_SCHEMA),
  preset: v.unknown(),
  favourite: v.boolean(),
  revision: REVISION,
  updatedAt: v.string(),
  /** Deleted presets can be restored for 30 days. */
  deletedAt: v.nullable(v.string()),
  ...VERSION_INFO,
  /** Latest first. */
  older: v.array(OLDER_VERSION),
});

/** The record of one preset. */
export type PresetRecord = v.InferOutput<typeof PRESET_RECORD>;

/** Result of reading a preset record. */
export type ParsedPresetRecord =
  | { readonly kind: 'ok'; readonly record: PresetRecord; readonly stored: StoredPreset }
  /** A newer version of the app wrote it. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable' };

/**
 * Reads a preset record. Never throws.
 * @param id - id of the preset, from the record's key
 * @param value - the record as stored
 * @returns the record and its current version, or why it cannot be used
 */
export function parsePresetRecord(id: string, value: unknown): ParsedPresetRecord {
  if (isNewerRecord(value)) return { kind: 'newer' };
  const parsed = v.safeParse(PRESET_RECORD, sanitizeRecord(value));
  if (!parsed.success) return { kind: 'unreadable' };
  const record = parsed.output;
  const restored = restorePreset(record.preset);
  if (!restored.ok || restored.preset.id !== id) return { kind: 'unreadable' };
  const { favourite, revision, updatedAt } = record;
  const stored = { preset: restored.preset, favourite, revision, updatedAt, ...sanitizeVersionInfo(record) };
  return { kind: 'ok', record, stored };
}

/**
 * Cleans author and note as when they were received: the record may have been changed since.
 * @param info - author and note as stored
 * @returns text that is safe to show
 */
export function sanitizeVersionInfo({ by, note }: VersionInfo): VersionInfo {
  return { by: sanitizeName(by).text, note: sanitizeNote(note).text };
}
