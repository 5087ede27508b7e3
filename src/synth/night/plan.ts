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

export const NIGHT_LIMITS = {
  minTimerSec: 60,
  maxTimerSec: 16 * 3600,
  minFadeSec: 60,
  maxFadeSec: 3600,
  minWakeFadeSec: 60,
  maxWakeFadeSec: 1800,
} as const;

export const DEFAULT_NIGHT: NightPlan = {
  timerSec: 30 * 60,
  fadeSec: 10 * 60,
  after: 'silence',
  lowUntilSec: null,
  arc: true,
  wake: null,
};

/** A plan that can be played, and one line in words for everything that had to be changed. */
export interface SanitizedPlan {
  readonly plan: NightPlan;
  readonly words: readonly string[];
}

/**
 * Takes any numbers and gives a plan that can be played: never throws, never leaves a night without an end that was asked for.
 * The wake scene must have been restored already.
 */
export function sanitizeNightPlan(asked: Partial<NightPlan>): SanitizedPlan {
  const words: string[] = [];
  const {
    minTimerSec: shortestTimerSec,
    maxTimerSec: longestTimerSec,
    minFadeSec: shortestFadeSec,
    maxFadeSec: longestFadeSec,
  } = NIGHT_LIMITS;
  const timerSec =
    asked.timerSec === null
      ? null
      : within(asked.timerSec, DEFAULT_NIGHT.timerSec ?? 0, shortestTimerSec, longestTimerSec, 'The timer', words);
  let fadeSec = within(asked.fadeSec, DEFAULT_NIGHT.fadeSec, shortestFadeSec, longestFadeSec, 'The fade', words);
  if (timerSec !== null && fadeSec > timerSec) {
    fadeSec = timerSec;
    words.push('The fade cannot be longer than the timer: it takes all of it.');
  }
  const wake = sanitizeWake(asked.wake ?? null, timerSec, words);
  let after = asked.after === 'low' ? ('low' as const) : ('silence' as const);
  if (wake && after === 'silence' && timerSec !== null) {
    after = 'low';
    words.push('So that the device stays awake for the wake sound, a quiet bed stays until then.');
  }
  const lowUntilSec = sanitizeEnd(asked.lowUntilSec ?? null, timerSec, words);
  return { plan: { timerSec, fadeSec, after, lowUntilSec, arc: asked.arc ?? true, wake }, words };
}

/** The same night, ending later (or sooner): the fade begins anew where it would have begun. */
export function extendNight(plan: NightPlan, bySec: number): NightPlan {
  if (plan.timerSec === null) return plan;
  const timerSec = Math.min(plan.timerSec + bySec, NIGHT_LIMITS.maxTimerSec);
  const notBeforeTimer = (sec: number | null): number | null => (sec === null ? null : Math.max(sec, timerSec));
  return { ...plan, timerSec, lowUntilSec: notBeforeTimer(plan.lowUntilSec) };
}

function sanitizeWake(wake: Wake | null, timerSec: number | null, words: string[]): Wake | null {
  if (!wake) return null;
  const {
    maxTimerSec: longestTimerSec,
    minWakeFadeSec: shortestWakeFadeSec,
    maxWakeFadeSec: longestWakeFadeSec,
  } = NIGHT_LIMITS;
  if (!(wake.atSec > (timerSec ?? 0) && wake.atSec <= longestTimerSec)) {
    words.push('The wake time lies before the night is over, or more than sixteen hours away: nothing will wake you.');
    return null;
  }
  const fadeSec = within(wake.fadeSec, 300, shortestWakeFadeSec, longestWakeFadeSec, 'The wake fade', words);
  return { ...wake, fadeSec };
}

function sanitizeEnd(sec: number | null, timerSec: number | null, words: string[]): number | null {
  if (sec === null || timerSec === null) return null;
  if (Number.isFinite(sec) && sec >= timerSec) return Math.min(sec, NIGHT_LIMITS.maxTimerSec);
  words.push('The quiet bed would end before it begins: it stays until you stop it.');
  return null;
}

function within(
  asked: number | undefined,
  usual: number,
  min: number,
  max: number,
  name: string,
  words: string[],
): number {
  if (asked === undefined) return usual;
  if (!Number.isFinite(asked)) {
    words.push(`${name} was not a number: it became ${inWords(usual)}.`);
    return usual;
  }
  if (asked >= min && asked <= max) return asked;
  const nearest = asked < min ? min : max;
  words.push(`${name} goes from ${inWords(min)} to ${inWords(max)}: it became ${inWords(nearest)}.`);
  return nearest;
}

function inWords(sec: number): string {
  if (sec % 3600 === 0) return sec === 3600 ? '1 hour' : `${String(sec / 3600)} hours`;
  const minutes = Math.round(sec / 60);
  return minutes === 1 ? '1 minute' : `${String(minutes)} minutes`;
}
