// The page's side of the backup worker: one job after the other, each with its answer.
import workerUrl from './backup.worker.ts?worker&url';
import type { FromBackupWorker, Looked, MadeBackup, ToBackupWorker } from './backupMessages.ts';
import { DATABASE } from './deviceBackup.ts';
import type { Chosen, PutBack } from './deviceBackup.ts';

export const BACKUP_EXTENSION = '.hush-backup.json';

type Answer<T extends FromBackupWorker['type']> = Extract<FromBackupWorker, { type: T }>;

export class BackupClient {
  readonly #databaseName: string;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(databaseName: string = DATABASE) {
    this.#databaseName = databaseName;
  }

  /** Everything kept here as a file; locked, unless the passphrase is empty. Rejects without a database. */
  async make(passphrase: string, createdAt: Date): Promise<MadeBackup> {
    const databaseName = this.#databaseName;
    return (await this.#run({ type: 'make', passphrase, createdAt, databaseName }, 'made')).made;
  }

  /** Looks into a file that a person chose. */
  async open(file: Blob): Promise<Looked> {
    return (await this.#run({ type: 'open', file }, 'looked')).looked;
  }

  /** Unlocks the file that was opened last. */
  async unlock(passphrase: string): Promise<Looked> {
    return (await this.#run({ type: 'unlock', passphrase }, 'looked')).looked;
  }

  /** Puts back what was opened last: all that was chosen, or nothing. Rejects when it could not be written. */
  async putBack(chosen: Chosen): Promise<PutBack> {
    return (await this.#run({ type: 'putBack', chosen, databaseName: this.#databaseName }, 'back')).back;
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #run<T extends FromBackupWorker['type']>(job: ToBackupWorker, expected: T): Promise<Answer<T>> {
    const run = this.#last.then(() => this.#ask(job, expected));
    this.#last = run.catch(() => undefined);
    return run;
  }

  #ask<T extends FromBackupWorker['type']>(job: ToBackupWorker, expected: T): Promise<Answer<T>> {
    const worker = (this.#worker ??= new Worker(workerUrl, { type: 'module' }));
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromBackupWorker>) => {
        if (data.type === expected) resolve(data as Answer<T>);
        else reject(new Error(data.type === 'failed' ? data.message : 'The backup worker answered something else.'));
      };
      worker.onerror = ({ message }) => {
        this.end();
        reject(new Error(message));
      };
      worker.postMessage(job);
    });
  }
}
