// The report for other programs: its table read by another parser, its JSON checked by another validator (tests/presets/schemas.test.ts).
import { parse } from 'csv-parse/sync';
import type { Options } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportCsv, reportJson } from '../../src/formats/report.ts';
import { summarise } from '../../src/practice/summary.ts';
import { SUMMARY_SECTIONS } from '../../src/formats/practiceSummary.ts';
import type { PracticeSummary } from '../../src/formats/practiceSummary.ts';
import { ENTRY, morning, session } from '../helpers/practiceSamples.ts';

const RANGE = { from: '2020-01-01', to: '2032-12-31', sections: SUMMARY_SECTIONS };

function rowsOf(summary: PracticeSummary): Record<string, string>[] {
  return parse(reportCsv(summary), { columns: true, relax_column_count: false });
}

function rawRows(csv: string, options: Options = {}): string[][] {
  const rows: string[][] = parse(csv, options);
  return rows;
}

test('any record: as many rows as entries, every text as it was', () => {
  fc.assert(
    fc.property(fc.array(ENTRY, { maxLength: 12 }), (entries) => {
      const summary = summarise(entries, RANGE);
      const rows = rowsOf(summary);
      expect(rows).toHaveLength(summary.sessions.length + summary.mornings.length);
      summary.sessions.forEach((entry, i) => {
        // Letter by letter, but for the marks that keep formulas from being one.
        const letters = (text = ''): string => text.replaceAll("'", '');
        expect(rows[i]).toMatchObject({ kind: 'session', day: entry.day });
        expect(letters(rows[i]?.['note'])).toBe(letters(entry.note));
        expect(letters(rows[i]?.['sound'])).toBe(letters(entry.presetName));
        expect(rows[i]?.['minutes']).toBe(String(entry.minutes));
      });
    }),
    { numRuns: 300 },
  );
});

describe('nothing in it is a formula', () => {
  test.each([
    '=HYPERLINK("https://example.org","x")',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '  =1+1',
    '＝1+1',
    '"=1+1"',
    ';=1+1',
    'well; -1+1',
    'a,=1+1',
  ])('%s', (note) => {
    const csv = reportCsv(
      summarise([session({ note, presetName: note, presetWords: note }), morning('2026-11-21', { note })], RANGE),
    );
    for (const row of rawRows(csv)) for (const cell of row) expect(cell).not.toMatch(/^[\s\p{Z}]*[=+\-@＝＋－＠]/u);
    // Also where a spreadsheet takes semicolons for the borders of cells.
    for (const row of rawRows(csv, { delimiter: ';', relax_column_count: true, relax_quotes: true })) {
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }
  });
});

test('what was not said is empty, a yes is a yes; only the columns that were ticked', () => {
  const entries = [
    session({ before: null, again: false, timerMinutes: null }),
    morning('2026-11-21', { quality: null }),
  ];
  const [first, second] = rowsOf(summarise(entries, RANGE));
  expect(first).toMatchObject({
    kind: 'session',
    day: '2026-11-20',
    time: '21:10',
    'distress before (0-10)': '',
    'distress after (0-10)': '3',
    'would use again': 'no',
    'timer minutes': '',
    'night with listening': '',
  });
  expect(second).toMatchObject({ kind: 'morning', 'night with listening': 'yes', 'sleep quality (1-5)': '', time: '' });
  expect(reportCsv(summarise(entries, { ...RANGE, sections: ['sleep'] })).split('\r\n')[0]).toBe(
    'kind,day,night with listening,minutes to fall asleep,times awake,sleep quality (1-5)',
  );
});

test('lines end as spreadsheets expect, the last one too; an empty record is its heads', () => {
  const csv = reportCsv(summarise([], RANGE));
  expect(csv.endsWith('\r\n')).toBe(true);
  expect(csv.split('\r\n')).toHaveLength(2);
});

test('JSON says what it is, and that it is self-reported', () => {
  const summary = summarise([session()], RANGE);
  const { version, ...rest } = summary;
  expect(version).toBe(1);
  expect(JSON.parse(reportJson(summary))).toEqual({
    format: 'hushcraft-report',
    version: 1,
    selfReported: true,
    ...rest,
  });
});
