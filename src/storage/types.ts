// What the app stores about the open sound, and the result of saving a preset.
import type { Preset } from '../formats/preset.ts';
import type { StoredPreset } from '../formats/presetRecord.ts';
import type { ParamLimit } from '../formats/sharedPreset.ts';
import type { Scene } from '../synth/index.ts';
import type { StorageErrorCode } from './storageError.ts';

export type { StoredPreset, VersionInfo } from '../formats/presetRecord.ts';

/** The open sound with its unsaved changes: survives reload and crash. */
export interface Draft {
  readonly scene: Scene;
  /** The preset it came from, or null for a new sound. */
  readonly presetId: string | null;
  /** Revision of that preset that was changed; null when it is not a saved one, or not known. */
  readonly revision: number | null;
  readonly name: string;
  /** Set while someone else's sound is being adjusted for them. */
  readonly handover?: ReceivedEdit | null;
}

/** A sound that someone sent to be adjusted: whose it is, and how far its values may be moved. */
export interface ReceivedEdit {
  /** Who it says it is from; may be empty. */
  readonly from: string;
  readonly bounds: readonly ParamLimit[];
  /** As it was received: what is sent back keeps its id. */
  readonly preset: Preset;
}

/** Result of saving a preset. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly stored: StoredPreset }
  /** Another tab had saved meanwhile: both are stored, ours as a copy under a new id and name. */
  | { readonly kind: 'conflict'; readonly stored: StoredPreset; readonly other: StoredPreset }
  /** Nothing was written, and the sound is still open. */
  | { readonly kind: 'failed'; readonly code: StorageErrorCode };
