// The practice record and the backup in a real browser: kept, put back without doubles, all or nothing, and never in the page's way.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BackupClient } from '../../src/storage/backup/backupClient.ts';
import { readAll } from '../../src/storage/backup/backup.ts';
import { Database } from '../../src/storage/database.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { newPreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import type { PracticeStore } from '../../src/storage/practiceStore.ts';
import { rawDatabase } from '../helpers/rawDatabase.ts';
import { morning, session } from '../helpers/practiceSamples.ts';

const NOW = new Date('2026-11-26T20:00:00.000Z');
const ALL = { presets: true, practice: true, settings: true };

let here = '';
let there = '';
const clients: BackupClient[] = [];

beforeEach(() => {
  here = `test-${crypto.randomUUID()}`;
  there = `test-${crypto.randomUUID()}`;
  sessionStorage.clear();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
});

function client(name: string): BackupClient {
  const one = new BackupClient(name);
  clients.push(one);
  return one;
}

async function openPractice(name: string): Promise<PracticeStore> {
  return (await openStorage({ databaseName: name })).practice;
}

function preset(name: string): Preset {
  return newPreset(FACTORY[0]!.scene, name);
}

const keys = (name: string, prefix: string): Promise<IDBValidKey[]> =>
  rawDatabase(name, (store) => store.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));

async function fill(name: string, sounds: number, entries: number): Promise<void> {
  const { presets, settings, practice } = await openStorage({ databaseName: name });
  for (let i = 0; i < sounds; i++) await presets.save(preset(`Sound ${String(i)}`), null);
  await settings.save({ theme: 'day', never: ['brushing'] });
  await practice.save(
    Array.from({ length: entries }, (_, i) =>
      session({ id: `entry-${String(i)}`, startedAt: new Date(Date.UTC(2014, 0, 1, i * 20)).toISOString() }),
    ),
  );
}

async function restored(name: string, file: Blob, chosen = ALL) {
  const one = client(name);
  const looked = await one.open(file);
  expect(looked.kind).toBe('backup');
  return one.restore(chosen);
}

describe('practice entries', () => {
  test('an entry is there after the next opening; changed it is the same one; deleted it is gone', async () => {
    const shelf = await openPractice(here);
    const entry = session({ note: 'first' });
    await shelf.save([entry, morning('2026-11-21')]);
    await shelf.save([{ ...entry, note: 'second' }]);
    const { entries, unreadable } = await (await openPractice(here)).list();
    expect(unreadable).toBe(0);
    expect(entries).toEqual(expect.arrayContaining([{ ...entry, note: 'second' }, morning('2026-11-21')]));
    expect(entries).toHaveLength(2);
    await shelf.remove([entry.id]);
    expect((await shelf.list()).entries).toEqual([morning('2026-11-21')]);
  });

  test('one that cannot be read is counted and stays as it is', async () => {
    const shelf = await openPractice(here);
    await shelf.save([session({ id: 'good' })]);
    await rawDatabase(here, (store) => store.put({ kind: 'weight' }, 'practice/odd'));
    await rawDatabase(here, (store) => store.put({ ...session(), id: 'somebody-else' }, 'practice/wrong-key'));
    const { entries, unreadable } = await shelf.list();
    expect([entries.length, unreadable]).toEqual([1, 2]);
    expect(await keys(here, 'practice/')).toHaveLength(3);
  });

  test('another tab hears of it', async () => {
    const [mine, other] = [await openPractice(here), await openPractice(here)];
    const heard = new Promise<void>((resolve) => {
      other.subscribe(resolve);
    });
    await mine.save([session()]);
    await heard;
    expect((await other.list()).entries).toHaveLength(1);
  });
});

