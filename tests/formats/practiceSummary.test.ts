// What is handed over: exactly what was ticked, from exactly the chosen days, and on the other side the same again.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shiftDay } from '../../src/formats/practiceEntry.ts';
import { daysOf } from '../../src/practice/statistics.ts';
import {
  MAX_SUMMARY_DAYS,
  restoreSummary,
  SECTION_FIELDS,
  SUMMARY_SECTIONS,
} from '../../src/formats/practiceSummary.ts';
import { summarise } from '../../src/practice/summary.ts';
import type { PracticeSummary } from '../../src/formats/practiceSummary.ts';
import { decodeFile } from '../../src/formats/decodeFile.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { encodeLink } from '../../src/formats/link/encodeLink.ts';
import { newSharedPreset, parseSharedPreset, serializeSharedPreset } from '../../src/formats/sharedPreset.ts';
import { serializeBundle } from '../../src/formats/bundle.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { PRESET } from '../helpers/arbitraries.ts';
import { GOOD } from '../helpers/presetSamples.ts';
import { ENTRY, MARKED, morning, session } from '../helpers/practiceSamples.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

const ALL = { from: '2026-11-01', to: '2026-11-30', sections: SUMMARY_SECTIONS };
const SECTIONS = fc.subarray([...SUMMARY_SECTIONS]);

/** What betrays each section in the marked entries. */
const MARKS: Readonly<Record<(typeof SUMMARY_SECTIONS)[number], readonly string[]>> = {
  sessions: ['"time"', '23:47', '43.7', '"mode"', '59', '77'],
  ratings: ['"before"', '"after"', '"tingles"', '"again"'],
  sleep: ['"listened"', '613', '87', '"quality"'],
  presets: ['secret-id', 'Secret name', 'secret words', '8341'],
  notes: ['secret session note', 'secret morning note'],
};

test('each field belongs to one section, and every field of an entry is spoken for', () => {
  const fields = Object.values(SECTION_FIELDS).flat();
  expect(new Set(fields).size).toBe(fields.length);
  const whole = summarise(MARKED, ALL);
  expect(Object.keys({ ...whole.sessions[0], ...whole.mornings[0] }).sort()).toEqual([...fields, 'day'].sort());
});

test('only what was ticked is in it: of every set of ticks', () => {
  fc.assert(
    fc.property(SECTIONS, (sections) => {
      const text = JSON.stringify(summarise(MARKED, { ...ALL, sections }));
      for (const section of SUMMARY_SECTIONS) {
        const expectIt = sections.includes(section);
        for (const mark of MARKS[section]) expect([mark, text.includes(mark)]).toEqual([mark, expectIt]);
      }
      expect(text).not.toMatch(/session-\d|morning-2026|startedAt|utcOffset/);
    }),
    { numRuns: 64 },
  );
});

test('nothing ticked: nothing at all, not even that there was something', () => {
  const { sessions, mornings } = summarise(MARKED, { ...ALL, sections: [] });
  expect([sessions, mornings]).toEqual([[], []]);
});

test('notes alone: the days that have one', () => {
  const entries = [
    session(),
    session({ note: 'calm' }),
    morning('2026-11-21'),
    morning('2026-11-22', { note: 'storm' }),
  ];
  const { sessions, mornings } = summarise(entries, { ...ALL, sections: ['notes'] });
  expect(sessions).toEqual([{ day: '2026-11-20', note: 'calm' }]);
  expect(mornings).toEqual([{ day: '2026-11-22', note: 'storm' }]);
});

test('only the chosen days, the first and the last included, as they were lived', () => {
  const at = (startedAt: string, utcOffsetMin: number) => session({ startedAt, utcOffsetMin });
  const entries = [
    at('2026-11-09T22:59:00.000Z', 60), // 23:59 the evening before
    at('2026-11-09T23:00:00.000Z', 60), // midnight of the first day
    at('2026-11-12T22:59:00.000Z', 60), // one minute before the end
    at('2026-11-12T23:00:00.000Z', 60),
    morning('2026-11-09'),
    morning('2026-11-10'),
    morning('2026-11-12'),
    morning('2026-11-13'),
  ];
  const summary = summarise(entries, { ...ALL, from: '2026-11-10', to: '2026-11-12' });
  expect(summary.sessions.map(({ day, time }) => `${day} ${String(time)}`)).toEqual([
    '2026-11-10 00:00',
    '2026-11-12 23:59',
  ]);
  expect(summary.mornings.map(({ day }) => day)).toEqual(['2026-11-10', '2026-11-12']);
});

