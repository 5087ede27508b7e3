// Entries of the practice record, a session or a morning: type, parser, and their calendar days. Days are local, YYYY-MM-DD.
import * as v from 'valibot';
import { DecodeError, tryDecode } from './decodeError.ts';
import type { Decoded } from './decodeError.ts';
import { PRESET_LIMITS, sanitizeJson } from './json.ts';
import { SAFE_ID, sanitizeName, sanitizeText } from './text.ts';

/** Of a session. */
export type SessionMode = 'day' | 'sleep';

/** A time of listening. Logged by itself once the record is switched on; ratings are always optional. */
export interface SessionEntry {
  readonly kind: 'session';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Of the local clock then: a day stays the day it was, wherever it is read later. */
  readonly utcOffsetMin: number;
  readonly minutes: number;
  readonly mode: SessionMode;
  readonly presetId: string;
  /** As it was then. */
  readonly presetName: string;
  readonly presetWords: string;
  readonly presetRevision: number | null;
  readonly timerMinutes: number | null;
  readonly interruptions: number;
  /** Distress, 0…10. */
  readonly before: number | null;
  readonly after: number | null;
  /** 0…10. */
  readonly tingles: number | null;
  readonly again: boolean | null;
  readonly note: string;
}

/** A night's sleep, as remembered in the morning. */
export interface MorningEntry {
  readonly kind: 'morning';
  readonly id: string;
  /** The local day of getting up, YYYY-MM-DD. One entry a day. */
  readonly day: string;
  readonly minutesToSleep: number | null;
  readonly timesAwake: number | null;
  /** 1…5. */
  readonly quality: number | null;
  readonly note: string;
}

/** An entry of the practice record. null means not given. */
export type PracticeEntry = SessionEntry | MorningEntry;

/** Of an entry's note. */
export const MAX_ENTRY_NOTE_CHARS = 500;
/** Of the description of the sound. */
export const MAX_DESCRIPTION_CHARS = 600;
/** Of a session: a day. */
export const MAX_MINUTES = 24 * 60;
/** In one night. */
export const MAX_AWAKENINGS = 100;
/** Of a local clock from UTC. */
export const MAX_OFFSET_MIN = 16 * 60;

const id = v.pipe(v.string(), v.regex(SAFE_ID));
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const amount = (max: number) => v.pipe(v.number(), v.minValue(0), v.maxValue(max));
/** Other years come from a wrong clock; days cannot be added to the extreme ones. */
const MIN_YEAR = '1900';
const MAX_YEAR = '2999';
const yearInRange = (text: string): boolean => {
  const year = text.slice(0, 4);
  return /^\d{4}-/.test(text) && year >= MIN_YEAR && year <= MAX_YEAR;
};
const moment = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => yearInRange(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text),
);
const day = v.pipe(
  v.string(),
  v.isoDate(),
  v.check((text) => {
    const noon = `${text}T12:00:00.000Z`;
    return (
      text.length === 10 &&
      yearInRange(text) &&
      !Number.isNaN(Date.parse(noon)) &&
      new Date(noon).toISOString() === noon
    );
  }),
);

/**
 * Tells whether a text is a calendar day.
 * @param text - as typed
 * @returns whether it is YYYY-MM-DD and exists
 */
export function isDay(text: string): boolean {
  return v.is(day, text);
}

/** Schemas of single fields, shared with the practice summary. */
export const FIELD_SCHEMAS = {
  day,
  minutes: amount(MAX_MINUTES),
  mode: v.picklist(['day', 'sleep'] satisfies SessionMode[]),
  presetId: v.pipe(v.string(), v.maxLength(64)),
  presetRevision: v.nullable(whole(0, 1_000_000)),
  timerMinutes: v.nullable(amount(MAX_MINUTES)),
  interruptions: whole(0, 10_000),
  /** Distress, tingles. */
  rating: v.nullable(whole(0, 10)),
  again: v.nullable(v.boolean()),
  minutesToSleep: v.nullable(amount(MAX_MINUTES)),
  timesAwake: v.nullable(whole(0, MAX_AWAKENINGS)),
  quality: v.nullable(whole(1, 5)),
};

