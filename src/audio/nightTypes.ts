// Types of a night as the rest of the app sees it. `AudioHost` offers `NightHost`.
import type { NightState, NightPlan } from '../synth/index.ts';

/** Why the sound broke off. Stored in the night’s log: the words stay as they are. */
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

/** An interruption of the sound. `backAfterSec` null: not recovered, or only a user gesture could bring it back. */
export interface Interruption {
  readonly cause: InterruptionCause;
  /** Seconds into the night. */
  readonly atSec: number;
  readonly backAfterSec: number | null;
}

/** State of the night that runs. */
export interface NightReport extends NightState {
  /** An ambience layer was added to the sparse sounds. */
  readonly ambience: boolean;
  /** So far; Chromium only, else null. */
  readonly underruns: number | null;
}

/** Where it begins, how fast its programme runs, and whether an ambience layer may be added. */
export interface NightStart {
  readonly atSec?: number;
  readonly speed?: number;
  readonly ambience?: boolean;
}

/** The part of `AudioHost` that plays nights. */
export interface NightHost {
  /** The night that runs, or null. */
  readonly night: NightReport | null;
  /**
   * Starts a night `atSec` into its plan (0, or where an interrupted one goes on). Call inside a user gesture. Sleep limits
   * hold from the first sample. `speed` > 1 for a preview: the programme runs that much faster, the sound itself does not.
   */
  playNight(plan: NightPlan, options?: NightStart): Promise<void>;
  /** Replaces the plan of the night that runs (15 minutes more, a new wake time); its start stays. */
  changeNight(plan: NightPlan): void;
  /** Notifies at most once a second, and at every change of phase. null: the night is over. */
  onNight(listener: (report: NightReport | null) => void): () => void;
  onInterruption(listener: (interruption: Interruption) => void): () => void;
}
