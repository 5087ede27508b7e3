// Two weeks of practice with gaps, written into the browser's database before the page looks: the journeys begin with them.
import type { Page } from '@playwright/test';
import type { MorningEntry, PracticeEntry, SessionEntry } from '../../src/formats/practiceEntry.ts';

/** The evening of the last day, by the clock of Berlin. */
export const EVENING = '2026-11-25T20:00:00+01:00';
export const MORNING = '2026-11-25T08:10:00+01:00';

function session(day: string, time: string, values: Partial<SessionEntry>): SessionEntry {
  return {
    kind: 'session',
    id: `seed-${day}-${time.replace(':', '')}`,
    startedAt: new Date(`${day}T${time}:00+01:00`).toISOString(),
    utcOffsetMin: 60,
    minutes: 20,
    mode: 'day',
    presetId: 'slow-glass',
    presetName: 'Slow glass',
    presetWords: 'soft nail taps on a glass jar, slow and steady, close to the left ear',
    presetRevision: null,
    timerMinutes: null,
    interruptions: 0,
    before: null,
    after: null,
    tingles: null,
    again: null,
    note: '',
    ...values,
  };
}

function morning(day: string, minutesToSleep: number | null, timesAwake: number | null, quality: number): MorningEntry {
  return { kind: 'morning', id: `morning-${day}`, day, minutesToSleep, timesAwake, quality, note: '' };
}

const BED = { presetId: 'evening-desk', presetName: 'Evening desk', presetWords: 'paper rustling, soft, in front' };

/** 12 to 25 November; nothing on the 15th, 16th and 21st. Sessions: 9, rated both times: 6, mornings: 8. */
export const TWO_WEEKS: readonly PracticeEntry[] = [
  session('2026-11-12', '21:10', { before: 7, after: 4, tingles: 3, again: true, note: 'Long day at work.' }),
  morning('2026-11-13', 25, 1, 4),
  session('2026-11-13', '21:40', { before: 6, after: 3, tingles: 5, again: true }),
  morning('2026-11-14', 20, 0, 4),
  session('2026-11-14', '16:05', { minutes: 12, before: 4, after: 4 }),
  morning('2026-11-17', 55, 3, 2),
  session('2026-11-17', '22:30', {
    ...BED,
    mode: 'sleep',
    minutes: 395,
    timerMinutes: 60,
    interruptions: 1,
    before: 8,
  }),
  morning('2026-11-18', 30, 1, 3),
  session('2026-11-19', '20:15', { before: 5, after: 7, again: false, note: 'Too bright today, it unsettled me.' }),
  morning('2026-11-20', 35, 2, 3),
  session('2026-11-20', '21:00', { minutes: 31, before: 6, after: 2, tingles: 7, again: true }),
  { ...morning('2026-11-22', null, 1, 4), note: 'Storm outside.' },
  session('2026-11-22', '22:50', { ...BED, mode: 'sleep', minutes: 421, timerMinutes: 90 }),
  morning('2026-11-23', 15, 0, 5),
  session('2026-11-23', '21:20', { minutes: 18, before: 5, after: 3, tingles: 4, again: true }),
  morning('2026-11-24', 50, 2, 2),
  session('2026-11-24', '12:30', { minutes: 8, note: '=1+1 is not a formula' }),
];

/** Call before the page is opened by `enter`. */
export async function seed(page: Page, entries: readonly PracticeEntry[], settings: object = {}): Promise<void> {
  await page.goto('./preset.schema.json'); // any file of the same origin: the app itself does not run yet
  await page.evaluate(
    async ([records, values]) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('hushcraft', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('records');
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('no database'));
        };
      });
      const transaction = db.transaction('records', 'readwrite');
      const store = transaction.objectStore('records');
      for (const record of records) store.put(record, `practice/${record.id}`);
      store.put({ schema: 1 }, 'meta');
      store.put({ schema: 1, settings: { welcomed: true, practice: true, ...values } }, 'settings');
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      db.close();
    },
    [entries, settings] as const,
  );
}
