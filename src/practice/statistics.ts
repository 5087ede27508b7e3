// A summary in numbers: weeks, before and after, nights with and without listening, sounds used. What is missing stays missing.
import { dayOf, shiftDay } from './entries.ts';
import type { MorningEntry, SessionEntry } from './record.ts';
import type { PracticeSummary } from './summary.ts';

export interface Week {
  /** Its Monday, YYYY-MM-DD. */
  readonly start: string;
  readonly sessions: number;
  readonly minutes: number;
}

/** Every week from the first day to the last; weeks without a session are there, empty. */
export function weeksOf({ from, to, sessions }: PracticeSummary): Week[] {
  const weeks: Week[] = [];
  for (let start = mondayOf(from); start <= to; start = shiftDay(start, 7)) {
    const end = shiftDay(start, 7);
    const within = sessions.filter(({ startedAt }) => {
      const day = dayOf(new Date(startedAt));
      return day >= start && day < end;
    });
    weeks.push({ start, sessions: within.length, minutes: sum(within.map(({ minutes }) => minutes)) });
  }
  return weeks;
}

function mondayOf(day: string): string {
  const weekday = new Date(`${day}T12:00:00`).getDay();
  return shiftDay(day, -((weekday + 6) % 7));
}

export const DAY_PARTS = ['morning', 'afternoon', 'evening', 'night'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

export function dayPartOf({ startedAt }: SessionEntry): DayPart {
  const hour = new Date(startedAt).getHours();
  return hour < 5 ? 'night' : hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : hour < 22 ? 'evening' : 'night';
}

export interface Pair {
  readonly startedAt: string;
  readonly before: number;
  readonly after: number;
}

/** Sessions that were rated both times. */
export function pairsOf({ sessions }: PracticeSummary): Pair[] {
  return sessions.flatMap(({ startedAt, before, after }) =>
    before === null || after === null ? [] : [{ startedAt, before, after }],
  );
}

/** Negative: less distress afterwards. null: nothing was rated both times. */
export function medianChange(pairs: readonly Pair[]): number | null {
  return median(pairs.map(({ before, after }) => after - before));
}

export interface SleepColumn {
  readonly nights: number;
  /** Medians of what was said, and how many said it. */
  readonly minutesToSleep: Median;
  readonly timesAwake: Median;
  readonly quality: Median;
}
export interface Median {
  readonly value: number | null;
  readonly n: number;
}

/** Nights with listening beside nights without. A day without an entry belongs to neither. */
export function sleepOf({ mornings, sessions }: PracticeSummary): { with: SleepColumn; without: SleepColumn } {
  const listened = new Set(sessions.map(morningAfter));
  const heard = mornings.filter(({ day }) => listened.has(day));
  const silent = mornings.filter(({ day }) => !listened.has(day));
  return { with: column(heard), without: column(silent) };
}

/** A session after six in the evening counts for the coming morning, one before five for the same. */
function morningAfter({ startedAt }: SessionEntry): string {
  const date = new Date(startedAt);
  const hour = date.getHours();
  if (hour >= 18) return shiftDay(dayOf(date), 1);
  return hour < 5 ? dayOf(date) : '';
}

function column(mornings: readonly MorningEntry[]): SleepColumn {
  const of = (key: 'minutesToSleep' | 'timesAwake' | 'quality'): Median => {
    const said = mornings.flatMap((entry) => (entry[key] === null ? [] : [entry[key]]));
    return { value: median(said), n: said.length };
  };
  return {
    nights: mornings.length,
    minutesToSleep: of('minutesToSleep'),
    timesAwake: of('timesAwake'),
    quality: of('quality'),
  };
}

export interface UsedPreset {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly sessions: number;
  readonly minutes: number;
}

/** Most used first, by the name they had last. */
export function presetsOf({ sessions }: PracticeSummary): UsedPreset[] {
  const used = new Map<string, UsedPreset>();
  for (const { presetId, presetName, presetWords, minutes } of sessions) {
    if (presetId === '') continue;
    const before = used.get(presetId);
    used.set(presetId, {
      id: presetId,
      name: presetName,
      words: presetWords,
      sessions: (before?.sessions ?? 0) + 1,
      minutes: (before?.minutes ?? 0) + minutes,
    });
  }
  return [...used.values()].sort((a, b) => b.sessions - a.sessions || b.minutes - a.minutes);
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  const low = sorted[middle - 1];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
