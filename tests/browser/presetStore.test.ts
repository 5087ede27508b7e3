// The store in a real browser: what was saved is there, nothing is overwritten unseen, and no fault of the storage stops the app.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { newPreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import type { AppStorage } from '../../src/storage/openStorage.ts';
import type { Draft } from '../../src/storage/types.ts';
import { LONG_WAIT } from '../helpers/wait.ts';
import { rawDatabase } from '../helpers/rawDatabase.ts';

let databaseName = '';

beforeEach(() => {
  databaseName = `test-${crypto.randomUUID()}`;
  sessionStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function open(): Promise<AppStorage> {
  return openStorage({ databaseName });
}

/** A tab that was opened by itself: it does not share the session storage of the one before. */
function openInNewTab(): Promise<AppStorage> {
  sessionStorage.clear();
  return open();
}

/** A method as it is before a spy takes its place. */
function method<T, K extends keyof T>(prototype: T, name: K): T[K] {
  return prototype[name];
}

function preset(name: string): Preset {
  return newPreset(FACTORY[0]!.scene, name);
}

function draft(name: string): Draft {
  return { scene: FACTORY[0]!.scene, presetId: null, revision: null, handover: null, name };
}

const raw = <T>(work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => rawDatabase(databaseName, work);

async function names(store: AppStorage): Promise<string[]> {
  return (await store.presets.list()).presets.map((one) => one.preset.name).sort();
}

async function draftNames(): Promise<string[]> {
  const records = await raw((store) => store.getAll(IDBKeyRange.bound('draft/', 'draft/\uffff')));
  return records.map((record: Draft) => record.name).sort();
}

test('a saved preset is there after the next opening, unchanged, with its revision', async () => {
  const first = await open();
  expect(first.health.status.kind).toBe('ready');
  const kept = preset('Rain on the tin');
  const saved = await first.presets.save(kept, null);
  expect(saved).toMatchObject({ kind: 'saved', stored: { revision: 1, favourite: false } });
  const { presets, unreadable } = await (await open()).presets.list();
  expect(presets.map((one) => one.preset)).toEqual([kept]);
  expect(unreadable).toBe(0);
  const again = await first.presets.save({ ...kept, note: 'softer' }, 1);
  expect(again).toMatchObject({ kind: 'saved', stored: { revision: 2 } });
});

test('the same preset saved twice is one preset and one revision', async () => {
  const store = await open();
  const kept = preset('Once');
  await store.presets.save(kept, null);
  expect(await store.presets.save(kept, null)).toMatchObject({ kind: 'saved', stored: { revision: 1 } });
  expect(await names(store)).toEqual(['Once']);
});

test('presets are written strictly, drafts are not', async () => {
  const store = await open();
  const asked: (string | undefined)[] = [];
  const original = method(IDBDatabase.prototype, 'transaction');
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, names, mode, options) {
    const transaction = original.call(this, names, mode, options);
    if (mode === 'readwrite') asked.push(transaction.durability);
    return transaction;
  });
  await store.presets.save(preset('Safe'), null);
  await store.settings.save({ volume: 0.4 });
  expect(asked).toEqual(['strict', 'strict']);
  asked.length = 0;
  store.drafts.save(draft('On the way'));
  await vi.waitUntil(() => asked.length > 0, LONG_WAIT);
  expect(asked).toEqual(['relaxed']);
});

test('95 two tabs save over the same preset: both are kept', async () => {
  const [a, b] = [await open(), await openInNewTab()];
  const kept = preset('Shared');
  await a.presets.save(kept, null);
  await a.presets.save({ ...kept, note: 'from a' }, 1);
  const late = await b.presets.save({ ...kept, note: 'from b' }, 1);
  expect(late).toMatchObject({ kind: 'conflict', other: { preset: { id: kept.id, note: 'from a' }, revision: 2 } });
  const { presets } = await a.presets.list();
  expect(presets.map((one) => one.preset.note).sort()).toEqual(['from a', 'from b']);
  expect(new Set(presets.map((one) => one.preset.name)).size).toBe(2);
});

test('95 hundreds of interleaved edits from two tabs lose nothing', async () => {
  const rounds = 150;
  const [a, b] = [await open(), await openInNewTab()];
  const kept = preset('Busy');
  await a.presets.save(kept, null);
  const notes: string[] = [];
  const seen = [1, 1];
  for (let i = 0; i < rounds; i++) {
    await Promise.all(
      [a, b].map(async (store, tab) => {
        const note = `${String(tab)}-${String(i)}`;
        const result = await store.presets.save({ ...kept, note }, seen[tab]!);
        if (result.kind === 'saved') seen[tab] = result.stored.revision;
        else if (result.kind === 'conflict') {
          notes.push(result.stored.preset.note);
          seen[tab] = result.other.revision;
        } else throw new Error(result.code);
      }),
    );
  }
  const { presets } = await a.presets.list();
  const inPlace = presets.find((one) => one.preset.id === kept.id)!;
  // Every edit either stands in a copy of its own or raised the revision of the one in place.
  expect(presets.length - 1 + inPlace.revision - 1).toBe(2 * rounds);
  expect(presets.length - 1).toBe(notes.length);
});

test('a deleted preset is gone, comes back on undo, and leaves for good after 30 days', async () => {
  const store = await open();
  const kept = preset('Gone and back');
  await store.presets.save(kept, null);
  await store.presets.setFavourite(kept.id, true);
  await store.presets.remove(kept.id);
  expect(await names(store)).toEqual([]);
  expect(await store.presets.undelete(kept.id)).toMatchObject({ preset: kept, favourite: true, revision: 1 });
  expect(await names(store)).toEqual(['Gone and back']);
  await store.presets.remove(kept.id);
  vi.setSystemTime(Date.now() + 31 * 24 * 3600 * 1000);
  const later = await open();
  vi.useRealTimers();
  expect(await later.presets.undelete(kept.id)).toBeNull();
});

test('95 deleting in one tab does not throw away what another tab saves afterwards', async () => {
  const [a, b] = [await open(), await openInNewTab()];
  const kept = preset('Still playing there');
  await a.presets.save(kept, null);
  await a.presets.remove(kept.id);
  expect(await b.presets.save({ ...kept, note: 'edited' }, 1)).toMatchObject({ kind: 'saved' });
  expect(await names(a)).toEqual(['Still playing there']);
});

test('three earlier versions are kept', async () => {
  const store = await open();
  const kept = preset('Changing');
  for (let revision = 0; revision < 6; revision++) {
    await store.presets.save({ ...kept, note: String(revision) }, revision === 0 ? null : revision);
  }
  const older = await store.presets.olderVersions(kept.id);
  expect(older.map(({ preset: { note }, revision }) => [note, revision])).toEqual([
    ['4', 5],
    ['3', 4],
    ['2', 3],
  ]);
});

test('94 a connection closed behind our back is opened again by the next call', async () => {
  const store = await open();
  const kept = preset('Survivor');
  await store.presets.save(kept, null);
  const original = method(IDBDatabase.prototype, 'transaction');
  const spy = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    spy.mockRestore();
    this.close();
    return original.apply(this, args);
  });
  expect(await names(store)).toEqual(['Survivor']);
  expect(store.health.status.kind).toBe('ready');
});

