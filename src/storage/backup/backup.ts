// Everything the app stores: read for a backup, or restored from one in a single transaction.
import type { Backup, BackupContents } from '../../formats/backup.ts';
import { restoreEntry } from '../../formats/practiceEntry.ts';
import type { PracticeEntry } from '../../formats/practiceEntry.ts';
import { parsePresetRecord } from '../../formats/presetRecord.ts';
import type { PresetRecord } from '../../formats/presetRecord.ts';
import { isNewerRecord } from '../../formats/storedRecord.ts';
import { KEYS, PREFIXES } from '../database.ts';
import type { Database } from '../database.ts';
import { mergeVersions, sameRecord } from '../presetHistory.ts';
import { parseSettingsRecord, settingsRecord } from '../settingsStore.ts';
import { StorageError } from '../storageError.ts';

/** Which parts of a backup are restored. */
export interface RestoreSelection {
  readonly presets: boolean;
  readonly practice: boolean;
  readonly settings: boolean;
}

/** How many records a restore has changed. */
export interface RestoreResult {
  /** New or changed. */
  readonly added: number;
  /** Already stored as they are in the backup. */
  readonly same: number;
}

/**
 * Reads everything for a backup, also presets that were deleted less than 30 days ago. Rejects without a database.
 * @param database - where the records are
 * @returns contents of a backup, and how many records could not be read
 */
export async function readAll(
  database: Database,
): Promise<{ readonly contents: BackupContents; readonly unreadable: number }> {
  const records = await database.readAll();
  const presets: PresetRecord[] = [];
  const practice: PracticeEntry[] = [];
  let unreadable = 0;
  for (const [key, value] of records) {
    if (key.startsWith(PREFIXES.presets)) {
      const read = parsePresetRecord(key.slice(PREFIXES.presets.length), value);
      if (read.kind === 'ok') presets.push(read.record);
      else unreadable += 1;
    } else if (key.startsWith(PREFIXES.practice)) {
      const restored = restoreEntry(value);
      if (restored.ok) practice.push(restored.entry);
      else unreadable += 1;
    }
  }
  return { contents: { presets, practice, settings: parseSettingsRecord(records.get(KEYS.settings)) }, unreadable };
}

/**
 * Restores the selected parts of a backup: all of it or nothing. What is stored stays; presets are merged version by version,
 * settings one by one, and what was deleted is there again.
 * @param database - where the records are
 * @param backup - contents of the backup
 * @param selection - which parts
 * @returns how many records were changed
 * @throws StorageError `newer-version` where a newer version of the app has written; the browser's own error when it failed
 */
export function restoreBackup(database: Database, backup: Backup, selection: RestoreSelection): Promise<RestoreResult> {
  return database.updateAll((stored) => {
    if ([...stored.values()].some(isNewerRecord)) throw new StorageError('newer-version');
    const restored = restoredRecords(stored, backup, selection);
    const put = new Map([...restored].filter(([key, value]) => !sameRecord(stored.get(key), value)));
    return { result: { added: put.size, same: restored.size - put.size }, put };
  });
}

function restoredRecords(
  stored: ReadonlyMap<string, unknown>,
  backup: Backup,
  selection: RestoreSelection,
): Map<string, unknown> {
  const records = new Map<string, unknown>();
  if (selection.presets) {
    for (const record of backup.presets) {
      const { id } = record.preset as { readonly id: string };
      const key = PREFIXES.presets + id;
      const here = parsePresetRecord(id, stored.get(key));
      records.set(key, here.kind === 'ok' ? mergeVersions(here.record, record) : record);
    }
  }
  if (selection.practice) for (const entry of backup.practice) records.set(PREFIXES.practice + entry.id, entry);
  if (selection.settings) {
    const settings = { ...parseSettingsRecord(stored.get(KEYS.settings)), ...backup.settings };
    records.set(KEYS.settings, settingsRecord(settings));
  }
  return records;
}
