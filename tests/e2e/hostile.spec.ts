// Bad input at the app's own doors, in the built page: links inside other pages, going back and forward, a full disk, other tabs.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { chooseFile } from './files.ts';
import { enter, expect, heard, playButton, stopButton, test } from './support.ts';

const LINK = readFileSync(path.join(import.meta.dirname, '../fixtures/links/p1-words.link.txt'), 'utf8').trim();
const FRAGMENT = LINK.slice(LINK.indexOf('#'));

const add = (page: Page): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name: /^(?:Add to your sounds|Keep as a copy)$/ });
const listen = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('button', { name: 'Listen', exact: true });

/** As many sounds as fit in a bundle, half a megabyte of them; and as much that is none. */
function largeFiles(): { good: string; bad: string; count: number } {
  const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-large-'));
  const fixture = path.join(import.meta.dirname, '../fixtures/files/bundle-1-two.hush.json');
  const bundle = JSON.parse(readFileSync(fixture, 'utf8'), (key, value: unknown) =>
    key === 'checksum' ? undefined : value,
  ) as { presets: object[] };
  const presets = Array.from({ length: 200 }, (_one, i) => ({ ...bundle.presets[0], id: `large-${String(i)}` }));
  const [good, bad] = [path.join(folder, 'good.hush.json'), path.join(folder, 'bad.hush.json')];
  writeFileSync(good, JSON.stringify({ ...bundle, presets }));
  writeFileSync(bad, `{"format":"hushcraft-bundle",${'['.repeat(500_000)}`);
  return { good, bad, count: presets.length };
}

/** What lies in the store, as text. */
function stored(page: Page, prefix: string): Promise<string[]> {
  return page.evaluate(async (start) => {
    const open = indexedDB.open('hushcraft');
    const db = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => {
        resolve(open.result);
      };
    });
    if (!db.objectStoreNames.contains('records')) return [];
    const all = db
      .transaction('records')
      .objectStore('records')
      .getAll(IDBKeyRange.bound(start, `${start}\uffff`));
    return new Promise<string[]>((resolve) => {
      all.onsuccess = () => {
        db.close();
        resolve(all.result.map((record) => JSON.stringify(record)));
      };
    });
  }, prefix);
}

test('89 a link opened inside another page keeps and plays nothing by itself', async ({ guarded: page, baseURL }) => {
  await page.goto('./manifest.webmanifest');
  await page.evaluate(
    (address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      frame.style.cssText = 'width: 900px; height: 700px';
      document.body.append(frame);
    },
    `${baseURL ?? ''}${FRAGMENT}`,
  );
  const inside = page.frameLocator('iframe');
  await expect(inside.getByRole('button', { name: 'Listen', exact: true })).toBeVisible();
  expect(await stored(page, 'preset/')).toEqual([]);
  const frame = page.frames().find((one) => one !== page.mainFrame());
  expect(await frame?.evaluate(() => window.tap.contexts.length)).toBe(0);
});

test('90 and 93 back and forward after adding: added once, and no trace of it in the address', async ({
  guarded: page,
}) => {
  await enter(page);
  await page.getByRole('slider', { name: 'Softness' }).focus();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /^Share/ }).click();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  const link = await page.locator('[data-exact="link"]').textContent();
  await page.goto('about:blank');
  await page.goto(link ?? '');
  await expect(listen(page)).toBeVisible();
  await add(page).first().click();
  await expect.poll(() => stored(page, 'preset/')).toHaveLength(1);
  for (const go of ['back', 'forward', 'reload'] as const) {
    if (go === 'back') await page.goBack();
    else if (go === 'forward') await page.goForward();
    else await page.reload();
    if (page.url() === 'about:blank') continue;
    await expect(playButton(page)).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
    await expect(listen(page)).toHaveCount(0);
  }
  expect(await stored(page, 'preset/')).toHaveLength(1);
  expect(await page.evaluate(() => document.referrer)).not.toContain('p1');
});

