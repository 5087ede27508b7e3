// Worker that makes, opens and restores backups, however large: the page stays responsive. Built with the page's own files.
import { readBackup, serializeBackup } from '../../formats/backup.ts';
import type { Backup } from '../../formats/backup.ts';
import { readAnyFile, unlock } from '../../formats/decodeFile.ts';
import type { Locked, Opened } from '../../formats/decodedFile.ts';
import { lockText } from '../../formats/encryptedFile.ts';
import { serveWorker } from '../../lib/workerRpc.ts';
import { Database } from '../database.ts';
import { readAll, restoreBackup } from './backup.ts';
import type { RestoreResult, RestoreSelection } from './backup.ts';

/** What a file holds that was opened. The contents stay in the worker. */
export type BackupPreview =
  | { readonly kind: 'locked' }
  | { readonly kind: 'refused'; readonly message: string }
  /** A file of ours, but not a backup. */
  | { readonly kind: 'other' }
  | {
      readonly kind: 'backup';
      /** ISO 8601, UTC; '' when it does not say. */
      readonly createdAt: string;
      readonly presets: number;
      readonly entries: number;
      /** What could not be read, one line each. */
      readonly bad: readonly string[];
    };

/** A backup that was made. */
export interface BackupFile {
  readonly file: Blob;
  /** Records on this device that could not be read and are not in it. */
  readonly unreadable: number;
}

let encrypted: Locked | null = null;
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
    const content = passphrase === '' ? text : await lockText(text, passphrase);
    return { file: new Blob([content], { type: 'application/json' }), unreadable };
  },

  async open(file: Blob): Promise<BackupPreview> {
    encrypted = null;
    backup = null;
    return preview(await readAnyFile(file));
  },

  /** Decrypts the file that was opened last. */
  async decrypt(passphrase: string): Promise<BackupPreview> {
    if (!encrypted) throw new RangeError('No encrypted file is open.');
    return preview(await unlock(encrypted, passphrase));
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

async function preview(opened: Opened): Promise<BackupPreview> {
  if (!opened.ok) return { kind: 'refused', message: opened.error.message };
  if (opened.kind === 'locked') {
    encrypted = opened.locked;
    return { kind: 'locked' };
  }
  if (opened.kind !== 'backup') return { kind: 'other' };
  const read = await readBackup(opened.value);
  if (!read.ok) return { kind: 'refused', message: read.error.message };
  encrypted = null;
  backup = read.backup;
  const { createdAt, presets, practice, bad } = backup;
  return { kind: 'backup', createdAt, presets: presets.length, entries: practice.length, bad };
}
