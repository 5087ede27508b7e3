// Every message between the page and the worker that makes backups and puts them back.
import type { Chosen, PutBack } from './deviceBackup.ts';

export type ToBackupWorker =
  | { readonly type: 'make'; readonly passphrase: string; readonly createdAt: Date; readonly databaseName: string }
  | { readonly type: 'open'; readonly file: Blob }
  | { readonly type: 'unlock'; readonly passphrase: string }
  | { readonly type: 'putBack'; readonly chosen: Chosen; readonly databaseName: string };

/** What lies in a file that was opened. The content itself stays in the worker. */
export type Looked =
  | { readonly kind: 'locked' }
  | { readonly kind: 'refused'; readonly message: string }
  /** A file of ours, but of another kind. */
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

/** A backup as the text of its file. */
export interface MadeBackup {
  readonly file: Blob;
  /** Records on this device that could not be read, and so are not in it. */
  readonly unreadable: number;
}

export type FromBackupWorker =
  | { readonly type: 'made'; readonly made: MadeBackup }
  | { readonly type: 'looked'; readonly looked: Looked }
  | { readonly type: 'back'; readonly back: PutBack }
  | { readonly type: 'failed'; readonly message: string };
