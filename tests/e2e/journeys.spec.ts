// Whole journeys of a person, in the built app and real Chromium: nothing is lost, everything is reachable.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportFile, hashOf } from './files.ts';
import { enter, expect, playButton, stopButton, test } from './support.ts';

test('sculpt, save, reload, export, wipe, import: the same sound to the bit', async ({ guarded: page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-e2e-'));
  await enter(page);
  const softness = page.getByRole('slider', { name: 'Softness' });
  await softness.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  const words = await softness.getAttribute('aria-valuetext');
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /Save as …/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Mine, softer');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Mine, softer' })).toBeVisible();
  await expect(softness).toHaveAttribute('aria-valuetext', words ?? '');
  const first = await exportFile(page, folder);
  expect(JSON.parse(readFileSync(first, 'utf8'))).toMatchObject({
    format: 'hushcraft-preset',
    version: 2,
    name: 'Mine, softer',
  });

  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
    localStorage.clear();
  });
  await page.goto('about:blank');
  await enter(page);
  await expect(page.getByRole('button', { name: 'Mine, softer' })).toHaveCount(0);

  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file' }).click();
  await (await chooser).setFiles(first);
  await page.getByRole('button', { name: 'Add to your sounds' }).click();
  await expect(page.getByRole('button', { name: 'Mine, softer', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Mine, softer', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Mine, softer' })).toBeVisible();
  await expect(softness).toHaveAttribute('aria-valuetext', words ?? '');
  const second = await exportFile(page, folder);
  expect(hashOf(second)).toBe(hashOf(first));
});

test('an edit survives a reload a moment later', async ({ guarded: page }) => {
  await enter(page);
  const pace = page.getByRole('slider', { name: 'Pace' });
  await pace.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  const words = await pace.getAttribute('aria-valuetext');
  await page.waitForTimeout(300);
  await page.reload();
  await expect(pace).toHaveAttribute('aria-valuetext', words ?? '');
});

test('undo and redo go through everything', async ({ guarded: page }) => {
  await enter(page);
  const softness = page.getByRole('slider', { name: 'Softness' });
  const before = await softness.getAttribute('aria-valuetext');
  await softness.focus();
  await page.keyboard.press('End');
  const after = await softness.getAttribute('aria-valuetext');
  expect(after).not.toBe(before);
  await page.keyboard.press('Control+z');
  await expect(softness).toHaveAttribute('aria-valuetext', before ?? '');
  await page.keyboard.press('Control+Shift+z');
  await expect(softness).toHaveAttribute('aria-valuetext', after ?? '');
});

test('with the keyboard alone: play, shape, place, keep, stop', async ({ guarded: page }) => {
  await enter(page);
  const press = async (key: string, times = 1): Promise<void> => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  /** Tabs until the focused element's name matches, and sees that focus is visible on the way. */
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement)) return '';
        const label = element.getAttribute('aria-label') ?? '';
        const labelled = (element.getAttribute('aria-labelledby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent ?? '');
        const own =
          element instanceof HTMLInputElement
            ? [...(element.labels ?? [])].map((node) => node.textContent)
            : [element.textContent];
        return [label, ...labelled, ...own].join(' ').trim();
      });
      if (name.test(focused)) return;
    }
    throw new Error(`Tab never reached ${String(name)}.`);
  };
  await tabTo(/direction/i);
  await press('ArrowRight', 3);
  await tabTo(/^Softness/);
  await press('ArrowRight', 5);
  await tabTo(/^Play$/);
  await press('Enter');
  await expect(stopButton(page)).toBeVisible();
  await press('Escape');
  await expect(playButton(page)).toBeVisible();
  await press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
});

test('two tabs that save the same sound keep both', async ({ guarded: page, context }) => {
  await enter(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  const other = await context.newPage();
  await other.goto('./');
  await expect(other.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  for (const [tab, key] of [
    [page, 'Home'],
    [other, 'End'],
  ] as const) {
    await tab.getByRole('slider', { name: 'Softness' }).focus();
    await tab.keyboard.press(key);
  }
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  await other.keyboard.press('Control+s');
  await expect(other.getByText(/Both are kept/)).toBeVisible();
  await other.close();
});

test('a bad file is refused in words and changes nothing', async ({ guarded: page }) => {
  await enter(page);
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file' }).click();
  await (
    await chooser
  ).setFiles({ name: 'bad.hush.json', mimeType: 'application/json', buffer: Buffer.from('{"format":') });
  await expect(page.getByRole('dialog')).toContainText('Your sounds are as they were');
});

test('makes audio files, with progress; they open here again; a long one can be cancelled', async ({
  guarded: page,
}) => {
  // The browser's own dialog for a place cannot be driven: large files go to the downloads, as in browsers without it.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await enter(page);
  const openDialog = async (): Promise<void> => {
    await page.getByRole('button', { name: 'More ways to keep it' }).click();
    await page.getByRole('menuitem', { name: /Take it with you/ }).click();
  };
  await openDialog();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'FLAC' }).click();
  await dialog.getByRole('slider', { name: 'Length' }).focus();
  await page.keyboard.press('Home');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  const file = await (await download).path();
  expect(readFileSync(file).subarray(0, 4).toString()).toBe('fLaC');

  await dialog.getByRole('button', { name: 'Make another' }).click();
  await dialog.getByRole('radio', { name: 'A whole night' }).click();
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toContainText('No file was made');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file' }).click();
  await (await chooser).setFiles({ name: 'mine.flac', mimeType: 'audio/flac', buffer: readFileSync(file) });
  await expect(page.getByRole('dialog')).toContainText('A sound was opened');
});
