// Every screen, in both themes, from 320 px to the desktop: no accessibility violation, no sideways scrolling.
import type { Page } from '@playwright/test';
import { axe, enter, expect, playButton, test } from './support.ts';

async function reflows(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

async function openKeepMenu(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

for (const theme of ['dark', 'day'] as const) {
  for (const width of [320, 360, 1280]) {
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
