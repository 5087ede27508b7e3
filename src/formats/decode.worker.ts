// Worker that decodes large files and decrypts. Built with the page, whose files it shares.
import { serveWorker } from '../lib/workerRpc.ts';
import { decodeFile, decodeEncrypted } from './decodeFile.ts';
import type { EncryptedContent, DecodedFile } from './decodedFile.ts';

const api = {
  decodeFile: async (file: Blob): Promise<DecodedFile> => withoutBackup(await decodeFile(file)),
  decrypt: async ({
    locked,
    passphrase,
  }: {
    readonly locked: EncryptedContent;
    readonly passphrase: string;
  }): Promise<DecodedFile> => withoutBackup(await decodeEncrypted(locked, passphrase)),
};

/** Functions of this worker. */
export type DecodeApi = typeof api;
serveWorker<DecodeApi>(api);

/** Backups are opened in a place of their own; here their contents are not used. */
function withoutBackup(opened: DecodedFile): DecodedFile {
  return opened.ok && opened.kind === 'backup' ? { ...opened, value: null } : opened;
}
