// What the rest of the app may know of a night while it runs. `AudioHost` offers it.
import type { NightState, NightPlan } from '../synth/index.ts';

export type InterruptionCause =
  | 'suspended'
  | 'interrupted'
  | 'clock stood still'
  | 'engine failed'
  | 'device lost'
  | 'device changed'
  | 'page frozen'
  | 'page closed'
  | 'could not load';

/** Something broke the sound off. `backAfterSec` null: still away, or only a press could bring it back. */
export interface Interruption {
  readonly cause: InterruptionCause;
  /** Seconds into the night. */
  readonly atSec: number;
  readonly backAfterSec: number | null;
}

export interface NightReport extends NightState {
  /** A soft bed lies under the sparse sounds. */
  readonly ambience: boolean;
  /** So far; Chromium only, else null. */
  readonly underruns: number | null;
}

/** Where it begins and how fast its programme runs; `bed` false: never put a bed under it. */
export interface NightStart {
  readonly atSec?: number;
  readonly speed?: number;
  readonly ambience?: boolean;
}

export interface NightHost {
  /** The night that runs, or null. */
  readonly night: NightReport | null;
  /**
   * Begins a night `atSec` into its plan (0, or where an interrupted one goes on). Call inside the press. Sleep limits from the
   * first sample. `speed` > 1 for a preview: the programme runs that much faster, the sound itself does not.
   */
  playNight(plan: NightPlan, options?: NightStart): Promise<void>;
  /** Another plan for the night that runs (15 minutes more, a new wake time); its start stays. */
  changeNight(plan: NightPlan): void;
  /** At most once a second, and at every change of phase. null: the night is over. */
  onNight(listener: (report: NightReport | null) => void): () => void;
  onInterruption(listener: (interruption: Interruption) => void): () => void;
}