describe('a backup', () => {
  test('out, into an empty browser, and out again: the same bytes', async () => {
    await fill(here, 3, 20);
    const store = (await openStorage({ databaseName: here })).presets;
    const [first] = (await store.list()).presets;
    await store.save({ ...first!.preset, note: 'softer' }, first!.revision);
    await store.remove((await store.list()).presets[1]!.preset.id);
    const { file, unreadable } = await client(here).create('', NOW);
    expect(unreadable).toBe(0);
    expect(await restored(there, file)).toEqual({ added: 24, same: 0 });
    expect(await (await client(there).create('', NOW)).file.text()).toBe(await file.text());
    const copy = (await openStorage({ databaseName: there })).presets;
    expect(await copy.olderVersions(first!.preset.id)).toHaveLength(1);
    expect((await copy.list()).presets).toHaveLength(2);
  });

  test('twice: nothing is there twice', async () => {
    await fill(here, 3, 20);
    const { file } = await client(here).create('', NOW);
    await restored(there, file);
    const before = await (await client(there).create('', NOW)).file.text();
    expect(await restored(there, file)).toEqual({ added: 0, same: 24 });
    expect(await (await client(there).create('', NOW)).file.text()).toBe(before);
  });

  test('only what was chosen', async () => {
    await fill(here, 2, 5);
    const { file } = await client(here).create('', NOW);
    await restored(there, file, { presets: false, practice: true, settings: false });
    expect((await keys(there, 'practice/')).length).toBe(5);
    expect((await keys(there, 'preset/')).length).toBe(0);
    expect((await readAll(new Database(there))).contents.settings).toEqual({});
  });

  test('what was deleted since is there again; what is new here stays', async () => {
    await fill(here, 2, 2);
    const { file } = await client(here).create('', NOW);
    const store = (await openStorage({ databaseName: here })).presets;
    const [gone] = (await store.list()).presets;
    await store.remove(gone!.preset.id);
    await (await openPractice(here)).remove(['entry-0']);
    await store.save(preset('New since'), null);
    await restored(here, file);
    expect((await store.list()).presets.map((one) => one.preset.name).sort()).toEqual([
      'New since',
      'Sound 0',
      'Sound 1',
    ]);
    expect(await keys(here, 'practice/')).toHaveLength(2);
  });

  test('of two versions of a sound the later is shown, and the other is among its earlier ones', async () => {
    const store = (await openStorage({ databaseName: here })).presets;
    const sound = preset('Twice');
    await store.save({ ...sound, note: 'in the backup' }, null);
    const { file } = await client(here).create('', NOW);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await store.save({ ...sound, note: 'later, here' }, 1);
    await restored(here, file);
    expect((await store.list()).presets[0]?.preset.note).toBe('later, here');
    expect((await store.olderVersions(sound.id)).map((one) => one.preset.note)).toEqual(['in the backup']);

    const other = (await openStorage({ databaseName: there })).presets;
    await rawDatabase(there, (records) =>
      records.put(
        {
          schema: 1,
          preset: { ...sound, note: 'long ago, there' },
          favourite: true,
          revision: 1,
          updatedAt: '2020-01-01T00:00:00.000Z',
          deletedAt: null,
          older: [],
        },
        `preset/${sound.id}`,
      ),
    );
    await restored(there, file);
    expect((await other.list()).presets[0]).toMatchObject({ preset: { note: 'in the backup' }, favourite: true });
    expect((await other.olderVersions(sound.id)).map((one) => one.preset.note)).toEqual(['long ago, there']);
  });

  test('locked: opened with its passphrase only', async () => {
    await fill(here, 1, 2);
    const { file } = await client(here).create('amber kettle walks slowly', NOW);
    expect(await file.text()).not.toMatch(/Sound 0|entry-0|theme/);
    const one = client(there);
    expect(await one.open(file)).toEqual({ kind: 'locked' });
    await expect(one.restore(ALL)).rejects.toThrow();
    expect(await one.decrypt('wrong')).toMatchObject({ kind: 'refused' });
    expect(await one.decrypt('amber kettle walks slowly')).toMatchObject({ kind: 'backup', presets: 1, entries: 2 });
    expect(await one.restore(ALL)).toEqual({ added: 4, same: 0 });
  });

  test('a locked file of another kind, and a file that is none, are told apart; nothing can be put back', async () => {
    const one = client(here);
    expect(await one.open(new Blob(['{"format":"hushcraft-preset"}']))).toMatchObject({ kind: 'refused' });
    expect(await one.open(new Blob(['nothing']))).toMatchObject({ kind: 'refused' });
    await expect(one.restore(ALL)).rejects.toThrow();
  });

  test('one thing that cannot be written: nothing is', async () => {
    await fill(here, 2, 5);
    const { file } = await client(here).create('', NOW);
    await openStorage({ databaseName: there });
    // A newer version of the app has been here meanwhile.
    await rawDatabase(there, (store) => store.put({ schema: 99 }, 'settings'));
    await expect(restored(there, file)).rejects.toMatchObject({ code: 'newer-version' });
    expect(await keys(there, 'practice/')).toHaveLength(0);
    expect(await keys(there, 'preset/')).toHaveLength(0);
  });

  test('records that cannot be read are counted, not passed over in silence', async () => {
    await fill(here, 1, 1);
    await rawDatabase(here, (store) => store.put({ kind: 'weight' }, 'practice/odd'));
    await rawDatabase(here, (store) => store.put(7, 'preset/odd'));
    expect((await client(here).create('', NOW)).unreadable).toBe(2);
  });
});

test('200 sounds with earlier versions and 5,000 entries, out and back', async () => {
  await fill(here, 200, 5000);
  const longest = watchPage();
  const one = client(here);
  const began = performance.now();
  const { file } = await one.create('', NOW);
  const made = performance.now();
  const back = client(there);
  expect(await back.open(file)).toMatchObject({ presets: 200, entries: 5000, bad: [] });
  const { added } = await back.restore(ALL);
  const done = performance.now();
  expect(added).toBe(5201);
  const blocked = longest();
  expect(await (await client(there).create('', NOW)).file.text()).toBe(await file.text());
  const listing = watchPage();
  const listed = performance.now();
  expect((await (await openPractice(there)).list()).entries).toHaveLength(5000);
  console.info(
    `backup of ${(file.size / 1024).toFixed(0)} KiB: made in ${(made - began).toFixed(0)} ms, opened and put back in ` +
      `${(done - made).toFixed(0)} ms, page held up at most ${blocked.toFixed(0)} ms; 5,000 entries read in ` +
      `${(performance.now() - listed).toFixed(0)} ms, page held up at most ${listing().toFixed(0)} ms`,
  );
});

/** The longest time the page did not get its turn, in ms. */
function watchPage(): () => number {
  let longest = 0;
  let last = performance.now();
  let going = true;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (going)
      setTimeout(() => {
        port2.postMessage(null);
      });
  };
  port2.postMessage(null);
  return () => {
    going = false;
    return longest;
  };
}
