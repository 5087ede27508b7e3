// The night as a person meets it: one press in the dark, no accident, gone on with after a reload.
import type { Page } from '@playwright/test';
import { axe, enter, expect, heard, test } from './support.ts';

async function openTonight(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Night', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Tonight' })).toBeVisible();
}

async function goodNight(page: Page): Promise<void> {
  await openTonight(page);
  await page.getByRole('button', { name: 'Good night' }).click();
  await expect(dark(page)).toBeVisible();
}

function dark(page: Page): ReturnType<Page['locator']> {
  return page.locator('dialog.dark');
}

interface Look {
  /** Mean relative luminance, 0…1. */
  readonly mean: number;
  /** Share of pixels that are black to the bit. */
  readonly black: number;
  /** Share of pixels in which blue outweighs green, or green red. */
  readonly cold: number;
}

/** What a screenshot looks like, worked out on a page that has no policy. */
async function lookOf(page: Page, png: Buffer): Promise<Look> {
  const scratch = await page.context().newPage();
  const look = await scratch.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!context) return { mean: 1, black: 0, cold: 1 };
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const linear = (value: number): number =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    let sum = 0;
    let black = 0;
    let cold = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3);
      sum += 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
      if (red + green + blue === 0) black += 1;
      if (green > red || blue > green) cold += 1;
    }
    const pixels = data.length / 4;
    return { mean: sum / pixels, black: black / pixels, cold: cold / pixels };
  }, png.toString('base64'));
  await scratch.close();
  return look;
}

/** The page's clock runs ahead by this much from its next load on: the night went on meanwhile. */
async function comeBackLater(page: Page, sec: number): Promise<void> {
  await page.addInitScript((aheadMs) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + aheadMs;
  }, sec * 1000);
  await page.reload();
}

function volumeSaid(page: Page): Promise<string> {
  return dark(page).getByRole('status').innerText();
}

test('one press: black, the time that is left, and no accidental stop', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await enter(page);
  await goodNight(page);
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await expect(dark(page)).toContainText('30');
  expect(await axe(page)).toEqual([]);
  // The slow beginning.
  await expect.poll(() => heard(page, 300), { timeout: 15_000 }).toBeGreaterThan(0.0005);

  const ring = dark(page).getByRole('button', { name: /Stop/ });
  await ring.click();
  await page.waitForTimeout(400);
  expect(await heard(page)).toBeGreaterThan(0.0005);
  await dark(page).getByRole('button', { name: '+15 min' }).click();
  await expect(dark(page)).toContainText('45', { timeout: 5000 });
  await ring.click();
  await expect(dark(page)).toHaveCount(0);
  await expect.poll(() => heard(page, 300), { timeout: 5000 }).toBeLessThan(0.0003);
});

test('the dark screen is dark, still, and quiet to the machine', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await enter(page);
  await goodNight(page);
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  const shot = await page.screenshot({ path: 'test-results/dark.png' });
  const asleep = await lookOf(page, shot);
  expect(asleep.mean).toBeLessThan(0.05);
  expect(asleep.black).toBeGreaterThan(0.9);
  expect(asleep.cold).toBe(0);
  const frames = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        let asked = 0;
        const ask = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = (callback) => {
          asked += 1;
          return ask(callback);
        };
        setTimeout(() => {
          done(asked);
        }, 3000);
      }),
  );
  expect(frames).toBe(0);
  await page.mouse.click(180, 20);
  await expect(dark(page)).toContainText('press once more');
  const awake = await lookOf(page, await page.screenshot());
  expect(awake.mean).toBeGreaterThan(asleep.mean);
  expect(awake.mean).toBeLessThan(0.05);
  // A palette of the system's own must not light the room.
  await page.emulateMedia({ forcedColors: 'active' });
  const forced = await lookOf(page, await page.screenshot({ path: 'test-results/dark-forced.png' }));
  expect(forced.mean).toBeLessThan(0.05);
  expect(forced.black).toBeGreaterThan(0.9);
  await page.keyboard.press('Escape');
  await expect(dark(page)).toHaveCount(0);
});

test('a reload in the middle of the night offers to go on, where it would be now', async ({ guarded: page }) => {
  await enter(page);
  await goodNight(page);
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await page.waitForTimeout(1500);
  await page.reload();
  const offer = page.getByRole('dialog', { name: 'Your night was interrupted' });
  await expect(offer).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await offer.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(dark(page)).toContainText('30', { timeout: 15_000 });
  await page.keyboard.press('Escape');
  await expect(dark(page)).toHaveCount(0);
  await page.waitForTimeout(800);
  await page.reload();
  await expect(page.getByText(/Good morning\. Played from .* Broke off once/)).toBeVisible();
});

