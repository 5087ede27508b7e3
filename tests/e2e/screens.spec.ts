// Every screen, in both themes, from 320 px to the desktop: no accessibility violation, no sideways scrolling.
import type { Page } from '@playwright/test';
import { axe, enter, expect, playButton, test } from './support.ts';

/** Nothing is cut off sideways: at the page's own width, and on a narrow phone also on one a little wider. */
async function reflows(page: Page): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  for (const at of width === 320 ? [360, width] : [width]) {
    await page.setViewportSize({ width: at, height });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `at ${String(at)} px`).toBeLessThanOrEqual(0);
  }
}

async function openKeepMenu(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

for (const theme of ['dark', 'day'] as const) {
  for (const width of [320, 1280]) {
    test(`${theme}, ${String(width)} px`, async ({ guarded: page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      await page.goto('./');
      await expect(playButton(page)).toBeVisible();
      expect(await axe(page), 'first visit').toEqual([]);
      await reflows(page);
      await enter(page);
      if (theme === 'day') {
        await page.getByTitle('More', { exact: true }).click();
        await page.getByRole('menuitem', { name: 'Day theme' }).click();
        await expect(page.locator('html')).toHaveAttribute('data-theme', 'day');
      }
      expect(await axe(page), 'sculpt').toEqual([]);
      await reflows(page);

      await page.getByRole('button', { name: 'More', exact: true }).last().click();
      await page.waitForTimeout(200);
      expect(await axe(page), 'all details').toEqual([]);
      await page.keyboard.press('Escape');

      await openKeepMenu(page, /Save as …/);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await axe(page), 'save as').toEqual([]);
      await page.keyboard.press('Escape');
      await openKeepMenu(page, /Take it with you/);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await axe(page), 'audio file').toEqual([]);
      await reflows(page);
      await page.keyboard.press('Escape');
    });
  }
}

test('at 200 % text nothing is cut off sideways', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await enter(page);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await reflows(page);
});

test('under reduced motion nothing moves by itself', async ({ guarded: page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await enter(page);
  const running = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(running).toBe(0);
});

for (const [width, height] of [
  [320, 640],
  [360, 740],
  [740, 360],
  [1280, 800],
] as const) {
  test(`nothing slips from under a finger while the page comes, ${String(width)} × ${String(height)}`, async ({
    guarded: page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Node }[] })[]) {
          const what = entry.sources.map(({ node }) => (node.parentElement?.closest('[class]') ?? node).nodeName);
          if (entry.value > 0.01) shifts.push(`${entry.value.toFixed(3)}: ${what.join(', ')}`);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'More ways to keep it' })).toBeVisible();
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
  });
}

test('a phone on its side: the stage keeps its size, play its place, dialogs lie above both', async ({
  guarded: page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 740, height: 360 });
  await enter(page);
  await expect(playButton(page)).toBeInViewport({ ratio: 1 });
  const stage = await page.locator('.stage-box').boundingBox();
  expect(stage?.width).toBeGreaterThan(240);
  expect(await axe(page), 'sculpt').toEqual([]);
  await reflows(page);
  await page.mouse.move(600, 200);
  await page.mouse.wheel(0, 300);
  await expect(page.getByRole('slider', { name: 'Pace', exact: true })).toBeInViewport();
  await expect(page.locator('.stage-box')).toBeInViewport({ ratio: 0.8 });
  await expect(playButton(page)).toBeInViewport({ ratio: 1 });
  await page.mouse.wheel(0, -300);
  await page.getByRole('button', { name: 'Night', exact: true }).click();
  const goodNight = page.getByRole('button', { name: 'Good night' });
  await goodNight.scrollIntoViewIfNeeded();
  expect(await axe(page), 'tonight').toEqual([]);
  await goodNight.click({ trial: true }); // refused if anything lay over it
});

test('a sound at the very edge is no reason to scroll sideways', async ({ guarded: page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await enter(page);
  await page.getByRole('slider', { name: 'Brushing, direction' }).fill('90');
  await page.getByRole('slider', { name: 'Brushing, closeness' }).fill('0');
  await expect(page.getByText(/on the right, a little away/).first()).toBeVisible();
  await reflows(page);
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /^Share/ }).click();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  const link = (await page.locator('[data-exact="link"]').textContent()) ?? '';
  await page.goto('about:blank');
  await page.goto(link);
  const opened = page.locator('.opened-page');
  await expect(opened).toContainText('on the right, a little away');
  await page.mouse.move(160, 400);
  await page.mouse.wheel(200, 0);
  await page.waitForTimeout(300);
  expect(await opened.evaluate((element) => element.scrollLeft)).toBe(0);
});
