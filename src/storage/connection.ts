// IndexedDB connection: opened at first use, reopened when the browser drops it, closed when another tab needs the database.
import type { UseStore } from 'idb-keyval';
import { Signal } from '../lib/signal.ts';
import { StorageError } from './storageError.ts';
import { assertWritable } from './writesDisabled.ts';

const DATABASE_VERSION = 1;
const OBJECT_STORE = 'records';
/** A database that has not opened by then will not (another tab blocks it, or the disk hangs). */
const OPEN_TIMEOUT_MS = 5000;

type Callback<T> = (store: IDBObjectStore) => T | PromiseLike<T>;

/** One connection to one database with one object store. */
export class Connection {
  /** The database belongs to a newer version of the app: it can be read, not written. */
  readonly newerVersion = new Signal<void>();
  readonly #name: string;
  #opening: Promise<IDBDatabase> | undefined;
  #db: IDBDatabase | undefined;

  /**
   * @param name - name of the database
   */
  constructor(name: string) {
    this.#name = name;
  }

  /** Runs one transaction that is flushed to the disk before it completes. */
  readonly strict: UseStore = (mode, callback) => this.#withRetry(mode, 'strict', callback);

  /** Runs one transaction that survives the page and the browser, but not a power cut. */
  readonly relaxed: UseStore = (mode, callback) => this.#withRetry(mode, 'relaxed', callback);

  /** Closes the connection; the next transaction opens it again. */
  close(): void {
    this.#db?.close();
    this.#forget();
  }

  /** A transaction that died with its connection is tried once more on a new one. */
  async #withRetry<T>(
    mode: IDBTransactionMode,
    durability: IDBTransactionDurability,
    callback: Callback<T>,
  ): Promise<T> {
    try {
      return await this.#transact(mode, durability, callback);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      this.close();
      return this.#transact(mode, durability, callback);
    }
  }

  /** With an open connection the transaction begins in the caller's task: a page that is being unloaded has no other. */
  async #transact<T>(
    mode: IDBTransactionMode,
    durability: IDBTransactionDurability,
    callback: Callback<T>,
  ): Promise<T> {
    assertWritable();
    const db = this.#db ?? (await (this.#opening ??= this.#open()));
    const transaction = db.transaction(OBJECT_STORE, mode, { durability });
    const causes: (DOMException | null)[] = [];
    transaction.addEventListener('error', ({ target }) => {
      if (target instanceof IDBRequest) causes.push(target.error);
    });
    try {
      return await callback(transaction.objectStore(OBJECT_STORE));
    } catch (error) {
      if (error instanceof Error) throw error;
      // A failed request ends its transaction before the transaction has an error of its own.
      throw causes[0] ?? transaction.error ?? new StorageError('no-response');
    }
  }

  #forget(): void {
    this.#db = undefined;
    this.#opening = undefined;
  }

  async #open(): Promise<IDBDatabase> {
    try {
      const db = await openDatabase(this.#name, DATABASE_VERSION).catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
        this.newerVersion.emit();
        return openDatabase(this.#name, undefined);
      });
      if (!db.objectStoreNames.contains(OBJECT_STORE)) {
        db.close();
        throw new StorageError('foreign-database');
      }
      db.onclose = () => {
        this.#forget();
      };
      db.onversionchange = ({ newVersion }) => {
        db.close();
        this.#forget();
        // null: the database is being deleted (site data cleared); the next transaction creates a new one.
        if (newVersion !== null) this.newerVersion.emit();
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
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      reject(new StorageError('no-response'));
    }, OPEN_TIMEOUT_MS);
    request.onupgradeneeded = () => {
      if (!request.result.objectStoreNames.contains(OBJECT_STORE)) request.result.createObjectStore(OBJECT_STORE);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      // Nobody waits for it any more, and an open connection would block an upgrade.
      if (timedOut) request.result.close();
      else resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new StorageError('no-response'));
    };
  });
}

/** What browsers report when they have closed the connection by themselves. */
function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof DOMException)) return false;
  return (
    error.name === 'InvalidStateError' ||
    error.name === 'UnknownError' ||
    error.name === 'AbortError' ||
    /connection/i.test(error.message)
  );
}
