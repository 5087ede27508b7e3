// Everything this app keeps in the browser: gathered for a backup, put back from one, or deleted without a rest.
import { promisifyRequest } from 'idb-keyval';
import { Connection } from '../presets/connection.ts';
import { canonicalJson, isPlainObject } from '../presets/plain.ts';
import type { Plain, PlainObject } from '../presets/plain.ts';
import { MAX_OLDER, readPresetRecord, readSettingsRecord, SCHEMA } from '../presets/records.ts';
import type { PresetRecord } from '../presets/records.ts';
import type { Backup, Kept } from './backup.ts';
import { restoreEntry } from './entries.ts';

const DATABASE = 'hushcraft';
const PRESETS = 'preset/';
const PRACTICE = 'practice/';
const SETTINGS = 'settings';

/** What of a backup is put back. */
export interface Chosen {
  readonly presets: boolean;
  readonly practice: boolean;
  readonly settings: boolean;
}

export interface PutBack {
  readonly added: number;
  readonly same: number;
}

type Records = Map<string, unknown>;

/** Everything readable that is kept. Deleted sounds in their thirty days go along too. Rejects without a database. */
export async function gather(databaseName = DATABASE): Promise<Kept> {
  const records = await readAll(connect(databaseName));
  const kept: { presets: PresetRecord[]; practice: Kept['practice'][number][]; settings: PlainObject } = {
    presets: [],
    practice: [],
    settings: readSettingsRecord(records.get(SETTINGS)),
  };
  for (const [key, value] of records) {
    if (key.startsWith(PRESETS)) {
      const read = readPresetRecord(key.slice(PRESETS.length), value);
      if (read.kind === 'ok') kept.presets.push(read.record);
    } else if (key.startsWith(PRACTICE)) {
      const restored = restoreEntry(value);
      if (restored.ok) kept.practice.push(restored.entry);
    }
  }
  return kept;
}

/**
 * Puts back what was chosen, in one transaction: all of it or nothing. What is here already stays; of two versions of a sound
 * the later one is shown and the other is kept among its earlier ones. Rejects when it could not be written.
 */
export async function putBack(backup: Backup, chosen: Chosen, databaseName = DATABASE): Promise<PutBack> {
  const connection = connect(databaseName);
  const here = await readAll(connection);
  const writes = new Map<string, unknown>();
  let same = 0;
  const put = (key: string, value: unknown): void => {
    if (canonical(here.get(key)) === canonical(value)) same += 1;
    else writes.set(key, value);
  };
  if (chosen.presets) {
    for (const record of backup.presets) {
      const key = PRESETS + (record.preset as { readonly id: string }).id;
      put(key, merged(readPresetRecord(key.slice(PRESETS.length), here.get(key)), record));
    }
  }
  if (chosen.practice) for (const entry of backup.practice) put(PRACTICE + entry.id, entry);
  if (chosen.settings) {
    const settings = { ...readSettingsRecord(here.get(SETTINGS)), ...backup.settings };
    put(SETTINGS, { schema: SCHEMA, settings });
  }
  await connection.use('readwrite', (store) => {
    for (const [key, value] of writes) store.put(value, key);
    return promisifyRequest(store.transaction);
  });
  tell(databaseName);
  return { added: writes.size, same };
}

/** Deletes every database, every cache, every small store and the offline copy of the app. Rejects when a tab holds on. */
export async function eraseEverything(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  if ('serviceWorker' in navigator) {
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.map((worker) => worker.unregister()));
  }
  if ('caches' in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  const databases = 'databases' in indexedDB ? await indexedDB.databases() : [{ name: DATABASE }];
  await Promise.all(databases.flatMap(({ name }) => (name === undefined ? [] : [deleteDatabase(name)])));
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    const stuck = setTimeout(() => {
      reject(new Error('Another tab holds the data.'));
    }, 1500);
    request.onsuccess = () => {
      clearTimeout(stuck);
      resolve();
    };
    request.onerror = () => {
      clearTimeout(stuck);
      reject(request.error ?? new Error('The data could not be deleted.'));
    };
  });
}

function connect(name: string): Connection {
  return new Connection(name, { newer: () => undefined });
}

async function readAll(connection: Connection): Promise<Records> {
  const [keys, values] = await connection.use('readonly', (store) =>
    Promise.all([promisifyRequest(store.getAllKeys()), promisifyRequest<unknown[]>(store.getAll())]),
  );
  return new Map(keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index]] as const] : [])));
}

/** Other parts of the page, and other tabs, read anew. */
function tell(databaseName: string): void {
  for (const name of [databaseName, `${databaseName}/practice`]) {
    const channel = new BroadcastChannel(name);
    channel.postMessage('changed');
    channel.close();
  }
}

function merged(here: ReturnType<typeof readPresetRecord>, back: PresetRecord): PresetRecord {
  if (here.kind !== 'ok') return back;
  const now = here.record;
  const known = [now.preset, ...now.older.map(({ preset }) => preset)].map(canonical);
  const lines = [back, ...back.older].filter(({ preset }) => !known.includes(canonical(preset)));
  if (lines.length === 0) return now;
  const newer = back.updatedAt > now.updatedAt && lines.includes(back);
  const { preset, revision, updatedAt } = now;
  const front = newer ? { ...now, preset: back.preset, updatedAt: back.updatedAt, deletedAt: null } : now;
  const rest = [
    ...(newer ? [{ preset, revision, updatedAt }] : []),
    ...lines.filter((line) => !newer || line !== back),
  ];
  const older = [...rest.map(strip), ...now.older]
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
    .slice(0, MAX_OLDER);
  return { ...front, revision: newer ? revision + 1 : revision, older };
}

function strip(line: PresetRecord['older'][number] | PresetRecord): PresetRecord['older'][number] {
  if (!('deletedAt' in line)) return line;
  const { preset, revision, updatedAt } = line;
  return { preset, revision, updatedAt };
}

function canonical(value: unknown): string {
  const plain = value as Plain | undefined;
  return isPlainObject(plain) ? canonicalJson(plain) : '';
}
