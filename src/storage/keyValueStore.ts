// Where records lie: in the browser's database through idb-keyval, or in memory when there is none.
import { get, promisifyRequest, update } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';
import { breaths } from '../lib/yieldToMain.ts';

/** What to do with a record after a look at it: `put` replaces it, without `put` it stays as it is. */
export interface Decision<T> {
  readonly result: T;
  readonly put?: unknown;
}

export interface Entries {
  readonly entries: readonly (readonly [key: string, value: unknown])[];
  /** Records that the browser itself could not read back. */
  readonly lost: number;
}

export interface KeyValue {
  get(key: string): Promise<unknown>;
  /** All records whose key starts with `prefix`. */
  entries(prefix: string): Promise<Entries>;
  count(prefix: string): Promise<number>;
  /** Looks at a record and changes it in one step that nothing can come between. */
  change<T>(key: string, decide: (old: unknown) => Decision<T>): Promise<T>;
  /** Writes in the calling turn of the event loop if it can: the page may be about to go. */
  put(key: string, value: unknown): Promise<void>;
  /** The same for many: all of them or none. */
  putAll(records: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

/** Records read at once: what the browser unpacks of them in one go must not hold up the page. */
const PIECE_RECORDS = 200;

/** Thrown inside idb-keyval's `update` to leave the record alone. */
const LEAVE = new Error('unchanged');

export function databaseKeyValue(use: UseStore): KeyValue {
  const putAll: KeyValue['putAll'] = (records) =>
    use('readwrite', (store) => {
      for (const [key, value] of records) store.put(value, key);
      const done = promisifyRequest(store.transaction);
      // Without this a page that is going takes the write with it.
      store.transaction.commit();
      return done;
    });
  return {
    get: (key) => get<unknown>(key, use),

    async entries(prefix) {
      const breathe = breaths();
      const entries: (readonly [string, unknown])[] = [];
      let lost = 0;
      let after = '';
      for (;;) {
        const range = IDBKeyRange.bound(after || prefix, `${prefix}\uffff`, after !== '');
        const piece = await readPiece(range, use);
        entries.push(...piece.entries);
        lost += piece.lost;
        if (piece.last === null) return { entries, lost };
        after = piece.last;
        await breathe();
      }
    },

    count: (prefix) =>
      use('readonly', (store) => promisifyRequest(store.count(IDBKeyRange.bound(prefix, `${prefix}\uffff`)))),

    async change<T>(key: string, decide: (old: unknown) => Decision<T>): Promise<T> {
      let decision: Decision<T> | undefined;
      try {
        await update<unknown>(
          key,
          (old) => {
            decision = decide(old);
            if (decision.put === undefined) throw LEAVE;
            return decision.put;
          },
          use,
        );
      } catch (error) {
        if (error !== LEAVE) throw error;
      }
      if (!decision) throw new Error('The database did not answer.');
      return decision.result;
    },

    put: (key, value) => putAll([[key, value]]),
    putAll,

    remove: (keys) =>
      use('readwrite', (store) => {
        for (const key of keys) store.delete(key);
        return promisifyRequest(store.transaction);
      }),
  };
}

interface Piece extends Entries {
  /** Where the next piece begins; null after the last. */
  readonly last: string | null;
}

async function readPiece(range: IDBKeyRange, use: UseStore): Promise<Piece> {
  const getKeys = (store: IDBObjectStore): Promise<IDBValidKey[]> =>
    promisifyRequest(store.getAllKeys(range, PIECE_RECORDS));
  const both = await use('readonly', (store) =>
    Promise.all([getKeys(store), promisifyRequest<unknown[]>(store.getAll(range, PIECE_RECORDS))]),
  ).catch(() => null);
  // One record that cannot be read fails its whole piece: then they are read one by one.
  const keys = (both?.[0] ?? (await use('readonly', getKeys))).filter((key) => typeof key === 'string');
  const last = keys[PIECE_RECORDS - 1] ?? null;
  const values = both?.[1];
  if (values) return { entries: keys.map((key, i) => [key, values[i]]), lost: 0, last };
  const entries: [string, unknown][] = [];
  for (const key of keys) {
    try {
      entries.push([key, await get<unknown>(key, use)]);
    } catch {
      // Counted below.
    }
  }
  return { entries, lost: keys.length - entries.length, last };
}

/** For this visit only. */
export function memoryKeyValue(): KeyValue {
  const records = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(structuredClone(records.get(key))),
    entries: (prefix) =>
      Promise.resolve({
        entries: structuredClone([...records].filter(([key]) => key.startsWith(prefix))),
        lost: 0,
      }),
    count: (prefix) => Promise.resolve([...records.keys()].filter((key) => key.startsWith(prefix)).length),
    change: (key, decide) => {
      const { result, put } = decide(structuredClone(records.get(key)));
      if (put !== undefined) records.set(key, structuredClone(put));
      return Promise.resolve(result);
    },
    put: (key, value) => {
      records.set(key, structuredClone(value));
      return Promise.resolve();
    },
    putAll: (many) => {
      for (const [key, value] of structuredClone(many)) records.set(key, value);
      return Promise.resolve();
    },
    remove: (keys) => {
      for (const key of keys) records.delete(key);
      return Promise.resolve();
    },
  };
}