test('1 many bad files at once: each is refused in words, not a byte of the store changes, nothing plays', async ({
  guarded: page,
}) => {
  await enter(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  const before = await stored(page, 'preset/');
  const contents = ['', ' ', 'null', '[]', '{"format":', '{"format":"hushcraft-preset","version":999}', '\u0089PNG'];
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file' }).click();
  await (
    await chooser
  ).setFiles(contents.map((text, i) => ({ name: `${String(i)}.json`, mimeType: '', buffer: Buffer.from(text) })));
  const dialog = page.getByRole('dialog');
  for (const content of contents) {
    await expect(dialog, content).toContainText('Your sounds are as they were');
    await dialog
      .getByRole('button', { name: /Next|Close|Not now|All right/ })
      .last()
      .click();
  }
  await expect(dialog).toHaveCount(0);
  expect(await stored(page, 'preset/')).toEqual(before);
  expect(await page.evaluate(() => window.tap.contexts.length)).toBe(0);
});

test('94 no room left on the device: said, the session goes on, and the sound leaves as a file', async ({
  guarded: page,
}) => {
  await enter(page);
  // As a full disk answers; the browser's own quota for tests does not reach the database.
  await page.evaluate(() => {
    Object.defineProperty(IDBObjectStore.prototype, 'put', {
      configurable: true,
      value: () => {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      },
    });
  });
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/There is no room left/).first()).toBeVisible();
  await playButton(page).click();
  await expect(stopButton(page)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save this sound as a file' }).first().click();
  expect((await download).suggestedFilename()).toMatch(/\.hush\.json$/);
  // A frame's own method writes as well.
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { IDBObjectStore: fresh } = frame.contentWindow as unknown as typeof globalThis;
    const put = Object.getOwnPropertyDescriptor(fresh.prototype, 'put')!;
    Object.defineProperty(IDBObjectStore.prototype, 'put', put);
  });
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
});

