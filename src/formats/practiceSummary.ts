// The part of a practice record that a person chose to hand over: what a report is drawn from, here and on the other side.
import * as v from 'valibot';
import { plainCopy } from './sanitizeJson.ts';
import type { PlainLimits } from './sanitizeJson.ts';
import { guarded, Refusal } from './decodeError.ts';
import type { Restored } from './parsePreset.ts';
import { beginningOf, cleanWords, daysBetween, shiftDay, VALUE } from './practiceEntry.ts';
import type { MorningEntry, PracticeEntry, SessionEntry, SessionMode } from './practiceRecord.ts';

export const SUMMARY_SECTIONS = ['sessions', 'ratings', 'sleep', 'presets', 'notes'] as const;
export type SummarySection = (typeof SUMMARY_SECTIONS)[number];

/** A session as it is handed over: its day, and the fields of the sections that were ticked. The others are not there at all. */
export interface SummarySession {
  /** As the person lived it, YYYY-MM-DD. */
  readonly day: string;
  /** HH:MM by the clock on the wall. */
  readonly time?: string;
  readonly minutes?: number;
  readonly mode?: SessionMode;
  readonly timerMinutes?: number | null;
  readonly interruptions?: number;
  readonly before?: number | null;
  readonly after?: number | null;
  readonly tingles?: number | null;
  readonly again?: boolean | null;
  readonly presetId?: string;
  readonly presetName?: string;
  readonly presetWords?: string;
  readonly presetRevision?: number | null;
  readonly note?: string;
}

export interface SummaryMorning {
  readonly day: string;
  /** There was listening before the night or in it. */
  readonly listened?: boolean;
  readonly minutesToSleep?: number | null;
  readonly timesAwake?: number | null;
  readonly quality?: number | null;
  readonly note?: string;
}

export interface PracticeSummary {
  readonly version: 1;
  /** Days as the person lived them, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  /** What was ticked. */
  readonly sections: readonly SummarySection[];
  readonly sessions: readonly SummarySession[];
  readonly mornings: readonly SummaryMorning[];
}

type Range = Pick<PracticeSummary, 'from' | 'to' | 'sections'>;

export const SECTION_FIELDS = {
  sessions: ['time', 'minutes', 'mode', 'timerMinutes', 'interruptions'],
  ratings: ['before', 'after', 'tingles', 'again'],
  sleep: ['listened', 'minutesToSleep', 'timesAwake', 'quality'],
  presets: ['presetId', 'presetName', 'presetWords', 'presetRevision'],
  notes: ['note'],
} as const satisfies Record<SummarySection, readonly (keyof SummarySession | keyof SummaryMorning)[]>;

const LIMITS: PlainLimits = { depth: 16, keys: 150_000, items: 10_000, chars: 2000 };
export const MOST_ENTRIES = 5000;
/** Twenty years: every day of them has its place in the pictures. */
export const MOST_DAYS = 7305;

const SESSION = v.strictObject({
  day: VALUE.day,
  time: v.exactOptional(v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/))),
  minutes: v.exactOptional(VALUE.minutes),
  mode: v.exactOptional(VALUE.mode),
  timerMinutes: v.exactOptional(VALUE.timerMinutes),
  interruptions: v.exactOptional(VALUE.interruptions),
  before: v.exactOptional(VALUE.rating),
  after: v.exactOptional(VALUE.rating),
  tingles: v.exactOptional(VALUE.rating),
  again: v.exactOptional(VALUE.again),
  presetId: v.exactOptional(VALUE.presetId),
  presetName: v.exactOptional(v.string()),
  presetWords: v.exactOptional(v.string()),
  presetRevision: v.exactOptional(VALUE.presetRevision),
  note: v.exactOptional(v.string()),
});

const MORNING = v.strictObject({
  day: VALUE.day,
  listened: v.exactOptional(v.boolean()),
  minutesToSleep: v.exactOptional(VALUE.minutesToSleep),
  timesAwake: v.exactOptional(VALUE.timesAwake),
  quality: v.exactOptional(VALUE.quality),
  note: v.exactOptional(v.string()),
});

const SUMMARY = v.strictObject({
  version: v.literal(1),
  from: VALUE.day,
  to: VALUE.day,
  sections: v.pipe(v.array(v.picklist(SUMMARY_SECTIONS)), v.maxLength(SUMMARY_SECTIONS.length)),
  sessions: v.pipe(v.array(SESSION), v.maxLength(MOST_ENTRIES)),
  mornings: v.pipe(v.array(MORNING), v.maxLength(MOST_ENTRIES)),
});

