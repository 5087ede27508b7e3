// Saved presets: one record each, with its earlier versions. No tab overwrites what another tab has saved.
import { parsePresetRecord, sanitizeVersionInfo } from '../formats/presetRecord.ts';
import type { PresetRecord, StoredPreset, VersionInfo } from '../formats/presetRecord.ts';
import type { Preset } from '../formats/preset.ts';
import { restorePreset } from '../formats/preset.ts';
import { jsonEqual } from '../formats/json.ts';
import type { JsonValue } from '../formats/json.ts';
import { uniqueName, newId } from '../formats/text.ts';
import { isNewerRecord } from '../formats/storedRecord.ts';
import { createYielder } from '../lib/yieldToMain.ts';
import { PREFIXES } from './database.ts';
import type { Database } from './database.ts';
import type { UpdateResult } from './keyValueStore.ts';
import { createRecord, LOCAL_AUTHOR, nextRevision } from './presetHistory.ts';
import { StorageError, storageErrorCode } from './storageError.ts';
import type { StorageHealth } from './storageHealth.ts';
import type { SaveResult } from './types.ts';

const PREFIX = PREFIXES.presets;
/** Deleted presets can be restored for 30 days. */
const TOMBSTONE_MS = 30 * 24 * 3600 * 1000;

/** The saved presets of this device. */
export class PresetStore {
  readonly #database: Database;
  readonly #health: StorageHealth;
  /** Ids of the presets that are not deleted, as far as this tab knows. */
  #ids = new Set<string>();

  /**
   * @param database - where the records are
   * @param health - is told about failed writes and newer records
   */
  constructor(database: Database, health: StorageHealth) {
    this.#database = database;
    this.#health = health;
  }

  /**
   * Reads all presets. Records that cannot be read are left untouched and counted.
   * @returns presets, latest change first, and the number of unreadable records; rejects when the database does not work
   */
  async list(): Promise<{ readonly presets: readonly StoredPreset[]; readonly unreadable: number }> {
    const found = await this.#database.entries(PREFIX);
    const { entries } = found;
    const presets: StoredPreset[] = [];
    let { unreadable } = found;
    const yieldToMain = createYielder();
    for (const [key, value] of entries) {
      await yieldToMain();
      const read = parsePresetRecord(key.slice(PREFIX.length), value);
      if (read.kind === 'ok') {
        if (read.record.deletedAt === null) presets.push(read.stored);
      } else unreadable += 1;
      if (read.kind === 'newer') this.#health.reportNewerVersion();
    }
    this.#ids = new Set(presets.map(({ preset }) => preset.id));
    await this.#health.checkEviction(entries.length, presets.length);
    presets.sort((a, b) => compare(b.updatedAt, a.updatedAt) || compare(a.preset.id, b.preset.id));
    return { presets, unreadable };
  }

  /**
   * Saves a preset. Never rejects.
   * @param preset - what to save
   * @param revision - the one the caller has changed, or null for a new preset
   * @param info - author and note of a version that someone sent
   * @returns what was stored, or why nothing was
   */
  async save(preset: Preset, revision: number | null, info: VersionInfo = LOCAL_AUTHOR): Promise<SaveResult> {
    const restored = restorePreset(preset);
    if (!restored.ok) return { kind: 'failed', code: 'invalid-preset' };
    try {
      this.#health.assertWritable();
      const result = await this.#saveValid(restored.preset, revision, info);
      this.#health.reportWrite(undefined);
      return result;
    } catch (error) {
      this.#health.reportWrite(error);
      return { kind: 'failed', code: storageErrorCode(error) };
    }
  }

  /**
   * Marks a preset as a favourite, or not. Its revision stays.
   * @param id - id of the preset
   * @param favourite - new value
   * @throws StorageError when it could not be written
   */
  async setFavourite(id: string, favourite: boolean): Promise<void> {
    await this.#edit(id, (record) => ({ ...record, favourite }));
  }

  /**
   * Deletes a preset. `undelete` restores it for 30 days.
   * @param id - id of the preset
   * @throws StorageError when it could not be written
   */
  async remove(id: string): Promise<void> {
    await this.#edit(id, (record) => ({ ...record, deletedAt: new Date().toISOString() }));
    this.#ids.delete(id);
    await this.#recordCounts();
  }

  /**
   * Restores a deleted preset.
   * @param id - id of the preset
   * @returns the preset, null when it is gone for good
   * @throws StorageError when it could not be written
   */
  async undelete(id: string): Promise<StoredPreset | null> {
    const stored = await this.#edit(id, (record) => ({ ...record, deletedAt: null }));
    if (stored) this.#ids.add(id);
    await this.#recordCounts();
    return stored;
  }

