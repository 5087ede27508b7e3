// The app without a network, its updates, and what other apps hand to it: the built app, a real service worker, a real server.
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Page } from '@playwright/test';
import { writeWorker } from '../../tools/serviceWorker.ts';
import { ServedFolder } from './servedFolder.ts';
import { enter, expect, heard, playButton, stopButton, test } from './support.ts';

const PORT = Number(process.env['PORT'] ?? 4199) + 400;
const built = path.resolve(import.meta.dirname, '../../dist');
const folders = mkdtempSync(path.join(tmpdir(), 'hushcraft-offline-'));
const server = new ServedFolder(path.join(folders, 'one'), PORT);
const READY = 'A new version is ready. It comes with the next start.';

test.use({ serviceWorkers: 'allow', baseURL: `http://127.0.0.1:${String(PORT)}/` });

/** The same app as another build would be: a mark in the page, and other names for the entry and for the sound's own part. */
async function otherVersion(name: string): Promise<void> {
  const folder = path.join(folders, name);
  cpSync(built, folder, { recursive: true });
  const assets = path.join(folder, 'assets');
  const renamed = readdirSync(assets).filter((file) => /^(?:index|graph)-.*\.js$/.test(file));
  const changed = [...readdirSync(assets).map((file) => path.join(assets, file)), path.join(folder, 'index.html')];
  for (const file of changed.filter((one) => /\.(?:js|html)$/.test(one))) {
    let text = readFileSync(file, 'utf8');
    for (const old of renamed) text = text.replaceAll(old, old.replace('.js', `-${name}.js`));
    if (file.endsWith('.html')) text = text.replace('<html lang="en"', `<html lang="en" data-build="${name}"`);
    writeFileSync(file, text);
  }
  for (const old of renamed) renameSync(path.join(assets, old), path.join(assets, old.replace('.js', `-${name}.js`)));
  writeFileSync(
    path.join(folder, 'sharing.html'),
    `<form action="./share" method="post" enctype="multipart/form-data">
     <input name="text"><input name="files" type="file"><button>Share</button></form>`,
  );
  await writeWorker(folder);
}

/** The app lies whole on the device, and this page is served from there. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((done) => {
      navigator.serviceWorker.addEventListener('controllerchange', done, { once: true });
    });
  });
}

function buildOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset['build']);
}

function versionsKept(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('hushcraft app')));
}

/** Builds whose scripts this page has loaded. */
function buildsLoaded(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    const found = names.flatMap((name) => /\/(?:index|graph)-.*-(one|two|three)\.js$/.exec(name)?.[1] ?? []);
    return [...new Set(found)].sort();
  });
}

test.beforeAll(async () => {
  for (const name of ['one', 'two', 'three']) await otherVersion(name);
});

test.beforeEach(async () => {
  server.folder = path.join(folders, 'one');
  await server.open();
});

test.afterEach(() => server.close());

test.afterAll(() => {
  rmSync(folders, { recursive: true, force: true });
});

test('one visit, then the network is gone: it opens and sounds', async ({ guarded: page }) => {
  test.slow(); // two encoders on a busy machine
  await enter(page);
  await settled(page);
  const devtools = await page.context().newCDPSession(page);
  const { errors, data = '' } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data)).toMatchObject({
    shortcuts: [{ name: 'Play last' }, { name: 'Night' }],
    file_handlers: [{ accept: { 'application/json': ['.hush.json', '.json'] } }],
    share_target: { method: 'POST', params: { files: [{ name: 'files' }] } },
  });
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A window of a test browser counts as private, where nothing can be installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);

  await server.close();
  await page.reload();
  await playButton(page).click();
  await expect(stopButton(page)).toBeVisible();
  await expect.poll(() => heard(page, 300), { timeout: 15_000 }).toBeGreaterThan(1e-4);
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: 'Take it with you …' }).click();
  const dialog = page.getByRole('dialog');
  // The encoders, parts that only a press asks for.
  for (const format of ['FLAC', 'MP3']) {
    await dialog.getByRole('radio', { name: format }).check();
    await dialog.getByRole('slider', { name: 'Length' }).press('Home');
    await dialog.getByRole('button', { name: 'Make the file' }).click();
    await expect(dialog).toContainText(`.${format.toLowerCase()}`);
    await expect(dialog.getByRole('button', { name: 'Download once more' })).toBeVisible({ timeout: 60_000 });
    await dialog.getByRole('button', { name: 'Make another' }).click();
  }
  const letters = await page.evaluate(async () => {
    await document.fonts.ready;
    // The stand-ins are fonts of the device, which may lack them; the app's own must all be there.
    return [...document.fonts]
      .filter(({ status, family }) => status === 'error' && !family.includes('stand-in'))
      .map(({ family }) => family);
  });
  expect(letters).toEqual([]);
  expect(
    await page.evaluate(() => document.fonts.check('italic 16px Fraunces') && document.fonts.check('16px Figtree')),
  ).toBe(true);
});

