// A summary in numbers: weeks, before and after, nights with and without listening, sounds used. What is missing stays missing.
import { shiftDay } from '../formats/practiceEntry.ts';
import type { PracticeSummary, SummaryMorning, SummarySession } from '../formats/practiceSummary.ts';

export interface Week {
  /** Its Monday, YYYY-MM-DD. */
  readonly start: string;
  readonly sessions: number;
  readonly minutes: number;
}

/** Every week from the first day to the last; weeks without a session are there, empty. */
export function weeksOf({ from, to, sessions }: PracticeSummary): Week[] {
  const byMonday = groupBy(sessions, ({ day }) => mondayOf(day));
  const weeks: Week[] = [];
  for (let start = mondayOf(from); start <= to; start = shiftDay(start, 7)) {
    const within = byMonday.get(start) ?? [];
    weeks.push({ start, sessions: within.length, minutes: minutesOf(within) });
  }
  return weeks;
}

/** In one go: there may be thousands. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export function minutesOf(sessions: readonly SummarySession[]): number {
  return sessions.reduce((sum, { minutes = 0 }) => sum + minutes, 0);
}

function mondayOf(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return shiftDay(day, -((weekday + 6) % 7));
}

/** Every day from the first to the last, in order. */
export function daysOf({ from, to }: Pick<PracticeSummary, 'from' | 'to'>): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = shiftDay(day, 1)) days.push(day);
  return days;
}

export const DAY_PARTS = ['morning', 'afternoon', 'evening', 'night'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** null: the time was not told. */
export function dayPartOf({ time }: SummarySession): DayPart | null {
  if (time === undefined) return null;
  if (time < '05:00' || time >= '22:00') return 'night';
  return time < '12:00' ? 'morning' : time < '18:00' ? 'afternoon' : 'evening';
}

export interface Pair {
  readonly day: string;
  readonly before: number;
  readonly after: number;
}

/** Sessions that were rated both times, in their order. */
export function pairsOf({ sessions }: PracticeSummary): Pair[] {
  return sessions.flatMap(({ day, before = null, after = null }) =>
    before === null || after === null ? [] : [{ day, before, after }],
  );
}

/** Negative: less distress afterwards. null: nothing was rated both times. */
export function medianChange(pairs: readonly Pair[]): number | null {
  return median(pairs.map(({ before, after }) => after - before));
}

export interface SleepStats {
  readonly nights: number;
  readonly minutesToSleep: Median;
  readonly timesAwake: Median;
  readonly quality: Median;
}

/** Of what was said, and how many nights it was said about. */
export interface Median {
  readonly value: number | null;
  readonly n: number;
}

/** Nights with listening beside nights without. A day without an entry belongs to neither. */
export function sleepStats({ mornings }: PracticeSummary): { with: SleepStats; without: SleepStats } {
  return {
    with: statsOf(mornings.filter(({ listened }) => listened === true)),
    without: statsOf(mornings.filter(({ listened }) => listened === false)),
  };
}

function statsOf(mornings: readonly SummaryMorning[]): SleepStats {
  const of = (key: 'minutesToSleep' | 'timesAwake' | 'quality'): Median => {
    const said = mornings.map((entry) => entry[key] ?? null).filter((value) => value !== null);
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
  /** '' for a sound that was never saved. */
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly sessions: number;
}

/** Most used first, as they were called and sounded last. */
export function presetsOf({ sessions }: PracticeSummary): UsedPreset[] {
  const used = new Map<string, UsedPreset>();
  for (const { presetId: id = '', presetName: name = '', presetWords: words = '' } of sessions) {
    if (name === '') continue;
    const key = id === '' ? `unsaved ${name}` : id;
    used.set(key, { id, name, words, sessions: (used.get(key)?.sessions ?? 0) + 1 });
  }
  return [...used.values()].sort((a, b) => b.sessions - a.sessions);
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  const low = sorted[middle - 1];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
