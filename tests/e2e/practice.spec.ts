// The practice record in the built app: asked gently, written by itself, read as a report, taken along, deleted without a rest, handed over.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Download, Page } from '@playwright/test';
import { chooseFile } from './files.ts';
import { EVENING, MORNING, seed, TWO_WEEKS } from './practiceSeeds.ts';
import { axe, enter, expect, playButton, stopButton, test } from './support.ts';

test.use({ timezoneId: 'Europe/Berlin' });
// Many screens each: on a busy machine that takes its time.
test.describe.configure({ timeout: 120_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-practice-'));

async function choose(page: Page, item: string): Promise<void> {
  await page.getByTitle('More', { exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

async function begin(page: Page, at = EVENING): Promise<void> {
  await page.clock.setFixedTime(at);
  await page.goto('./');
  await expect(playButton(page)).toBeVisible();
}

/** Presses Play, lets the clock on the wall go on, presses Stop. */
async function listen(page: Page, until: string): Promise<void> {
  await playButton(page).click();
  await expect(page.getByText(/playing/i).first()).toBeAttached();
  await page.waitForTimeout(300);
  await page.clock.setFixedTime(until);
  await stopButton(page).click();
}

const card = (page: Page, name: string): ReturnType<Page['getByRole']> => page.getByRole('region', { name });
const entries = (page: Page): ReturnType<Page['locator']> => page.locator('.journal > li');

async function saved(download: Promise<Download>, name: string): Promise<string> {
  const file = path.join(folder, name);
  await (await download).saveAs(file);
  return file;
}

test('off until it is switched on; then a session writes itself, rated by keyboard in a few presses', async ({
  guarded: page,
}) => {
  await page.clock.setFixedTime(EVENING);
  await enter(page);
  await expect(page.getByText('Distress now')).toHaveCount(0);
  await listen(page, '2026-11-25T20:20:00+01:00');
  await choose(page, 'Practice');
  await expect(page.getByText('Nothing is written down.', { exact: false })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Keep a practice record' }).check();
  await expect(page.getByText('Nothing is written down yet.', { exact: false })).toBeVisible();
  await page.keyboard.press('Escape');

  let presses = 0;
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
    presses += keys.length;
  };
  const before = card(page, 'Distress now');
  await before.getByRole('radio', { name: '0', exact: true }).focus();
  const began = performance.now();
  await press('Space', ...Array<string>(6).fill('ArrowRight'));
  await expect(before.getByRole('radio', { name: '6', exact: true })).toBeChecked();
  await press('Tab', 'Enter');
  await expect(before).toHaveCount(0);
  await listen(page, '2026-11-25T20:45:00+01:00');
  const after = card(page, 'Distress now, afterwards');
  await after.getByRole('radio', { name: '0', exact: true }).first().focus();
  await press('Space', ...Array<string>(3).fill('ArrowRight'));
  await press('Tab', 'Space', 'Tab', 'Space', 'Tab', 'Tab');
  await page.keyboard.type('The rain helped.');
  await press('Tab', 'Enter');
  await expect(after).toHaveCount(0);
  console.log(
    `before and after by keyboard: ${String(presses)} presses and a line, ${(performance.now() - began).toFixed(0)} ms`,
  );
  expect(presses).toBeLessThan(25);
  // The next question waits for the next session.
  await expect(card(page, 'Distress now')).toHaveCount(0);

  await choose(page, 'Practice');
  await expect(entries(page)).toHaveCount(1);
  await expect(entries(page)).toContainText('25 minutes, distress 6 → 3, tingles 0, would use again');
  await expect(entries(page)).toContainText('Wed 25 Nov, 20:20');
  await expect(entries(page)).toContainText('The rain helped.');
});

test('everything skipped: the session is there, and nothing was said', async ({ guarded: page }) => {
  await seed(page, []);
  await begin(page);
  await card(page, 'Distress now').getByRole('button', { name: 'Skip' }).click();
  await listen(page, '2026-11-25T20:30:00+01:00');
  await card(page, 'Distress now, afterwards').getByRole('button', { name: 'Skip' }).click();
  await choose(page, 'Practice');
  await expect(entries(page)).toHaveCount(1);
  await expect(entries(page)).toContainText('30 minutes');
  await expect(entries(page)).not.toContainText(/distress|tingles|again/);
});

test('a page that is left while it plays has written the session down', async ({ guarded: page }) => {
  await seed(page, []);
  await begin(page);
  await playButton(page).click();
  await expect(page.getByText(/playing/i).first()).toBeAttached();
  await page.waitForTimeout(300);
  await page.clock.setFixedTime('2026-11-25T20:12:00+01:00');
  await page.reload();
  await choose(page, 'Practice');
  await expect(entries(page)).toHaveCount(1);
  await expect(entries(page)).toContainText('12 minutes');
});

test('a rise gets a kind word and stays in the record', async ({ guarded: page }) => {
  await seed(page, []);
  await begin(page);
  await card(page, 'Distress now').getByRole('radio', { name: '4', exact: true }).check();
  await listen(page, '2026-11-25T20:30:00+01:00');
  await card(page, 'Distress now, afterwards').getByRole('radio', { name: '6', exact: true }).first().check();
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByText('That happens. Try another sound, or stop for now.')).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'All right' }).click();
  await choose(page, 'Practice');
  await expect(entries(page)).toContainText('distress 4 → 6');
});

test('the morning asks once: kept answers stand in the journal, what was left out is not mentioned', async ({
  guarded: page,
}) => {
  await seed(page, []);
  await begin(page, MORNING);
  const morning = card(page, 'How was the night?');
  await morning.getByRole('spinbutton', { name: 'Minutes to fall asleep' }).fill('35');
  await morning.getByRole('radio', { name: '4, good' }).check();
  await morning.getByRole('textbox', { name: 'Anything unusual' }).fill('Storm outside');
  expect(await axe(page)).toEqual([]);
  await morning.getByRole('button', { name: 'Keep' }).click();
  await expect(morning).toHaveCount(0);
  await page.reload();
  await expect(playButton(page)).toBeVisible();
  await expect(card(page, 'Distress now')).toBeVisible();
  await expect(morning).toHaveCount(0);
  await choose(page, 'Practice');
  await expect(entries(page)).toContainText('asleep after 35 minutes, slept good');
  await expect(entries(page)).not.toContainText('awake');
});

test('morning questions that were left are not asked again that day, and the day stays blank', async ({
  guarded: page,
}) => {
  await seed(page, []);
  await begin(page, MORNING);
  await card(page, 'How was the night?').getByRole('button', { name: 'Skip' }).click();
  await expect(card(page, 'Distress now')).toBeVisible();
  await page.reload();
  await expect(card(page, 'Distress now')).toBeVisible();
  await choose(page, 'Practice');
  await expect(page.getByText('Nothing is written down yet.', { exact: false })).toBeVisible();
});

test('the journal: an answer changed, one taken back, one entry deleted, all deleted, each brought back', async ({
  guarded: page,
}) => {
  await seed(page, TWO_WEEKS);
  await begin(page);
  await choose(page, 'Practice');
  await expect(entries(page)).toHaveCount(TWO_WEEKS.length);
  const latest = entries(page).first();
  // The page has another Undo: of what was done to the sound.
  const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' });
  await latest.getByRole('button', { name: /^Edit/ }).click();
  await latest.getByRole('group', { name: 'Distress before' }).getByRole('radio', { name: '5', exact: true }).check();
  await latest.getByRole('group', { name: 'Tingles' }).getByRole('radio', { name: '10', exact: true }).check();
  await latest.getByRole('button', { name: /^Not said.*Distress before/ }).click();
  await latest.getByRole('textbox', { name: 'A line, if you like' }).fill('Changed');
  await latest.getByRole('button', { name: /^Done/ }).click();
  await expect(latest).toContainText('tingles 10');
  await expect(latest).not.toContainText('distress');
  await latest.getByRole('button', { name: /^Delete/ }).click();
  await expect(entries(page)).toHaveCount(TWO_WEEKS.length - 1);
  await undo.click();
  await expect(entries(page)).toHaveCount(TWO_WEEKS.length);
  await page.getByRole('button', { name: 'Delete all entries' }).click();
  await page.getByRole('button', { name: 'Yes, delete all entries' }).click();
  await expect(entries(page)).toHaveCount(0);
  await undo.click();
  await expect(entries(page)).toHaveCount(TWO_WEEKS.length);
  await page.reload();
  await choose(page, 'Practice');
  await expect(entries(page).first()).toContainText('Changed');
  await expect(entries(page)).toHaveCount(TWO_WEEKS.length);
});

for (const [theme, width] of [
  ['dark', 320],
  ['dark', 1280],
  ['day', 320],
  ['day', 1280],
] as const) {
  test(`every screen of the practice, ${theme}, ${String(width)} px`, async ({ guarded: page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await seed(page, TWO_WEEKS, { theme });
    await begin(page);
    const fits = async (what: string): Promise<void> => {
      await page.waitForTimeout(250);
      expect(await axe(page), what).toEqual([]);
      for (const at of width === 320 ? [360, 320] : [width]) {
        await page.setViewportSize({ width: at, height: 800 });
        const wide = await page.evaluate(() => {
          const body = document.querySelector('.dialog .body');
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth + (body ? body.scrollWidth - body.clientWidth : 0);
        });
        expect(wide, `${what} sideways, ${String(at)} px`).toBeLessThanOrEqual(0);
      }
    };
    await fits('before');
    await choose(page, 'Practice');
    await entries(page).first().getByRole('button', { name: /^Edit/ }).click();
    await entries(page).nth(1).scrollIntoViewIfNeeded();
    await fits('journal');
    await page.getByRole('button', { name: 'See the report' }).click();
    await expect(page.getByRole('img', { name: /Listening by week: 9 sessions, 945 minutes in all/ })).toBeVisible();
    for (const summary of await page.getByRole('dialog').locator('summary').all()) await summary.click();
    await fits('report');
    await page.keyboard.press('Escape');
    for (const item of ['Backup', 'For therapists', 'Privacy']) {
      await choose(page, item);
      await fits(item);
      await page.keyboard.press('Escape');
    }
  });
}

test('text twice as large, and forced colours: nothing is cut off sideways, the plots stay seen', async ({
  guarded: page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await page.setViewportSize({ width: 360, height: 800 });
  await seed(page, TWO_WEEKS);
  await begin(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await choose(page, 'Practice');
  await page.getByRole('button', { name: 'See the report' }).click();
  await expect(page.getByRole('img', { name: /Before and after/ })).toBeVisible();
  const [dialog, dots] = await page.evaluate(() => {
    const body = document.querySelector('.dialog .body')!;
    const dot = document.querySelector('.dialog path.after')!;
    const ground = getComputedStyle(document.querySelector('.dialog')!).backgroundColor;
    return [body.scrollWidth - body.clientWidth, [getComputedStyle(dot).fill, ground]];
  });
  expect(dialog).toBeLessThanOrEqual(0);
  expect(dots[0]).not.toBe(dots[1]);
  // Forced colours have the contrast the person chose; axe reads the colours beneath.
  expect((await axe(page)).filter((line) => !line.startsWith('color-contrast'))).toEqual([]);
});

test('the report: numbers, a table behind every plot, gaps as gaps, files, and paper', async ({ guarded: page }) => {
  await seed(page, TWO_WEEKS);
  await begin(page);
  await choose(page, 'Practice');
  await page.getByRole('button', { name: 'See the report' }).click();
  const report = page.getByRole('dialog');
  await expect(report.getByText('12 November 2026 to 25 November 2026')).toBeVisible();
  await expect(report.getByText('Self-reported. Not a medical device.')).toBeVisible();
  await expect(report.getByText('rated both times in 6 sessions: median change −2.5')).toBeVisible();
  await expect(report.getByText('2 in the afternoon · 5 in the evening · 2 in the night')).toBeVisible();
  await report.locator('summary', { hasText: 'As a table' }).nth(1).click();
  await expect(report.getByRole('row', { name: 'Thu 19 Nov 5 7' })).toBeVisible();
  await expect(report.getByRole('row', { name: 'Minutes to fall asleep 27.5 (6) 55 (1)' })).toBeVisible();
  const columns = report.getByRole('img', { name: /night by night/ }).locator('path');
  const drawn = await columns.evaluateAll((paths) => paths.map((one) => one.getAttribute('d')?.match(/M/g)?.length));
  expect(drawn).toEqual([6, 1]);
  await report.locator('summary', { hasText: 'Every entry' }).click();
  await expect(report.getByText('4 days without an entry.')).toBeVisible();

  const csv = await saved(
    Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'As CSV' }).click()]).then(([d]) => d),
    'report.csv',
  );
  expect(readFileSync(csv, 'utf8')).toMatch(/^\ufeffkind,day,time,/);
  expect(readFileSync(csv, 'utf8').split('\r\n')).toHaveLength(TWO_WEEKS.length + 2);
  const json = await saved(
    Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'As JSON' }).click()]).then(
      ([d]) => d,
    ),
    'report.json',
  );
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ format: 'hushcraft-report', selfReported: true });

  for (const format of ['A4', 'Letter']) {
    const pdf = path.join(folder, `${format}.pdf`);
    await page.pdf({ path: pdf, format });
    const text = (first: number, last: number): string =>
      spawnSync('pdftotext', ['-f', String(first), '-l', String(last), pdf, '-'], {
        encoding: 'utf8',
      }).stdout.replace(/\s+/g, ' ');
    if (spawnSync('pdftotext', ['-v']).error !== undefined) continue;
    // One page first: all numbers, plots and sounds; the detail after.
    for (const words of ['Practice report', 'Median change in distress', '27.5 (6)', 'Sounds used', 'Slow glass']) {
      expect(text(1, 1), format).toContain(words);
    }
    expect(text(1, 1), format).not.toContain('Every entry');
    expect(text(2, 2), format).toContain('Every entry');
    expect(text(2, 9), format).toContain('Too bright today');
  }
  await report.getByLabel('From', { exact: true }).fill('2026-11-21');
  await report.getByLabel('To', { exact: true }).fill('2026-11-21');
  await expect(report.getByText('Nothing was written down in these days.')).toBeVisible();
});

