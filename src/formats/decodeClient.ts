// The door for a page that stays alive: what is large is read in a worker, the rest at once.
import { readAnyFile, unlock } from './decodeFile.ts';
import workerUrl from './decode.worker.ts?worker&url';
import { MAX_FILE_BYTES } from './parseJson.ts';
import type { Locked, Opened } from './decodedFile.ts';

export type ToReader = { readonly file: Blob } | { readonly locked: Locked; readonly passphrase: string };

/** Like `readAnyFile`, however large. The content of a backup stays behind. Never rejects. */
export function readFileBeside(file: Blob): Promise<Opened> {
  if (file.size <= MAX_FILE_BYTES) return readAnyFile(file);
  return ask({ file }).catch(() => readAnyFile(file));
}

/** Like `unlock`, however large. Never rejects. */
export function unlockBeside(locked: Locked, passphrase: string): Promise<Opened> {
  if (locked.content.byteLength <= MAX_FILE_BYTES) return unlock(locked, passphrase);
  return ask({ locked, passphrase }).catch(() => unlock(locked, passphrase));
}

/** Rejects where no worker starts. */
async function ask(what: ToReader): Promise<Opened> {
  const worker = new Worker(workerUrl, { type: 'module' });
  try {
    return await new Promise<Opened>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Opened>) => {
        resolve(data);
      };
      worker.onerror = ({ message }) => {
        reject(new Error(message));
      };
      worker.postMessage(what);
    });
  } finally {
    worker.terminate();
  }
}
