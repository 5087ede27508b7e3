// What the library needs of the session: the sound now open, and the two ways to replace or settle it.
import type { Preset } from '../../../formats/preset.ts';
import type { Draft, ReceivedEdit, StoredPreset } from '../../../storage/types.ts';
import type { HostReport } from '../../../audio/types.ts';
import type { Layer, Scene } from '../../../synth/index.ts';
import type { Settings } from '../settings/settings.svelte.ts';

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
  | 'history'
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
  /** Of that kept preset, the revision it departed from; null when it is none of the kept ones. */
  readonly revision: number | null;
  /** There are edits that no saved preset holds. */
  readonly dirty: boolean;
  dialog: DialogName | null;
  /** Takes over a preset as the open sound; silent until played, cross-faded while playing. `revision`: of a kept one. */
  open(preset: Preset, revision?: number | null): void;
  /** Takes over a sound that someone sent, to be adjusted within their limits. */
  openReceived(handover: ReceivedEdit): void;
  /** The sound someone sent that is being adjusted, if the open one is such. */
  readonly handover: ReceivedEdit | null;
  /** Hears another scene without opening it; called inside the press. */
  listenTo(scene: Scene): Promise<void>;
  endListening(): void;
  /** The scene being heard in place of the open one. */
  readonly audition: Scene | null;
  readonly sounding: boolean;
  readonly settings: Settings;
  /** On the never list: silent whatever the scene says. */
  isBlocked(layer: Layer): boolean;
  onReport(listener: (report: HostReport) => void): () => void;
  /** Takes over unsaved work as the open sound, still unsaved: `saved` is the preset it departed from, if that is known. */
  resume(draft: Draft, saved: Preset | null): void;
  /** The open sound is now this kept preset. `revision`: an older one where its scene departed from that. */
  markSaved(stored: StoredPreset, revision?: number | null): void;
}
