// What a night was like: begun, ended, how often the sound broke off. Kept on this device only; one calm line in the morning.
import type { Interruption, InterruptionCause } from '../../../audio/types.ts';
import { clockOf } from './timeOfDay.ts';

export interface NightLog {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly presetId: string | null;
  readonly name: string;
  readonly timerMinutes: number | null;
  readonly how: 'timer' | 'stopped' | 'closed';
  readonly interruptions: readonly { readonly cause: InterruptionCause; readonly backAfterSec: number | null }[];
  /** null: this browser does not count them. */
  readonly underruns: number | null;
}

const CAUSES: Readonly<Record<InterruptionCause, string>> = {
  suspended: 'the browser paused the sound',
  interrupted: 'a call or an alarm took over',
  'clock stood still': 'the sound stood still',
  'engine failed': 'the sound had to be started anew',
  'device lost': 'the speakers went away',
  'device changed': 'the speakers changed',
  'page frozen': 'the page was put to sleep',
  'page closed': 'the page was closed',
  'could not load': 'the sound could not be loaded',
};

/** "Played from 23:10 to 06:42. Broke off once, for 3 seconds: a call or an alarm took over." */
export function describeNight({ startedMs, endedMs, how, interruptions }: NightLog): string {
  const span = `Played from ${clockOf(new Date(startedMs))} to ${clockOf(new Date(endedMs))}.`;
  const end = how === 'closed' ? ' Then the page was closed.' : '';
  const [first] = interruptions;
  if (!first) return `${span}${end === '' ? ' Nothing broke off.' : end}`;
  const away = interruptions.reduce((sum, { backAfterSec }) => sum + (backAfterSec ?? 0), 0);
  const times = interruptions.length === 1 ? 'once' : `${String(interruptions.length)} times`;
  const cause = interruptions.every(({ cause: other }) => other === first.cause) ? `: ${CAUSES[first.cause]}` : '';
  return `${span} Broke off ${times}, for ${duration(away)}${cause}.${end}`;
}

function duration(sec: number): string {
  const seconds = Math.max(1, Math.round(sec));
  if (seconds < 90) return seconds === 1 ? '1 second' : `${String(seconds)} seconds`;
  return `${String(Math.round(seconds / 60))} minutes`;
}

/** Anything that was kept → a night, or null. */
export function readNightLog(value: unknown): NightLog | null {
  if (typeof value !== 'object' || value === null) return null;
  const log = value as Record<string, unknown>;
  const { startedMs, endedMs, presetId, name, timerMinutes, how, interruptions, underruns } = log;
  if (!isTime(startedMs) || !isTime(endedMs) || endedMs < startedMs) return null;
  return {
    startedMs,
    endedMs,
    presetId: typeof presetId === 'string' ? presetId.slice(0, 100) : null,
    name: typeof name === 'string' ? name.slice(0, 200) : '',
    timerMinutes: typeof timerMinutes === 'number' && timerMinutes > 0 ? timerMinutes : null,
    how: how === 'timer' || how === 'closed' ? how : 'stopped',
    interruptions: Array.isArray(interruptions) ? interruptions.slice(0, 200).flatMap(readInterruption) : [],
    underruns: typeof underruns === 'number' && underruns >= 0 ? underruns : null,
  };
}

function readInterruption(value: unknown): NightLog['interruptions'] {
  if (typeof value !== 'object' || value === null) return [];
  const { cause, backAfterSec } = value as Partial<Record<keyof Interruption, unknown>>;
  if (typeof cause !== 'string' || !Object.hasOwn(CAUSES, cause)) return [];
  const away = typeof backAfterSec === 'number' && backAfterSec >= 0 ? backAfterSec : null;
  return [{ cause: cause as InterruptionCause, backAfterSec: away }];
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 8.64e15;
}
