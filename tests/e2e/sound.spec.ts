// What reaches the speakers: press to sound, fade in, stop at once, repair.
import { enter, expect, heard, playButton, stopButton, test } from './support.ts';

test('one press plays, from silence, and a second stops at once without a click', async ({ guarded: page }) => {
  await enter(page);
  expect(await page.evaluate(() => window.tap.contexts.length)).toBe(0); // no audio before the press
  await playButton(page).click();
  await expect(stopButton(page)).toBeVisible();
  await page.waitForTimeout(4000);
  const start = await page.evaluate(() => {
    const { blocks } = window.tap;
    const loudest = (from: number, to: number): number =>
      Math.max(
        0,
        ...blocks.slice(Math.floor(from * blocks.length), Math.floor(to * blocks.length)).map(({ rms }) => rms),
      );
    return { early: loudest(0, 0.08), late: loudest(0.4, 1), finite: blocks.every(({ finite }) => finite) };
  });
  expect(start.finite).toBe(true);
  expect(start.late).toBeGreaterThan(0.001);
  expect(start.early).toBeLessThan(start.late / 3);

  // Waits for a moment that sounds, then stops in the middle of it.
  const stopped = await page.evaluate(async () => {
    const { blocks, contexts } = window.tap;
    while ((blocks[blocks.length - 1]?.rms ?? 0) < 0.002) await new Promise((done) => setTimeout(done, 5));
    blocks.length = 0;
    const atSec = contexts[0]!.currentTime;
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await new Promise((done) => setTimeout(done, 600));
    const loudAtSec = Math.max(atSec, ...blocks.filter(({ rms }) => rms > 0.0003).map(({ sec }) => sec));
    return { ms: 1000 * (loudAtSec - atSec), step: Math.max(...blocks.map(({ step }) => step)) };
  });
  // 50 ms on the sound's own clock, plus what lies between the engine and the listener.
  expect(stopped.ms).toBeLessThan(50 + 60);
  expect(stopped.step).toBeLessThan(0.2);
  await expect(playButton(page)).toBeVisible();
  expect(await heard(page)).toBeLessThan(0.0003);
});

test('plays on after the browser suspends it behind its back', async ({ guarded: page }) => {
  await enter(page);
  await playButton(page).click();
  await page.waitForTimeout(2500);
  await page.evaluate(() => window.tap.contexts[0]?.suspend());
  await expect.poll(() => heard(page, 400), { timeout: 8000 }).toBeGreaterThan(0.0005);
});

test('rebuilds itself when its audio context is closed', async ({ guarded: page }) => {
  await enter(page);
  await playButton(page).click();
  await page.waitForTimeout(2500);
  expect(await page.evaluate(() => window.tap.contexts.length)).toBe(1);
  await page.evaluate(() => window.tap.contexts[0]?.close());
  await expect.poll(() => page.evaluate(() => window.tap.contexts.length), { timeout: 8000 }).toBe(2);
  await expect.poll(() => heard(page, 400), { timeout: 8000 }).toBeGreaterThan(0.0005);
  expect(await page.evaluate(() => window.tap.contexts.length)).toBe(2);
});

test('hears one gesture while resting, then is silent again', async ({ guarded: page }) => {
  await enter(page);
  await page.getByRole('button', { name: 'Hear one' }).first().click();
  await expect.poll(() => heard(page, 300), { timeout: 8000 }).toBeGreaterThan(0.0003);
  await expect.poll(() => heard(page, 500), { timeout: 12000 }).toBeLessThan(0.0001);
});
