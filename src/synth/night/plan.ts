// A night as a person asks for it: how long, how it ends, how the sound changes meanwhile, how it wakes. Plain data.
import type { Scene } from '../scene.ts';

export interface Wake {
  /** From the start of the night. */
  readonly atSec: number;
  readonly fadeSec: number;
  readonly scene: Scene;
}

export interface NightPlan {
  /** From the start until the sound is gone or has settled low; null: until it is stopped. */
  readonly timerSec: number | null;
  /** The last stretch of the timer, over which the sound fades. Never longer than the timer. */
  readonly fadeSec: number;
  /** What the fade leads to. `low`: a quiet bed that stays. */
  readonly after: 'silence' | 'low';
  /** When the quiet bed ends, from the start; null: it stays until it is stopped. */
  readonly lowUntilSec: number | null;
  /** Follow the scene's own arc. */
  readonly arc: boolean;
  readonly wake: Wake | null;
}

/** low: the quiet bed after the fade · waking: the wake sound fades in · ended: silence, nothing more will come. */
export type NightPhase = 'playing' | 'fading' | 'low' | 'waking' | 'ended';

/** Where a night stands: a pure function of the plan and the seconds since its start. */
export interface NightMoment {
  readonly phase: NightPhase;
  readonly sec: number;
  /** Until the next thing that was asked for (the end, the end of the bed); null: nothing is set. */
  readonly leftSec: number | null;
  /** How far along its arc the sound is, 0…1. */
  readonly arc: number;
  /** Level against the night's own, dB; −Infinity when silent. */
  readonly gainDb: number;
}