test('an update waits for the next start: what is open goes on with its own files, nothing mixes', async ({
  guarded: page,
  context,
}) => {
  await enter(page);
  await settled(page);
  server.folder = path.join(folders, 'two');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const { installing } = registration;
    await new Promise<void>((done) => {
      installing?.addEventListener('statechange', () => {
        done();
      });
      if (registration.waiting) done();
    });
  });
  const notice = page.getByText(READY);
  await expect(notice).toBeVisible();
  // The server no longer has the part that plays; the device does.
  await playButton(page).click();
  await expect.poll(() => heard(page, 300), { timeout: 15_000 }).toBeGreaterThan(1e-4);
  await page.getByRole('button', { name: 'Use it now' }).click();
  await expect(page.getByText('Something is playing.')).toBeVisible();
  expect(await buildsLoaded(page)).toEqual(['one']);
  expect(await buildOf(page)).toBe('one');
  await page.reload(); // another window may still be open: the same version again
  expect(await buildOf(page)).toBe('one');
  // It has told its worker that it began: what waits must not be taken for what is over.
  await expect(notice).toBeVisible();
  await page.waitForTimeout(1000);
  expect(await versionsKept(page)).toHaveLength(2);

  // The next start may be one without a network.
  await server.close();
  await page.close();
  const next = await context.newPage();
  await next.goto('./');
  await expect.poll(() => buildOf(next)).toBe('two');
  await expect(playButton(next)).toBeVisible();
  expect(await buildsLoaded(next)).toEqual(['two']);
  await expect.poll(() => versionsKept(next)).toHaveLength(1);
  await server.open();

  server.folder = path.join(folders, 'three');
  await settled(next);
  await next.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  await next.getByRole('button', { name: 'Use it now' }).click();
  await expect.poll(() => buildOf(next).catch(() => '')).toBe('three');
});

test('what another app shares is looked at first; a link opens as one', async ({ guarded: page }) => {
  await enter(page);
  await settled(page);
  await page.goto('./sharing.html');
  const fixture = readFileSync(path.join(import.meta.dirname, '../fixtures/presets/v1-by-hand.hush.json'), 'utf8');
  const preset = JSON.parse(fixture) as object;
  await page.locator('[type=file]').setInputFiles({
    name: 'shared.hush.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...preset, name: 'Shared with me' })),
  });
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog')).toContainText('Shared with me');
  expect(new URL(page.url()).search).toBe('');
  expect(await page.evaluate(() => caches.has('hushcraft shared'))).toBe(false);

  await page.goto('./sharing.html');
  await page.locator('[name=text]').fill('listen to this: https://example.org/app/#p1.AbC-_9 good night');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(playButton(page)).toBeAttached();
  expect(page.url()).toMatch(/\/(?:#p1\.AbC-_9)?$/);

  await page.goto('./sharing.html');
  await page.locator('[name=text]').fill('locked: https://example.org/app/%23x1.AbC-_9 !');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog')).toContainText(/link/i);
});

test('the shortcut to the last sound stands ready for one press, and leaves a clean address', async ({
  guarded: page,
}) => {
  await page.goto('./?play=last');
  await expect(playButton(page)).toBeFocused();
  expect(new URL(page.url()).search).toBe('');
});
