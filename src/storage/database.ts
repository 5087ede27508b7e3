// The line to the browser's database: opened once, reopened when the browser drops it, let go when another tab needs it.
import type { UseStore } from 'idb-keyval';
import { refuseSealed } from './writesDisabled.ts';

const DATABASE_VERSION = 1;
const STORE = 'records';
/** A database that has not opened by then will not (another tab holds it, or the disk hangs). */
const OPEN_TIMEOUT_MS = 5000;

export interface ConnectionEvents {
  /** The database belongs to a newer version of the app: it can be read, not written. */
  newer(): void;
}

type Callback<T> = (store: IDBObjectStore) => T | PromiseLike<T>;

export class Connection {
  readonly #name: string;
  readonly #events: ConnectionEvents;
  #opening: Promise<IDBDatabase> | undefined;
  /** The open line. */
  #db: IDBDatabase | undefined;

  constructor(name: string, events: ConnectionEvents) {
    this.#name = name;
    this.#events = events;
  }

  /** One transaction over the one store: "saved" is said when it is on the disk, not when it is on its way there. */
  readonly use: UseStore = (mode, callback) => this.#twice(mode, 'strict', callback);

  /** The same without waiting for the disk: outlives the page and the browser, though not a power cut. */
  readonly useRelaxed: UseStore = (mode, callback) => this.#twice(mode, 'relaxed', callback);

  /** Tried once more on a fresh line when the old one had been cut. */
  async #twice<T>(mode: IDBTransactionMode, durability: IDBTransactionDurability, callback: Callback<T>): Promise<T> {
    try {
      return await this.#transact(mode, durability, callback);
    } catch (error) {
      if (!isCut(error)) throw error;
      this.#drop();
      return this.#transact(mode, durability, callback);
    }
  }

  /** On an open line the work begins in the calling turn of the event loop: for a page that is going it is the last. */
  async #transact<T>(
    mode: IDBTransactionMode,
    durability: IDBTransactionDurability,
    callback: Callback<T>,
  ): Promise<T> {
    refuseSealed();
    const db = this.#db ?? (await (this.#opening ??= this.#open()));
    const transaction = db.transaction(STORE, mode, { durability });
    const causes: (DOMException | null)[] = [];
    transaction.addEventListener('error', ({ target }) => {
      if (target instanceof IDBRequest) causes.push(target.error);
    });
    try {
      return await callback(transaction.objectStore(STORE));
    } catch (error) {
      if (error instanceof Error) throw error;
      // A failed request ends its transaction before the transaction knows why.
      throw causes[0] ?? transaction.error ?? new Error('The database did not say what went wrong.');
    }
  }

  #drop(): void {
    this.#db?.close();
    this.#forget();
  }

  #forget(): void {
    this.#db = undefined;
    this.#opening = undefined;
  }

  async #open(): Promise<IDBDatabase> {
    try {
      const db = await openDatabase(this.#name, DATABASE_VERSION).catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
        this.#events.newer();
        return openDatabase(this.#name, undefined);
      });
      if (!db.objectStoreNames.contains(STORE)) {
        db.close();
        throw new Error('The database on this device is not one of ours.');
      }
      db.onclose = () => {
        this.#forget();
      };
      db.onversionchange = ({ newVersion }) => {
        db.close();
        this.#forget();
        // null: someone deletes the database (site data cleared); the next call makes a new one.
        if (newVersion !== null) this.#events.newer();
      };
      this.#db = db;
      return db;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }
}

function openDatabase(name: string, version: number | undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error('The database did not open in time.'));
    }, OPEN_TIMEOUT_MS);
    request.onupgradeneeded = () => {
      if (!request.result.objectStoreNames.contains(STORE)) request.result.createObjectStore(STORE);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      // Nobody waits any longer, and an open line would stand in the way of an update.
      if (late) request.result.close();
      else resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('The database did not open.'));
    };
  });
}

/** What browsers say when they have closed the line behind our back. */
function isCut(error: unknown): boolean {
  if (!(error instanceof DOMException)) return false;
  return (
    error.name === 'InvalidStateError' ||
    error.name === 'UnknownError' ||
    error.name === 'AbortError' ||
    /connection/i.test(error.message)
  );
}

export function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