describe('whether there was listening before a morning', () => {
  const listened = (...entries: readonly ReturnType<typeof session>[]): boolean | undefined =>
    summarise([...entries, morning('2026-11-21')], {
      ...ALL,
      from: '2026-11-21',
      to: '2026-11-21',
      sections: ['sleep'],
    }).mornings[0]?.listened;
  const at = (startedAt: string, mode: 'day' | 'sleep') => session({ startedAt, mode, utcOffsetMin: 0 });
  test.each([
    ['none', undefined, 'day', false],
    ['in the evening, though only nights were ticked and that day was not', '2026-11-20T21:00:00.000Z', 'day', true],
    ['in the afternoon', '2026-11-20T15:00:00.000Z', 'day', false],
    ['a nap that went on', '2026-11-20T15:00:00.000Z', 'sleep', true],
    ['at two in the night', '2026-11-21T02:00:00.000Z', 'day', true],
    ['a night begun at two', '2026-11-21T02:00:00.000Z', 'sleep', true],
    ['sleeping after a night shift', '2026-11-21T07:00:00.000Z', 'sleep', true],
    ['with breakfast', '2026-11-21T07:00:00.000Z', 'day', false],
    ['the evening after', '2026-11-21T21:00:00.000Z', 'day', false],
  ] as const)('%s', (_, startedAt, mode, expected) => {
    expect(listened(...(startedAt === undefined ? [] : [at(startedAt, mode)]))).toBe(expected);
  });
});

describe('on the other side', () => {
  test('any summary of any entries, to the last bit', () => {
    fc.assert(
      fc.property(fc.array(ENTRY, { maxLength: 20 }), SECTIONS, (entries, sections) => {
        const summary = summarise(entries, { from: '2020-01-01', to: '2032-12-31', sections });
        expect(restoreSummary(JSON.parse(JSON.stringify(summary)))).toEqual({ ok: true, warnings: [], summary });
      }),
      { numRuns: 300 },
    );
  });
  const good = summarise(MARKED, ALL);
  test('what was not ticked is not shown even where it was written in by hand', () => {
    const restored = restoreSummary({ ...good, sections: ['ratings'] });
    expect(restored.ok && restored.summary.sessions).toEqual([
      { day: '2026-11-20', before: 9, after: 8, tingles: 7, again: false },
    ]);
    expect(restored.ok && restored.summary.mornings).toEqual([]);
  });
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a newer version', { ...good, version: 2 }],
    ['a field too many', { ...good, score: 7 }],
    ['a section nobody knows', { ...good, sections: ['diagnosis'] }],
    ['sections twice and more', { ...good, sections: Array(6).fill('notes') }],
    ['a day that is none', { ...good, from: '2026-02-30' }],
    ['a rating out of range', { ...good, sessions: [{ day: '2026-11-20', before: 12 }] }],
    ['a time that is none', { ...good, sessions: [{ day: '2026-11-20', time: '24:61' }] }],
    ['an entry of the record itself', { ...good, sessions: [session()] }],
    ['too many', { ...good, sessions: Array(5001).fill({ day: '2026-11-20', before: 1 }) }],
  ])('%s: refused', (_, value) => {
    expect(restoreSummary(value).ok).toBe(false);
  });
  test('years out of reach: refused', () => {
    for (const [from, to] of [
      ['0001-01-01', '2026-11-30'],
      ['2026-11-01', '9999-12-31'],
    ]) {
      expect(restoreSummary({ ...good, from, to }).ok).toBe(false);
    }
  });
  test('more days than can be drawn: the last of them in which there is something, and told', () => {
    const restored = restoreSummary({ ...good, from: '1900-01-01', to: '2999-12-31' });
    if (!restored.ok) throw new Error(describeDecodeError(restored.error));
    const { summary, warnings } = restored;
    expect(warnings).toEqual([{ code: 'summary-shortened', path: ['practice'], params: {} }]);
    expect([summary.from, summary.to]).toEqual(['2006-11-22', '2026-11-21']);
    expect(daysOf(summary)).toHaveLength(MAX_SUMMARY_DAYS);
    expect([summary.sessions, summary.mornings]).toEqual([good.sessions, good.mornings]);
    const parcel = parseSharedPreset({
      ...newSharedPreset(GOOD),
      practice: { ...good, from: '1900-01-01', to: '2999-12-31' },
    });
    expect(parcel).toMatchObject({ ok: true, warnings });
    // The same before it leaves.
    expect(summarise(MARKED, { ...ALL, from: '1900-01-01', to: '2999-12-31' })).toEqual(summary);
    const empty = restoreSummary({ ...good, from: '1900-01-01', to: '2999-12-31', sessions: [], mornings: [] });
    expect(empty.ok && daysOf(empty.summary)).toEqual(['1900-01-01']);
  });
  test('too many days: what lies after the last one that was asked for does not count, and one end cut off is told', () => {
    const old = session({ id: 'old', startedAt: '2020-05-05T21:00:00.000Z' });
    const until = summarise([...MARKED, old], { ...ALL, from: '1900-01-01', to: '2026-11-10' });
    expect([until.to, until.sessions.map(({ day }) => day)]).toEqual(['2020-05-05', ['2020-05-05']]);
    const restored = restoreSummary({ ...good, from: '1900-01-01', to: '2026-11-21' });
    expect(restored).toMatchObject({ ok: true, summary: { to: '2026-11-21' } });
    expect(restored.ok && restored.warnings).toHaveLength(1);
  });
  test('exactly as many days as can be drawn stay', () => {
    const restored = restoreSummary({ ...good, from: shiftDay('2026-11-30', 1 - MAX_SUMMARY_DAYS), to: '2026-11-30' });
    expect(restored).toMatchObject({ ok: true, warnings: [], summary: { to: '2026-11-30' } });
    expect(restored.ok && daysOf(restored.summary)).toHaveLength(MAX_SUMMARY_DAYS);
  });
  test('days the wrong way round are turned', () => {
    const restored = restoreSummary({ ...good, from: ALL.to, to: ALL.from });
    expect(restored.ok && restored.summary).toEqual(good);
  });
});

