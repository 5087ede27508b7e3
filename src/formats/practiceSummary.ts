// The practice summary: the part of a practice record that a person chose to share. Reports are made of it on both sides.
import * as v from 'valibot';
import { DecodeError, tryDecode } from './decodeError.ts';
import type { Decoded, DecodeWarning } from './decodeError.ts';
import { sanitizeJson } from './json.ts';
import type { JsonLimits } from './json.ts';
import { daysBetween, FIELD_SCHEMAS, sanitizeEntryText, shiftDay } from './practiceEntry.ts';
import type { SessionMode } from './practiceEntry.ts';

/** What a person can choose. */
export const SUMMARY_SECTIONS = ['sessions', 'ratings', 'sleep', 'presets', 'notes'] as const;
/** One of the sections. */
export type SummarySection = (typeof SUMMARY_SECTIONS)[number];

/** A session of a summary: its day, and the fields of the chosen sections. The others are absent. */
export interface SummarySession {
  /** Local, YYYY-MM-DD. */
  readonly day: string;
  /** Local, HH:MM. */
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

/** A morning of a summary. */
export interface SummaryMorning {
  readonly day: string;
  /** Whether there was a session before the night or in it. */
  readonly listened?: boolean;
  readonly minutesToSleep?: number | null;
  readonly timesAwake?: number | null;
  readonly quality?: number | null;
  readonly note?: string;
}

/** A practice summary. */
export interface PracticeSummary {
  readonly version: 1;
  /** Local days, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  /** What was chosen. */
  readonly sections: readonly SummarySection[];
  readonly sessions: readonly SummarySession[];
  readonly mornings: readonly SummaryMorning[];
}

/** The days and sections of a summary. */
export type SummaryRange = Pick<PracticeSummary, 'from' | 'to' | 'sections'>;

/** The fields of each section. */
export const SECTION_FIELDS = {
  sessions: ['time', 'minutes', 'mode', 'timerMinutes', 'interruptions'],
  ratings: ['before', 'after', 'tingles', 'again'],
  sleep: ['listened', 'minutesToSleep', 'timesAwake', 'quality'],
  presets: ['presetId', 'presetName', 'presetWords', 'presetRevision'],
  notes: ['note'],
} as const satisfies Record<SummarySection, readonly (keyof SummarySession | keyof SummaryMorning)[]>;

const LIMITS: JsonLimits = { depth: 16, keys: 150_000, items: 10_000, chars: 2000 };
/** Sessions, and mornings, of one summary. */
export const MAX_SUMMARY_ENTRIES = 5000;
/** Twenty years: a plot has a place for each day. */
export const MAX_SUMMARY_DAYS = 7305;

const SESSION = v.strictObject({
  day: FIELD_SCHEMAS.day,
  time: v.exactOptional(v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/))),
  minutes: v.exactOptional(FIELD_SCHEMAS.minutes),
  mode: v.exactOptional(FIELD_SCHEMAS.mode),
  timerMinutes: v.exactOptional(FIELD_SCHEMAS.timerMinutes),
  interruptions: v.exactOptional(FIELD_SCHEMAS.interruptions),
  before: v.exactOptional(FIELD_SCHEMAS.rating),
  after: v.exactOptional(FIELD_SCHEMAS.rating),
  tingles: v.exactOptional(FIELD_SCHEMAS.rating),
  again: v.exactOptional(FIELD_SCHEMAS.again),
  presetId: v.exactOptional(FIELD_SCHEMAS.presetId),
  presetName: v.exactOptional(v.string()),
  presetWords: v.exactOptional(v.string()),
  presetRevision: v.exactOptional(FIELD_SCHEMAS.presetRevision),
  note: v.exactOptional(v.string()),
});

const MORNING = v.strictObject({
  day: FIELD_SCHEMAS.day,
  listened: v.exactOptional(v.boolean()),
  minutesToSleep: v.exactOptional(FIELD_SCHEMAS.minutesToSleep),
  timesAwake: v.exactOptional(FIELD_SCHEMAS.timesAwake),
  quality: v.exactOptional(FIELD_SCHEMAS.quality),
  note: v.exactOptional(v.string()),
});

/** The shape of a summary. */
export const SUMMARY = v.strictObject({
  version: v.literal(1),
  from: FIELD_SCHEMAS.day,
  to: FIELD_SCHEMAS.day,
  sections: v.pipe(v.array(v.picklist(SUMMARY_SECTIONS)), v.maxLength(SUMMARY_SECTIONS.length)),
  sessions: v.pipe(v.array(SESSION), v.maxLength(MAX_SUMMARY_ENTRIES)),
  mornings: v.pipe(v.array(MORNING), v.maxLength(MAX_SUMMARY_ENTRIES)),
});

/**
 * Restores a summary from an untrusted value. Never throws.
 * @param value - what came with a shared preset
 * @returns the summary, or why it is refused
 */
export function restoreSummary(value: unknown): Decoded<{ readonly summary: PracticeSummary }> {
  return tryDecode(() => {
    const result = v.safeParse(SUMMARY, sanitizeJson(value, LIMITS), { abortEarly: true });
    if (!result.success) throw new DecodeError('summary-invalid');
    const { from, to, sections, sessions, mornings } = result.output;
    const range = { from: from < to ? from : to, to: from < to ? to : from, sections };
    const summary = clipSummary(range, sessions.map(sanitizeEntryText), mornings.map(sanitizeEntryText));
    const whole = summary.from === range.from && summary.to === range.to;
    const warnings: DecodeWarning[] = whole ? [] : [{ code: 'summary-shortened', path: ['practice'], params: {} }];
    return { ok: true as const, warnings, summary };
  });
}

/**
 * Clips a summary to its range, and to the fields of the chosen sections.
 * @param range - days and sections
 * @param sessions - in any order
 * @param mornings - in any order
 * @returns the summary, in the order of time
 */
export function clipSummary(
  { sections, ...range }: SummaryRange,
  sessions: readonly SummarySession[],
  mornings: readonly SummaryMorning[],
): PracticeSummary {
  const chosen = SUMMARY_SECTIONS.filter((section) => sections.includes(section));
  const fields = new Set<string>(['day', ...chosen.flatMap((section) => SECTION_FIELDS[section])]);
  const [from, to] = clampRange(range, [...sessions, ...mornings]);
  const within = ({ day }: { readonly day: string }): boolean => day >= from && day <= to;
  return {
    version: 1,
    from,
    to,
    sections: chosen,
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

/** The range or, where it is too long, its last part with entries. */
function clampRange(
  { from, to }: Omit<SummaryRange, 'sections'>,
  entries: readonly { readonly day: string }[],
): [string, string] {
  if (daysBetween(from, to) < MAX_SUMMARY_DAYS) return [from, to];
  const last = entries.reduce((latest, { day }) => (day <= to && day > latest ? day : latest), from);
  const first = shiftDay(last, 1 - MAX_SUMMARY_DAYS);
  return [first < from ? from : first, last];
}

/** Nothing when only the day would be left. */
function onlyFields<T extends { readonly note?: string }>(entry: T, fields: ReadonlySet<string>): [T] | [] {
  const fieldsLeft = Object.entries(entry).filter(
    ([key, value]) => fields.has(key) && !(key === 'note' && value === ''),
  );
  return fieldsLeft.length > 1 ? [Object.fromEntries(fieldsLeft) as T] : [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
