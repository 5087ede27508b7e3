// The backup file: all saved presets with their earlier versions, the practice record and the settings.
import * as v from 'valibot';
import { createYielder } from '../lib/yieldToMain.ts';
import { DecodeError, tryDecodeAsync } from './decodeError.ts';
import type { Decoded } from './decodeError.ts';
import { BACKUP_FORMAT, MAX_BACKUP_BYTES } from './decodeFile.ts';
import { checksumOf, isJsonObject, sanitizeJson, verifyChecksum } from './json.ts';
import type { JsonLimits, JsonObject, JsonValue } from './json.ts';
import { restoreEntry } from './practiceEntry.ts';
import type { PracticeEntry } from './practiceEntry.ts';
import { restorePreset } from './preset.ts';
import type { Preset } from './preset.ts';
import { MAX_OLDER_VERSIONS, parsePresetRecord } from './presetRecord.ts';
import type { PresetRecord } from './presetRecord.ts';
import { sanitizeSettings } from './storedRecord.ts';

/** Goes up when the shape changes. */
export const BACKUP_VERSION = 1;
/** Presets in one backup. */
export const MAX_BACKUP_PRESETS = 2000;
/** Practice entries in one backup. */
export const MAX_BACKUP_ENTRIES = 50_000;

const LIMITS: JsonLimits = { depth: 28, keys: 4_000_000, items: 60_000, chars: 20_000 };
/** They belong to one device and moment. */
const DEVICE_ONLY_SETTINGS = ['nightRun', 'backupAt', 'backupLeft', 'morningLeft'];

/** What a backup is made of. */
export interface BackupContents {
  readonly presets: readonly PresetRecord[];
  readonly practice: readonly PracticeEntry[];
  readonly settings: JsonObject;
}

/** A part of a backup that cannot be read. */
export interface BackupItemError {
  readonly part: 'preset' | 'entry';
  /** Its position among the parts of its kind, from 1. */
  readonly number: number;
}

/** A parsed backup. */
export interface Backup extends BackupContents {
  /** ISO 8601, UTC; '' when unreadable. */
  readonly createdAt: string;
  /** Left out when the rest is restored. */
  readonly bad: readonly BackupItemError[];
}

/**
 * Serializes a backup.
 * @param contents - everything that is stored
 * @param createdAt - now
 * @returns the text of the file
 * @throws RangeError when it would be too large to be opened again
 */
export function serializeBackup(contents: BackupContents, createdAt: Date): string {
  const settings = { ...contents.settings };
  for (const key of DEVICE_ONLY_SETTINGS) Reflect.deleteProperty(settings, key);
  const file = {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    createdAt: createdAt.toISOString(),
    presets: contents.presets,
    practice: contents.practice,
    settings,
  };
  if (contents.presets.length > MAX_BACKUP_PRESETS || contents.practice.length > MAX_BACKUP_ENTRIES)
    throw new RangeError('The backup has too many presets or entries.');
  const plain = sanitizeJson(file, LIMITS) as JsonObject;
  const text = JSON.stringify({ ...plain, checksum: checksumOf(plain) });
  if (new TextEncoder().encode(text).length > MAX_BACKUP_BYTES) throw new RangeError('The backup is too large.');
  return text;
}

const BACKUP = v.strictObject({
  format: v.literal(BACKUP_FORMAT),
  version: v.number(),
  createdAt: v.string(),
  presets: v.array(v.unknown()),
  practice: v.array(v.unknown()),
  settings: v.unknown(),
});

/**
 * Parses a backup in pieces, so that the page stays responsive. Never rejects.
 * @param value - parsed JSON
 * @returns what can be restored and what cannot be read, or why it is refused
 */
export function parseBackup(value: unknown): Promise<Decoded<{ readonly backup: Backup }>> {
  return tryDecodeAsync(async () => {
    const yieldToMain = createYielder();
    const file = sanitizeJson(value, LIMITS);
    await yieldToMain();
    if (!isJsonObject(file)) throw new DecodeError('backup-invalid');
    verifyChecksum(file);
    const result = v.safeParse(BACKUP, file, { abortEarly: true });
    if (!result.success) throw new DecodeError('backup-invalid');
    const { version, createdAt, presets, practice, settings } = result.output;
    if (version > BACKUP_VERSION)
      throw new DecodeError('newer-version', { kind: 'backup', version, current: BACKUP_VERSION });
    if (version !== BACKUP_VERSION) throw new DecodeError('backup-invalid');
    if (presets.length > MAX_BACKUP_PRESETS || practice.length > MAX_BACKUP_ENTRIES) {
      const max = { maxPresets: MAX_BACKUP_PRESETS, maxEntries: MAX_BACKUP_ENTRIES };
      throw new DecodeError('backup-too-large', max);
    }
    const bad: BackupItemError[] = [];
    const backup: Backup = {
      createdAt: Number.isNaN(Date.parse(createdAt)) ? '' : createdAt,
      presets: await parsePresets(presets, bad, yieldToMain),
      practice: await parseEntries(practice, bad, yieldToMain),
      settings: sanitizeSettings(isJsonObject(settings as JsonValue) ? (settings as JsonObject) : {}),
      bad,
    };
    return { ok: true as const, warnings: [], backup };
  });
}

async function parsePresets(
  values: unknown[],
  bad: BackupItemError[],
  yieldToMain: () => Promise<void>,
): Promise<PresetRecord[]> {
  const records: PresetRecord[] = [];
  for (const [index, value] of values.entries()) {
    const read = parsePresetRecord(idOf(value), value);
    if (read.kind === 'ok') records.push(upToDate(read.record, read.stored.preset));
    else bad.push({ part: 'preset', number: index + 1 });
    await yieldToMain();
  }
  return records;
}

/** Migrates the record, its earlier versions too; those that cannot be read are dropped. */
function upToDate(record: PresetRecord, preset: Preset): PresetRecord {
  const older = record.older.slice(0, MAX_OLDER_VERSIONS).flatMap((line) => {
    const restored = restorePreset(line.preset);
    return restored.ok ? [{ ...line, preset: restored.preset }] : [];
  });
  return { ...record, preset, older };
}

function idOf(value: unknown): string {
  const preset = isJsonObject(value as JsonValue) ? (value as JsonObject)['preset'] : null;
  const id = isJsonObject(preset ?? null) ? (preset as JsonObject)['id'] : '';
  return typeof id === 'string' ? id : '';
}

async function parseEntries(
  values: unknown[],
  bad: BackupItemError[],
  yieldToMain: () => Promise<void>,
): Promise<PracticeEntry[]> {
  const entries: PracticeEntry[] = [];
  for (const [index, value] of values.entries()) {
    const restored = restoreEntry(value);
    if (restored.ok) entries.push(restored.entry);
    else bad.push({ part: 'entry', number: index + 1 });
    if (index % 50 === 49) await yieldToMain();
  }
  return entries;
}
