// A practice summary as files for other programs: CSV for spreadsheets, and JSON.
import { spreadsheetCell } from './text.ts';
import { SECTION_FIELDS } from './practiceSummary.ts';
import type { PracticeSummary, SummaryMorning, SummarySession } from './practiceSummary.ts';

/** The `format` field of a report file. */
export const REPORT_FORMAT = 'hushcraft-report';
/** Goes up when the shape changes. */
export const REPORT_VERSION = 1;

type Field = keyof SummarySession | keyof SummaryMorning;

/** Headings are part of the file format: other programs find columns by them. */
const COLUMNS: Readonly<Record<Field, string>> = {
  day: 'day',
  time: 'time',
  minutes: 'minutes',
  mode: 'mode',
  timerMinutes: 'timer minutes',
  interruptions: 'interruptions',
  presetName: 'sound',
  presetWords: 'sound in words',
  presetId: 'sound id',
  presetRevision: 'sound version',
  before: 'distress before (0-10)',
  after: 'distress after (0-10)',
  tingles: 'tingles (0-10)',
  again: 'would use again',
  listened: 'night with listening',
  minutesToSleep: 'minutes to fall asleep',
  timesAwake: 'times awake',
  quality: 'sleep quality (1-5)',
  note: 'note',
};

/**
 * Writes a summary as CSV (RFC 4180): a row for each entry, the columns of the chosen sections. Values not given are empty, and
 * nothing is a formula.
 * @param summary - to write
 * @returns the text of the file
 */
export function reportCsv(summary: PracticeSummary): string {
  const chosen: readonly Field[] = [
    'day',
    ...summary.sections.flatMap((section): readonly Field[] => SECTION_FIELDS[section]),
  ];
  const fields = (Object.keys(COLUMNS) as Field[]).filter((field) => chosen.includes(field));
  const row = (kind: string, entry: Readonly<Partial<Record<Field, unknown>>>): string =>
    [kind, ...fields.map((field) => cell(entry[field]))].join(',');
  return [
    ['kind', ...fields.map((field) => COLUMNS[field])].join(','),
    ...summary.sessions.map((entry) => row('session', entry)),
    ...summary.mornings.map((entry) => row('morning', entry)),
    '',
  ].join('\r\n');
}

function cell(value: unknown): string {
  if (typeof value === 'string') return spreadsheetCell(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? String(value) : '';
}

/**
 * Writes a summary as JSON.
 * @param summary - to write
 * @returns the text of the file
 */
export function reportJson(summary: PracticeSummary): string {
  const { from, to, sections, sessions, mornings } = summary;
  const head = { format: REPORT_FORMAT, version: REPORT_VERSION, selfReported: true };
  return JSON.stringify({ ...head, from, to, sections, sessions, mornings }, null, 2);
}
