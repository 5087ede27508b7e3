// What version 0.2.0 has stored opens: its database and local storage, as that version wrote them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import fixture from '../fixtures/storage/0.2.0.json';
import { openStorage } from '../../src/storage/openStorage.ts';
import { everything } from '../helpers/rawDatabase.ts';

const records: Readonly<Record<string, Readonly<Record<string, unknown>>>> = fixture.records;
const slowTaps = records['preset/slow-taps'] as unknown as (typeof fixture.records)['preset/slow-taps'];
const fromMira = records['preset/from-mira'] as unknown as (typeof fixture.records)['preset/from-mira'];
const draftKey = Object.keys(records).find((key) => key.startsWith('draft/'))!;

let databaseName = '';

beforeEach(async () => {
  databaseName = `test-${crypto.randomUUID()}`;
  sessionStorage.clear();
  localStorage.clear();
  // The day on which it was written: deleted presets and drafts are removed after 30 days.
  vi.useFakeTimers({ toFake: ['Date'], now: Number(records[draftKey]!['savedAt']) + 60_000 });
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(databaseName, fixture.databaseVersion);
    request.onupgradeneeded = () => {
      for (const name of fixture.stores) {
        const store = request.result.createObjectStore(name);
        for (const [key, value] of Object.entries(records)) store.put(value, key);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => {
      reject(request.error!);
    };
  });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Local storage as 0.2.0 left it when the page was unloaded. */
function restoreLocalStorage(): void {
  for (const [key, value] of Object.entries(fixture.localStorage))
    localStorage.setItem(key.replace(/^hushcraft/, databaseName), value);
}

test('presets with favourite, author, earlier versions and tombstone; settings; practice entries', async () => {
  const { health, presets, settings, practice } = await openStorage({ databaseName });
  const before = await everything(databaseName);
  expect(health.status.kind).toBe('ready');
  expect(health.evicted).toBeNull();

  const list = await presets.list();
  expect(list.unreadable).toBe(0);
  expect(new Map(list.presets.map((stored) => [stored.preset.id, stored]))).toEqual(
    new Map([
      [
        'slow-taps',
        { preset: slowTaps.preset, favourite: true, revision: 5, updatedAt: slowTaps.updatedAt, by: '', note: '' },
      ],
      [
        'from-mira',
        {
          preset: fromMira.preset,
          favourite: false,
          revision: 1,
          updatedAt: fromMira.updatedAt,
          by: 'Mira',
          note: 'for your evening',
        },
      ],
    ]),
  );
  const older = await presets.olderVersions('slow-taps');
  expect(older.map(({ preset, revision }) => [preset.note, revision])).toEqual([
    ['version 4', 4],
    ['version 3', 3],
    ['version 2', 2],
  ]);

  expect(await settings.load()).toEqual(records['settings']!['settings']);
  const entries = await practice.list();
  expect(entries.unreadable).toBe(0);
  expect(entries.entries).toEqual([records['practice/morning-2026-11-21'], records['practice/s1']]);
  expect(await everything(databaseName)).toBe(before);

  expect(await presets.undelete('deleted-one')).toMatchObject({ preset: { name: 'Deleted' }, revision: 1 });
  expect(await presets.save({ ...list.presets[0]!.preset, note: 'now' }, list.presets[0]!.revision)).toMatchObject({
    kind: 'saved',
  });
});

test('the draft with the sound that someone sent to be adjusted', async () => {
  const { drafts } = await openStorage({ databaseName });
  const { scene, presetId, revision, name, handover } = records[draftKey]!;
  expect(presetId).toBe('slow-taps');
  expect(await drafts.load()).toEqual({ scene, presetId, revision, name, handover });
});

test('the later draft that the unloaded page had left in local storage', async () => {
  restoreLocalStorage();
  const { drafts, health } = await openStorage({ databaseName });
  expect(await drafts.load()).toMatchObject({ name: 'Left behind', presetId: null, handover: null });
  expect(Object.keys(localStorage).filter((key) => key.includes('-draft/'))).toEqual([]);
  expect(health.evicted).toBeNull();
});

test('an eviction since then is noticed by the marker of 0.2.0', async () => {
  restoreLocalStorage();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(databaseName).onsuccess = resolve;
  });
  const { health } = await openStorage({ databaseName });
  expect(health.evicted).toMatchObject({ presets: 2, practice: 2, backupAt: '2026-11-01T08:00:00.000Z' });
});
