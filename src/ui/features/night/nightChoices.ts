// What a person chose for the night, as it is kept; and the plan that comes of it now.
import { describeNightWarning } from './describeNightWarning.ts';
import { NIGHT_LIMITS, sanitizeNightPlan, DEFAULT_NIGHT } from '../../../synth/index.ts';
import type { NightPlan, Scene } from '../../../synth/index.ts';
import { secondsUntil } from './timeOfDay.ts';

export type Timer =
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'until'; readonly clock: string }
  | { readonly kind: 'all' };

export interface WakeChoice {
  readonly presetId: string;
  readonly clock: string;
  readonly fadeMinutes: number;
}

export interface NightChoices {
  readonly timer: Timer;
  readonly fadeMinutes: number;
  /** Settle to a quiet bed instead of silence, until this time; '' for until it is stopped. */
  readonly low: boolean;
  readonly lowUntil: string;
  readonly arc: boolean;
  readonly wake: WakeChoice | null;
}

export const USUAL_CHOICES: NightChoices = {
  timer: { kind: 'minutes', minutes: 30 },
  fadeMinutes: 10,
  low: false,
  lowUntil: '',
  arc: true,
  wake: null,
};

export const TIMERS = [10, 20, 30, 45, 60, 90] as const;

/** Anything that was kept → choices; what does not fit takes its usual value. */
export function readChoices(value: unknown): NightChoices {
  const { timer, fadeMinutes, low, lowUntil, arc, wake } = isRecord(value) ? value : {};
  return {
    timer: readTimer(timer),
    fadeMinutes: isAmount(fadeMinutes) ? fadeMinutes : USUAL_CHOICES.fadeMinutes,
    low: low === true,
    lowUntil: typeof lowUntil === 'string' ? lowUntil.slice(0, 5) : '',
    arc: arc !== false,
    wake: readWake(wake),
  };
}

function readTimer(value: unknown): Timer {
  if (!isRecord(value)) return USUAL_CHOICES.timer;
  const { kind, minutes, clock } = value;
  if (kind === 'all') return { kind };
  if (kind === 'until' && typeof clock === 'string') return { kind, clock: clock.slice(0, 5) };
  return kind === 'minutes' && isAmount(minutes) ? { kind, minutes } : USUAL_CHOICES.timer;
}

function readWake(value: unknown): WakeChoice | null {
  if (!isRecord(value)) return null;
  const { presetId, clock, fadeMinutes } = value;
  if (typeof presetId !== 'string' || typeof clock !== 'string') return null;
  return { presetId, clock: clock.slice(0, 5), fadeMinutes: isAmount(fadeMinutes) ? fadeMinutes : 5 };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 10_000;
}

/** A plan that can be played. */
export interface ResolvedPlan {
  readonly plan: NightPlan;
  /** What had to be changed, in words. */
  readonly words: readonly string[];
}

const NO_CLOCK = 'That is not a time of day such as 06:30: the usual 30 minutes are used.';
const NO_LOW = 'The end of the quiet bed is not a time of day such as 06:30: it stays until you stop it.';
const NO_WAKE_TIME = 'The wake time is not a time of day such as 06:30: nothing will wake you.';
const NO_WAKE_SOUND = 'The sound to wake with is no longer here: nothing will wake you. Choose another one.';

const NO_WAKE_VOICE =
  'Everything in the sound to wake with is muted or among what you never want to hear: nothing will wake you. Choose another one.';

/**
 * Turns choices into a plan.
 * @param choices - what was chosen
 * @param now - the start of the night
 * @param sceneOf - the wake sound by its preset id, with blocked triggers muted; undefined when it is gone
 * @returns the plan, and what had to be changed
 */
export function resolvePlan(
  choices: NightChoices,
  now: Date,
  sceneOf: (presetId: string) => Scene | undefined,
): ResolvedPlan {
  const words: string[] = [];
  const { timer, wake } = choices;
  let timerSec: number | null = DEFAULT_NIGHT.timerSec;
  if (timer.kind === 'all') timerSec = null;
  else if (timer.kind === 'minutes') timerSec = timer.minutes * 60;
  else {
    const until = secondsUntil(timer.clock, now);
    if (until === null) words.push(NO_CLOCK);
    else timerSec = Math.max(until, NIGHT_LIMITS.minTimerSec);
  }
  const lowUntilSec = choices.low && choices.lowUntil !== '' ? secondsUntil(choices.lowUntil, now) : null;
  if (choices.low && choices.lowUntil !== '' && lowUntilSec === null) words.push(NO_LOW);
  const safe = sanitizeNightPlan({
    timerSec,
    fadeSec: choices.fadeMinutes * 60,
    after: choices.low ? 'low' : 'silence',
    lowUntilSec,
    arc: choices.arc,
    wake: wake ? wakeOf(wake, now, sceneOf, words) : null,
  });
  return { plan: safe.plan, words: [...words, ...safe.warnings.map(describeNightWarning)] };
}

function wakeOf(
  { presetId, clock, fadeMinutes }: WakeChoice,
  now: Date,
  sceneOf: (presetId: string) => Scene | undefined,
  words: string[],
): NightPlan['wake'] {
  const atSec = secondsUntil(clock, now);
  const scene = sceneOf(presetId);
  if (atSec === null) words.push(NO_WAKE_TIME);
  if (!scene) words.push(NO_WAKE_SOUND);
  const silent = scene?.layers.every(({ muted }) => muted) === true;
  if (silent) words.push(NO_WAKE_VOICE);
  return atSec === null || !scene || silent ? null : { atSec, fadeSec: fadeMinutes * 60, scene };
}
