// What a browser's storage does wrong, one fault after the other: nothing escapes, nothing is lost in silence, the rest goes on.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { newPreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import type { AppStorage } from '../../src/storage/openStorage.ts';
import { evict, everything, rawDatabase } from '../helpers/rawDatabase.ts';
import { LONG_WAIT } from '../helpers/wait.ts';

let databaseName = '';

beforeEach(() => {
  databaseName = `test-${crypto.randomUUID()}`;
  sessionStorage.clear();
  localStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const open = (): Promise<AppStorage> => openStorage({ databaseName });

function preset(name: string): Preset {
  return newPreset(FACTORY[0]!.scene, name);
}

async function names(store: AppStorage): Promise<string[]> {
  return (await store.presets.list()).presets.map((one) => one.preset.name).sort();
}

/** Lets the next `times` uses of a method of the object store fail as a browser would. */
function fail(name: 'get' | 'put' | 'getAll', error: DOMException, times: number): void {
  const prototype = IDBObjectStore.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const original = prototype[name]!;
  let left = times;
  vi.spyOn(prototype, name).mockImplementation(function (this: unknown, ...args) {
    left -= 1;
    if (left >= 0) throw error;
    return original.apply(this, args);
  });
}

describe('94 one fault of the database', () => {
  test.each([
    ['UnknownError', 'Connection to Indexed Database server lost. Refresh the page to try again'],
    ['UnknownError', 'Internal error.'],
    ['InvalidStateError', 'The database connection is closing.'],
    ['AbortError', 'The transaction was aborted.'],
  ])('%s once, “%s”: the next try works, and nobody notices', async (name, message) => {
    const store = await open();
    const kept = preset('Kept');
    await store.presets.save(kept, null);
    fail('get', new DOMException(message, name), 1);
    expect(await store.presets.save({ ...kept, note: 'again' }, 1)).toMatchObject({
      kind: 'saved',
      stored: { revision: 2 },
    });
    fail('getAll', new DOMException(message, name), 1);
    expect(await names(store)).toEqual(['Kept']);
    expect(store.health.status.kind).toBe('ready');
  });

  test.each([
    ['UnknownError', 'Connection to Indexed Database server lost.'],
    ['DataError', 'Failed to read large IndexedDB value'],
    ['ReadOnlyError', 'The database is read-only.'],
    ['TimeoutError', 'The lock could not be had.'],
  ])('%s for ever, “%s”: said, what lies there stays as it is', async (name, message) => {
    const store = await open();
    const kept = preset('Kept');
    await store.presets.save(kept, null);
    const before = await everything(databaseName);
    fail('put', new DOMException(message, name), Infinity);
    const failed = await store.presets.save({ ...kept, note: 'again' }, 1);
    expect(failed).toEqual({ kind: 'failed', code: 'no-response' });
    await expect(store.presets.remove(kept.id)).rejects.toMatchObject({ code: 'no-response' });
    await expect(store.settings.save({ theme: 'day' })).rejects.toThrow();
    vi.restoreAllMocks();
    expect(await everything(databaseName)).toBe(before);
    expect(await store.presets.save({ ...kept, note: 'again' }, 1)).toMatchObject({ kind: 'saved' });
  });

  test('NotFoundError, a database without our store: nothing in it is touched, everything works for this visit', async () => {
    await new Promise<void>((resolve) => {
      const request = indexedDB.open(databaseName, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('others').put('theirs', 'key');
      };
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    const store = await open();
    expect(store.health.status.kind).toBe('memory');
    expect(await store.presets.save(preset('For today'), null)).toMatchObject({ kind: 'saved' });
    expect(await names(store)).toEqual(['For today']);
    const stores = await new Promise<string[]>((resolve) => {
      const request = indexedDB.open(databaseName);
      request.onsuccess = () => {
        resolve([...request.result.objectStoreNames]);
        request.result.close();
      };
    });
    expect(stores).toEqual(['others']);
  });

  test('DataCloneError, values no database can hold: left out or refused, never thrown', async () => {
    const store = await open();
    await store.settings.save({ theme: 'day', callback: () => 1 });
    expect(await store.settings.load()).toEqual({});
    const wild = { ...preset('Wild'), note: () => 'x' } as unknown as Preset;
    expect(await store.presets.save(wild, null)).toMatchObject({ kind: 'failed' });
    store.drafts.save({ scene: { seed: () => 1 } as never, presetId: null, revision: null, name: 'x' });
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(await store.drafts.load()).toBeNull();
  });

  test('one corrupt record among 500: the other 499 load, it stays as it is', async () => {
    const seed = await open();
    const model = preset('n');
    await seed.presets.save(model, null);
    const record = await rawDatabase(
      databaseName,
      (store) => store.get(`preset/${model.id}`) as IDBRequest<Record<string, unknown>>,
    );
    const rotten = { ...record, preset: { ...model, id: 'n250', scene: { seed: NaN } } };
    await rawDatabase(databaseName, (store) => {
      store.delete(`preset/${model.id}`);
      for (let i = 0; i < 499; i++) {
        const id = `n${String(i < 250 ? i : i + 1)}`;
        store.put({ ...record, preset: { ...model, id, name: id } }, `preset/${id}`);
      }
      return store.put(rotten, 'preset/n250');
    });
    const store = await open();
    const { presets, unreadable } = await store.presets.list();
    expect(presets).toHaveLength(499);
    expect(unreadable).toBe(1);
    expect(await store.presets.save({ ...presets[0]!.preset, note: 'x' }, 1)).toMatchObject({ kind: 'saved' });
    await store.presets.remove('n250');
    expect(await rawDatabase(databaseName, (records) => records.get('preset/n250'))).toEqual(rotten);
  });

  test('50,000 entries of practice, a few of them spoiled: all the others load', async () => {
    await open();
    await rawDatabase(databaseName, (store) => {
      for (let i = 0; i < 50_000; i++) {
        const morning = { kind: 'morning', day: '2026-11-01', minutesToSleep: 10, timesAwake: 1, quality: 3, note: '' };
        store.put({ ...morning, id: `m${String(i)}` }, `practice/m${String(i)}`);
      }
      store.put(new Map(), 'practice/m7');
      store.put({ kind: 'morning', id: 'other', day: '2026-11-01' }, 'practice/m8');
      return store.put('text', 'practice/m9');
    });
    const { entries, unreadable } = await (await open()).practice.list();
    expect(entries).toHaveLength(49_997);
    expect(unreadable).toBe(3);
  });

  test('records that are none, under every name we use: the app starts, and leaves them alone', async () => {
    await (await open()).presets.save(preset('Good'), null);
    const odd: unknown[] = [
      null,
      7,
      'text',
      [],
      new Date(0),
      new Map([['schema', 1]]),
      new Blob(['x']),
      { schema: -1 },
    ];
    for (const value of odd) {
      for (const key of ['settings', 'draft/odd', 'preset/odd', 'practice/odd'])
        await rawDatabase(databaseName, (store) => store.put(value, key));
      const store = await open();
      expect(store.health.status.kind).toBe('ready');
      expect(await store.settings.load()).toEqual({});
      expect(await store.drafts.load()).toBeNull();
      expect(await store.presets.list()).toMatchObject({ presets: [{ preset: { name: 'Good' } }], unreadable: 1 });
      expect(await (await open()).practice.list()).toEqual({ entries: [], unreadable: 1 });
      expect(await rawDatabase(databaseName, (records) => records.get('preset/odd'))).toEqual(value);
    }
  });
});

describe('95 cleared by the browser', () => {
  async function full(): Promise<AppStorage> {
    const store = await open();
    for (const name of ['A', 'B', 'C']) await store.presets.save(preset(name), null);
    await store.settings.save({ backupAt: '2026-11-01T08:00:00.000Z' });
    await rawDatabase(databaseName, (records) => records.put({ kind: 'morning' }, 'practice/one'));
    await store.presets.list();
    return store;
  }

  const GONE = { presets: 3, practice: 1, backupAt: '2026-11-01T08:00:00.000Z' };

  test('between two visits: what is gone is known until it is settled', async () => {
    await full();
    await evict(databaseName);
    const next = await open();
    expect(next.health.evicted).toMatchObject(GONE);
    expect(await next.presets.list()).toEqual({ presets: [], unreadable: 0 });
    // Also after a reload, and although something was kept since.
    await next.presets.save(preset('D'), null);
    const later = await open();
    expect(later.health.evicted).toMatchObject(GONE);
    later.health.dismissEviction();
    expect(later.health.evicted).toBeNull();
    expect((await open()).health.evicted).toBeNull();
  });

  test('between two reads of one visit', async () => {
    const store = await full();
    expect(store.health.evicted).toBeNull();
    await evict(databaseName);
    expect(await names(store)).toEqual([]);
    expect(store.health.evicted).toMatchObject(GONE);
    // What is still on screen can be kept again.
    expect(await store.presets.save(preset('A'), 1)).toMatchObject({ kind: 'saved', stored: { revision: 1 } });
  });

  test('a first visit, sounds one deleted oneself, and data one cleared whole are no loss', async () => {
    expect((await open()).health.evicted).toBeNull();
    const store = await open();
    const kept = preset('Only');
    await store.presets.save(kept, null);
    await store.presets.remove(kept.id);
    await evict(databaseName);
    expect((await open()).health.evicted).toBeNull();
    await (await open()).presets.save(kept, null);
    localStorage.clear();
    await evict(databaseName);
    expect((await open()).health.evicted).toBeNull();
  });

  test('a mark that another wrote is not believed', async () => {
    for (const mark of [
      '',
      '{',
      '7',
      '{"presets":-1}',
      '{"presets":1e999,"practice":0,"backupAt":"","lost":true}',
      '[]',
    ]) {
      localStorage.setItem(`${databaseName}-kept`, mark);
      expect((await open()).health.evicted).toBeNull();
    }
  });
});

test('95 a clock set back a year: later versions stay the later ones', async () => {
  const store = await open();
  const kept = preset('Clock');
  await store.presets.save(kept, null);
  vi.setSystemTime(Date.now() - 365 * 24 * 3600 * 1000);
  await store.presets.save({ ...kept, note: 'later' }, 1);
  const saved = await store.presets.save(preset('New that day'), null);
  vi.useRealTimers();
  expect(saved.kind).toBe('saved');
  const [before] = await store.presets.olderVersions(kept.id);
  const now = (await store.presets.list()).presets.find(({ preset: { id } }) => id === kept.id)!;
  expect(now).toMatchObject({ revision: 2, preset: { note: 'later' } });
  expect(now.updatedAt > before!.updatedAt).toBe(true);
});

test('95 a storm of messages from other tabs says nothing by itself: everything is read through the same door', async () => {
  const store = await open();
  await store.presets.save(preset('Calm'), null);
  const channel = new BroadcastChannel(databaseName);
  let heard = 0;
  store.presets.subscribe(() => (heard += 1));
  for (const message of ['changed', null, { __proto__: { presets: 1 } }, new Map(), new Error('x'), 'x'.repeat(1e6)])
    channel.postMessage(message);
  await vi.waitUntil(() => heard >= 6, LONG_WAIT);
  channel.close();
  expect(await names(store)).toEqual(['Calm']);
});
