// Everything stored on this device as one text, and back: sounds with their earlier versions, practice record, settings.
import * as v from 'valibot';
import { createYielder } from '../lib/yieldToMain.ts';
import { BACKUP_FORMAT, MAX_BACKUP_BYTES } from './decodeFile.ts';
import { checksumOf, verifyChecksum } from './checksum.ts';
import { isPlainObject, plainCopy } from './sanitizeJson.ts';
import type { Plain, PlainLimits, PlainObject } from './sanitizeJson.ts';
import type { Preset } from './preset.ts';
import { MAX_OLDER_VERSIONS, parsePresetRecord } from './presetRecord.ts';
import type { PresetRecord } from './presetRecord.ts';
import { sanitizeSettings } from './storedRecord.ts';
import { guardedAsync, Refusal } from './decodeError.ts';
import { restorePreset } from './parsePreset.ts';
import type { Restored } from './parsePreset.ts';
import { restoreEntry } from './practiceEntry.ts';
import type { PracticeEntry } from './practiceRecord.ts';

export const BACKUP_VERSION = 1;
export const MAX_BACKUP_PRESETS = 2000;
export const MAX_BACKUP_ENTRIES = 50_000;

const LIMITS: PlainLimits = { depth: 28, keys: 4_000_000, items: 60_000, chars: 20_000 };
/** What belongs to this device and this moment only. */
const DEVICE_ONLY_SETTINGS = ['nightRun', 'backupAt', 'backupLeft', 'morningLeft'];

export interface BackupContents {
  readonly presets: readonly PresetRecord[];
  readonly practice: readonly PracticeEntry[];
  readonly settings: PlainObject;
}

export interface Backup extends BackupContents {
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** What could not be read, one line each: left out only when the person agrees. */
  readonly bad: readonly string[];
}

/** Throws when it would be too much to be put back: better no file than one that cannot be opened. */
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
    throw new RangeError(TOO_MANY);
  const plain = plainCopy(file, LIMITS) as PlainObject;
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

/** Parsed JSON → what can be put back. In slices: the page stays alive however much it is. Never rejects. */
export function readBackup(value: unknown): Promise<Restored<{ readonly backup: Backup }>> {
  return guardedAsync(async () => {
    const yieldToMain = createYielder();
    const file = plainCopy(value, LIMITS);
    await yieldToMain();
    if (!isPlainObject(file)) throw new Refusal('wrong-shape', NOT_ONE);
    verifyChecksum(file);
    const result = v.safeParse(BACKUP, file, { abortEarly: true });
    if (!result.success) throw new Refusal('wrong-shape', NOT_ONE);
    const { version, createdAt, presets, practice, settings } = result.output;
    if (version > BACKUP_VERSION) throw new Refusal('newer-version', NEWER);
    if (version !== BACKUP_VERSION) throw new Refusal('wrong-shape', NOT_ONE);
    if (presets.length > MAX_BACKUP_PRESETS || practice.length > MAX_BACKUP_ENTRIES) {
      throw new Refusal('too-many', TOO_MANY);
    }
    const bad: string[] = [];
    const backup: Backup = {
      createdAt: Number.isNaN(Date.parse(createdAt)) ? '' : createdAt,
      presets: await readPresets(presets, bad, yieldToMain),
      practice: await readEntries(practice, bad, yieldToMain),
      settings: sanitizeSettings(isPlainObject(settings as Plain) ? (settings as PlainObject) : {}),
      bad,
    };
    return { ok: true as const, warnings: [], backup };
  });
}

const NOT_ONE = 'This is not a backup of Hushcraft, or not a whole one. Nothing was changed.';
const NEWER =
  'This backup was made by a newer version of Hushcraft. Nothing was changed: keep the file and open it again after an update.';
const TOO_MANY = `A backup holds at most ${String(MAX_BACKUP_PRESETS)} sounds and ${String(MAX_BACKUP_ENTRIES)} entries; this one claims more. Nothing was changed.`;

async function readPresets(
  values: unknown[],
  bad: string[],
  yieldToMain: () => Promise<void>,
): Promise<PresetRecord[]> {
  const records: PresetRecord[] = [];
  for (const [index, value] of values.entries()) {
    const read = parsePresetRecord(idOf(value), value);
    if (read.kind === 'ok') records.push(upToDate(read.record, read.stored.preset));
    else bad.push(`Sound ${String(index + 1)} is not in order.`);
    await yieldToMain();
  }
  return records;
}

/** Brought to this version, its earlier ones too; one of those that cannot be read is not worth keeping. */
function upToDate(record: PresetRecord, preset: Preset): PresetRecord {
  const older = record.older.slice(0, MAX_OLDER_VERSIONS).flatMap((line) => {
    const restored = restorePreset(line.preset);
    return restored.ok ? [{ ...line, preset: restored.preset }] : [];
  });
  return { ...record, preset, older };
}

function idOf(value: unknown): string {
  const preset = isPlainObject(value as Plain) ? (value as PlainObject)['preset'] : null;
  const id = isPlainObject(preset ?? null) ? (preset as PlainObject)['id'] : '';
  return typeof id === 'string' ? id : '';
}

async function readEntries(
  values: unknown[],
  bad: string[],
  yieldToMain: () => Promise<void>,
): Promise<PracticeEntry[]> {
  const entries: PracticeEntry[] = [];
  for (const [index, value] of values.entries()) {
    const restored = restoreEntry(value);
    if (restored.ok) entries.push(restored.entry);
    else bad.push(`Practice entry ${String(index + 1)} is not in order.`);
    if (index % 50 === 49) await yieldToMain();
  }
  return entries;
}
