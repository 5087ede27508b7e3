// State of a night: plan + seconds since its start → phase, level, progress of the evolution, time left. Pure.
import { clamp, log10 } from '../dsp/math.ts';
import type { NightPlan } from './plan.ts';

/** low: the quiet level after the fade · waking: the wake sound · ended: silence for good. */
export type NightPhase = 'playing' | 'fading' | 'low' | 'waking' | 'ended';

/** State of a night at one moment. */
export interface NightState {
  readonly phase: NightPhase;
  readonly sec: number;
  /** Until the end of the fade, or of the quiet level after it; null: no end is set. */
  readonly leftSec: number | null;
  /** Progress of the evolution, 0…1. */
  readonly arc: number;
  /** Gain relative to the start of the night, dB; −Infinity when silent. */
  readonly gainDb: number;
  /** Progress of the fade-in of the wake scene, 0…1. */
  readonly wake: number;
}

type Mutable = { -readonly [K in keyof NightState]: NightState[K] };

/** Gain of the quiet level: still audible, and above the browser's own silence detection. */
export const LOW_LEVEL_DB = -10;
/** Fade-out of the quiet level. */
const LOW_FADE_SEC = 300;
/** Length of the evolution without a timer. */
const DEFAULT_ARC_SEC = 90 * 60;
/** The wake sound fades in from this gain, to which the night has faded before it, and lasts at most so long. */
const WAKE_START_DB = -30;
const BEFORE_WAKE_FADE_SEC = 60;
const MAX_WAKE_SEC = 3600;
/** Exponent of the fade's amplitude: sounds even, and is near silence only at its very end. */
const FADE_EXPONENT = 2;

/**
 * Computes the state.
 * @param plan - a sanitized plan
 * @param sec - seconds since the start of the night
 * @param into - object to fill instead of a new one (for the audio thread)
 * @returns the state
 */
export function stateAt(plan: NightPlan, sec: number, into?: NightState): NightState {
  const state = (into ?? {}) as Mutable;
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
