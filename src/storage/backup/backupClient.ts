// The page's side of the backup worker.
import { WorkerClient } from '../../lib/workerRpc.ts';
import { DATABASE_NAME } from '../database.ts';
import type { RestoreResult, RestoreSelection } from './backup.ts';
import type { BackupApi, BackupFile, BackupPreview } from './backup.worker.ts';
import workerUrl from './backup.worker.ts?worker&url';

export const BACKUP_EXTENSION = '.hush-backup.json';

/** Makes, opens and restores backups in a worker. All methods reject with a `WorkerError`. */
export class BackupClient {
  readonly #databaseName: string;
  readonly #worker = new WorkerClient<BackupApi>(() => new Worker(workerUrl, { type: 'module' }));

  /**
   * @param databaseName - another database than the app's own, for tests
   */
  constructor(databaseName: string = DATABASE_NAME) {
    this.#databaseName = databaseName;
  }

  /**
   * Makes a backup of everything stored.
   * @param passphrase - encrypts it; empty: it stays readable
   * @param createdAt - date written into it
   * @returns the file
   */
  create(passphrase: string, createdAt: Date): Promise<BackupFile> {
    return this.#worker.call('create', { databaseName: this.#databaseName, passphrase, createdAt });
  }

  /**
   * Opens a file that the person chose.
   * @param file - any file
   * @returns what it holds
   */
  open(file: Blob): Promise<BackupPreview> {
    return this.#worker.call('open', file);
  }

  /**
   * Decrypts the file that was opened last.
   * @param passphrase - as typed
   * @returns what it holds
   */
  decrypt(passphrase: string): Promise<BackupPreview> {
    return this.#worker.call('decrypt', passphrase);
  }

  /**
   * Restores the backup that was opened last: all that was selected, or nothing.
   * @param selection - which parts
   * @returns how many records were changed
   */
  restore(selection: RestoreSelection): Promise<RestoreResult> {
    return this.#worker.call('restore', { databaseName: this.#databaseName, selection });
  }

  /** Ends the worker, and with it whatever it is doing. */
  terminate(): void {
    this.#worker.terminate();
  }
}
