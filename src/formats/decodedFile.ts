// What `decodeFile` and `decodeText` return: one of the kinds of file, or a refusal.
import type { DecodeErrorData, DecodeFailure, DecodeWarning } from './decodeError.ts';
import type { Preset } from './preset.ts';
import type { SharedPreset } from './sharedPreset.ts';

/** Encrypted content as it arrived. Nothing of what is inside is known before it is decrypted. */
export interface EncryptedContent {
  /** Authenticated with the content, but not secret. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** Of PBKDF2. */
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly content: Uint8Array<ArrayBuffer>;
  /** Whether the body of a link or the text of a file is inside. */
  readonly inside: 'link' | 'file';
}

/** A preset of a bundle that could not be read. */
export interface BundleItemError {
  /** Its position in the bundle, from 1. */
  readonly number: number;
  /** The name it gives itself; '' for none. */
  readonly name: string;
  readonly error: DecodeErrorData;
}

interface Accepted<Kind extends string> {
  readonly ok: true;
  readonly kind: Kind;
  readonly warnings: readonly DecodeWarning[];
}

/** A decoded file. The kinds have the names of the formats. */
export type DecodedFile =
  | (Accepted<'preset'> & { readonly preset: Preset })
  | (Accepted<'parcel'> & { readonly parcel: SharedPreset })
  | (Accepted<'bundle'> & { readonly presets: readonly Preset[]; readonly bad: readonly BundleItemError[] })
  | (Accepted<'locked'> & { readonly locked: EncryptedContent })
  /** Parsed, not yet checked: `parseBackup` reads it. */
  | (Accepted<'backup'> & { readonly value: unknown })
  | DecodeFailure;
