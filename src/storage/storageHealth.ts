// State of the storage: whether data lasts, may be written, fits on the disk, and whether the browser has evicted it.
import { Signal } from '../lib/signal.ts';
import { isNewerRecord, RECORD_SCHEMA } from '../formats/storedRecord.ts';
import { KEYS, PREFIXES } from './database.ts';
import type { Database } from './database.ts';
import { EvictionMarker } from './evictionMarker.ts';
import type { EvictedData } from './evictionMarker.ts';
import { StorageError, storageErrorCode } from './storageError.ts';

/** State of the storage, for the screen. */
export type StorageStatus =
  /** `persistent`: the browser has promised not to evict the data. */
  | { readonly kind: 'ready'; readonly persistent: boolean }
  /** Stored for this visit only: no database (private window, storage switched off), or no room on the disk. */
  | { readonly kind: 'memory'; readonly reason: 'unavailable' | 'quota-exceeded' }
  /** A newer version of the app wrote this data: it is shown, not changed. */
  | { readonly kind: 'readOnly' };

/** One for all stores of a page: they report to it, the screen reads it. */
export class StorageHealth {
  readonly #database: Database;
  readonly #marker: EvictionMarker;
  readonly #changed = new Signal<void>();
  #persistent = false;
  #full = false;
  #readOnly = false;
  #evicted: EvictedData | null = null;

  /**
   * @param database - the database it is about
   */
  constructor(database: Database) {
    this.#database = database;
    this.#marker = new EvictionMarker(database.name);
    database.onNewerVersion(() => {
      this.reportNewerVersion();
    });
  }

  /** State now. */
  get status(): StorageStatus {
    if (this.#readOnly) return { kind: 'readOnly' };
    if (this.#database.inMemory) return { kind: 'memory', reason: 'unavailable' };
    if (this.#full) return { kind: 'memory', reason: 'quota-exceeded' };
    return { kind: 'ready', persistent: this.#persistent };
  }

  /** True when a newer version of the app has written here: nothing may be changed. */
  get readOnly(): boolean {
    return this.#readOnly;
  }

  /** What the browser has evicted, until the person dismisses it. */
  get evicted(): EvictedData | null {
    return this.#evicted;
  }

  /**
   * Calls a listener whenever `status` changes.
   * @param listener - reads it anew
   * @returns unsubscribe function
   */
  subscribe(listener: () => void): () => void {
    return this.#changed.subscribe(listener);
  }

  /**
   * Asks the browser not to evict the data.
   * @returns true when it has promised that
   */
  async requestPersistence(): Promise<boolean> {
    try {
      const persistent = await navigator.storage.persist();
      if (persistent !== this.#persistent) {
        this.#persistent = persistent;
        this.#changed.emit();
      }
      return persistent;
    } catch {
      return false;
    }
  }

  /** The person knows about the eviction. */
  dismissEviction(): void {
    this.#marker.clear();
    this.#evicted = null;
    this.#database.announce('presets');
  }

  /**
   * Checks at the start that the database can be read and written; a full disk is reported, not thrown.
   * @throws StorageError or DOMException when the database cannot be used at all
   */
  async probe(): Promise<void> {
    const meta = await this.#database.get(KEYS.meta);
    if (isNewerRecord(meta)) this.reportNewerVersion();
    if (this.#readOnly) return;
    const marker = this.#marker.read();
    if (marker.lost) this.#evicted = marker;
    else if (meta === undefined) this.#evicted = this.#marker.markLost();
    try {
      await this.#database.update(KEYS.meta, (old) =>
        old === undefined ? { result: null, put: { schema: RECORD_SCHEMA } } : { result: null },
      );
    } catch (error) {
      if (storageErrorCode(error) !== 'quota-exceeded') throw error;
      this.#full = true;
    }
  }

  /** Reads whether the browser has promised not to evict the data. */
  async checkPersistence(): Promise<void> {
    try {
      this.#persistent = await navigator.storage.persisted();
    } catch {
      this.#persistent = false;
    }
  }

  /**
   * Call before a write.
   * @throws StorageError `newer-version` when nothing may be changed
   */
  assertWritable(): void {
    if (this.#readOnly) throw new StorageError('newer-version');
  }

  /** A record or the database itself was written by a newer version of the app: from now on nothing is changed. */
  reportNewerVersion(): void {
    if (this.#readOnly) return;
    this.#readOnly = true;
    this.#changed.emit();
  }

  /**
   * Call after each write: a full disk shows in `status` until a write succeeds again.
   * @param error - why it failed; undefined when it succeeded
   */
  reportWrite(error: unknown): void {
    const full = storageErrorCode(error) === 'quota-exceeded';
    if (full === this.#full || this.#database.inMemory) return;
    if (error !== undefined && !full) return;
    this.#full = full;
    this.#changed.emit();
  }

  /**
   * Call after reading all presets: an empty database that nobody emptied was evicted, perhaps while the page was open.
   * @param records - number of preset records
   * @param presets - number of presets that are not deleted
   */
  async checkEviction(records: number, presets: number): Promise<void> {
    if (this.#database.inMemory || this.#readOnly) return;
    // Another tab may have dismissed it.
    if (this.#evicted && !this.#marker.read().lost) this.#evicted = null;
    if (records === 0 && (await this.#database.get(KEYS.meta)) === undefined) {
      this.#evicted ??= this.#marker.markLost();
      await this.#database.put([[KEYS.meta, { schema: RECORD_SCHEMA }]]).catch(() => undefined);
    } else await this.recordCounts(presets);
  }

  /**
   * Writes into the eviction marker how much is stored.
   * @param presets - number of presets that are not deleted
   */
  async recordCounts(presets: number): Promise<void> {
    if (this.#database.inMemory) return;
    const practice = await this.#database.count(PREFIXES.practice).catch(() => this.#marker.read().practice);
    this.#marker.record({ presets, practice });
  }

  /**
   * Writes into the eviction marker when the last backup was made.
   * @param backupAt - ISO 8601
   */
  recordBackup(backupAt: string): void {
    this.#marker.record({ backupAt });
  }
}
