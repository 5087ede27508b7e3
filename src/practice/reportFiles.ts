// A summary as files for other programs: a table for spreadsheets, and JSON with a documented shape.
import { spreadsheetCell } from '../presets/text.ts';
import { dayOf } from './entries.ts';
import type { PracticeSummary } from './summary.ts';

export const REPORT_FORMAT = 'hushcraft-report';
export const REPORT_VERSION = 1;

const COLUMNS = [
  'kind',
  'day',
  'time',
  'minutes',
  'mode',
  'timer minutes',
  'interruptions',
  'sound',
  'sound in words',
  'distress before (0-10)',
  'distress after (0-10)',
  'tingles (0-10)',
  'would use again',
  'minutes to fall asleep',
  'times awake',
  'sleep quality (1-5)',
  'note',
] as const;

/** RFC 4180, one row an entry; nothing in it is a formula. */
export function reportCsv(summary: PracticeSummary): string {
  const cell = (value: string | number | boolean | null): string =>
    value === null ? '' : typeof value === 'string' ? spreadsheetCell(value) : String(value);
  const sessions = summary.sessions.map((entry) => {
    const started = new Date(entry.startedAt);
    const time = `${String(started.getHours()).padStart(2, '0')}:${String(started.getMinutes()).padStart(2, '0')}`;
    return [
      ...['session', dayOf(started), time, Math.round(entry.minutes * 10) / 10, entry.mode, entry.timerMinutes],
      ...[entry.interruptions, entry.presetName, entry.presetWords, entry.before, entry.after, entry.tingles],
      ...[entry.again, null, null, null, entry.note],
    ];
  });
  const mornings = summary.mornings.map((entry) => [
    ...['morning', entry.day, null, null, null, null, null, null, null, null, null, null, null],
    ...[entry.minutesToSleep, entry.timesAwake, entry.quality, entry.note],
  ]);
  return [COLUMNS, ...sessions, ...mornings].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

export function reportJson(summary: PracticeSummary): string {
  const { from, to, sections, sessions, mornings } = summary;
  const file = {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    selfReported: true,
    from,
    to,
    sections,
    sessions,
    mornings,
  };
  return JSON.stringify(file, null, 2);
}
