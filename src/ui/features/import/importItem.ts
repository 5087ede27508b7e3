// Import items: what files, links and codes turn out to hold.
import type { Preset } from '../../../formats/preset.ts';
import type { SharedPreset } from '../../../formats/sharedPreset.ts';

/** Where it came from. */
export type ImportSource = 'file' | 'link' | 'code' | 'pasted';

interface Received {
  readonly from: ImportSource;
  /** The file's name, or where it came from, in words. */
  readonly source: string;
}

/** One preset with what goes with it; without any of that, a shared preset from nobody. */
export interface ReceivedPreset extends Received {
  readonly kind: 'preset';
  readonly parcel: SharedPreset;
  readonly warnings: readonly string[];
}

/** Several presets in one file. */
export interface ReceivedBundle extends Received {
  readonly kind: 'bundle';
  readonly presets: readonly Preset[];
  /** What of it could not be read, in words. */
  readonly problems: readonly string[];
}

/** An encrypted file or link. */
export interface ReceivedEncrypted extends Received {
  readonly kind: 'encrypted';
  decrypt(
    passphrase: string,
  ): Promise<{ readonly ok: true; readonly item: ImportItem } | { readonly ok: false; readonly problem: string }>;
}

/** What could not be read. */
export interface ReceivedError extends Received {
  readonly kind: 'error';
  readonly problem: string;
}

/** One thing in the import queue. */
export type ImportItem = ReceivedPreset | ReceivedBundle | ReceivedEncrypted | ReceivedError;
