// How a sound arrives: dropped, pasted, shared by another app, scanned from a picture or by the camera; silent until asked.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { encodeQR } from 'qr';
import { CHROMIUM_PATH, STRICT_ARGS } from '../chromium.ts';
import { chooseFile, linkByCommand, openByCommand } from './files.ts';
import { enter, expect, playButton, test } from './support.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-arriving-'));
const at = (name: string): string => path.join(folder, name);
const fragment = linkByCommand('night-hush');
const listen = (page: Page): Locator => page.getByRole('button', { name: 'Listen', exact: true });

async function leave(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Not now' })
    .or(page.getByRole('button', { name: 'Close', exact: true }))
    .click();
}

async function openScan(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /Scan a code/ }).click();
  return page.getByRole('dialog', { name: 'Scan a code' });
}

test('dropped and pasted', async ({ guarded: page }) => {
  await enter(page);
  openByCommand(fragment, at('hush.hush.json'));
  await page.evaluate(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'quiet.hush.json', { type: 'application/json' }));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    readFileSync(at('hush.hush.json'), 'utf8'),
  );
  await expect(listen(page)).toBeVisible();
  await leave(page);
  const paste = (text: string): Promise<unknown> =>
    page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, text);
  await paste(`> Here it is: https://example.org/${fragment.slice(0, 90)}\r\n> ${fragment.slice(90)}.\nWarmly`);
  await expect(listen(page)).toBeVisible();
  await leave(page);
  await paste(`https://example.org/${fragment.slice(0, -20)}`);
  await expect(page.getByText(/The link was cut on its way/)).toBeVisible();
  await leave(page);
  await paste('just words');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('opened with the app: looked at first, several together, and what is no sound or gone is said', async ({
  guarded: page,
}) => {
  // What the system hands to an installed app: real files, through the browser’s own queue.
  await page.addInitScript(() => {
    const queue: { consumer?: (launch: object) => void } = {};
    const { launchQueue } = window as unknown as { launchQueue: object };
    Object.defineProperty(Object.getPrototypeOf(launchQueue), 'setConsumer', {
      value: (consumer: (launch: object) => void) => (queue.consumer = consumer),
    });
    const launch = async (files: Record<string, string | null>): Promise<void> => {
      const disk = await navigator.storage.getDirectory();
      const handles: FileSystemFileHandle[] = [];
      for (const [name, text] of Object.entries(files)) {
        const handle = await disk.getFileHandle(name, { create: true });
        handles.push(handle);
        const writing = await handle.createWritable();
        await writing.write(text ?? '');
        await writing.close();
        if (text === null) await disk.removeEntry(name);
      }
      queue.consumer?.({ files: handles });
    };
    Object.assign(window, { launch });
  });
  await enter(page);
  await expect(page.getByRole('button', { name: 'More ways to keep it' })).toBeVisible();
  const launch = (files: Record<string, string | null>): Promise<unknown> =>
    page.evaluate(
      (wanted) => (window as unknown as { launch: (files: object) => Promise<void> }).launch(wanted),
      files,
    );
  openByCommand(fragment, at('one.hush.json'));
  const preset = readFileSync(at('one.hush.json'), 'utf8');

  await launch({});
  await launch({ 'one.hush.json': preset, 'gone.hush.json': null });
  await expect(listen(page)).toBeVisible();
  await expect(page.getByText('One file could not be read from the disk. Nothing was changed.')).toBeVisible();
  expect(await page.evaluate(() => window.tap.contexts.length), 'before the press').toBe(0);
  await leave(page);
  await launch({ 'words.hush.json': 'no sound', 'two.hush.json': preset });
  await expect(page.getByRole('heading', { name: 'This file was not opened' })).toBeVisible();
  await page.getByRole('button', { name: /^Next/ }).click();
  await expect(listen(page)).toBeVisible();
  await leave(page);
  await expect(page.getByText('Nothing kept yet')).toBeVisible();
});

test('silent until it is asked for, then it fades in; what must never play stays silent', async ({ guarded: page }) => {
  test.setTimeout(90_000);
  await page.goto(`./${fragment}`);
  await expect(listen(page)).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  expect(await page.evaluate(() => window.tap.contexts.length), 'before the press').toBe(0);
  await listen(page).click();
  // Seconds of the sound, from its first block on: a twentieth of one, against what comes after the ramp of two.
  const [earlySec, lateSec] = [0.05, 3];
  const loud = (): Promise<{ sec: number; rms: number }[]> =>
    page.evaluate(() => {
      const sounding = window.tap.blocks.filter(({ rms }) => rms > 0);
      return sounding.map(({ sec, rms }) => ({ sec: sec - sounding[0]!.sec, rms }));
    });
  const heardSec = async (): Promise<number> => Math.max(0, ...(await loud()).map(({ sec }) => sec));
  await expect.poll(heardSec, { timeout: 40_000 }).toBeGreaterThan(lateSec + 0.5);
  const blocks = await loud();
  const loudest = (from: number, to: number): number =>
    Math.max(0, ...blocks.filter(({ sec }) => sec >= from && sec < to).map(({ rms }) => rms));
  expect(loudest(lateSec, Infinity), 'later').toBeGreaterThan(0.0005);
  expect(loudest(0, earlySec), 'at first').toBeLessThan(loudest(lateSec, Infinity) / 4);
  await page.getByRole('button', { name: 'Stop', exact: true }).first().click();

  await leave(page);
  await page.getByTitle('More', { exact: true }).click();
  await page.getByRole('menuitem', { name: /Settings/ }).click();
  await page.getByRole('checkbox', { name: 'Soft noise' }).check();
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await page.goto(`./${fragment}`);
  await expect(page.getByText('Everything in it is on your never list, so there is nothing to hear.')).toBeVisible();
  await expect(listen(page)).toBeDisabled();
  await expect(page.getByRole('img', { name: /Soft noise, .+, stays silent/ })).toBeVisible();
});