test('94 a transaction that dies with the connection is tried once more', async () => {
  const store = await open();
  const original = method(IDBObjectStore.prototype, 'put');
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    const request = original.apply(this, args);
    spy.mockRestore();
    this.transaction.abort();
    return request;
  });
  expect(await store.presets.save(preset('Second try'), null)).toMatchObject({
    kind: 'saved',
    stored: { revision: 1 },
  });
  expect(await names(store)).toEqual(['Second try']);
});

test('95 records of a newer version make the store read-only and stay as they are', async () => {
  const first = await open();
  const kept = preset('Mine');
  await first.presets.save(kept, null);
  const future = { schema: 99, preset: { shape: 'unknown' } };
  await raw((store) => store.put(future, 'preset/future'));
  const store = await open();
  expect(store.health.status.kind).toBe('readOnly');
  expect(await store.presets.list()).toMatchObject({ presets: [{ preset: { id: kept.id } }], unreadable: 1 });
  expect(await store.presets.save({ ...kept, note: 'x' }, 1)).toMatchObject({ kind: 'failed' });
  await expect(store.presets.remove(kept.id)).rejects.toMatchObject({ code: 'newer-version' });
  await expect(store.settings.save({ theme: 'day' })).rejects.toMatchObject({ code: 'newer-version' });
  expect(await raw((records) => records.get('preset/future'))).toEqual(future);
});