describe('with a sound', () => {
  const practice = summarise(MARKED, ALL);
  test('a parcel carries it there and back', async () => {
    const parcel = newSharedPreset(GOOD, { from: 'Mara' }, practice);
    expect(parseSharedPreset(JSON.parse(serializeSharedPreset(parcel)))).toEqual({ ok: true, parcel, warnings: [] });
    expect(await decodeFile(new Blob([serializeSharedPreset(parcel)]))).toMatchObject({ kind: 'parcel', parcel });
  });
  test('one that is not in order spoils the parcel: nothing half-read is shown', () => {
    const restored = parseSharedPreset({ ...newSharedPreset(GOOD), practice: { ...practice, version: 7 } });
    expect(restored).toMatchObject({ ok: false, error: { code: 'summary-invalid' } });
  });
  test('no practice in any preset, bundle or link, whatever it is taken from', async () => {
    const marks = Object.values(MARKS)
      .flat()
      .filter((mark) => mark.includes('ecret'));
    const clean = (text: string): void => {
      expect(text).not.toMatch(/practice|hushcraft-report/);
      for (const mark of marks) expect(text).not.toContain(mark);
    };
    await fc.assert(
      fc.asyncProperty(PRESET, fc.array(ENTRY, { maxLength: 3 }), async (preset, entries) => {
        // As careless as code could be: the record hangs on what is exported.
        const summary: PracticeSummary = summarise([...MARKED, ...entries], ALL);
        const laden = { ...preset, practice: summary, entries: MARKED, note: '', name: 'Plain', tags: [] };
        clean(serializePreset(laden));
        clean(serializeBundle([laden, FACTORY[0]!]));
        const link = await encodeLink(newSharedPreset(laden, {}, summary), { base: 'https://example.org/' });
        const bare = await encodeLink(newSharedPreset(laden), { base: 'https://example.org/' });
        expect(link.ok).toBe(bare.ok);
        // The same length to the letter: nothing of it is hidden in there either.
        if (link.ok && bare.ok) expect(link.url.length).toBe(bare.url.length);
      }),
      { numRuns: 200 },
    );
  });
});
