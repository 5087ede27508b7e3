// The page's side of the backup worker: one question at a time, one answer each.
import type { FromBackupWorker, ToBackupWorker } from './backupMessages.ts';

export class BackupClient {
  #worker: Worker | undefined;

  /** Rejects when the worker could not do it, whatever the reason. */
  ask(question: ToBackupWorker): Promise<Exclude<FromBackupWorker, { readonly type: 'failed' }>> {
    const worker = (this.#worker ??= new Worker(new URL('./backup.worker.ts', import.meta.url), { type: 'module' }));
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromBackupWorker>) => {
        if (data.type === 'failed') reject(new Error(data.message));
        else resolve(data);
      };
      worker.onerror = (event) => {
        this.end();
        reject(new Error(event.message));
      };
      worker.postMessage(question);
    });
  }

  /** Forgets what was opened. */
  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