test('94 a database that a newer version has upgraded is read, not written', async () => {
  const first = await open();
  const kept = preset('From before');
  await first.presets.save(kept, null);
  let told = 0;
  first.health.subscribe(() => (told += 1));
  await new Promise<void>((resolve) => {
    const request = indexedDB.open(databaseName, 7);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
  expect(told).toBe(1);
  expect(first.health.status.kind).toBe('readOnly');
  expect(await names(first)).toEqual(['From before']);
  const second = await open();
  expect(second.health.status.kind).toBe('readOnly');
  expect(await names(second)).toEqual(['From before']);
});

test('94 one damaged record among good ones is counted, left alone, and never written over', async () => {
  const first = await open();
  await first.presets.save(preset('Good'), null);
  const broken: Record<string, unknown> = {
    'preset/torn': { schema: 1, preset: { format: 'hushcraft-preset' } },
    'preset/text': 'not a record',
    'preset/map': new Map([['a', 1]]),
    'preset/date': { schema: 1, preset: new Date() },
    'preset/blob': new Blob(['x']),
  };
  for (const [key, value] of Object.entries(broken)) await raw((store) => store.put(value, key));
  const store = await open();
  expect(store.health.status.kind).toBe('ready');
  const { presets, unreadable } = await store.presets.list();
  expect(presets.map((one) => one.preset.name)).toEqual(['Good']);
  expect(unreadable).toBe(Object.keys(broken).length);
  const saved = await store.presets.save({ ...preset('Into its place'), id: 'torn' }, null);
  expect(saved).toMatchObject({ kind: 'saved' });
  expect(await raw((records) => records.get('preset/torn'))).toEqual(broken['preset/torn']);
  expect(await names(store)).toEqual(['Good', 'Into its place']);
});

test('94 a record the browser cannot read back does not take the others with it', async () => {
  const store = await open();
  await store.presets.save(preset('A'), null);
  const lost = preset('B');
  await store.presets.save(lost, null);
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
    throw new DOMException('Failed to read large IndexedDB value', 'DataError');
  });
  const original = method(IDBObjectStore.prototype, 'get');
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    if (key === `preset/${lost.id}`) throw new DOMException('Failed to read large IndexedDB value', 'DataError');
    return original.call(this, key);
  });
  const { presets, unreadable } = await store.presets.list();
  expect(presets.map((one) => one.preset.name)).toEqual(['A']);
  expect(unreadable).toBe(1);
});

test.each(['at once', 'when it is committed'])(
  '94 a full disk (%s) is said, nothing is lost, and saving works again later',
  async (when) => {
    const store = await open();
    const kept = preset('Kept before');
    await store.presets.save(kept, null);
    let told = 0;
    store.health.subscribe(() => (told += 1));
    const original = method(IDBObjectStore.prototype, 'put');
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      const full = new DOMException('full', 'QuotaExceededError');
      if (when === 'at once') throw full;
      const request = original.apply(this, args);
      const { transaction } = this;
      Object.defineProperty(transaction, 'error', { value: full });
      transaction.abort();
      return request;
    });
    const failed = await store.presets.save({ ...kept, note: 'no room' }, 1);
    expect(failed).toEqual({ kind: 'failed', code: 'quota-exceeded' });
    expect(store.health.status.kind).toBe('memory');
    expect(told).toBe(1);
    expect((await store.presets.list()).presets.map((one) => one.preset)).toEqual([kept]);
    spy.mockRestore();
    expect(await store.presets.save({ ...kept, note: 'room again' }, 1)).toMatchObject({ kind: 'saved' });
    expect(store.health.status.kind).toBe('ready');
  },
);

