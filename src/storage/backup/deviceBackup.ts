// Everything this app keeps in the browser: gathered for a backup, or put back from one.
import { promisifyRequest } from 'idb-keyval';
import { Connection } from '../database.ts';
import { canonicalJson, isPlainObject } from '../../formats/sanitizeJson.ts';
import type { Plain } from '../../formats/sanitizeJson.ts';
import { isNewer, MAX_OLDER, readPresetRecord, readSettingsRecord, SCHEMA } from '../presetRecord.ts';
import type { PresetRecord } from '../presetRecord.ts';
import type { Backup, Kept } from '../../formats/backup.ts';
import { restoreEntry } from '../../formats/practiceEntry.ts';
import type { PracticeEntry } from '../../formats/practiceRecord.ts';

export const DATABASE = 'hushcraft';
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

export interface Gathered {
  readonly kept: Kept;
  /** Records that could not be read. */
  readonly unreadable: number;
}

/** Everything readable that is kept. Deleted sounds in their thirty days go along too. Rejects without a database. */
export async function gather(databaseName: string): Promise<Gathered> {
  const records = await connect(databaseName).use('readonly', readAll);
  const presets: PresetRecord[] = [];
  const practice: PracticeEntry[] = [];
  let unreadable = 0;
  for (const [key, value] of records) {
    if (key.startsWith(PRESETS)) {
      const read = readPresetRecord(key.slice(PRESETS.length), value);
      if (read.kind === 'ok') presets.push(read.record);
      else unreadable += 1;
    } else if (key.startsWith(PRACTICE)) {
      const restored = restoreEntry(value);
      if (restored.ok) practice.push(restored.entry);
      else unreadable += 1;
    }
  }
  return { kept: { presets, practice, settings: readSettingsRecord(records.get(SETTINGS)) }, unreadable };
}

/**
 * Puts back what was chosen, in one transaction: all of it or nothing. What is here already stays; of two versions of a sound
 * the later one is shown and the other is kept among its earlier ones; what was deleted here is there again. Rejects when it
 * could not be written, and where a newer version of the app has been.
 */
export async function putBack(backup: Backup, chosen: Chosen, databaseName: string): Promise<PutBack> {
  let added = 0;
  let same = 0;
  await connect(databaseName).use('readwrite', async (store) => {
    const here = await readAll(store);
    if ([...here.values()].some(isNewer)) throw new Error('A newer version of Hushcraft has been here.');
    // Begun anew when the line to the database was cut.
    [added, same] = [0, 0];
    const put = (key: string, value: unknown): void => {
      if (here.has(key) && canonical(here.get(key)) === canonical(value)) {
        same += 1;
        return;
      }
      added += 1;
      store.put(value, key);
    };
    try {
      putChosen();
    } catch (error) {
      store.transaction.abort();
      throw error;
    }
    return promisifyRequest(store.transaction);

    function putChosen(): void {
      if (chosen.presets) {
        for (const record of backup.presets) {
          const { id } = record.preset as { readonly id: string };
          put(PRESETS + id, merged(readPresetRecord(id, here.get(PRESETS + id)), record));
        }
      }
      if (chosen.practice) for (const entry of backup.practice) put(PRACTICE + entry.id, entry);
      if (chosen.settings) {
        const settings = { ...readSettingsRecord(here.get(SETTINGS)), ...backup.settings };
        put(SETTINGS, { schema: SCHEMA, settings });
      }
    }
  });
  tell(databaseName);
  return { added, same };
}

function connect(name: string): Connection {
  return new Connection(name, { newer: () => undefined });
}

async function readAll(store: IDBObjectStore): Promise<Records> {
  const [keys, values] = await Promise.all([
    promisifyRequest(store.getAllKeys()),
    promisifyRequest<unknown[]>(store.getAll()),
  ]);
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

function merged(read: ReturnType<typeof readPresetRecord>, back: PresetRecord): PresetRecord {
  if (read.kind !== 'ok') return back;
  const here = { ...read.record, deletedAt: back.deletedAt === null ? null : read.record.deletedAt };
  const known = [here.preset, ...here.older.map(({ preset }) => preset)].map(canonical);
  const lines = [back, ...back.older].filter(({ preset }) => !known.includes(canonical(preset)));
  if (lines.length === 0) return here;
  const newer = back.updatedAt > here.updatedAt && lines.includes(back);
  const { revision } = here;
  const { preset, updatedAt, by, note } = back;
  const front = newer ? { ...here, preset, updatedAt, by, note } : here;
  const rest = [...(newer ? [here] : []), ...lines.filter((line) => !newer || line !== back)];
  const older = [...rest.map(strip), ...here.older]
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
    .slice(0, MAX_OLDER);
  return { ...front, revision: newer ? revision + 1 : revision, older };
}

function strip(line: PresetRecord['older'][number] | PresetRecord): PresetRecord['older'][number] {
  if (!('deletedAt' in line)) return line;
  const { preset, revision, updatedAt, by, note } = line;
  return { preset, revision, updatedAt, by, note };
}

function canonical(value: unknown): string {
  const plain = value as Plain | undefined;
  return isPlainObject(plain) ? canonicalJson(plain) : '';
}
