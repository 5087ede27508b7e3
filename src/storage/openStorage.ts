// Opens the storage of this page: one database and the stores on it.
import { Database, DATABASE_NAME } from './database.ts';
import { claimTab, DraftStore } from './draftStore.ts';
import { PracticeStore } from './practiceStore.ts';
import { PresetStore } from './presetStore.ts';
import { SettingsStore } from './settingsStore.ts';
import { StorageHealth } from './storageHealth.ts';

/** Everything the app stores on this device. */
export interface AppStorage {
  readonly database: Database;
  readonly health: StorageHealth;
  readonly presets: PresetStore;
  readonly drafts: DraftStore;
  readonly settings: SettingsStore;
  readonly practice: PracticeStore;
}

/**
 * Opens the storage. Never rejects: without a database that works, data lasts until the page is closed, and `health` says so.
 * @param options - `databaseName`: another database than the app's own, for tests
 * @returns the stores
 */
export async function openStorage({ databaseName = DATABASE_NAME } = {}): Promise<AppStorage> {
  const database = new Database(databaseName);
  const health = new StorageHealth(database);
  const presets = new PresetStore(database, health);
  try {
    await health.probe();
    await presets.purgeTombstones();
  } catch {
    database.useMemory();
  }
  await health.checkPersistence();
  const drafts = new DraftStore(database, health, await claimTab(databaseName));
  const settings = new SettingsStore(database, health);
  return { database, health, presets, drafts, settings, practice: new PracticeStore(database) };
}