test('95 deleted in one tab while it plays in another: it plays on, and can be kept again', async ({
  guarded: page,
  context,
}) => {
  await enter(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  await playButton(page).click();
  await expect.poll(() => heard(page, 300), { timeout: 15_000 }).toBeGreaterThan(1e-4);
  const other = await context.newPage();
  await other.goto('./');
  await other
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await other.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(other.getByText(/was deleted/)).toBeVisible();
  await other.close();
  expect(await heard(page, 1500)).toBeGreaterThan(1e-4);
  await expect(stopButton(page)).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect
    .poll(async () => (await stored(page, 'preset/')).filter((text) => text.includes('"deletedAt":null')).length)
    .toBe(1);
});

test('94 no kept sound can be read at the start: said, it plays, and the sound leaves as a file', async ({
  guarded: page,
}) => {
  await page.addInitScript(() => {
    for (const name of ['getAll', 'getAllKeys', 'openCursor', 'openKeyCursor'] as const) {
      Object.defineProperty(IDBObjectStore.prototype, name, {
        value() {
          throw new DOMException('The disk is in trouble.', 'UnknownError');
        },
      });
    }
  });
  await enter(page);
  await expect(page.getByText(/does not let Hushcraft keep anything here|could not be read/).first()).toBeVisible();
  await playButton(page).click();
  await expect.poll(() => heard(page, 300), { timeout: 15_000 }).toBeGreaterThan(1e-4);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save this sound as a file' }).first().click();
  expect((await download).suggestedFilename()).toMatch(/\.hush\.json$/);
});

test('1 a large file is read beside the page, good or bad, and also where no worker starts', async ({
  guarded: page,
  elsewhere,
}) => {
  const large = largeFiles();
  const beside: string[] = [];
  page.on('worker', (worker) => beside.push(worker.url()));
  await enter(page);
  const tryBoth = async (where: Page): Promise<void> => {
    await chooseFile(where, large.good);
    await expect(where.getByRole('heading', { name: `${String(large.count)} sounds were sent to you` })).toBeVisible();
    await where.getByRole('button', { name: 'Not now' }).click();
    await chooseFile(where, large.bad);
    await expect(where.getByRole('heading', { name: 'This file was not opened' })).toBeVisible();
    await where.getByRole('button', { name: 'Close', exact: true }).click();
    expect(await stored(where, 'preset/')).toEqual([]);
  };
  await tryBoth(page);
  expect(beside.join()).toContain('decode.worker');

  const other = await elsewhere('./');
  await other.addInitScript(() => Object.defineProperty(window, 'Worker', { value: undefined }));
  await enter(other);
  await tryBoth(other);
});

test('94 the practice record cannot be read: said, and everything else goes on', async ({ guarded: page }) => {
  await page.addInitScript(() => {
    for (const name of ['getAll', 'getAllKeys'] as const) {
      const read = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name)!.value as (
        this: IDBObjectStore,
        query?: unknown,
        n?: number,
      ) => IDBRequest;
      Object.defineProperty(IDBObjectStore.prototype, name, {
        value(this: IDBObjectStore, query?: unknown, n?: number) {
          if (query instanceof IDBKeyRange && String(query.lower).startsWith('practice/'))
            throw new DOMException('The database is in trouble.', 'UnknownError');
          return read.call(this, query, n);
        },
      });
    }
  });
  await page.goto(`./${FRAGMENT}`);
  await expect(listen(page)).toBeVisible();
  await page.getByRole('button', { name: /^(?:Not now|Close)$/ }).click();
  await page.getByTitle('More', { exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Practice' }).click();
  await expect(page.getByText(/practice record could not be read/)).toBeVisible();
  await page.keyboard.press('Escape');
  await playButton(page).click();
  await expect.poll(() => heard(page, 300), { timeout: 15_000 }).toBeGreaterThan(1e-4);
});

test('95 a backup put back while it plays: it plays on', async ({ guarded: page }) => {
  await enter(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  const openBackup = async (): Promise<void> => {
    await page.getByTitle('More', { exact: true }).first().click();
    await page.getByRole('menuitem', { name: 'Backup' }).click();
  };
  await openBackup();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a backup file' }).click();
  const file = await (await download).path();
  await page.keyboard.press('Escape');
  // What is put back is another sound than the one that is open.
  await page.getByRole('slider', { name: 'Softness' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  await playButton(page).click();
  await expect.poll(() => heard(page, 300), { timeout: 15_000 }).toBeGreaterThan(1e-4);
  const before = await page.evaluate(() => window.tap.contexts.length);
  await openBackup();
  await page.locator('input[type="file"]').last().setInputFiles(file);
  await page.evaluate(() => (window.tap.blocks.length = 0));
  await page.getByRole('button', { name: 'Put back what is ticked' }).click();
  await expect(page.getByText(/\d things? put back;/)).toBeVisible();
  await page.waitForTimeout(2000);
  // Not a second of silence, from the press on.
  const blocks = await page.evaluate(() => window.tap.blocks.map(({ atMs, rms, step }) => ({ atMs, rms, step })));
  const loud = blocks.filter(({ rms }) => rms > 1e-5).map(({ atMs }) => atMs);
  expect(loud.length).toBeGreaterThan(100);
  expect(Math.max(...loud.slice(1).map((atMs, i) => atMs - loud[i]!))).toBeLessThan(1500);
  // Escape would stop it.
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(stopButton(page)).toBeVisible();
  expect(await page.evaluate(() => window.tap.contexts.length)).toBe(before);
});

test('95 cleared by the browser: a way back instead of a first visit', async ({ guarded: page }) => {
  await enter(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name);
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'What you kept here is gone' })).toBeVisible();
  await expect(page.getByText(/cleared it by itself: one sound/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'No, none' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Put back a backup' }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Start anew' }).click();
  await expect(page.getByRole('heading', { name: 'What you kept here is gone' })).toHaveCount(0);
  await page.reload();
  await expect(playButton(page)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What you kept here is gone' })).toHaveCount(0);
});

/** Svelte's own: templates, which are written in the sources and hold no data, and a list of what it never sets. */
const TEMPLATE = /return (\w+)\.innerHTML=\w+\(\w+\.replaceAll\(`<!>`,`<!---->`\)\),\1\.content|!==`innerHTML`&&/g;
const TO_CODE =
  /\beval\(|\bFunction\(|\b(?:inner|outer)HTML\b|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|DOMParser|document\.write|srcdoc|javascript:/g;

test('69 and 77 nothing in what is built turns text into markup or code', () => {
  const dist = path.resolve(import.meta.dirname, '../../dist');
  const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:js|html)$/.test(name),
  );
  const texts = scripts.map((name) => readFileSync(path.join(dist, name), 'utf8'));
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.flatMap((text) => text.match(TEMPLATE) ?? [])).toHaveLength(2);
  expect(texts.flatMap((text) => text.replace(TEMPLATE, '').match(TO_CODE) ?? [])).toEqual([]);
});