test('94 a disk that is full from the start still shows what was kept', async () => {
  const first = await open();
  await first.presets.save(preset('Already there'), null);
  await raw((store) => store.delete('meta'));
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const store = await open();
  expect(store.health.status.kind).toBe('memory');
  expect(await names(store)).toEqual(['Already there']);
});

test.each([
  ['missing', undefined],
  [
    'forbidden',
    {
      open: () => {
        throw new DOMException('no', 'SecurityError');
      },
    },
  ],
])('94 without a database (%s) everything works for this visit', async (_, stub) => {
  vi.stubGlobal('indexedDB', stub);
  const store = await open();
  expect(store.health.status).toEqual({ kind: 'memory', reason: 'unavailable' });
  const kept = preset('For today');
  expect(await store.presets.save(kept, null)).toMatchObject({ kind: 'saved' });
  expect(await store.presets.save({ ...kept, note: 'x' }, 1)).toMatchObject({ kind: 'saved', stored: { revision: 2 } });
  await store.presets.setFavourite(kept.id, true);
  expect(await store.presets.list()).toMatchObject({ presets: [{ favourite: true, revision: 2 }] });
  await store.presets.remove(kept.id);
  expect(await names(store)).toEqual([]);
  expect(await store.presets.undelete(kept.id)).toMatchObject({ preset: { note: 'x' } });
  store.drafts.save(draft('Today'));
  expect(await store.drafts.load()).toEqual(draft('Today'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  // Local storage is often there when the database is not: a reload finds the sound that was open.
  expect(await (await open()).drafts.load()).toEqual(draft('Today'));
  await store.settings.save({ theme: 'day' });
  expect(await store.settings.load()).toEqual({ theme: 'day' });
});

test('94 a database that another tab blocks is not waited for for ever', async () => {
  const first = await open();
  await first.presets.save(preset('Behind the door'), null);
  const holder = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(databaseName);
    request.onsuccess = () => {
      resolve(request.result);
    };
  });
  indexedDB.deleteDatabase(databaseName); // waits for the holder, and every new opening waits for it
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const opening = open();
  await vi.advanceTimersByTimeAsync(10_000);
  const store = await opening;
  vi.useRealTimers();
  expect(store.health.status.kind).toBe('memory');
  expect(await store.presets.save(preset('Anyway'), null)).toMatchObject({ kind: 'saved' });
  holder.close();
});

test('95 a lock that a stuck tab never lets go does not stop a save', async () => {
  const store = await open();
  const kept = preset('Patient');
  await new Promise<void>((resolve) => {
    void navigator.locks.request(`${databaseName}/preset/${kept.id}`, () => {
      resolve();
      return new Promise(() => undefined);
    });
  });
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
  expect(await store.presets.save(kept, null)).toMatchObject({ kind: 'saved' });
});

test('94 without locks and channels (a page that is not served securely) it still saves', async () => {
  const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')!;
  Reflect.deleteProperty(Navigator.prototype, 'locks');
  vi.stubGlobal('BroadcastChannel', undefined);
  try {
    const store = await open();
    expect(await store.presets.save(preset('Plain'), null)).toMatchObject({ kind: 'saved' });
    store.drafts.save(draft('Plain draft'));
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect((await (await open()).drafts.load())?.name).toBe('Plain draft');
    expect(await names(store)).toEqual(['Plain']);
  } finally {
    Object.defineProperty(Navigator.prototype, 'locks', locks);
  }
});

