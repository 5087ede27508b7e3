// Settings of this device: one record, merged per setting with what another tab has changed.
import * as v from 'valibot';
import { canonicalJson } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { isNewerRecord, RECORD_SCHEMA, sanitizeRecord, sanitizeSettings } from '../formats/storedRecord.ts';
import { KEYS } from './database.ts';
import type { Database } from './database.ts';
import { StorageError } from './storageError.ts';
import type { StorageHealth } from './storageHealth.ts';

const SETTINGS_RECORD = v.object({ schema: v.literal(RECORD_SCHEMA), settings: v.record(v.string(), v.unknown()) });

/** Small choices (theme, volume …) as plain JSON values by name. */
export class SettingsStore {
  readonly #database: Database;
  readonly #health: StorageHealth;
  /** As last read or written by this tab: what differs from them was changed here. */
  #last: JsonObject = {};

  /**
   * @param database - where the record is
   * @param health - is told about a newer record and the date of the last backup
   */
  constructor(database: Database, health: StorageHealth) {
    this.#database = database;
    this.#health = health;
  }

  /**
   * Reads all settings. Never rejects.
   * @returns a copy; empty when there are none or they cannot be read
   */
  async load(): Promise<Record<string, unknown>> {
    const record = await this.#database.get(KEYS.settings).catch(() => undefined);
    if (isNewerRecord(record)) this.#health.reportNewerVersion();
    this.#last = parseSettingsRecord(record);
    return structuredClone(this.#last);
  }

  /**
   * Saves all settings. What another tab changed meanwhile stays, unless it was changed here too.
   * @param settings - name → value; nothing is saved of settings that are not plain JSON
   * @throws StorageError `newer-version`, or the browser's own error when it could not be written
   */
  async save(settings: Record<string, unknown>): Promise<void> {
    this.#health.assertWritable();
    const ours = sanitizeSettings(settings);
    if (typeof ours['backupAt'] === 'string') this.#health.recordBackup(ours['backupAt']);
    const before = this.#last;
    const written = await this.#database.update(KEYS.settings, (old) =>
      isNewerRecord(old)
        ? { result: false }
        : { result: true, put: settingsRecord(mergeSettings(before, ours, parseSettingsRecord(old))) },
    );
    if (!written) {
      this.#health.reportNewerVersion();
      throw new StorageError('newer-version');
    }
    this.#last = ours;
  }
}

/**
 * Reads the settings record. Never throws.
 * @param value - the record as stored
 * @returns the settings; empty when the record is not valid
 */
export function parseSettingsRecord(value: unknown): JsonObject {
  const parsed = v.safeParse(SETTINGS_RECORD, sanitizeRecord(value));
  return parsed.success ? sanitizeSettings(parsed.output.settings) : {};
}

/**
 * Makes the record of settings.
 * @param settings - name → value
 * @returns what is stored
 */
export function settingsRecord(settings: JsonObject): { readonly schema: number; readonly settings: JsonObject } {
  return { schema: RECORD_SCHEMA, settings };
}

/** Their settings, with what was changed here since it was read. */
function mergeSettings(before: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject {
  const merged = { ...theirs };
  for (const key of new Set([...Object.keys(before), ...Object.keys(ours)])) {
    const value = ours[key];
    if (value === undefined) Reflect.deleteProperty(merged, key);
    else if (before[key] === undefined || canonicalJson(before[key]) !== canonicalJson(value)) merged[key] = value;
  }
  return merged;
}
