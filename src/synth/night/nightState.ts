// Where a night stands: plan + seconds since its start → phase, level, place on the arc, time left. Pure.
import { clamp, log10 } from '../dsp/math.ts';
import type { NightPlan } from './plan.ts';

/** low: the quiet bed after the fade · waking: the wake sound · ended: silence, nothing more will come. */
export type NightPhase = 'playing' | 'fading' | 'low' | 'waking' | 'ended';

export interface NightMoment {
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
export const LOW_DB = -10;
/** The quiet bed ends over this time. */
const LOW_FADE_SEC = 300;
/** Without a timer the arc is walked in the time most people need. */
const ARC_SEC = 90 * 60;
/** The wake sound comes up from this far below, where the night's own has gone before it, and stays at most so long. */
const WAKE_FROM_DB = -30;
const MAKE_WAY_SEC = 60;
const WAKE_STAYS_SEC = 3600;
/** Exponent of the fade's amplitude: even to the ear, and near silence only at its very end. */
const FADE_POWER = 2;

/** `into`: an object to fill instead of a new one (for the audio thread). */
export function nightAt(plan: NightPlan, sec: number, into?: NightMoment): NightMoment {
  const moment = (into ?? {}) as { -readonly [K in keyof NightMoment]: NightMoment[K] };
  const { timerSec, wake } = plan;
  moment.sec = sec;
  moment.wake = 0;
  if (wake && sec >= wake.atSec) {
    atWake(moment, sec - wake.atSec, wake.fadeSec);
    return moment;
  }
  if (timerSec === null) allNight(moment, plan);
  else if (sec < timerSec) beforeEnd(moment, plan, timerSec);
  else afterEnd(moment, plan);
  if (wake) makeWay(moment, wake.atSec - sec);
  return moment;
}

function allNight(moment: Mutable, plan: NightPlan): void {
  moment.phase = 'playing';
  moment.leftSec = plan.wake ? plan.wake.atSec - moment.sec : null;
  moment.arc = plan.arc ? clamp(moment.sec / ARC_SEC, 0, 1) : 0;
  moment.gainDb = 0;
}

function makeWay(moment: Mutable, untilWakeSec: number): void {
  if (untilWakeSec >= MAKE_WAY_SEC) return;
  moment.gainDb += (WAKE_FROM_DB - moment.gainDb) * (1 - untilWakeSec / MAKE_WAY_SEC);
}

type Mutable = { -readonly [K in keyof NightMoment]: NightMoment[K] };

function beforeEnd(moment: Mutable, plan: NightPlan, timerSec: number): void {
  const left = timerSec - moment.sec;
  moment.arc = plan.arc ? clamp(moment.sec / Math.max(1, timerSec - plan.fadeSec), 0, 1) : 0;
  moment.leftSec = left;
  moment.phase = left > plan.fadeSec ? 'playing' : 'fading';
  const share = Math.min(1, left / plan.fadeSec);
  moment.gainDb = plan.after === 'low' ? LOW_DB * (1 - share) : fadeDb(share);
}

function afterEnd(moment: Mutable, plan: NightPlan): void {
  if (plan.after === 'silence') {
    end(moment);
    return;
  }
  const until = plan.wake ? null : plan.lowUntilSec;
  const left = until === null ? null : until - moment.sec;
  if (left !== null && left <= 0) {
    end(moment);
    return;
  }
  moment.phase = 'low';
  moment.arc = plan.arc ? 1 : 0;
  moment.leftSec = left;
  moment.gainDb = LOW_DB + (left === null ? 0 : fadeDb(Math.min(1, left / LOW_FADE_SEC)));
}

function atWake(moment: Mutable, sinceSec: number, fadeSec: number): void {
  if (sinceSec >= WAKE_STAYS_SEC) {
    end(moment);
    return;
  }
  moment.phase = 'waking';
  moment.leftSec = null;
  moment.arc = 0;
  moment.wake = Math.min(1, sinceSec / fadeSec);
  const leaving = fadeDb(Math.min(1, (WAKE_STAYS_SEC - sinceSec) / LOW_FADE_SEC));
  moment.gainDb = WAKE_FROM_DB * (1 - moment.wake) + leaving;
}

function end(moment: Mutable): void {
  moment.phase = 'ended';
  moment.leftSec = null;
  moment.arc = 1;
  moment.gainDb = -Infinity;
}

/** `share` of the fade still to come, 1…0 → dB. */
function fadeDb(share: number): number {
  return share <= 0 ? -Infinity : share >= 1 ? 0 : 20 * FADE_POWER * log10(share);
}
