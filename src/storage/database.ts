// The app's database: all keys, one connection per page, one way to change a record, one announcement of changes to other tabs.
import { ChangeChannel } from './changeChannel.ts';
import type { ChangeKind } from './changeChannel.ts';
import { Connection } from './connection.ts';
import { indexedDbStore, memoryStore } from './keyValueStore.ts';
import type { Entries, KeyValueStore, UpdateAllResult, UpdateResult } from './keyValueStore.ts';
import { withLock } from './webLock.ts';

export const DATABASE_NAME = 'hushcraft';

/** Keys of single records. */
export const KEYS = { meta: 'meta', settings: 'settings' } as const;
/** First part of the keys of records of which there are many; an id follows. */
export const PREFIXES = { presets: 'preset/', practice: 'practice/', drafts: 'draft/' } as const;

/** Whether a write waits until it is flushed to the disk. */
type Durability = 'strict' | 'relaxed';

/** Open it once per page, and once in each worker that needs it. All methods reject with the browser's own error. */
export class Database {
  readonly name: string;
  readonly #connection: Connection;
  readonly #channel: ChangeChannel;
  #stores: Readonly<Record<Durability, KeyValueStore>>;
  #inMemory = false;

  /**
   * Opens nothing yet: the first call does.
   * @param name - name of the database; its locks, channels and local storage keys begin with it
   */
  constructor(name: string = DATABASE_NAME) {
    this.name = name;
    this.#connection = new Connection(name);
    this.#channel = new ChangeChannel(name);
    this.#stores = {
      strict: indexedDbStore(this.#connection.strict),
      relaxed: indexedDbStore(this.#connection.relaxed),
    };
  }

  /** True when records live in memory only, until the page is closed. */
  get inMemory(): boolean {
    return this.#inMemory;
  }

  /** Goes on in memory, empty: there is no database that works. */
  useMemory(): void {
    const store = memoryStore();
    this.#stores = { strict: store, relaxed: store };
    this.#inMemory = true;
  }

  /**
   * Reads one record.
   * @param key - its key
   * @returns the record, undefined when there is none
   */
  get(key: string): Promise<unknown> {
    return this.#stores.strict.get(key);
  }

  /**
   * Reads all records under a prefix, in chunks between which the page can do other work.
   * @param prefix - one of `PREFIXES`
   * @returns the records, and how many could not be read
   */
  entries(prefix: string): Promise<Entries> {
    return this.#stores.strict.entries(prefix);
  }

  /**
   * Counts records.
   * @param prefix - one of `PREFIXES`
   * @returns number of records under it
   */
  count(prefix: string): Promise<number> {
    return this.#stores.strict.count(prefix);
  }

  /**
   * Reads everything in one transaction.
   * @returns all records by key
   */
  readAll(): Promise<ReadonlyMap<string, unknown>> {
    return this.#stores.strict.readAll();
  }

  /**
   * Changes one record: read, decide, write in one transaction, one tab after the other. Announces what it wrote.
   * @param key - its key
   * @param decide - gets the record as it is now; may run twice when the connection is lost
   * @param durability - `relaxed`: does not wait for the disk
   * @returns the decision's result
   */
  async update<T>(
    key: string,
    decide: (old: unknown) => UpdateResult<T>,
    durability: Durability = 'strict',
  ): Promise<T> {
    let written = false as boolean;
    const result = await withLock(`${this.name}/${key}`, () =>
      this.#stores[durability].update(key, (old) => {
        const decision = decide(old);
        written = decision.put !== undefined;
        return decision;
      }),
    );
    if (written) this.#announceKeys([key]);
    return result;
  }

  /**
   * Changes many records in one transaction: all is written or nothing. Announces what it wrote.
   * @param decide - gets all records as they are now; may run twice when the connection is lost
   * @returns the decision's result
   */
  async updateAll<T>(decide: (records: ReadonlyMap<string, unknown>) => UpdateAllResult<T>): Promise<T> {
    let keys: string[] = [];
    const result = await this.#stores.strict.updateAll((records) => {
      const decision = decide(records);
      keys = [...decision.put.keys()];
      return decision;
    });
    this.#announceKeys(keys);
    return result;
  }

  /**
   * Writes records whatever is stored under their keys: all of them or none. Begins in the caller's task if it can.
   * @param records - key and value of each
   * @param durability - `relaxed`: does not wait for the disk
   */
  async put(
    records: readonly (readonly [key: string, value: unknown])[],
    durability: Durability = 'strict',
  ): Promise<void> {
    await this.#stores[durability].put(records);
    this.#announceKeys(records.map(([key]) => key));
  }

  /**
   * Removes records.
   * @param keys - their keys
   */
  async remove(keys: readonly string[]): Promise<void> {
    await this.#stores.strict.remove(keys);
    this.#announceKeys(keys);
  }

  /**
   * Tells the other tabs that something changed. Writes are announced by themselves.
   * @param kind - what changed
   */
  announce(kind: ChangeKind): void {
    this.#channel.announce(kind);
  }

  /**
   * Calls a listener when another tab, or a worker of this page, changed something.
   * @param kind - which changes
   * @param listener - reads anew
   * @returns unsubscribe function
   */
  subscribe(kind: ChangeKind, listener: () => void): () => void {
    return this.#channel.subscribe(kind, listener);
  }

  /**
   * Calls a listener when a newer version of the app has upgraded the database: it can still be read.
   * @param listener - stops writing
   * @returns unsubscribe function
   */
  onNewerVersion(listener: () => void): () => void {
    return this.#connection.newerVersion.subscribe(listener);
  }

  /** Closes connection and channels: for a worker that has done its job. */
  close(): void {
    this.#connection.close();
    this.#channel.close();
  }

  #announceKeys(keys: readonly string[]): void {
    const kinds: Readonly<Record<Exclude<ChangeKind, 'deleted'>, string>> = {
      presets: PREFIXES.presets,
      practice: PREFIXES.practice,
      settings: KEYS.settings,
    };
    for (const [kind, start] of Object.entries(kinds)) {
      if (keys.some((key) => key.startsWith(start))) this.announce(kind as ChangeKind);
    }
  }
}
