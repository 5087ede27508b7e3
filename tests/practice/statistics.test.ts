// A summary in numbers: checked against what one counts on one's fingers; what is missing stays missing.
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import {
  dayPartOf,
  daysOf,
  median,
  medianChange,
  minutesOf,
  pairsOf,
  presetsOf,
  sleepStats,
  weeksOf,
} from '../../src/practice/statistics.ts';
import type { PracticeSummary } from '../../src/formats/practiceSummary.ts';
import { summarise } from '../../src/practice/summary.ts';
import { SUMMARY_SECTIONS } from '../../src/formats/practiceSummary.ts';
import { morning, session } from '../helpers/practiceSamples.ts';

const EMPTY: PracticeSummary = {
  version: 1,
  from: '2026-11-04',
  to: '2026-11-25',
  sections: SUMMARY_SECTIONS,
  sessions: [],
  mornings: [],
};

test('the middle one, the mean of the middle two, and of nothing nothing', () => {
  expect(median([])).toBeNull();
  expect(median([7])).toBe(7);
  expect(median([10, 1, 2])).toBe(2);
  expect(median([1, 2, 3, 10])).toBe(2.5);
});

describe('weeks', () => {
  test('every one from Monday, the empty ones too', () => {
    const sessions = [
      { day: '2026-11-08', minutes: 10 }, // the Sunday of the first
      { day: '2026-11-09', minutes: 20 }, // the Monday after
      { day: '2026-11-25', minutes: 5 },
      { day: '2026-11-25', minutes: 2.5 },
    ];
    expect(weeksOf({ ...EMPTY, sessions })).toEqual([
      { start: '2026-11-02', sessions: 1, minutes: 10 },
      { start: '2026-11-09', sessions: 1, minutes: 20 },
      { start: '2026-11-16', sessions: 0, minutes: 0 },
      { start: '2026-11-23', sessions: 2, minutes: 7.5 },
    ]);
    expect(minutesOf(sessions)).toBe(37.5);
  });
  test('over the change of the clocks none is lost or twice', () => {
    const weeks = weeksOf({ ...EMPTY, from: '2026-03-02', to: '2026-11-30' });
    expect(new Set(weeks.map(({ start }) => start)).size).toBe(weeks.length);
    expect(weeks).toHaveLength(40);
    expect(daysOf({ from: '2026-03-28', to: '2026-03-30' })).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    expect(daysOf({ from: '2026-10-24', to: '2026-10-26' })).toHaveLength(3);
  });
});

test('the same numbers wherever the report is read', () => {
  const zone = process.env['TZ'];
  const entries = [
    session({ startedAt: '2026-10-24T22:30:00.000Z', utcOffsetMin: 120 }), // 00:30 on the day the clocks change
    session({ startedAt: '2026-10-25T21:30:00.000Z', utcOffsetMin: 60 }),
    session({ startedAt: '2026-10-25T23:30:00.000Z', utcOffsetMin: -480 }), // travelled: 15:30
    morning('2026-10-25'),
    morning('2026-10-26'),
  ];
  const read = (timeZone: string) => {
    process.env['TZ'] = timeZone;
    const summary = summarise(entries, { from: '2026-10-19', to: '2026-10-26', sections: SUMMARY_SECTIONS });
    return [weeksOf(summary), summary.sessions.map(dayPartOf), sleepStats(summary), pairsOf(summary)] as const;
  };
  try {
    const here = read('Europe/Berlin');
    const [weeks, parts] = here;
    expect(weeks).toMatchObject([{ sessions: 3 }, { sessions: 0 }]);
    expect(parts).toEqual(['night', 'afternoon', 'night']);
    for (const zone of ['UTC', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Auckland', 'Pacific/Apia']) {
      expect(read(zone)).toEqual(here);
    }
  } finally {
    process.env['TZ'] = zone;
  }
});

test('parts of the day', () => {
  const part = (time?: string) => dayPartOf(time === undefined ? { day: '2026-11-20' } : { day: '2026-11-20', time });
  expect(['04:59', '05:00', '11:59', '12:00', '17:59', '18:00', '21:59', '22:00', undefined].map(part)).toEqual([
    ...['night', 'morning', 'morning', 'afternoon', 'afternoon', 'evening', 'evening', 'night', null],
  ]);
});

test('before and after: only what was said both times, with its own count', () => {
  const day = '2026-11-10';
  const sessions = [
    { day, before: 7, after: 3 },
    { day, before: 5, after: 5 },
    { day, before: 2, after: 6 }, // a rise stays in the record
    { day, before: 8, after: null },
    { day, before: null, after: 1 },
    { day },
  ];
  const pairs = pairsOf({ ...EMPTY, sessions });
  expect(pairs.map(({ before, after }) => [before, after])).toEqual([
    [7, 3],
    [5, 5],
    [2, 6],
  ]);
  expect(medianChange(pairs)).toBe(0);
  expect(medianChange(pairs.slice(0, 2))).toBe(-2);
  expect(medianChange([])).toBeNull();
});

test('nights with and without listening: medians of what was said, each with its count; days without an entry belong to neither', () => {
  const mornings = [
    { day: '2026-11-10', listened: true, minutesToSleep: 10, timesAwake: null, quality: 4 },
    { day: '2026-11-11', listened: true, minutesToSleep: 30, timesAwake: 0, quality: null },
    { day: '2026-11-12', listened: true, minutesToSleep: null, timesAwake: null, quality: null },
    { day: '2026-11-14', listened: false, minutesToSleep: 60, timesAwake: 3, quality: 2 },
    { day: '2026-11-15', note: 'only a note' },
  ];
  expect(sleepStats({ ...EMPTY, mornings })).toEqual({
    with: {
      nights: 3,
      minutesToSleep: { value: 20, n: 2 },
      timesAwake: { value: 0, n: 1 },
      quality: { value: 4, n: 1 },
    },
    without: {
      nights: 1,
      minutesToSleep: { value: 60, n: 1 },
      timesAwake: { value: 3, n: 1 },
      quality: { value: 2, n: 1 },
    },
  });
});

test('sounds: most used first, as they were called last; unsaved ones by their name', () => {
  const day = '2026-11-10';
  const sessions = [
    { day, presetId: 'rain', presetName: 'Rain', presetWords: 'rain' },
    { day, presetId: 'glass', presetName: 'Glass', presetWords: 'hard taps' },
    { day, presetId: 'glass', presetName: 'Slow glass', presetWords: 'soft taps' },
    { day, presetId: '', presetName: 'Trial', presetWords: 'brush' },
    { day },
  ];
  expect(presetsOf({ ...EMPTY, sessions })).toEqual([
    { id: 'glass', name: 'Slow glass', words: 'soft taps', sessions: 2 },
    { id: 'rain', name: 'Rain', words: 'rain', sessions: 1 },
    { id: '', name: 'Trial', words: 'brush', sessions: 1 },
  ]);
});

test('of nothing nothing', () => {
  expect(pairsOf(EMPTY)).toEqual([]);
  expect(presetsOf(EMPTY)).toEqual([]);
  expect(sleepStats(EMPTY).with).toMatchObject({ nights: 0, quality: { value: null, n: 0 } });
  expect(weeksOf(EMPTY).every(({ sessions }) => sessions === 0)).toBe(true);
});
