// Key-value records: in IndexedDB through idb-keyval, or in memory where there is no database.
import { get, promisifyRequest, update } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';
import { createYielder } from '../lib/yieldToMain.ts';
import { StorageError } from './storageError.ts';

/** What to do with a record after reading it: `put` replaces it; without `put` it stays as it is. */
export interface UpdateResult<T> {
  readonly result: T;
  readonly put?: unknown;
}

/** The same for many records: those in `put` are written, all others stay as they are. */
export interface UpdateAllResult<T> {
  readonly result: T;
  readonly put: ReadonlyMap<string, unknown>;
}

/** Records under a prefix. */
export interface Entries {
  readonly entries: readonly (readonly [key: string, value: unknown])[];
  /** Records that the browser itself could not read back. */
  readonly unreadable: number;
}

/** Where records are stored. Every method is one transaction and rejects with the browser's own error. */
export interface KeyValueStore {
  get(key: string): Promise<unknown>;
  /** All records whose key starts with `prefix`. */
  entries(prefix: string): Promise<Entries>;
  count(prefix: string): Promise<number>;
  /** All records by key, as they are at one moment. */
  readAll(): Promise<ReadonlyMap<string, unknown>>;
  /** Reads, decides and writes without anything in between. */
  update<T>(key: string, decide: (old: unknown) => UpdateResult<T>): Promise<T>;
  /** The same over all records: all is written or nothing. */
  updateAll<T>(decide: (records: ReadonlyMap<string, unknown>) => UpdateAllResult<T>): Promise<T>;
  /** All of them or none; begins in the caller's task if it can, for a page that is being unloaded. */
  put(records: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

/** Records read at once: deserializing more of them in one go would hold up the page. */
const CHUNK_RECORDS = 200;

/** Thrown inside idb-keyval's `update` to leave the record as it is. */
const UNCHANGED = new Error('unchanged');

/**
 * Stores records in IndexedDB.
 * @param use - runs one transaction
 * @returns the store
 */
export function indexedDbStore(use: UseStore): KeyValueStore {
  return {
    get: (key) => get<unknown>(key, use),

    async entries(prefix) {
      const yieldToMain = createYielder();
      const entries: (readonly [string, unknown])[] = [];
      let unreadable = 0;
      let after = '';
      for (;;) {
        const range = IDBKeyRange.bound(after || prefix, `${prefix}\uffff`, after !== '');
        const chunk = await readChunk(range, use);
        entries.push(...chunk.entries);
        unreadable += chunk.unreadable;
        if (chunk.lastKey === null) return { entries, unreadable };
        after = chunk.lastKey;
        await yieldToMain();
      }
    },

    count: (prefix) =>
      use('readonly', (store) => promisifyRequest(store.count(IDBKeyRange.bound(prefix, `${prefix}\uffff`)))),

    readAll: () => use('readonly', readEverything),

    async update<T>(key: string, decide: (old: unknown) => UpdateResult<T>): Promise<T> {
      let decision: UpdateResult<T> | undefined;
      try {
        await update<unknown>(
          key,
          (old) => {
            decision = decide(old);
            if (decision.put === undefined) throw UNCHANGED;
            return decision.put;
          },
          use,
        );
      } catch (error) {
        if (error !== UNCHANGED) throw error;
      }
      if (!decision) throw new StorageError('no-response');
      return decision.result;
    },

    updateAll: (decide) =>
      use('readwrite', async (store) => {
        const records = await readEverything(store);
        try {
          const { result, put } = decide(records);
          for (const [key, value] of put) store.put(value, key);
          await promisifyRequest(store.transaction);
          return result;
        } catch (error) {
          abort(store.transaction);
          throw error;
        }
      }),

    put: (records) =>
      use('readwrite', (store) => {
        for (const [key, value] of records) store.put(value, key);
        const done = promisifyRequest(store.transaction);
        // Without this a page that is being unloaded takes the write with it.
        store.transaction.commit();
        return done;
      }),

    remove: (keys) =>
      use('readwrite', (store) => {
        for (const key of keys) store.delete(key);
        return promisifyRequest(store.transaction);
      }),
  };
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

async function readEverything(store: IDBObjectStore): Promise<ReadonlyMap<string, unknown>> {
  const [keys, values] = await Promise.all([
    promisifyRequest(store.getAllKeys()),
    promisifyRequest<unknown[]>(store.getAll()),
  ]);
  return new Map(keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index]] as const] : [])));
}

interface Chunk extends Entries {
  /** Where the next chunk begins; null after the last. */
  readonly lastKey: string | null;
}

async function readChunk(range: IDBKeyRange, use: UseStore): Promise<Chunk> {
  const getKeys = (store: IDBObjectStore): Promise<IDBValidKey[]> =>
    promisifyRequest(store.getAllKeys(range, CHUNK_RECORDS));
  const both = await use('readonly', (store) =>
    Promise.all([getKeys(store), promisifyRequest<unknown[]>(store.getAll(range, CHUNK_RECORDS))]),
  ).catch(() => null);
  // One record that cannot be read fails its whole chunk: then they are read one by one.
  const keys = (both?.[0] ?? (await use('readonly', getKeys))).filter((key) => typeof key === 'string');
  const lastKey = keys[CHUNK_RECORDS - 1] ?? null;
  const values = both?.[1];
  if (values) return { entries: keys.map((key, i) => [key, values[i]]), unreadable: 0, lastKey };
  const entries: [string, unknown][] = [];
  for (const key of keys) {
    try {
      entries.push([key, await get<unknown>(key, use)]);
    } catch {
      // Counted below.
    }
  }
  return { entries, unreadable: keys.length - entries.length, lastKey };
}

/**
 * Stores records in memory, for this visit only.
 * @returns an empty store
 */
export function memoryStore(): KeyValueStore {
  const records = new Map<string, unknown>();
  const put = (many: Iterable<readonly [string, unknown]>): void => {
    for (const [key, value] of structuredClone([...many])) records.set(key, value);
  };
  return {
    get: (key) => Promise.resolve(structuredClone(records.get(key))),
    entries: (prefix) =>
      Promise.resolve({
        entries: structuredClone([...records].filter(([key]) => key.startsWith(prefix))),
        unreadable: 0,
      }),
    count: (prefix) => Promise.resolve([...records.keys()].filter((key) => key.startsWith(prefix)).length),
    readAll: () => Promise.resolve(structuredClone(records)),
    update: (key, decide) => {
      const { result, put: value } = decide(structuredClone(records.get(key)));
      if (value !== undefined) put([[key, value]]);
      return Promise.resolve(result);
    },
    updateAll: (decide) => {
      const { result, put: values } = decide(structuredClone(records));
      put(values);
      return Promise.resolve(result);
    },
    put: (many) => {
      put(many);
      return Promise.resolve();
    },
    remove: (keys) => {
      for (const key of keys) records.delete(key);
      return Promise.resolve();
    },
  };
}