/** The shape of a session. */
export const SESSION_ENTRY = v.strictObject({
  kind: v.literal('session'),
  id,
  startedAt: moment,
  utcOffsetMin: whole(-MAX_OFFSET_MIN, MAX_OFFSET_MIN),
  minutes: FIELD_SCHEMAS.minutes,
  mode: FIELD_SCHEMAS.mode,
  presetId: FIELD_SCHEMAS.presetId,
  presetName: v.string(),
  presetWords: v.string(),
  presetRevision: FIELD_SCHEMAS.presetRevision,
  timerMinutes: FIELD_SCHEMAS.timerMinutes,
  interruptions: FIELD_SCHEMAS.interruptions,
  before: FIELD_SCHEMAS.rating,
  after: FIELD_SCHEMAS.rating,
  tingles: FIELD_SCHEMAS.rating,
  again: FIELD_SCHEMAS.again,
  note: v.string(),
});

/** The shape of a morning. */
export const MORNING_ENTRY = v.strictObject({
  kind: v.literal('morning'),
  id,
  day,
  minutesToSleep: FIELD_SCHEMAS.minutesToSleep,
  timesAwake: FIELD_SCHEMAS.timesAwake,
  quality: FIELD_SCHEMAS.quality,
  note: v.string(),
});

const ENTRY = v.variant('kind', [SESSION_ENTRY, MORNING_ENTRY]);

/**
 * Restores an entry from an untrusted value: a stored record or a part of a backup. Never throws.
 * @param value - anything
 * @returns the entry, or a refusal
 */
export function restoreEntry(value: unknown): Decoded<{ readonly entry: PracticeEntry }> {
  return tryDecode(() => {
    const result = v.safeParse(ENTRY, sanitizeJson(value, PRESET_LIMITS), { abortEarly: true });
    if (!result.success) throw new DecodeError('entry-invalid');
    return { ok: true as const, warnings: [], entry: sanitizeEntryText(result.output) };
  });
}

interface EntryText {
  readonly presetName?: string;
  readonly presetWords?: string;
  readonly note?: string;
}

/**
 * Sanitizes the free text of an entry.
 * @param entry - absent fields stay absent
 * @returns a copy
 */
export function sanitizeEntryText<T extends EntryText>(entry: T): T {
  const { presetName, presetWords, note } = entry;
  return {
    ...entry,
    ...(presetName === undefined ? {} : { presetName: sanitizeName(presetName).text }),
    ...(presetWords === undefined
      ? {}
      : { presetWords: sanitizeText(presetWords, { chars: MAX_DESCRIPTION_CHARS }).text }),
    ...(note === undefined ? {} : { note: sanitizeText(note, { chars: MAX_ENTRY_NOTE_CHARS }).text }),
  };
}

/**
 * The local clock's offset at a moment.
 * @param date - the moment
 * @returns minutes ahead of UTC
 */
export function utcOffsetMin(date: Date): number {
  return -Math.round(date.getTimezoneOffset());
}

/**
 * The local day of a moment.
 * @param date - the moment
 * @returns YYYY-MM-DD
 */
export function dayOf(date: Date): string {
  return localTime(date.getTime(), utcOffsetMin(date)).day;
}

/**
 * When a session started by the local clock there and then.
 * @param entry - the session
 * @returns the day and the time, HH:MM
 */
export function localStart({ startedAt, utcOffsetMin }: SessionEntry): {
  readonly day: string;
  readonly time: string;
} {
  return localTime(Date.parse(startedAt), utcOffsetMin);
}

function localTime(ms: number, offsetMin: number): { readonly day: string; readonly time: string } {
  const iso = new Date(ms + offsetMin * 60_000).toISOString();
  return { day: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/**
 * The day an entry belongs to.
 * @param entry - a session or a morning
 * @returns YYYY-MM-DD
 */
export function entryDay(entry: PracticeEntry): string {
  return entry.kind === 'morning' ? entry.day : localStart(entry).day;
}

const DAY_MS = 24 * 3600_000;

/**
 * Counts days.
 * @param from - one day
 * @param to - another
 * @returns 0 for the same day, negative when `to` is earlier
 */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / DAY_MS);
}

/**
 * Adds calendar days.
 * @param day - YYYY-MM-DD
 * @param days - negative for earlier
 * @returns YYYY-MM-DD
 */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
