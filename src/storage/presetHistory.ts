// How a preset record changes: created, saved again, merged with the same preset's record from a backup.
import type { Preset } from '../formats/preset.ts';
import { MAX_OLDER_VERSIONS } from '../formats/presetRecord.ts';
import type { PresetRecord, VersionInfo } from '../formats/presetRecord.ts';
import { canonicalJson, isJsonObject } from '../formats/json.ts';
import type { JsonValue } from '../formats/json.ts';
import { RECORD_SCHEMA } from '../formats/storedRecord.ts';

/** A date after this is nonsense and is not continued. */
const MAX_DATE_MS = Date.parse('9000-01-01');

/** Author and note of a version made on this device. */
export const LOCAL_AUTHOR: VersionInfo = { by: '', note: '' };

type OlderVersion = PresetRecord['older'][number];

/**
 * Creates the record of a preset that was not stored before.
 * @param preset - first version
 * @param info - author and note
 * @returns record with revision 1
 */
export function createRecord(preset: Preset, info: VersionInfo): PresetRecord {
  const updatedAt = new Date().toISOString();
  return {
    schema: RECORD_SCHEMA,
    preset,
    favourite: false,
    revision: 1,
    updatedAt,
    deletedAt: null,
    ...info,
    older: [],
  };
}

/**
 * Makes a new version the current one and moves the version so far to the earlier ones.
 * @param record - record so far
 * @param preset - new version
 * @param info - its author and note
 * @returns record with the next revision
 */
export function nextRevision(record: PresetRecord, preset: Preset, info: VersionInfo): PresetRecord {
  return {
    ...record,
    preset,
    revision: record.revision + 1,
    updatedAt: nowOrAfter(record.updatedAt),
    deletedAt: null,
    ...info,
    older: [versionOf(record), ...record.older].slice(0, MAX_OLDER_VERSIONS),
  };
}

/**
 * Merges the record of a backup into the stored one. The later version is shown, the other one joins the earlier versions; a
 * preset that was deleted here is restored.
 * @param here - stored record
 * @param restored - record from the backup
 * @returns merged record
 */
export function mergeVersions(here: PresetRecord, restored: PresetRecord): PresetRecord {
  const base = { ...here, deletedAt: restored.deletedAt === null ? null : here.deletedAt };
  const known = new Set([here, ...here.older].map(({ preset }) => canonical(preset)));
  const isNew = ({ preset }: OlderVersion): boolean => !known.has(canonical(preset));
  const older = restored.older.filter(isNew);
  if (!isNew(restored)) return older.length === 0 ? base : { ...base, older: latestFirst([...older, ...here.older]) };
  if (restored.updatedAt <= here.updatedAt) {
    return { ...base, older: latestFirst([versionOf(restored), ...older, ...here.older]) };
  }
  const { preset, updatedAt, by, note } = restored;
  return {
    ...base,
    preset,
    updatedAt,
    by,
    note,
    revision: here.revision + 1,
    older: latestFirst([versionOf(here), ...older, ...here.older]),
  };
}

/**
 * Compares two stored values.
 * @param a - record or other stored object
 * @param b - the other one
 * @returns true when both are plain objects with the same content
 */
export function sameRecord(a: unknown, b: unknown): boolean {
  const text = canonical(a);
  return text !== '' && text === canonical(b);
}

function versionOf({ preset, revision, updatedAt, by, note }: PresetRecord): OlderVersion {
  return { preset, revision, updatedAt, by, note };
}

function latestFirst(versions: readonly OlderVersion[]): OlderVersion[] {
  return [...versions]
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0))
    .slice(0, MAX_OLDER_VERSIONS);
}

function canonical(value: unknown): string {
  const plain = value as JsonValue | undefined;
  return isJsonObject(plain) ? canonicalJson(plain) : '';
}

/** Now; or just after `before` where the clock was set back, so that the later version has the later date. */
function nowOrAfter(before: string): string {
  const now = Date.now();
  const last = Date.parse(before);
  return new Date(last >= now && last < MAX_DATE_MS ? last + 1 : now).toISOString();
}
