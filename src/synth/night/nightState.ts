// Where a night stands: plan + seconds since its start → phase, level, place on the arc, time left. Pure.
import { clamp, log10 } from '../dsp/math.ts';
import type { NightPlan } from './plan.ts';

/** low: the quiet bed after the fade · waking: the wake sound · ended: silence, nothing more will come. */
export type NightPhase = 'playing' | 'fading' | 'low' | 'waking' | 'ended';

export interface NightState {
  readonly phase: NightPhase;
  readonly sec: number;
  /** Until the next thing that was asked for (the end of the fade, of the quiet bed); null: nothing is set. */
  readonly leftSec: number | null;
  /** How far along its arc the sound is, 0…1. */
  readonly arc: number;
  /** Level against the night's own, dB; −Infinity when silent. */
  readonly gainDb: number;
  /** Of the wake scene, 0…1: how much of the sound it has taken over. */
  readonly wake: number;
}

/** A quiet bed lies this far below the night's own level: audible when listened for, and for the browser's own gate. */
export const LOW_LEVEL_DB = -10;
/** The quiet bed ends over this time. */
const LOW_FADE_SEC = 300;
/** Without a timer the arc is walked in the time most people need. */
const DEFAULT_ARC_SEC = 90 * 60;
/** The wake sound comes up from this far below, where the night's own has gone before it, and stays at most so long. */
const WAKE_START_DB = -30;
const BEFORE_WAKE_FADE_SEC = 60;
const MAX_WAKE_SEC = 3600;
/** Exponent of the fade's amplitude: even to the ear, and near silence only at its very end. */
const FADE_EXPONENT = 2;

/** `into`: an object to fill instead of a new one (for the audio thread). */
export function stateAt(plan: NightPlan, sec: number, into?: NightState): NightState {
  const state = (into ?? {}) as { -readonly [K in keyof NightState]: NightState[K] };
  const { timerSec, wake } = plan;
  state.sec = sec;
  state.wake = 0;
  if (wake && sec >= wake.atSec) {
    whileWaking(state, sec - wake.atSec, wake.fadeSec);
    return state;
  }
  if (timerSec === null) withoutTimer(state, plan);
  else if (sec < timerSec) beforeEnd(state, plan, timerSec);
  else afterEnd(state, plan);
  if (wake) fadeBeforeWake(state, wake.atSec - sec);
  return state;
}

function withoutTimer(state: Mutable, plan: NightPlan): void {
  state.phase = 'playing';
  state.leftSec = plan.wake ? plan.wake.atSec - state.sec : null;
  state.arc = plan.arc ? clamp(state.sec / DEFAULT_ARC_SEC, 0, 1) : 0;
  state.gainDb = 0;
}

function fadeBeforeWake(state: Mutable, untilWakeSec: number): void {
  if (untilWakeSec >= BEFORE_WAKE_FADE_SEC) return;
  state.gainDb += (WAKE_START_DB - state.gainDb) * (1 - untilWakeSec / BEFORE_WAKE_FADE_SEC);
}

type Mutable = { -readonly [K in keyof NightState]: NightState[K] };

function beforeEnd(state: Mutable, plan: NightPlan, timerSec: number): void {
  const remainingSec = timerSec - state.sec;
  state.arc = plan.arc ? clamp(state.sec / Math.max(1, timerSec - plan.fadeSec), 0, 1) : 0;
  state.leftSec = remainingSec;
  state.phase = remainingSec > plan.fadeSec ? 'playing' : 'fading';
  const share = Math.min(1, remainingSec / plan.fadeSec);
  state.gainDb = plan.after === 'low' ? LOW_LEVEL_DB * (1 - share) : fadeDb(share);
}

function afterEnd(state: Mutable, plan: NightPlan): void {
  if (plan.after === 'silence') {
    end(state);
    return;
  }
  const until = plan.wake ? null : plan.lowUntilSec;
  const remainingSec = until === null ? null : until - state.sec;
  if (remainingSec !== null && remainingSec <= 0) {
    end(state);
    return;
  }
  state.phase = 'low';
  state.arc = plan.arc ? 1 : 0;
  state.leftSec = remainingSec;
  state.gainDb = LOW_LEVEL_DB + (remainingSec === null ? 0 : fadeDb(Math.min(1, remainingSec / LOW_FADE_SEC)));
}

function whileWaking(state: Mutable, sinceSec: number, fadeSec: number): void {
  if (sinceSec >= MAX_WAKE_SEC) {
    end(state);
    return;
  }
  state.phase = 'waking';
  state.leftSec = null;
  state.arc = 0;
  state.wake = Math.min(1, sinceSec / fadeSec);
  const endFadeDb = fadeDb(Math.min(1, (MAX_WAKE_SEC - sinceSec) / LOW_FADE_SEC));
  state.gainDb = WAKE_START_DB * (1 - state.wake) + endFadeDb;
}

function end(state: Mutable): void {
  state.phase = 'ended';
  state.leftSec = null;
  state.arc = 1;
  state.gainDb = -Infinity;
}

/** `share` of the fade still to come, 1…0 → dB. */
function fadeDb(share: number): number {
  return share <= 0 ? -Infinity : share >= 1 ? 0 : 20 * FADE_EXPONENT * log10(share);
}
