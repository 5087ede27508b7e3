// Worker that makes, opens and restores backups, however large: the page stays responsive. Built with the page's own files.
import { parseBackup, serializeBackup } from '../../formats/backup.ts';
import type { Backup, BackupItemError } from '../../formats/backup.ts';
import type { DecodeErrorData } from '../../formats/decodeError.ts';
import { decodeFile, decodeEncrypted } from '../../formats/decodeFile.ts';
import type { EncryptedContent, DecodedFile } from '../../formats/decodedFile.ts';
import { encryptFile } from '../../formats/encryptedFile.ts';
import { serveWorker } from '../../lib/workerRpc.ts';
import { Database } from '../database.ts';
import { readAll, restoreBackup } from './backup.ts';
import type { RestoreResult, RestoreSelection } from './backup.ts';

/** What a file holds that was opened. The contents stay in the worker. */
export type BackupPreview =
  | { readonly kind: 'locked' }
  | { readonly kind: 'refused'; readonly error: DecodeErrorData }
  /** A file of ours, but not a backup. */
  | { readonly kind: 'other' }
  | {
      readonly kind: 'backup';
      /** ISO 8601, UTC; '' when it does not say. */
      readonly createdAt: string;
      readonly presets: number;
      readonly entries: number;
      readonly bad: readonly BackupItemError[];
    };

/** A backup that was made. */
export interface BackupFile {
  readonly file: Blob;
  /** Records on this device that could not be read and are not in it. */
  readonly unreadable: number;
}

let encrypted: EncryptedContent | null = null;
let backup: Backup | null = null;

const api = {
  /** Everything stored as a file; encrypted unless the passphrase is empty. */
  async create({
    databaseName,
    passphrase,
    createdAt,
  }: {
    readonly databaseName: string;
    readonly passphrase: string;
    readonly createdAt: Date;
  }): Promise<BackupFile> {
    const { contents, unreadable } = await withDatabase(databaseName, readAll);
    const text = serializeBackup(contents, createdAt);
    const content = passphrase === '' ? text : await encryptFile(text, passphrase);
    return { file: new Blob([content], { type: 'application/json' }), unreadable };
  },

  async open(file: Blob): Promise<BackupPreview> {
    encrypted = null;
    backup = null;
    return preview(await decodeFile(file));
  },

  /** Decrypts the file that was opened last. */
  async decrypt(passphrase: string): Promise<BackupPreview> {
    if (!encrypted) throw new RangeError('No encrypted file is open.');
    return preview(await decodeEncrypted(encrypted, passphrase));
  },

  /** Restores the backup that was opened last. */
  async restore({
    databaseName,
    selection,
  }: {
    readonly databaseName: string;
    readonly selection: RestoreSelection;
  }): Promise<RestoreResult> {
    const opened = backup;
    if (!opened) throw new RangeError('No backup is open.');
    return withDatabase(databaseName, (database) => restoreBackup(database, opened, selection));
  },
};

/** Functions of this worker. */
export type BackupApi = typeof api;
serveWorker<BackupApi>(api);

async function withDatabase<T>(name: string, action: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database(name);
  try {
    return await action(database);
  } finally {
    database.close();
  }
}

async function preview(opened: DecodedFile): Promise<BackupPreview> {
  if (!opened.ok) return { kind: 'refused', error: opened.error };
  if (opened.kind === 'locked') {
    encrypted = opened.locked;
    return { kind: 'locked' };
  }
  if (opened.kind !== 'backup') return { kind: 'other' };
  const read = await parseBackup(opened.value);
  if (!read.ok) return { kind: 'refused', error: read.error };
  encrypted = null;
  backup = read.backup;
  const { createdAt, presets, practice, bad } = backup;
  return { kind: 'backup', createdAt, presets: presets.length, entries: practice.length, bad };
}
