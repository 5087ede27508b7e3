// What the library needs of the session: the sound now open, and the two ways to replace or settle it.
import type { Preset } from '../../presets/preset.ts';
import type { Draft, StoredPreset } from '../../presets/storeInterface.ts';
import type { Scene } from '../../synth/index.ts';

/** Which dialog is open, if any. One at a time. */
export type DialogName =
  | 'welcome'
  | 'import'
  | 'export'
  | 'settings'
  | 'about'
  | 'details'
  // the night
  | 'night'
  | 'goOn'
  // the hand-over
  | 'share'
  | 'scan'
  | 'practice'
  | 'report'
  | 'backup'
  | 'therapists'
  | 'privacy';

export interface OpenSound {
  readonly scene: Scene;
  readonly name: string;
  /** The preset it came from (kept or factory), or null for a new sound. */
  readonly presetId: string | null;
  /** There are edits that no saved preset holds. */
  readonly dirty: boolean;
  dialog: DialogName | null;
  /** Takes over a preset as the open sound; silent until played, cross-faded while playing. */
  open(preset: Preset): void;
  /** Takes over unsaved work as the open sound, still unsaved: `saved` is the preset it departed from, if that is known. */
  resume(draft: Draft, saved: Preset | null): void;
  /** The open sound is now this kept preset. */
  markSaved(stored: StoredPreset): void;
}
