// Audio files as a person makes them: every format judged by independent tools where they are installed, and all that can go wrong.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Download, Page } from '@playwright/test';
import { flacInfo, oggPages, wavChunks } from '../helpers/containers.ts';
import { enter, expect, test } from './support.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-'));
test.afterAll(() => {
  rmSync(folder, { recursive: true });
});

const SECONDS = 10;
/** A sound is computed and packed while the machine may do much else. */
const PATIENT = { timeout: 120_000 };

/** In place of the browser's own dialog for a place, which no test can drive: what the page is told of it. */
function pickNothing(): void {
  Object.assign(globalThis, {
    showSaveFilePicker: () => Promise.reject(new DOMException('The user aborted a request.', 'AbortError')),
  });
}

async function openDialog(page: Page): Promise<ReturnType<Page['getByRole']>> {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /Take it with you/ }).click();
  return page.getByRole('dialog');
}

async function makeShort(page: Page, format: string): Promise<Download> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: format }).click();
  await dialog.getByRole('slider', { name: 'Length' }).focus();
  await page.keyboard.press('Home');
  const download = page.waitForEvent('download', PATIENT);
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  return download;
}

async function filesLeft(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('sound-to-go', { create: true });
    const names: string[] = [];
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
    return names;
  });
}

function has(tool: string): boolean {
  return spawnSync(tool, ['-version']).error === undefined;
}

function said(tool: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
  return stdout + stderr;
}

const CHECKS: Readonly<Record<string, (file: string, bytes: Uint8Array) => void>> = {
  WAV: (_file, bytes) => {
    const data = wavChunks(bytes).find(({ id }) => id === 'data');
    expect(data?.body.length).toBe(SECONDS * 48000 * 4);
  },
  FLAC: (file, bytes) => {
    expect(flacInfo(bytes)).toMatchObject({ frames: SECONDS * 48000 });
    if (has('flac')) expect(spawnSync('flac', ['-t', '-s', file]).status).toBe(0);
  },
  Opus: (file, bytes) => {
    expect(oggPages(bytes).every(({ crcIsRight }) => crcIsRight)).toBe(true);
    if (!has('opusinfo')) return;
    const info = said('opusinfo', file);
    expect(info).toContain('Playback length: 0m:10.000s');
    expect(info).toContain('HUSHCRAFT_PRESET=');
    expect(info).not.toMatch(/warning|error/i);
  },
  MP3: (_file, bytes) => {
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 3))).toBe('ID3');
  },
};

for (const [format, check] of Object.entries(CHECKS)) {
  test(`${format}: made in the app, whole by its own rules and by other programs`, async ({ guarded: page }) => {
    test.setTimeout(180_000);
    await enter(page);
    await openDialog(page);
    const download = await makeShort(page, format);
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    check(file, new Uint8Array(readFileSync(file)));
    if (!has('ffprobe')) return;
    expect(said('ffmpeg', '-v', 'error', '-i', file, '-f', 'null', '-')).toBe('');
    const length = Number(said('ffprobe', '-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file));
    // MP3 has its gap; ffprobe counts an Opus file's pre-skip in.
    expect(Math.abs(length - SECONDS)).toBeLessThan(format === 'WAV' || format === 'FLAC' ? 1e-6 : 0.1);
  });
}

test('a place that is not chosen after all: nothing is written, nothing is said, and it can be tried again', async ({
  guarded: page,
}) => {
  await page.addInitScript(pickNothing);
  await enter(page);
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: 'A whole night' }).click();
  await expect(dialog).toContainText('You will be asked where to put it.');
  for (let i = 0; i < 2; i++) {
    await dialog.getByRole('button', { name: 'Make the file' }).click();
    await expect(dialog.getByRole('button', { name: 'Make the file' })).toBeVisible();
    await expect(dialog.getByRole('alert')).toHaveCount(0);
    await expect(dialog.getByRole('progressbar')).toHaveCount(0);
  }
  expect(await filesLeft(page)).toEqual([]);
});

test('too little room is said before anything is written; a full disk leaves nothing behind', async ({
  guarded: page,
  baseURL,
}) => {
  test.setTimeout(180_000);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await enter(page);
  const session = await page.context().newCDPSession(page);
  const allow = async (bytes: number): Promise<void> => {
    const { origin } = new URL(baseURL ?? '');
    const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
  };
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: 'A whole night' }).click();
  await dialog.getByRole('radio', { name: '32 bit float' }).click();
  await dialog.getByRole('slider', { name: 'Until it is silent' }).focus();
  await page.keyboard.press('End');
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await expect(dialog.getByRole('alert')).toContainText(/needs about .* has room for .* Nothing was written\./);
  expect(await filesLeft(page)).toEqual([]);

  // What the page is told of is not all there is to it.
  await dialog.getByRole('radio', { name: 'FLAC' }).click();
  await dialog.getByRole('slider', { name: 'Until it is silent' }).focus();
  await page.keyboard.press('Home');
  await allow(3_000_000);
  const firstNotice = page.getByText(/has room for .* Nothing was written/).last();
  await expect(firstNotice).toBeVisible();
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await expect(firstNotice).toHaveCount(0);
  await expect(dialog.getByRole('alert')).toHaveText(
    'There was not enough room for the file. A shorter length or a smaller format takes less. No file was made, and your sound is as it was.',
    PATIENT,
  );
  await expect.poll(() => filesLeft(page)).toEqual([]);
});