interface Left {
  readonly databases: number;
  readonly local: number;
  readonly session: number;
  readonly caches: number;
  readonly files: number;
  readonly workers: number;
}

function left(page: Page): Promise<Left> {
  return page.evaluate(async () => {
    let files = 0;
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) files += name === '' ? 0 : 1;
    return {
      databases: (await indexedDB.databases()).length,
      local: localStorage.length,
      session: sessionStorage.length,
      caches: (await caches.keys()).length,
      files,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    };
  });
}

const NOTHING: Left = { databases: 0, local: 0, session: 0, caches: 0, files: 0, workers: 0 };

test.describe('with the app on the device', () => {
  test.use({ serviceWorkers: 'allow' });

  test('backup, everything deleted under two open pages, begun anew, put back', async ({ guarded: page, context }) => {
    await seed(page, TWO_WEEKS);
    await begin(page);
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('button', { name: 'Saved', exact: true })).toBeVisible();
    await expect.poll(() => page.evaluate(() => caches.keys().then((names) => names.length))).toBeGreaterThan(0);
    await page.evaluate(async () => {
      localStorage.setItem('hushcraft-odd', 'x');
      await (await navigator.storage.getDirectory()).getDirectoryHandle('odd', { create: true });
    });
    await choose(page, 'Backup');
    await page.getByRole('textbox', { name: 'Passphrase (optional)' }).fill('amber kettle walks slowly');
    const file = await saved(
      Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save a backup file' }).click(),
      ]).then(([download]) => download),
      'all.hush-backup.json',
    );
    await expect(page.getByText('Last backup: 25 November 2026.')).toBeVisible();
    expect(readFileSync(file, 'utf8')).not.toContain('slow-glass');

    const other = await context.newPage();
    await begin(other);
    await other.getByRole('slider', { name: 'Softness' }).first().focus();
    await other.keyboard.press('ArrowRight'); // a draft waits to be written there
    await page.bringToFront();
    await page.getByRole('button', { name: 'Delete everything' }).click();
    const began = performance.now();
    await page.getByRole('button', { name: 'Yes, delete everything on this device' }).click();
    await expect(page.getByRole('heading', { name: 'Everything is deleted' })).toBeVisible();
    console.log(`everything deleted, with a second page open: ${(performance.now() - began).toFixed(0)} ms`);
    expect(await axe(page)).toEqual([]);
    await expect(other.getByRole('heading', { name: 'Everything is deleted' })).toBeVisible();
    expect(await left(page)).toEqual(NOTHING);
    expect(await left(other)).toEqual(NOTHING);
    // Neither going away nor being hidden writes anything back.
    await other.close();
    await page.goto('./preset.schema.json');
    expect(await left(page)).toEqual(NOTHING);

    await page.goto('./');
    await enter(page);
    await choose(page, 'Backup');
    await page.locator('input[type="file"]').last().setInputFiles(file);
    await page.getByRole('textbox', { name: 'This backup is locked. Its passphrase' }).fill('not this one');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page
      .getByRole('textbox', { name: 'This backup is locked. Its passphrase' })
      .fill('amber kettle walks slowly');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(page.getByText('In this backup of 25 November 2026')).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Put back what is ticked' }).click();
    await expect(page.getByText(`${String(TWO_WEEKS.length + 2)} things put back; 0 were here already.`)).toBeVisible();
    await page.keyboard.press('Escape');
    await choose(page, 'Practice');
    await expect(entries(page)).toHaveCount(TWO_WEEKS.length);
  });
});