test('another app is handed a file that it may take, and that opens here again', async ({ guarded: page }) => {
  // The system’s own sheet cannot be driven: what would be handed to it is looked at instead.
  await page.addInitScript(() => {
    const kinds = /\.(?:txt|png|pdf|csv)$/;
    const handed: { name: string; text: Promise<string> }[] = [];
    Object.assign(window, { handed });
    const canShare = ({ files = [] }: ShareData): boolean => files.every(({ name }) => kinds.test(name));
    const share = ({ files = [] }: ShareData): Promise<void> => {
      for (const file of files) handed.push({ name: file.name, text: file.text() });
      return Promise.resolve();
    };
    Object.defineProperties(Navigator.prototype, { canShare: { value: canShare }, share: { value: share } });
  });
  await enter(page);
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /^Share/ }).click();
  await page.getByRole('button', { name: 'Share with an app …' }).click();
  const [file] = await page.evaluate(async () => {
    const { handed } = window as unknown as { handed: { name: string; text: Promise<string> }[] };
    return Promise.all(handed.map(async ({ name, text }) => ({ name, text: await text })));
  });
  expect(file?.name).toMatch(/\.hush\.txt$/);
  await expect(page.locator('[data-exact="file"]')).toHaveText(file?.text ?? '', { useInnerText: false });
  await page.keyboard.press('Escape');
  await chooseFile(page, { name: file?.name ?? '', mimeType: 'text/plain', buffer: Buffer.from(file?.text ?? '') });
  await expect(page.getByText('You have this sound already')).toBeVisible();
});

test('a code in a picture is read; codes of other apps are refused in words', async ({ guarded: page }) => {
  await enter(page);
  const scan = await openScan(page);
  const choose = async (name: string, content: Uint8Array): Promise<void> => {
    writeFileSync(at(name), content);
    const chooser = page.waitForEvent('filechooser');
    await scan.getByRole('button', { name: 'From a picture …' }).click();
    await (await chooser).setFiles(at(name));
  };
  const code = (text: string): Uint8Array => encodeQR(text, 'gif', { ecc: 'medium', border: 4, scale: 6 });
  for (const [text, words] of [
    ['WIFI:S:home;T:WPA;P:secret;;', 'This is the code of a Wi-Fi network. Nothing was done with it.'],
    ['https://example.org/', 'This code leads to another page. Hushcraft did not open it.'],
    ['BEGIN:VCARD\nFN:Ana\nEND:VCARD', 'This code holds a contact or a message. Nothing was done with it.'],
    ['4006381333931', 'This code belongs to something else, so nothing was done with it.'],
  ] as const) {
    await choose('other.gif', code(text));
    await expect(scan.getByText(words)).toBeVisible();
  }
  await choose('words.png', new TextEncoder().encode('no picture'));
  await expect(scan.getByText(/could not be read as a picture/)).toBeVisible();
  await choose('code.gif', code(`https://example.org/hushcraft/${fragment}`));
  await expect(listen(page)).toBeVisible();
});

test('a code before the camera is read; the camera is let go of', async ({ playwright, baseURL }) => {
  test.setTimeout(90_000);
  writeFileSync(at('code.y4m'), film(`https://example.org/hushcraft/${fragment}`));
  const browser = await playwright.chromium.launch({
    executablePath: CHROMIUM_PATH,
    args: [
      ...STRICT_ARGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${at('code.y4m')}`,
    ],
  });
  try {
    const page = await (await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) })).newPage();
    await page.addInitScript(() => {
      const tracks: MediaStreamTrack[] = [];
      Object.assign(window, { tracks });
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        tracks.push(...stream.getTracks());
        return stream;
      };
    });
    await enter(page);
    const scan = await openScan(page);
    await scan.getByRole('button', { name: 'Use the camera' }).click();
    await expect(listen(page)).toBeVisible({ timeout: 40_000 });
    const tracks = await page.evaluate(() =>
      (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map((one) => one.readyState),
    );
    expect(tracks).toEqual(['ended']);
    await leave(page);
    await expect(playButton(page)).toBeVisible();
  } finally {
    await browser.close();
  }
});

/** A film of one still picture: the code of `text`, grey on light, as a camera would see it. */
function film(text: string): Buffer {
  const side = 640;
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const scale = Math.floor(side / modules.length);
  const light = Buffer.alloc(side * side, 225);
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      for (let line = 0; dark && line < scale; line++) {
        const from = (y * scale + line) * side + x * scale;
        light.fill(30, from, from + scale);
      }
    });
  });
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((side * side) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${String(side)} H${String(side)} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([head, ...Array.from({ length: 10 }, () => frame)]);
}
