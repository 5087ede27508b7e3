// The door of the practice record: good entries come out as they went in, everything else is refused whole.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  localStart,
  dayOf,
  entryDay,
  MAX_ENTRY_NOTE_CHARS,
  restoreEntry,
  shiftDay,
} from '../../src/formats/practiceEntry.ts';
import { ENTRY, morning, session } from '../helpers/practiceSamples.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

test('any entry, to the last bit, and once more the same', () => {
  fc.assert(
    fc.property(ENTRY, (entry) => {
      expect(restoreEntry(structuredClone(entry))).toEqual({ ok: true, warnings: [], entry });
      expect(restoreEntry(JSON.parse(JSON.stringify(entry)))).toEqual({ ok: true, warnings: [], entry });
    }),
    { numRuns: 500 },
  );
});

describe('what is not in order is refused', () => {
  const good = session();
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'session'],
    ['another kind', { ...good, kind: 'weight' }],
    ['a field too many', { ...good, diagnosis: 'x' }],
    ['a field too few', { ...good, note: undefined }],
    ['a rating of eleven', { ...good, before: 11 }],
    ['half a rating', { ...good, before: 4.5 }],
    ['a rating in words', { ...good, before: '4' }],
    ['a quality of zero', morning('2026-11-20', { quality: 0 })],
    ['minus one minute', { ...good, minutes: -1 }],
    ['more than a day', { ...good, minutes: 1441 }],
    ['endless', { ...good, minutes: Infinity }],
    ['no number', { ...good, minutes: NaN }],
    ['a date that is none', { ...good, startedAt: '2026-13-40T00:00:00.000Z' }],
    ['a date of a year that cannot be counted on from', { ...good, startedAt: '+275760-09-12T00:00:00.000Z' }],
    ['a date long before', { ...good, startedAt: '0001-01-01T00:00:00.000Z' }],
    ['a date without its zone', { ...good, startedAt: '2026-11-20T20:10:00.000' }],
    ['a place with no clock', { ...good, utcOffsetMin: 5000 }],
    ['the thirty-first of February', morning('2026-02-31')],
    ['a day in other order', morning('20.11.2026')],
    ['an id that is a path', { ...good, id: '../settings' }],
    ['an attack by name', JSON.parse(JSON.stringify(good).replace('"note"', '"__proto__"'))],
    ['a date object', { ...good, startedAt: new Date() }],
    ['a map', new Map(Object.entries(good))],
    [
      'a getter',
      Object.defineProperty({ ...good }, 'note', {
        enumerable: true,
        get: () => {
          throw new Error('bites');
        },
      }),
    ],
  ])('%s', (_, value) => {
    const restored = restoreEntry(value);
    expect(restored.ok).toBe(false);
    expect(restored.ok ? '' : describeDecodeError(restored.error)).toMatch(/Nothing was changed[.;]/);
  });

  test('any JSON at all is answered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(restoreEntry(value).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

test('words are cleaned and cut like all text here', () => {
  const restored = restoreEntry(session({ note: `a\u202eb\n\nc${'x'.repeat(2000)}`, presetName: 'Ra\u0000in' }));
  expect(restored.ok && restored.entry).toMatchObject({ presetName: 'Rain' });
  expect(restored.ok && restored.entry.note.startsWith('ab c')).toBe(true);
  expect(restored.ok && restored.entry.note.length).toBe(MAX_ENTRY_NOTE_CHARS);
});

describe('days', () => {
  test.each([
    ['an evening in Berlin', '2026-11-20T22:30:00.000Z', 60, '2026-11-20', '23:30'],
    ['after midnight in Berlin, before it in UTC', '2026-11-20T23:30:00.000Z', 60, '2026-11-21', '00:30'],
    ['an evening in New York is the next day in UTC', '2026-11-21T03:30:00.000Z', -300, '2026-11-20', '22:30'],
    ['Kathmandu', '2026-11-20T18:20:00.000Z', 345, '2026-11-21', '00:05'],
    ['the hour that came twice, first', '2026-10-25T00:30:00.000Z', 120, '2026-10-25', '02:30'],
    ['the hour that came twice, second', '2026-10-25T01:30:00.000Z', 60, '2026-10-25', '02:30'],
  ])('%s', (_, startedAt, utcOffsetMin, day, time) => {
    const entry = session({ startedAt, utcOffsetMin });
    expect(localStart(entry)).toEqual({ day, time });
    expect(entryDay(entry)).toBe(day);
  });
  test('whole days, over months, leap days and the change of clocks', () => {
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
    expect(shiftDay('2028-02-28', 1)).toBe('2028-02-29');
    expect(shiftDay('2026-03-29', 1)).toBe('2026-03-30');
    expect(shiftDay('2026-10-26', -2)).toBe('2026-10-24');
  });
  test('today is the day on the wall', () => {
    expect(dayOf(new Date(2026, 10, 20, 0, 5))).toBe('2026-11-20');
    expect(dayOf(new Date(2026, 10, 20, 23, 55))).toBe('2026-11-20');
  });
});
