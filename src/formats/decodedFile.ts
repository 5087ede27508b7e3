// What comes out of a door that takes several kinds: one of these, or a refusal in words.
import type { Parcel } from './sharedPreset.ts';
import type { Preset } from './preset.ts';
import type { Refused } from './decodeError.ts';

/** Something locked, as it arrived. Nothing of what is inside is known until `unlock` opens it. */
export interface Locked {
  /** What the lock covers besides the content: bytes that cannot be changed without notice. */
  readonly header: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly content: Uint8Array<ArrayBuffer>;
  /** Whether a link's body or a file's text lies inside. */
  readonly inside: 'link' | 'file';
}

/** A preset of a bundle that could not be read: what it called itself, and why. */
export interface BadItem {
  /** Its place in the bundle, from 1. */
  readonly number: number;
  /** '' when it did not say. */
  readonly name: string;
  readonly message: string;
}

export type Opened =
  | { readonly ok: true; readonly kind: 'preset'; readonly preset: Preset; readonly warnings: readonly string[] }
  | { readonly ok: true; readonly kind: 'parcel'; readonly parcel: Parcel; readonly warnings: readonly string[] }
  | {
      readonly ok: true;
      readonly kind: 'bundle';
      readonly presets: readonly Preset[];
      /** Never left out in silence. */
      readonly bad: readonly BadItem[];
      readonly warnings: readonly string[];
    }
  | { readonly ok: true; readonly kind: 'locked'; readonly locked: Locked; readonly warnings: readonly string[] }
  /** Parsed, not yet checked: the practice's own reader is the door. */
  | { readonly ok: true; readonly kind: 'backup'; readonly value: unknown; readonly warnings: readonly string[] }
  | Refused;
