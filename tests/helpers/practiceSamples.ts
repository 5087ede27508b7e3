// Entries of a practice record: one by one, a week of them, and any at all by chance.
import * as fc from 'fast-check';
import type { MorningEntry, PracticeEntry, SessionEntry } from '../../src/formats/practiceEntry.ts';
import { restoreEntry } from '../../src/formats/practiceEntry.ts';
import { TEXT } from './arbitraries.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

let count = 0;

export function session(values: Partial<SessionEntry> = {}): SessionEntry {
  count += 1;
  return {
    kind: 'session',
    id: `session-${String(count)}`,
    startedAt: '2026-11-20T20:10:00.000Z',
    utcOffsetMin: 60,
    minutes: 20,
    mode: 'day',
    presetId: 'slow-glass',
    presetName: 'Slow glass',
    presetWords: 'soft nail taps on a glass jar',
    presetRevision: 2,
    timerMinutes: null,
    interruptions: 0,
    before: 6,
    after: 3,
    tingles: 4,
    again: true,
    note: '',
    ...values,
  };
}

export function morning(day: string, values: Partial<MorningEntry> = {}): MorningEntry {
  return {
    kind: 'morning',
    id: `morning-${day}`,
    day,
    minutesToSleep: 25,
    timesAwake: 1,
    quality: 4,
    note: '',
    ...values,
  };
}

/** Every field says something of its own: whatever leaks is found by its mark. */
export const MARKED: readonly PracticeEntry[] = [
  session({
    startedAt: '2026-11-20T22:47:00.000Z',
    minutes: 43.7,
    mode: 'sleep',
    timerMinutes: 59,
    interruptions: 77,
    presetId: 'secret-id',
    presetName: 'Secret name',
    presetWords: 'secret words',
    presetRevision: 8341,
    before: 9,
    after: 8,
    tingles: 7,
    again: false,
    note: 'secret session note',
  }),
  morning('2026-11-21', { minutesToSleep: 613, timesAwake: 87, quality: 5, note: 'secret morning note' }),
];

const RATING = fc.option(fc.integer({ min: 0, max: 10 }));
const MOMENT = fc.date({ min: new Date('2020-01-01'), max: new Date('2032-01-01'), noInvalidDate: true });

export const ENTRY: fc.Arbitrary<PracticeEntry> = fc
  .oneof(
    fc.record<SessionEntry>({
      kind: fc.constant('session' as const),
      id: fc.uuid(),
      startedAt: MOMENT.map((date) => date.toISOString()),
      utcOffsetMin: fc.integer({ min: -720, max: 840 }),
      minutes: fc.integer({ min: 0, max: 14_400 }).map((tenths) => tenths / 10),
      mode: fc.constantFrom('day' as const, 'sleep' as const),
      presetId: fc.constantFrom('', 'slow-glass', 'rain'),
      presetName: TEXT,
      presetWords: TEXT,
      presetRevision: fc.option(fc.integer({ min: 1, max: 50 })),
      timerMinutes: fc.option(fc.integer({ min: 1, max: 600 })),
      interruptions: fc.nat(20),
      before: RATING,
      after: RATING,
      tingles: RATING,
      again: fc.option(fc.boolean()),
      note: TEXT,
    }),
    fc.record<MorningEntry>({
      kind: fc.constant('morning' as const),
      id: fc.uuid(),
      day: MOMENT.map((date) => date.toISOString().slice(0, 10)),
      minutesToSleep: fc.option(fc.nat(600)),
      timesAwake: fc.option(fc.nat(50)),
      quality: fc.option(fc.integer({ min: 1, max: 5 })),
      note: TEXT,
    }),
  )
  .map((raw) => {
    const restored = restoreEntry(raw);
    if (!restored.ok) throw new Error(describeDecodeError(restored.error));
    return restored.entry;
  });
