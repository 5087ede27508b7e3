// How a preset’s record goes on from version to version.
import type { Preset } from '../formats/preset.ts';
import { MAX_OLDER, SCHEMA } from './presetRecord.ts';
import type { PresetRecord } from './presetRecord.ts';
import type { VersionWords } from './types.ts';

/** A date beyond it is nonsense and not followed. */
const FAR_FUTURE_MS = Date.parse('9000-01-01');

/** Of a version made here. */
export const OWN: VersionWords = { by: '', note: '' };

/** Of a sound that was not here before. */
export function firstRecord(preset: Preset, words: VersionWords): PresetRecord {
  const updatedAt = new Date().toISOString();
  return { schema: SCHEMA, preset, favourite: false, revision: 1, updatedAt, deletedAt: null, ...words, older: [] };
}

/** With the version so far among the older ones. */
export function nextRecord(record: PresetRecord, preset: Preset, words: VersionWords): PresetRecord {
  const { revision, updatedAt, by, note, older } = record;
  return {
    ...record,
    preset,
    revision: revision + 1,
    updatedAt: laterThan(updatedAt),
    deletedAt: null,
    ...words,
    older: [{ preset: record.preset, revision, updatedAt, by, note }, ...older].slice(0, MAX_OLDER),
  };
}

/** Now, or a moment after `before` where a clock was set back: of two versions the later one is the later one. */
function laterThan(before: string): string {
  const now = Date.now();
  const last = Date.parse(before);
  return new Date(last >= now && last < FAR_FUTURE_MS ? last + 1 : now).toISOString();
}
