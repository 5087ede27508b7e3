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

/** Mean relative luminance of a screenshot, worked out on a page that has no policy. */
async function luminanceOf(page: Page, png: Buffer): Promise<number> {
  const scratch = await page.context().newPage();
  const mean = await scratch.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!context) return 1;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const linear = (value: number): number =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) {
      sum += 0.2126 * linear(data[i] ?? 0) + 0.7152 * linear(data[i + 1] ?? 0) + 0.0722 * linear(data[i + 2] ?? 0);
    }
    return sum / (data.length / 4);
  }, png.toString('base64'));
  await scratch.close();
  return mean;
}

test('one press: black, the time that is left, and no accidental stop', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await enter(page);
  await goodNight(page);
  await expect(dark(page)).toContainText('minutes left', { timeout: 15_000 });
  await expect(dark(page)).toContainText('30');
  expect(await axe(page)).toEqual([]);
  await page.waitForTimeout(9000);
  expect(await heard(page)).toBeGreaterThan(0.0005);

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
  expect(await luminanceOf(page, shot)).toBeLessThan(0.05);
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
