// The door for entries of the practice record: whatever lies in the store, a backup or a summary → an entry, or a refusal.
import * as v from 'valibot';
import { plainCopy, PRESET_LIMITS } from '../presets/plain.ts';
import { guarded, Refusal } from '../presets/refusal.ts';
import type { Restored } from '../presets/restore.ts';
import { cleanName, cleanText, SAFE_ID } from '../presets/text.ts';
import type { PracticeEntry, SessionEntry } from './record.ts';

const NOTE_CHARS = 500;
const WORDS_CHARS = 600;
/** A longest night, in minutes. */
const MOST_MINUTES = 24 * 60;

const id = v.pipe(v.string(), v.regex(SAFE_ID));
const amount = (max: number) => v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(max)));
const rating = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000));
const moment = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
export const DAY = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\d$/),
  v.check((text) => !Number.isNaN(Date.parse(`${text}T12:00:00Z`))),
);

const SESSION = v.strictObject({
  kind: v.literal('session'),
  id,
  startedAt: moment,
  minutes: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MOST_MINUTES)),
  mode: v.picklist(['day', 'sleep']),
  presetId: v.pipe(v.string(), v.maxLength(64)),
  presetName: v.string(),
  presetWords: v.string(),
  presetRevision: v.nullable(count),
  timerMinutes: amount(MOST_MINUTES),
  interruptions: count,
  before: rating,
  after: rating,
  tingles: rating,
  again: v.nullable(v.boolean()),
  note: v.string(),
});

const MORNING = v.strictObject({
  kind: v.literal('morning'),
  id,
  day: DAY,
  minutesToSleep: amount(MOST_MINUTES),
  timesAwake: amount(100),
  quality: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5))),
  note: v.string(),
});

const ENTRY = v.variant('kind', [SESSION, MORNING]);

export function restoreEntry(value: unknown): Restored<{ readonly entry: PracticeEntry }> {
  return guarded(() => ({ ok: true as const, warnings: [], entry: entryFrom(plainCopy(value, PRESET_LIMITS)) }));
}

/** Throws a `Refusal`. `plain`: has been through `plainCopy`. */
export function entryFrom(plain: unknown): PracticeEntry {
  const result = v.safeParse(ENTRY, plain, { abortEarly: true });
  if (!result.success) {
    throw new Refusal('wrong-shape', 'An entry of the practice record is not in order. Nothing was changed.');
  }
  const entry = result.output;
  return entry.kind === 'session' ? cleanSession(entry) : { ...entry, note: line(entry.note, NOTE_CHARS) };
}

function cleanSession(entry: SessionEntry): SessionEntry {
  return {
    ...entry,
    presetName: cleanName(entry.presetName).text,
    presetWords: line(entry.presetWords, WORDS_CHARS),
    note: line(entry.note, NOTE_CHARS),
  };
}

function line(text: string, most: number): string {
  return cleanText(text, { chars: most }).text;
}

/** The local day of a moment, YYYY-MM-DD. */
export function dayOf(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Which local day an entry belongs to. A night that begins after midnight belongs to the evening before. */
export function entryDay(entry: PracticeEntry): string {
  return entry.kind === 'morning' ? entry.day : dayOf(new Date(entry.startedAt));
}

/** `days` later (or earlier), in whole calendar days. */
export function shiftDay(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00`);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}