test('a gentle word once the last backup is old, and not again for a while', async ({ guarded: page }) => {
  await seed(page, TWO_WEEKS, { backupAt: '2026-10-01T10:00:00.000Z' });
  await begin(page);
  await expect(page.getByText('Your last backup is a while ago', { exact: false })).toBeVisible();
  await page
    .getByText('Your last backup is a while ago', { exact: false })
    .locator('..')
    .getByRole('button', { name: 'Later' })
    .click();
  await expect(page.getByText('Your last backup is a while ago', { exact: false })).toHaveCount(0);
  await page.reload();
  await expect(playButton(page)).toBeVisible();
  await page.waitForTimeout(1000);
  await expect(page.getByText('Your last backup is a while ago', { exact: false })).toHaveCount(0);
});

/** Somebody else’s browser, elsewhere in the world. */
async function elsewhere(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'America/Los_Angeles', serviceWorkers: 'block' });
  const page = await context.newPage();
  await enter(page);
  return page;
}

test('a sound with what was ticked of the record, seen before it leaves, read on the other side, and nothing else', async ({
  guarded: page,
  browser,
}) => {
  await seed(page, TWO_WEEKS);
  await begin(page);
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /^Share/ }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.locator('dd', { hasText: 'nothing of your practice' })).toBeVisible();
  await sheet.locator('summary', { hasText: 'With a summary of your practice' }).click();
  await sheet.getByRole('checkbox', { name: 'How I felt before and after' }).check();
  await sheet.getByRole('checkbox', { name: 'How I slept' }).check();
  await expect(sheet.locator('dd', { hasText: 'How I felt before and after' })).toBeVisible();
  await expect(sheet.getByText('With a summary of your practice it goes as a file.')).toBeVisible();
  await sheet.locator('summary', { hasText: 'What they will see' }).click();
  await expect(sheet.getByText('rated both times in 6 sessions: median change −2.5')).toBeVisible();
  await page.waitForTimeout(400);
  expect(await axe(page)).toEqual([]);
  const shown = (await sheet.locator('[data-exact="practice"]').textContent()) ?? '';
  const file = await saved(
    Promise.all([page.waitForEvent('download'), sheet.getByRole('button', { name: 'Save as a file' }).click()]).then(
      ([download]) => download,
    ),
    'with-practice.hush.json',
  );
  const sent = readFileSync(file, 'utf8');
  expect(JSON.parse(shown)).toEqual((JSON.parse(sent) as { practice: unknown }).practice);
  expect(sent).not.toMatch(/Long day|Storm|Too bright|"time"|"minutes"|Evening desk|seed-|"mode"/);

  const other = await elsewhere(browser);
  await chooseFile(other, file);
  // The copy for the paper lies outside of the page that was opened.
  const theirs = other.getByRole('dialog');
  await expect(theirs.getByRole('heading', { name: 'A summary of their practice' })).toBeVisible();
  await expect(theirs.getByText('rated both times in 6 sessions: median change −2.5')).toBeVisible();
  await expect(theirs.getByText('12 November 2026 to 25 November 2026')).toBeVisible();
  await expect(theirs.getByRole('row', { name: 'Minutes to fall asleep 27.5 (6) 55 (1)' })).toBeVisible();
  await expect(theirs.getByText('Listening by week')).toHaveCount(0);
  await expect(theirs.getByText('Sounds used')).toHaveCount(0);
  expect(await axe(other)).toEqual([]);
  const pdf = path.join(folder, 'theirs.pdf');
  await other.pdf({ path: pdf, format: 'A4' });
  if (spawnSync('pdftotext', ['-v']).error === undefined) {
    expect(spawnSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).stdout).toContain('Practice report');
  }
  await other.context().close();
});
