// A summary as files for other programs: a table for spreadsheets, and JSON with a documented shape.
import { spreadsheetCell } from './sanitizeText.ts';
import { SECTION_FIELDS } from './practiceSummary.ts';
import type { PracticeSummary, SummaryMorning, SummarySession } from './practiceSummary.ts';

export const REPORT_FORMAT = 'hushcraft-report';
export const REPORT_VERSION = 1;

type Field = keyof SummarySession | keyof SummaryMorning;

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

/** RFC 4180, one row an entry, the columns of what was ticked; what was not said is empty, and nothing in it is a formula. */
export function reportCsv(summary: PracticeSummary): string {
  const ticked: readonly Field[] = [
    'day',
    ...summary.sections.flatMap((section): readonly Field[] => SECTION_FIELDS[section]),
  ];
  const fields = (Object.keys(COLUMNS) as Field[]).filter((field) => ticked.includes(field));
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

export function reportJson(summary: PracticeSummary): string {
  const { from, to, sections, sessions, mornings } = summary;
  const head = { format: REPORT_FORMAT, version: REPORT_VERSION, selfReported: true };
  return JSON.stringify({ ...head, from, to, sections, sessions, mornings }, null, 2);
}
