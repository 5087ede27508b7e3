// The page's side of the decode worker: what is large is decoded in the worker, everything else at once.
import { WorkerClient } from '../lib/workerRpc.ts';
import type { DecodeApi } from './decode.worker.ts';
import workerUrl from './decode.worker.ts?worker&url';
import { decodeFile, decodeEncrypted } from './decodeFile.ts';
import type { EncryptedContent, DecodedFile } from './decodedFile.ts';
import { MAX_FILE_BYTES } from './json.ts';

/**
 * Like `decodeFile`, for files of any size; the contents of a backup are left out. Never rejects.
 * @param file - any file
 * @returns what it holds, or why it was refused
 */
export function decodeFileInWorker(file: Blob): Promise<DecodedFile> {
  if (file.size <= MAX_FILE_BYTES) return decodeFile(file);
  return inWorker((worker) => worker.call('decodeFile', file)).catch(() => decodeFile(file));
}

/**
 * Like `decodeEncrypted`, for content of any size. Never rejects.
 * @param locked - encrypted content
 * @param passphrase - as typed
 * @returns what it holds, or why it was refused
 */
export function decryptInWorker(locked: EncryptedContent, passphrase: string): Promise<DecodedFile> {
  if (locked.content.byteLength <= MAX_FILE_BYTES) return decodeEncrypted(locked, passphrase);
  return inWorker((worker) => worker.call('decrypt', { locked, passphrase })).catch(() =>
    decodeEncrypted(locked, passphrase),
  );
}

/** A worker for one call. Rejects where no worker starts. */
async function inWorker<T>(call: (worker: WorkerClient<DecodeApi>) => Promise<T>): Promise<T> {
  const worker = new WorkerClient<DecodeApi>(() => new Worker(workerUrl, { type: 'module' }));
  try {
    return await call(worker);
  } finally {
    worker.terminate();
  }
}
