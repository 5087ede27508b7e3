// The door for entries of the practice record: whatever lies in the store, a backup or a summary → an entry, or a refusal.
import * as v from 'valibot';
import { plainCopy, PRESET_LIMITS } from './sanitizeJson.ts';
import { guarded, Refusal } from './decodeError.ts';
import type { Restored } from './parsePreset.ts';
import { cleanName, cleanText, SAFE_ID } from './sanitizeText.ts';
import type { PracticeEntry, SessionEntry, SessionMode } from './practiceRecord.ts';

export const NOTE_CHARS = 500;
export const WORDS_CHARS = 600;
/** A longest night, in minutes. */
export const MOST_MINUTES = 24 * 60;
export const MOST_AWAKE = 100;
export const MOST_OFFSET_MIN = 16 * 60;

const id = v.pipe(v.string(), v.regex(SAFE_ID));
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const amount = (max: number) => v.pipe(v.number(), v.minValue(0), v.maxValue(max));
/** Beyond them a clock was wrong, and days can no longer be counted on from there. */
const EARLIEST_YEAR = '1900';
const LATEST_YEAR = '2999';
const inReach = (text: string): boolean => {
  const year = text.slice(0, 4);
  return /^\d{4}-/.test(text) && year >= EARLIEST_YEAR && year <= LATEST_YEAR;
};
const moment = v.pipe(
  v.string(),
  v.check((text) => inReach(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text),
);
const day = v.pipe(
  v.string(),
  v.check((text) => {
    const noon = `${text}T12:00:00.000Z`;
    return (
      text.length === 10 && inReach(text) && !Number.isNaN(Date.parse(noon)) && new Date(noon).toISOString() === noon
    );
  }),
);

/** Whether a text is a day that can be counted with: YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return v.is(day, text);
}

/** The kinds of values in an entry, shared with the summary. */
export const VALUE = {
  day,
  minutes: amount(MOST_MINUTES),
  mode: v.picklist(['day', 'sleep'] satisfies SessionMode[]),
  presetId: v.pipe(v.string(), v.maxLength(64)),
  presetRevision: v.nullable(whole(0, 1_000_000)),
  timerMinutes: v.nullable(amount(MOST_MINUTES)),
  interruptions: whole(0, 10_000),
  /** Distress and tingles. */
  rating: v.nullable(whole(0, 10)),
  again: v.nullable(v.boolean()),
  minutesToSleep: v.nullable(amount(MOST_MINUTES)),
  timesAwake: v.nullable(whole(0, MOST_AWAKE)),
  quality: v.nullable(whole(1, 5)),
};

const SESSION = v.strictObject({
  kind: v.literal('session'),
  id,
  startedAt: moment,
  utcOffsetMin: whole(-MOST_OFFSET_MIN, MOST_OFFSET_MIN),
  minutes: VALUE.minutes,
  mode: VALUE.mode,
  presetId: VALUE.presetId,
  presetName: v.string(),
  presetWords: v.string(),
  presetRevision: VALUE.presetRevision,
  timerMinutes: VALUE.timerMinutes,
  interruptions: VALUE.interruptions,
  before: VALUE.rating,
  after: VALUE.rating,
  tingles: VALUE.rating,
  again: VALUE.again,
  note: v.string(),
});

const MORNING = v.strictObject({
  kind: v.literal('morning'),
  id,
  day,
  minutesToSleep: VALUE.minutesToSleep,
  timesAwake: VALUE.timesAwake,
  quality: VALUE.quality,
  note: v.string(),
});

const ENTRY = v.variant('kind', [SESSION, MORNING]);

export function restoreEntry(value: unknown): Restored<{ readonly entry: PracticeEntry }> {
  return guarded(() => ({ ok: true as const, warnings: [], entry: entryFrom(plainCopy(value, PRESET_LIMITS)) }));
}

/** Throws a `Refusal`. */
function entryFrom(plain: unknown): PracticeEntry {
  const result = v.safeParse(ENTRY, plain, { abortEarly: true });
  if (!result.success) {
    throw new Refusal('wrong-shape', 'An entry of the practice record is not in order. Nothing was changed.');
  }
  return cleanWords(result.output);
}

interface Words {
  readonly presetName?: string;
  readonly presetWords?: string;
  readonly note?: string;
}

/** Free text as everywhere: nothing hidden, not too long. What is not there stays away. */
export function cleanWords<T extends Words>(entry: T): T {
  const { presetName, presetWords, note } = entry;
  return {
    ...entry,
    ...(presetName === undefined ? {} : { presetName: cleanName(presetName).text }),
    ...(presetWords === undefined ? {} : { presetWords: cleanText(presetWords, { chars: WORDS_CHARS }).text }),
    ...(note === undefined ? {} : { note: cleanText(note, { chars: NOTE_CHARS }).text }),
  };
}

/** What the clock on this device's wall is ahead of UTC at a moment, in minutes. */
export function utcOffsetMin(date: Date): number {
  return -Math.round(date.getTimezoneOffset());
}

/** The day of a moment by the clock of this device, YYYY-MM-DD. */
export function dayOf(date: Date): string {
  return wallClock(date.getTime(), utcOffsetMin(date)).day;
}

/** The day and the time (HH:MM) a session began, by the clock on the wall there and then. */
export function beginningOf({ startedAt, utcOffsetMin }: SessionEntry): {
  readonly day: string;
  readonly time: string;
} {
  return wallClock(Date.parse(startedAt), utcOffsetMin);
}

function wallClock(ms: number, offsetMin: number): { readonly day: string; readonly time: string } {
  const iso = new Date(ms + offsetMin * 60_000).toISOString();
  return { day: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/** Which day an entry belongs to, as the person lived it. */
export function entryDay(entry: PracticeEntry): string {
  return entry.kind === 'morning' ? entry.day : beginningOf(entry).day;
}

const DAY_MS = 24 * 3600_000;

/** How many days lie between: 0 for the same one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / DAY_MS);
}

/** `days` later (or earlier), in whole calendar days. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
