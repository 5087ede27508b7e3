// What the share sheet is about.
import type { Preset } from '../../../formats/preset.ts';

/** What is shared. */
export interface ShareSubject {
  readonly preset: Preset;
  /** As they sent it, when someone's sound goes back to them. */
  readonly before: Preset | null;
  /** Begins with the list of other sounds open. */
  readonly several: boolean;
}