  /**
   * Reads the earlier versions of a preset.
   * @param id - id of the preset
   * @returns up to three, latest first
   */
  async olderVersions(id: string): Promise<readonly StoredPreset[]> {
    const read = parsePresetRecord(id, await this.#database.get(PREFIX + id));
    if (read.kind !== 'ok') return [];
    return read.record.older.flatMap(({ preset, revision, updatedAt, ...info }) => {
      const restored = restorePreset(preset);
      if (!restored.ok) return [];
      return [{ preset: restored.preset, favourite: false, revision, updatedAt, ...sanitizeVersionInfo(info) }];
    });
  }

  /**
   * Calls a listener when another tab changed presets.
   * @param listener - reads them anew
   * @returns unsubscribe function
   */
  subscribe(listener: () => void): () => void {
    return this.#database.subscribe('presets', listener);
  }

  /** Reports records of a newer version, and removes for good what was deleted more than 30 days ago. */
  async purgeTombstones(): Promise<void> {
    const { entries } = await this.#database.entries(PREFIX);
    if (entries.some(([, value]) => isNewerRecord(value))) this.#health.reportNewerVersion();
    if (this.#health.readOnly) return;
    const oldest = new Date(Date.now() - TOMBSTONE_MS).toISOString();
    const expired = entries.filter(([key, value]) => wasDeletedBefore(key.slice(PREFIX.length), value, oldest));
    if (expired.length > 0) await this.#database.remove(expired.map(([key]) => key)).catch(() => undefined);
  }

  async #saveValid(preset: Preset, revision: number | null, info: VersionInfo): Promise<SaveResult> {
    const outcome = await this.#database.update<Outcome>(PREFIX + preset.id, (old) => {
      if (old === undefined) return write(createRecord(preset, info));
      const read = parsePresetRecord(preset.id, old);
      if (read.kind === 'newer') return { result: { kind: 'newer' } };
      if (read.kind === 'unreadable') return { result: { kind: 'taken', other: null } };
      const { record, stored } = read;
      if (record.deletedAt === null) {
        // The same again (a write that was retried, a file imported twice) changes nothing.
        if (samePreset(stored.preset, preset)) return { result: { kind: 'written', stored } };
        if (record.revision !== revision) return { result: { kind: 'taken', other: stored } };
      }
      return write(nextRevision(record, preset, info));
    });
    if (outcome.kind === 'newer') {
      this.#health.reportNewerVersion();
      throw new StorageError('newer-version');
    }
    if (outcome.kind === 'taken') return this.#saveAsCopy(preset, outcome.other, info);
    this.#ids.add(preset.id);
    await this.#recordCounts();
    return { kind: 'saved', stored: outcome.stored };
  }

  /** Another version is stored under this id: ours is saved as a copy. */
  async #saveAsCopy(preset: Preset, other: StoredPreset | null, info: VersionInfo): Promise<SaveResult> {
    const { presets } = await this.list();
    const name = uniqueName(
      preset.name,
      presets.map((one) => one.preset.name),
    );
    const result = await this.#saveValid({ ...preset, id: newId(), name }, null, info);
    return result.kind === 'saved' && other ? { kind: 'conflict', stored: result.stored, other } : result;
  }

  /** Changes what is stored beside a preset. The revision stays: the preset itself is the same. */
  async #edit(id: string, change: (record: PresetRecord) => PresetRecord): Promise<StoredPreset | null> {
    this.#health.assertWritable();
    try {
      const stored = await this.#database.update<StoredPreset | null>(PREFIX + id, (old) => {
        const read = parsePresetRecord(id, old);
        if (read.kind !== 'ok') return { result: null };
        const record = change(read.record);
        return { result: { ...read.stored, favourite: record.favourite }, put: record };
      });
      this.#health.reportWrite(undefined);
      return stored;
    } catch (error) {
      this.#health.reportWrite(error);
      throw new StorageError(storageErrorCode(error), error);
    }
  }

  #recordCounts(): Promise<void> {
    return this.#health.recordCounts(this.#ids.size);
  }
}

/** Only records that say they were deleted are parsed: at every start there may be hundreds of others. */
function wasDeletedBefore(id: string, value: unknown, moment: string): boolean {
  const { deletedAt } = Object(value) as { readonly deletedAt?: unknown };
  if (typeof deletedAt !== 'string' || deletedAt >= moment) return false;
  return parsePresetRecord(id, value).kind === 'ok';
}

type Outcome =
  | { readonly kind: 'written'; readonly stored: StoredPreset }
  | { readonly kind: 'taken'; readonly other: StoredPreset | null }
  | { readonly kind: 'newer' };

function write(record: PresetRecord): UpdateResult<Outcome> {
  const { favourite, revision, updatedAt, by, note } = record;
  const stored = { preset: record.preset as Preset, favourite, revision, updatedAt, by, note };
  return { result: { kind: 'written', stored }, put: record };
}

function samePreset(a: Preset, b: Preset): boolean {
  return jsonEqual(a as unknown as JsonValue, b as unknown as JsonValue);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