const TOO_LONG =
  'The practice summary that came with it is about more than twenty years; only the last twenty in which there is something are shown.';

/** What came with a parcel → a summary that can be shown. Never throws. */
export function restoreSummary(value: unknown): Restored<{ readonly summary: PracticeSummary }> {
  return guarded(() => {
    const result = v.safeParse(SUMMARY, plainCopy(value, LIMITS), { abortEarly: true });
    if (!result.success) {
      throw new Refusal('wrong-shape', 'The practice summary that came with it is not in order. Nothing was changed.');
    }
    const { from, to, sections, sessions, mornings } = result.output;
    const range = { from: from < to ? from : to, to: from < to ? to : from, sections };
    const summary = cut(range, sessions.map(cleanWords), mornings.map(cleanWords));
    const whole = summary.from === range.from && summary.to === range.to;
    return { ok: true as const, warnings: whole ? [] : [TOO_LONG], summary };
  });
}

/** Only what was ticked, only from the days that were chosen; everything else is not in it. */
export function summarise(entries: readonly PracticeEntry[], range: Range): PracticeSummary {
  const sessions = entries.filter((entry) => entry.kind === 'session');
  const mornings = entries.filter((entry) => entry.kind === 'morning');
  // A night that began before the first day still tells how its morning came about.
  const listened = new Set(sessions.map(morningOf));
  return cut(
    range,
    sessions.map(toldSession),
    mornings.map((entry) => toldMorning(entry, listened.has(entry.day))),
  );
}

function cut(
  { sections, ...range }: Range,
  sessions: readonly SummarySession[],
  mornings: readonly SummaryMorning[],
): PracticeSummary {
  const ticked = SUMMARY_SECTIONS.filter((section) => sections.includes(section));
  const fields = new Set<string>(['day', ...ticked.flatMap((section) => SECTION_FIELDS[section])]);
  const [from, to] = reach(range, [...sessions, ...mornings]);
  const within = ({ day }: { readonly day: string }): boolean => day >= from && day <= to;
  return {
    version: 1,
    from,
    to,
    sections: ticked,
    sessions: sessions
      .filter(within)
      .sort((a, b) => compare(a.day, b.day) || compare(a.time ?? '', b.time ?? ''))
      .flatMap((entry) => onlyFields(entry, fields)),
    mornings: mornings
      .filter(within)
      .sort((a, b) => compare(a.day, b.day))
      .flatMap((entry) => onlyFields(entry, fields)),
  };
}

/** The days that were chosen or, where they are too many, the last of them in which there is something. */
function reach({ from, to }: Omit<Range, 'sections'>, entries: readonly { readonly day: string }[]): [string, string] {
  if (daysBetween(from, to) < MOST_DAYS) return [from, to];
  const last = entries.reduce((latest, { day }) => (day <= to && day > latest ? day : latest), from);
  const first = shiftDay(last, 1 - MOST_DAYS);
  return [first < from ? from : first, last];
}

/** Nothing, when all it would tell is that there was something. */
function onlyFields<T extends { readonly note?: string }>(entry: T, fields: ReadonlySet<string>): [T] | [] {
  const left = Object.entries(entry).filter(([key, value]) => fields.has(key) && !(key === 'note' && value === ''));
  return left.length > 1 ? [Object.fromEntries(left) as T] : [];
}

function toldSession(entry: SessionEntry): SummarySession {
  const { minutes, mode, timerMinutes, interruptions, before, after, tingles, again, note } = entry;
  const { presetId, presetName, presetWords, presetRevision } = entry;
  return {
    ...beginningOf(entry),
    ...{ minutes, mode, timerMinutes, interruptions, before, after, tingles, again },
    ...{ presetId, presetName, presetWords, presetRevision, note },
  };
}

function toldMorning(
  { day, minutesToSleep, timesAwake, quality, note }: MorningEntry,
  listened: boolean,
): SummaryMorning {
  return { day, listened, minutesToSleep, timesAwake, quality, note };
}

/** The morning whose night a session belongs to: a night from noon on, any other listening from six in the evening till five. */
export function morningOf(entry: SessionEntry): string {
  const { day, time } = beginningOf(entry);
  if (time >= (entry.mode === 'sleep' ? '12:00' : '18:00')) return shiftDay(day, 1);
  return entry.mode === 'sleep' || time < '05:00' ? day : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