test('a preview plays the whole night in two minutes, in the sheet', async ({ guarded: page }) => {
  await enter(page);
  await openTonight(page);
  await page.getByRole('radio', { name: '10 min' }).first().check();
  await page.getByRole('button', { name: /two minutes/ }).click();
  await expect(page.getByText(/The whole night in two minutes: [1-9]/)).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => heard(page), { timeout: 20_000 }).toBeGreaterThan(0.0005);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Stop the preview' }).click();
  await expect(page.getByRole('button', { name: /Hear the whole night/ })).toBeVisible();
});

for (const [theme, width] of [
  ['dark', 320],
  ['day', 360],
  ['dark', 1280],
] as const) {
  test(`tonight, ${theme}, ${String(width)} px`, async ({ guarded: page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await enter(page);
    if (theme === 'day') {
      await page.getByTitle('More', { exact: true }).click();
      await page.getByRole('menuitem', { name: 'Day theme' }).click();
    }
    await openTonight(page);
    await page.getByRole('checkbox', { name: /Wake me gently/ }).check();
    await page.getByRole('radio', { name: 'stay low till morning' }).check();
    await page.getByRole('radio', { name: 'until …' }).check();
    expect(await axe(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/tonight-${theme}-${String(width)}.png` });
    await page.getByRole('button', { name: 'Good night' }).click();
    await expect(dark(page).getByRole('button', { name: /Stop/ })).toBeFocused();
    expect(await axe(page)).toEqual([]);
    const beside = await dark(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(beside).toBeLessThanOrEqual(0);
  });
}

test('the shortcut opens tonight, and leaves a clean address', async ({ guarded: page }) => {
  await page.goto('./?go=night');
  await expect(page.getByRole('dialog', { name: 'Tonight' })).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('tonight and the dark screen at 320 px with text twice as large', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await enter(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await openTonight(page);
  await page.screenshot({ path: 'test-results/tonight-large.png' });
  await page.getByRole('button', { name: 'Good night' }).click();
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await page.screenshot({ path: 'test-results/dark-large.png' });
  const inside = await dark(page).evaluate((screen) => {
    const buttons = [...screen.querySelectorAll('button')].map((button) => button.getBoundingClientRect());
    return buttons.every(({ left, right, width, height }) => left >= 0 && right <= 320 && width >= 44 && height >= 44);
  });
  expect(inside).toBe(true);
  expect(await dark(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
  // By keyboard: the first press wakes the controls, the second one stops.
  await dark(page).getByRole('button', { name: /Stop/ }).focus();
  await page.keyboard.press('Enter');
  await expect(dark(page)).toContainText('press once more');
  await page.keyboard.press('Enter');
  await expect(dark(page)).toHaveCount(0);
});

test('a night that plays in one window is not offered in another', async ({ guarded: page }) => {
  await enter(page);
  await goodNight(page);
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  const other = await page.context().newPage();
  await other.goto('./');
  await expect(other.getByRole('button', { name: 'Night', exact: true })).toBeVisible();
  await other.waitForTimeout(500);
  await expect(other.getByRole('dialog')).toHaveCount(0);
});

test('in the dark every press only wakes the controls; the stop fades over 150 ms', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await enter(page);
  await goodNight(page);
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await dark(page)
    .getByRole('button', { name: /louder/ })
    .click();
  await expect(dark(page).getByRole('status')).toHaveText('Volume 50 %');
  await dark(page)
    .getByRole('button', { name: /louder/ })
    .click();
  expect(await volumeSaid(page)).toBe('Volume 55 %');
  await dark(page)
    .getByRole('button', { name: /quieter/ })
    .click();
  expect(await volumeSaid(page)).toBe('Volume 50 %');

  await page.waitForTimeout(9000); // the slow beginning
  await page.evaluate(() => (window.tap.blocks.length = 0));
  await page.waitForTimeout(1000);
  await dark(page).getByRole('button', { name: /Stop/ }).click();
  await expect(dark(page)).toHaveCount(0);
  await page.waitForTimeout(500);
  const { halfToNone, clicks } = await page.evaluate(() => {
    // Whatever else is connected beside the sound is silent.
    const blocks = window.tap.blocks.filter(({ rms }) => rms > 0);
    const levels = blocks.map(({ rms }) => rms);
    const level = levels.slice(0, 100).sort((a, b) => a - b)[50] ?? 0;
    const half = levels.findLastIndex((rms) => rms > level / 2);
    const none = levels.findLastIndex((rms) => rms > level / 100);
    const steps = blocks.map(({ step }) => step);
    return {
      halfToNone: ((none - half) * 256) / (window.tap.contexts[0]?.sampleRate ?? 1),
      clicks: Math.max(...steps.slice(half)) > 2 * Math.max(...steps.slice(0, half)),
    };
  });
  // The second half of a fade of 150 ms, give or take what the bed does by itself.
  expect(halfToNone).toBeGreaterThan(0.035);
  expect(halfToNone).toBeLessThan(0.2);
  expect(clicks).toBe(false);
});

test('held down, the ring stops at once', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await enter(page);
  await goodNight(page);
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await dark(page).getByRole('button', { name: /Stop/ }).hover();
  await page.mouse.down();
  await expect(dark(page)).toHaveCount(0);
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('the screen stays on if that was wished, and the text wanders a little', async ({ guarded: page }) => {
  await page.addInitScript(() => {
    if (!('wakeLock' in navigator)) return;
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = async (type) => {
      const lock = await request(type);
      document.documentElement.dataset['screenLock'] = 'held';
      lock.addEventListener('release', () => (document.documentElement.dataset['screenLock'] = 'released'));
      return lock;
    };
  });
  await enter(page);
  await openTonight(page);
  await page.getByRole('checkbox', { name: /Keep the dark screen on/ }).check();
  await page.getByRole('button', { name: 'Good night' }).click();
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await expect(page.locator('html')).toHaveAttribute('data-screen-lock', 'held');
  const left = dark(page).locator('.content');
  await expect(left).toHaveCSS('translate', '0px');

  await comeBackLater(page, 400);
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(dark(page)).toContainText('24', { timeout: 15_000 });
  await expect(left).toHaveCSS('translate', '-5px 7px');
  await page.keyboard.press('Escape');
  await expect(page.locator('html')).toHaveAttribute('data-screen-lock', 'released');
});

test('a night that ends by itself says so in the dark, and in the morning', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await enter(page);
  await openTonight(page);
  await page.getByRole('radio', { name: '10 min' }).first().check();
  await page.getByRole('button', { name: 'Good night' }).click();
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await comeBackLater(page, 590);
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  const ended = dark(page).getByRole('button', { name: /ended at .* Back to the day/ });
  await expect(ended).toBeFocused({ timeout: 30_000 });
  expect(await axe(page)).toEqual([]);
  expect((await lookOf(page, await page.screenshot())).mean).toBeLessThan(0.05);
  await ended.click();
  await expect(dark(page)).toHaveCount(0);
  await page.waitForTimeout(500);
  await page.reload();
  const morning = page.getByText(/Good morning\. Played from/);
  await expect(morning).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(morning).toHaveCount(0);
});

test('what cannot be is said beside the press, and a night comes of it all the same', async ({ guarded: page }) => {
  await enter(page);
  await openTonight(page);
  const said = page.getByRole('dialog').locator('[role=status]');
  await page.getByRole('radio', { name: 'other' }).check();
  const minutes = page.getByRole('spinbutton', { name: 'Minutes' });
  for (const [entry, words] of [
    ['0', 'it became 1 minute'],
    ['-5', 'it became 1 minute'],
    ['6000', 'it became 16 hours'],
    ['', 'The timer was not a number: it became 30 minutes'],
  ] as const) {
    await minutes.fill(entry);
    await minutes.press('Tab');
    await expect(said).toContainText(words);
    await expect(minutes).toHaveValue(entry);
  }
  await page.getByRole('radio', { name: '10 min' }).first().check();
  await page.getByRole('radio', { name: '30 min' }).last().check();
  await expect(said).toContainText('The fade cannot be longer than the timer');
  await page.getByRole('button', { name: 'Good night' }).click();
  await expect(dark(page)).toContainText('10', { timeout: 15_000 });
  await page.keyboard.press('Escape');
});

test('a sound to wake with that was deleted is said, and another can be chosen', async ({ guarded: page }) => {
  await enter(page);
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: 'Save as …' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Morning birds');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await openTonight(page);
  await page.getByRole('checkbox', { name: /Wake me gently/ }).check();
  const wakeWith = page.getByRole('combobox', { name: 'With' });
  await wakeWith.selectOption('Morning birds');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'More for Morning birds' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await openTonight(page);
  await expect(wakeWith).toHaveText(/no longer here/);
  const said = page.getByRole('dialog').locator('[role=status]');
  await expect(said).toContainText('The sound to wake with is no longer here');
  expect(await axe(page)).toEqual([]);
  await wakeWith.selectOption('Slow glass, left');
  await expect(said).not.toContainText('no longer here');
});