test('a draft is written within 250 ms, and at once when the page is left', async () => {
  const store = await open();
  store.drafts.save(draft('First'));
  const started = performance.now();
  await vi.waitUntil(async () => (await draftNames()).includes('First'), { ...LONG_WAIT, interval: 10 });
  expect(performance.now() - started).toBeGreaterThan(100);
  store.drafts.save(draft('Second'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  expect(await draftNames()).toEqual(['Second']);
  store.drafts.save(draft('Third'));
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(await draftNames()).toEqual(['Third']);
});

test.each(['closed', 'sent elsewhere'])('95 a page that is %s in the turn of the edit loses nothing', async (how) => {
  await open();
  const frame = document.createElement('iframe');
  const storeUrl = new URL('../../src/storage/openStorage.ts', import.meta.url).href;
  const edit = JSON.stringify(draft('Last words'));
  const ready = new Promise<() => void>((resolve) => {
    Object.assign(globalThis, { frameReady: resolve });
  });
  frame.srcdoc = `<script type="module">
    import { openStorage } from ${JSON.stringify(storeUrl)};
    const store = await openStorage({ databaseName: ${JSON.stringify(databaseName)} });
    parent.frameReady(() => store.drafts.save(${edit}));
  </script>`;
  document.body.append(frame);
  const editInFrame = await ready;
  editInFrame();
  if (how === 'closed') frame.remove();
  else frame.contentWindow!.location.replace('about:blank');
  const nextDraft = (): Promise<Draft | null> => openInNewTab().then((next) => next.drafts.load());
  await vi.waitUntil(async () => (await nextDraft())?.name === 'Last words', LONG_WAIT);
  frame.remove();
});

test('95 two tabs keep a draft each; a reload finds its own, a new tab the latest', async () => {
  const a = await open();
  const ofA = Object.fromEntries(Object.entries(sessionStorage));
  const b = await openInNewTab();
  const ofB = Object.fromEntries(Object.entries(sessionStorage));
  expect(ofA).not.toEqual(ofB);
  a.drafts.save(draft('In a'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  b.drafts.save(draft('In b'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  await new Promise((resolve) => setTimeout(resolve, 5)); // "later" is told in milliseconds
  a.drafts.save(draft('In a, later'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  expect(await draftNames()).toEqual(['In a, later', 'In b']);
  Object.assign(sessionStorage, ofB);
  expect((await (await open()).drafts.load())?.name).toBe('In b');
  expect((await (await openInNewTab()).drafts.load())?.name).toBe('In a, later');
});

test('a duplicated tab starts from the same draft and then goes its own way', async () => {
  const a = await open();
  a.drafts.save(draft('Original'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  const copy = await open(); // the same session storage while the first still lives
  expect((await copy.drafts.load())?.name).toBe('Original');
  copy.drafts.save(draft('Copy'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  expect(await draftNames()).toEqual(['Copy', 'Original']);
});

test('95 old drafts are let go, damaged ones passed over, and a clock set back confuses nothing', async () => {
  const a = await open();
  a.drafts.save(draft('Good'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  const records = await raw((store) => store.getAll(IDBKeyRange.bound('draft/', 'draft/\uffff')));
  const record = records[0] as Record<string, unknown>;
  await raw((store) => store.put({ ...record, scene: { seed: 'x' } }, 'draft/torn'));
  await raw((store) => store.put({ ...record, name: 'Old', savedAt: Date.now() - 31 * 24 * 3600 * 1000 }, 'draft/old'));
  for (let i = 0; i < 12; i++) {
    await raw((store) =>
      store.put({ ...record, name: `n${String(i)}`, savedAt: Date.now() - 1000 - i }, `draft/n${String(i)}`),
    );
  }
  const b = await openInNewTab();
  expect((await b.drafts.load())?.name).toBe('Good');
  const left = await draftNames();
  expect(left).not.toContain('Old');
  expect(left.filter((name) => name.startsWith('n')).length).toBe(7);
  vi.setSystemTime(Date.now() - 365 * 24 * 3600 * 1000);
  b.drafts.save(draft('After the clock went back'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  const c = await openInNewTab();
  vi.useRealTimers();
  expect((await c.drafts.load())?.name).toBe('After the clock went back');
});

test('95 a draft remembers which revision it was made from; one that does not say, or lies, knows none', async () => {
  const a = await open();
  a.drafts.save({ ...draft('Of a kept sound'), presetId: 'kept', revision: 4 });
  dispatchEvent(new PageTransitionEvent('pagehide'));
  expect(await (await openInNewTab()).drafts.load()).toMatchObject({ presetId: 'kept', revision: 4 });
  const [key] = await raw((store) => store.getAllKeys(IDBKeyRange.bound('draft/', 'draft/\uffff')));
  const record = await raw((store) => store.get(key!) as IDBRequest<Record<string, unknown>>);
  for (const revision of [undefined, 0, -1, 1.5, '4', Infinity, {}]) {
    await raw((store) => store.put({ ...record, revision }, key));
    const read = await (await openInNewTab()).drafts.load();
    // What is no plain number at all is no draft of ours.
    if (revision === Infinity) expect(read).toBeNull();
    else expect(read).toMatchObject({ name: 'Of a kept sound', presetId: 'kept', revision: null });
  }
});

test('95 another tab hears of a change, the tab itself does not', async () => {
  const [a, b] = [await open(), await openInNewTab()];
  const heard: string[] = [];
  for (const kind of ['presets', 'settings'] as const) a.database.subscribe(kind, () => heard.push(`a: ${kind}`));
  const stop = b.presets.subscribe(() => heard.push('b'));
  await a.presets.save(preset('News'), null);
  await vi.waitUntil(() => heard.length > 0, LONG_WAIT);
  expect(heard).toEqual(['b']);
  stop();
  await a.settings.save({ theme: 'day' });
  await b.settings.save({ volume: 1 });
  await vi.waitUntil(() => heard.length > 1, LONG_WAIT);
  expect(heard).toEqual(['b', 'a: settings']);
});

test('settings survive, and two tabs that change different ones keep both', async () => {
  const [a, b] = [await open(), await openInNewTab()];
  await a.settings.save({ theme: 'dark', volume: 0.5, never: ['whisper'] });
  expect(await b.settings.load()).toEqual({ theme: 'dark', volume: 0.5, never: ['whisper'] });
  await a.settings.save({ theme: 'day', volume: 0.5, never: ['whisper'] });
  await b.settings.save({ theme: 'dark', volume: 0.7 });
  expect(await (await open()).settings.load()).toEqual({ theme: 'day', volume: 0.7 });
});

test('94 reactive proxies and bad presets are copied or refused, never thrown', async () => {
  const store = await open();
  const kept = preset('Proxy');
  const proxy = new Proxy(kept, {});
  expect(await store.presets.save(proxy, null)).toMatchObject({ kind: 'saved' });
  const bad = { ...kept, scene: { ...kept.scene, layers: [] } };
  expect(await store.presets.save(bad, null)).toMatchObject({ kind: 'failed' });
  expect(await names(store)).toEqual(['Proxy']);
});

test('asking for persistence gives the browser’s answer', async () => {
  const store = await open();
  vi.spyOn(navigator.storage, 'persist').mockResolvedValue(true);
  expect(await store.health.requestPersistence()).toBe(true);
  expect(store.health.status).toEqual({ kind: 'ready', persistent: true });
  vi.spyOn(navigator.storage, 'persist').mockRejectedValue(new Error('no'));
  expect(await store.health.requestPersistence()).toBe(false);
});

test('a hundred presets from a hundred saves at once are all there', async () => {
  const store = await open();
  const results = await Promise.all(
    Array.from({ length: 100 }, (_, i) => store.presets.save(preset(`Sound ${String(i)}`), null)),
  );
  expect(results.every(({ kind }) => kind === 'saved')).toBe(true);
  expect((await (await open()).presets.list()).presets.length).toBe(100);
});
