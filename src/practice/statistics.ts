// Statistics of a practice summary: weeks, before and after, nights with and without listening, sounds used. Missing values count nowhere.
import { shiftDay } from '../formats/practiceEntry.ts';
import type { PracticeSummary, SummaryMorning, SummarySession } from '../formats/practiceSummary.ts';

/** A calendar week. */
export interface Week {
  /** Its Monday, YYYY-MM-DD. */
  readonly start: string;
  readonly sessions: number;
  readonly minutes: number;
}

/**
 * Sessions and minutes per week.
 * @param summary - its range and sessions
 * @returns every week of the range, also those without a session
 */
export function weeksOf({ from, to, sessions }: PracticeSummary): Week[] {
  const byMonday = groupBy(sessions, ({ day }) => mondayOf(day));
  const weeks: Week[] = [];
  for (let start = mondayOf(from); start <= to; start = shiftDay(start, 7)) {
    const within = byMonday.get(start) ?? [];
    weeks.push({ start, sessions: within.length, minutes: minutesOf(within) });
  }
  return weeks;
}

/**
 * Groups items in one pass.
 * @param items - there may be thousands
 * @param keyOf - the group of an item
 * @returns the items of each group, in their order
 */
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

/**
 * Adds up minutes.
 * @param sessions - of a summary; without minutes they count as 0
 * @returns minutes
 */
export function minutesOf(sessions: readonly SummarySession[]): number {
  return sessions.reduce((sum, { minutes = 0 }) => sum + minutes, 0);
}

function mondayOf(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return shiftDay(day, -((weekday + 6) % 7));
}

/**
 * Lists the days of a range.
 * @param range - first and last day, YYYY-MM-DD
 * @returns every day, in order
 */
export function daysOf({ from, to }: Pick<PracticeSummary, 'from' | 'to'>): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = shiftDay(day, 1)) days.push(day);
  return days;
}

/** Parts of a day. */
export const DAY_PARTS = ['morning', 'afternoon', 'evening', 'night'] as const;
/** One of them. */
export type DayPart = (typeof DAY_PARTS)[number];

/**
 * The part of the day a session began in.
 * @param session - of a summary
 * @returns night from 22:00, morning from 05:00, afternoon from 12:00, evening from 18:00; null without a time
 */
export function dayPartOf({ time }: SummarySession): DayPart | null {
  if (time === undefined) return null;
  if (time < '05:00' || time >= '22:00') return 'night';
  return time < '12:00' ? 'morning' : time < '18:00' ? 'afternoon' : 'evening';
}

/** Distress before and after a session, 0…10. */
export interface Pair {
  readonly day: string;
  readonly before: number;
  readonly after: number;
}

/**
 * The ratings of sessions that were rated before and after.
 * @param summary - its sessions
 * @returns the pairs, in the order of the sessions
 */
export function pairsOf({ sessions }: PracticeSummary): Pair[] {
  return sessions.flatMap(({ day, before = null, after = null }) =>
    before === null || after === null ? [] : [{ day, before, after }],
  );
}

/**
 * The median change of distress.
 * @param pairs - ratings
 * @returns negative for less distress afterwards; null without pairs
 */
export function medianChange(pairs: readonly Pair[]): number | null {
  return median(pairs.map(({ before, after }) => after - before));
}

/** Medians over some nights. */
export interface SleepStats {
  readonly nights: number;
  readonly minutesToSleep: Median;
  readonly timesAwake: Median;
  readonly quality: Median;
}

/** A median, and how many nights gave a value. */
export interface Median {
  readonly value: number | null;
  readonly n: number;
}

/**
 * Compares nights with and without listening; a day without an entry is neither.
 * @param summary - its mornings
 * @returns medians of both
 */
export function sleepStats({ mornings }: PracticeSummary): { with: SleepStats; without: SleepStats } {
  return {
    with: statsOf(mornings.filter(({ listened }) => listened === true)),
    without: statsOf(mornings.filter(({ listened }) => listened === false)),
  };
}

function statsOf(mornings: readonly SummaryMorning[]): SleepStats {
  const of = (key: 'minutesToSleep' | 'timesAwake' | 'quality'): Median => {
    const values = mornings.map((entry) => entry[key] ?? null).filter((value) => value !== null);
    return { value: median(values), n: values.length };
  };
  return {
    nights: mornings.length,
    minutesToSleep: of('minutesToSleep'),
    timesAwake: of('timesAwake'),
    quality: of('quality'),
  };
}

/** A preset that was listened to. */
export interface UsedPreset {
  /** '' for a sound that was never saved. */
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly sessions: number;
}

/**
 * Counts sessions per preset.
 * @param summary - its sessions
 * @returns the most used first, with their latest name and description
 */
export function presetsOf({ sessions }: PracticeSummary): UsedPreset[] {
  const used = new Map<string, UsedPreset>();
  for (const { presetId: id = '', presetName: name = '', presetWords: words = '' } of sessions) {
    if (name === '') continue;
    const key = id === '' ? `unsaved ${name}` : id;
    used.set(key, { id, name, words, sessions: (used.get(key)?.sessions ?? 0) + 1 });
  }
  return [...used.values()].sort((a, b) => b.sessions - a.sessions);
}

/**
 * The median.
 * @param values - in any order
 * @returns null without values
 */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  const low = sorted[middle - 1];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
