// Every screen of the hand-over, in both themes, narrow and wide and with large text: nothing an eye, a hand or a reader misses.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { chooseFile } from './files.ts';
import { PASSPHRASE, sentFiles } from './sharedPresets.ts';
import type { Sent } from './sharedPresets.ts';
import { axe, enter, expect, playButton, test } from './support.ts';

const state: { sent?: Sent } = {};

test.beforeAll(() => {
  state.sent = sentFiles(mkdtempSync(path.join(tmpdir(), 'hushcraft-screens-')));
});

/** Nothing of the page, or of what lies over it, is wider than it is shown. */
async function fits(page: Page, screen: string): Promise<void> {
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.dialog, .dialog .body, .opened-page')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => {
        const edge = element.getBoundingClientRect().left + element.clientWidth;
        const beyond = [...element.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > edge + 1);
        return `${element.className}: ${beyond.map((one) => one.outerHTML.slice(0, 80)).join(' | ')}`;
      }),
  );
  expect(wide, screen).toEqual([]);
}

async function openFolds(page: Page): Promise<void> {
  const closed = page.getByRole('dialog').locator('details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
}

/** Goes through all of them; `look` sees each one. */
async function throughAll(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  const sent = state.sent!;
  const dialog = page.getByRole('dialog');

  await chooseFile(page, sent.parcel);
  await expect(page.getByRole('heading', { name: 'A summary of their practice' })).toBeVisible();
  await expect(page.getByText('Changed while reading it')).toBeVisible();
  await expect(page.getByText(/to the right ear/).first()).toBeVisible();
  await look('a sound that was sent');
  await page.getByRole('button', { name: 'Adjust it' }).click();
  await expect(page.getByText(/^Adjusting Mara/)).toBeVisible();
  await look('adjusting it');
  await page.getByRole('button', { name: 'Send back' }).click();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  await openFolds(page);
  await dialog.getByRole('radio', { name: 'Within limits' }).check();
  await dialog.getByRole('checkbox', { name: 'Tapping, Softness' }).check();
  await expect(page.getByRole('button', { name: 'Show as a code' })).toBeVisible();
  await page.getByRole('button', { name: 'Show as a code' }).click();
  await look('sending it back, everything unfolded');
  await dialog.getByRole('checkbox', { name: /Lock it/ }).check();
  await look('waiting for a passphrase');
  await page.keyboard.press('Escape');

  await chooseFile(page, sent.bundle);
  await expect(page.getByRole('heading', { name: '2 sounds were sent to you' })).toBeVisible();
  await look('several sounds');
  await page.getByRole('button', { name: 'Not now' }).click();

  await chooseFile(page, sent.locked);
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('not this one');
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 20_000 });
  await look('a locked one, refused');
  await page.getByRole('button', { name: 'Not now' }).click();

  await chooseFile(page, sent.spoiled);
  await expect(page.getByRole('heading', { name: 'This file was not opened' })).toBeVisible();
  await look('a file that is none');
  await page.getByRole('button', { name: 'Close', exact: true }).click();

  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /Scan a code/ }).click();
  await dialog.getByRole('button', { name: 'Use the camera' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await look('scanning without a camera');
  await page.keyboard.press('Escape');

  const kept = page.getByRole('button', { name: 'Saved', exact: true });
  await page.keyboard.press('Control+s');
  await expect(kept).toBeVisible();
  await page.getByRole('slider', { name: 'Softness' }).press('ArrowLeft');
  await page.keyboard.press('Control+s');
  await expect(kept).toBeVisible();
  const library = page.getByRole('button', { name: 'Sounds', exact: true });
  if (await library.isVisible()) await library.click();
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .press('Enter');
  await page.getByRole('menuitem', { name: /Earlier versions/ }).press('Enter');
  await expect(dialog.getByRole('button', { name: /^Bring back the version/ })).toBeVisible();
  await look('earlier versions');
  await dialog.getByRole('button', { name: /^Bring back the version/ }).press('Enter');
  await expect(page.getByText(/is as it was then/)).toBeVisible();
  await page.keyboard.press('Escape');
}

for (const theme of ['dark', 'day'] as const) {
  for (const width of [320, 1280]) {
    test(`${theme}, ${String(width)} px`, async ({ guarded: page }) => {
      test.setTimeout(180_000);
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme === 'day' ? 'light' : 'dark' });
      await page.setViewportSize({ width, height: 800 });
      await enter(page);
      if (theme === 'day') {
        await page.getByTitle('More', { exact: true }).click();
        await page.getByRole('menuitem', { name: 'Day theme' }).click();
        await expect(page.locator('html')).toHaveAttribute('data-theme', 'day');
      }
      await throughAll(page, async (screen) => {
        await page.waitForTimeout(250);
        expect(await axe(page), screen).toEqual([]);
        await fits(page, screen);
      });
    });
  }
}

test('with text twice as large on a phone, nothing is cut off sideways', async ({ guarded: page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 360, height: 800 });
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '200%'));
  });
  await enter(page);
  await throughAll(page, (screen) => fits(page, screen));
});

test('with the keyboard alone: opened, heard, stopped, kept, shared', async ({ guarded: page }) => {
  test.setTimeout(120_000);
  await enter(page);
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return '';
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      return [element.getAttribute('aria-label'), ...labels.map((label) => label.textContent), element.textContent]
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim();
    });
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`Tab never reached ${String(name)}.`);
  };
  await chooseFile(page, state.sent!.locked);
  await expect(page.getByRole('heading', { name: 'This is locked' })).toBeFocused();
  await tabTo(/Passphrase/);
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  const title = page.getByRole('heading', { name: 'Slow glass, left', level: 2 });
  await expect(title).toBeVisible({ timeout: 20_000 });
  await tabTo(/^Listen$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop', exact: true }).first()).toBeVisible();
  // The first Esc stops what is heard, the second leaves.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Listen', exact: true })).toBeVisible();
  await tabTo(/^Adjust it$/);
  await page.keyboard.press('Enter');
  await expect(playButton(page)).toBeVisible();
  await tabTo(/^Send back$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  await tabTo(/^Copy link$/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
