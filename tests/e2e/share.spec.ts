// A sound handed over: what leaves is shown first, what arrives is silent and kept only when asked, and comes back adjusted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { has, readPgm, readPng, zbar } from './codes.ts';
import { saved } from './files.ts';
import { axe, enter, expect, playButton, test } from './support.ts';

async function openShare(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /^Share/ }).click();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
}

/** The link as the sheet shows it, character by character. */
async function shownLink(page: Page): Promise<string> {
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  return (await page.locator('[data-exact="link"]').textContent()) ?? '';
}

const listen = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('button', { name: 'Listen', exact: true });

test('there and back: shared with limits, adjusted inside them, compared, and put in place of mine', async ({
  guarded: page,
  elsewhere,
}) => {
  await enter(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
  await openShare(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'From' }).fill('Ana');
  await dialog.getByRole('textbox', { name: 'A note' }).fill('The one before bed.');
  await dialog.locator('summary', { hasText: 'How far they may adjust it' }).click();
  await dialog.getByRole('radio', { name: 'Within limits' }).check();
  await dialog.getByRole('checkbox', { name: 'Tapping, Softness' }).check();
  await expect(dialog.locator('dd', { hasText: 'The one before bed.' })).toBeVisible();
  await page.waitForTimeout(400);
  expect(await axe(page)).toEqual([]);
  const link = await shownLink(page);
  await page.keyboard.press('Escape');

  const other = await elsewhere(link);
  await expect(other.getByText('Sent to you; it says it is from Ana')).toBeVisible();
  await expect(other.getByText('“The one before bed.”')).toBeVisible();
  expect(new URL(other.url()).hash).toBe('');
  expect(await axe(other)).toEqual([]);
  await other.getByRole('button', { name: 'Adjust it' }).click();
  const softness = other.getByRole('slider', { name: 'Softness' });
  await softness.focus();
  await other.keyboard.press('End');
  await expect(other.getByText(/, as was asked/).first()).toBeVisible();
  await expect(softness).not.toHaveAttribute('aria-valuetext', /100 %/);
  await other.getByRole('button', { name: 'Send back' }).click();
  await other.getByRole('textbox', { name: 'A note' }).fill('A little softer.');
  await other.waitForTimeout(400);
  const back = await shownLink(other);

  await page.goto('about:blank');
  await page.goto(back);
  await expect(page.getByText(/Compared with your/)).toBeVisible();
  await expect(page.getByText(/softer/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Replace mine' }).click();
  await expect(page.getByText(/is now theirs/)).toBeVisible();
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /Earlier versions/ }).click();
  await page.getByRole('button', { name: /Bring back the version/ }).click();
  await expect(page.getByText(/is as it was then/)).toBeVisible();
});

test('a locked link shows nothing before its passphrase', async ({ guarded: page, elsewhere }) => {
  await enter(page);
  await openShare(page);
  await page.locator('summary', { hasText: 'Lock it' }).click();
  await page.getByRole('checkbox', { name: /Lock it/ }).check();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('amber kettle walks slowly');
  await page.getByRole('button', { name: 'Lock it' }).click();
  const link = await shownLink(page);
  const other = await elsewhere(link);
  await expect(other.getByRole('heading', { name: 'This is locked' })).toBeVisible();
  await expect(listen(other)).toHaveCount(0);
  await other.getByRole('textbox', { name: 'Passphrase' }).fill('something else');
  await other.getByRole('button', { name: 'Open it' }).click();
  await expect(other.getByRole('alert')).toBeVisible();
  await other.getByRole('textbox', { name: 'Passphrase' }).fill('amber kettle walks slowly');
  await other.getByRole('button', { name: 'Open it' }).click();
  await expect(listen(other)).toBeVisible();
});

test('88 and 93 a storm of links shows the last one; nothing is kept or played, and going back opens nothing twice', async ({
  guarded: page,
}) => {
  await enter(page);
  await openShare(page);
  const link = await shownLink(page);
  await page.keyboard.press('Escape');
  await page.evaluate((hash) => {
    for (let i = 0; i < 300; i++) location.hash = `#p1.${String(i)}`;
    location.hash = hash;
  }, new URL(link).hash);
  await expect(listen(page)).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  expect(await page.evaluate(() => window.tap.contexts.length)).toBe(0);
  await page
    .getByRole('button', { name: 'Not now' })
    .or(page.getByRole('button', { name: 'Close', exact: true }))
    .click();
  await expect(playButton(page)).toBeVisible();
  await expect(page.getByText('Nothing kept yet')).toBeVisible();
});

test('the code is read by others: on the screen, as a picture, and on paper', async ({ guarded: page }) => {
  await enter(page);
  await openShare(page);
  const link = await shownLink(page);
  await page.getByRole('button', { name: 'Show as a code' }).click();
  const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-code-'));
  const shot = path.join(folder, 'screen.png');
  await page.getByRole('img', { name: /QR code of the link/ }).screenshot({ path: shot });
  const picture = await saved(page, folder, () =>
    page.getByRole('button', { name: 'Save the code as a picture' }).click(),
  );
  for (const file of [shot, picture]) {
    expect(await readPng(page, readFileSync(file)), file).toBe(link);
    if (has('zbarimg')) expect(zbar(file), file).toBe(link);
  }
  for (const format of ['A4', 'Letter']) {
    const pdf = await page.pdf({ path: path.join(folder, `${format}.pdf`), format });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g), `one page of ${format}`).toHaveLength(1);
    if (!has('pdftoppm')) continue;
    spawnSync('pdftoppm', ['-r', '150', '-gray', path.join(folder, `${format}.pdf`), path.join(folder, format)]);
    const [paper = ''] = readdirSync(folder).filter((name) => name.startsWith(format) && name.endsWith('.pgm'));
    expect(readPgm(path.join(folder, paper)), format).toBe(link);
    if (has('zbarimg')) expect(zbar(path.join(folder, paper)), format).toBe(link);
  }
  await page.emulateMedia({ media: 'print' });
  expect(await readPng(page, await page.screenshot({ fullPage: true })), 'as it would be printed').toBe(link);
});
