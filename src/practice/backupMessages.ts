// What the page and the backup worker say to each other: the backup itself never crosses over.
import type { Chosen, PutBack } from './deviceData.ts';

export type ToBackupWorker =
  | { readonly type: 'open'; readonly file: Blob }
  /** The locked file that was opened last. */
  | { readonly type: 'unlock'; readonly passphrase: string }
  /** The backup that was opened last. */
  | { readonly type: 'putBack'; readonly chosen: Chosen }
  /** Everything kept here as one file; locked unless `passphrase` is ''. */
  | { readonly type: 'make'; readonly passphrase: string; readonly now: Date };

/** A backup that was opened: what is in it, in numbers. */
export interface Found {
  /** ISO 8601, UTC; '' when it does not say. */
  readonly createdAt: string;
  readonly presets: number;
  readonly practice: number;
  /** What could not be read, one line each. */
  readonly bad: readonly string[];
}

export type FromBackupWorker =
  | { readonly type: 'found'; readonly found: Found }
  | { readonly type: 'locked' }
  /** It is something else of ours. */
  | { readonly type: 'notOne' }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'done'; readonly result: PutBack }
  | { readonly type: 'made'; readonly file: Blob }
  | { readonly type: 'failed'; readonly message: string };
