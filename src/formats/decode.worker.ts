// Worker that decodes large files and decrypts. Built with the page, whose files it shares.
import { serveWorker } from '../lib/workerRpc.ts';
import { readAnyFile, unlock } from './decodeFile.ts';
import type { Locked, Opened } from './decodedFile.ts';

const api = {
  decodeFile: async (file: Blob): Promise<Opened> => withoutBackup(await readAnyFile(file)),
  decrypt: async ({ locked, passphrase }: { readonly locked: Locked; readonly passphrase: string }): Promise<Opened> =>
    withoutBackup(await unlock(locked, passphrase)),
};

/** Functions of this worker. */
export type DecodeApi = typeof api;
serveWorker<DecodeApi>(api);

/** Backups are opened in a place of their own; here their contents are not used. */
function withoutBackup(opened: Opened): Opened {
  return opened.ok && opened.kind === 'backup' ? { ...opened, value: null } : opened;
}
