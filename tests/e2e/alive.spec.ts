// A night breaks off in every way a browser knows, behind the app's back: it comes back softly, where it would be now.
import type { Page } from '@playwright/test';
import { enter, expect, heard, test } from './support.ts';

const AUDIBLE = 0.0001;

async function goodNight(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Night', exact: true }).click();
  await page.getByRole('button', { name: 'Good night' }).click();
  await expect.poll(() => nightSec(page), { timeout: 15_000 }).toBeGreaterThan(3);
}

function nightSec(page: Page): Promise<number> {
  return page.evaluate(() => window.tap.nightSec ?? 0);
}

/** Breaks something in the page; then there is sound again, and the night is where the clock on the wall says. */
async function survives(page: Page, harm: () => Promise<unknown>, fresh: boolean): Promise<void> {
  const engines = await page.evaluate(() => window.tap.engines.length);
  const before = await stand(page);
  await harm();
  if (fresh) {
    await expect
      .poll(() => page.evaluate(() => window.tap.engines.length), { timeout: 15_000, intervals: [100] })
      .toBe(engines + 1);
  }
  await expect.poll(() => heard(page, 300), { timeout: 8000 }).toBeGreaterThan(AUDIBLE);
  await keptTime(page, before);
}

interface Stand {
  readonly sec: number;
  readonly atMs: number;
}

/** Where the night stands by the engine's last word, and when that came. */
function stand(page: Page): Promise<Stand> {
  return page.evaluate(() => ({ sec: window.tap.nightSec ?? 0, atMs: window.tap.nightAtMs }));
}

/** The time left is what it would be if nothing had happened: as soon as the engine can say, and within a second. */
async function keptTime(page: Page, before: Stand): Promise<void> {
  const now = await page.evaluate(() => performance.now());
  await expect
    .poll(
      async () => {
        const after = await stand(page);
        if (after.atMs < now) return Infinity; // said before it was asked
        return Math.abs(after.sec - before.sec - (after.atMs - before.atMs) / 1000);
      },
      { timeout: 10_000, intervals: [100] },
    )
    .toBeLessThan(1);
}

/** The loudest step between neighbouring samples since the harm: a click would be far above it. */
function loudestStep(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...window.tap.blocks.map(({ step }) => step)));
}

async function loseTime(page: Page, sec: number): Promise<void> {
  await page.evaluate((lost) => {
    const command = {
      plan: { timerSec: 1800, fadeSec: 600, after: 'silence', lowUntilSec: null, arc: true, wake: null },
      atSec: (window.tap.nightSec ?? 0) - lost,
      clockSec: window.tap.contexts.slice(-1)[0]?.currentTime ?? 0,
      speed: 1,
      ambience: true,
      fadeSec: 2,
    };
    window.tap.engines.slice(-1)[0]?.port.postMessage({ type: 'night', command });
  }, sec);
}

async function freezeClock(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const context of window.tap.contexts) {
      const frozen = context.currentTime;
      Object.defineProperty(context, 'currentTime', { get: () => frozen, configurable: true });
    }
  });
}

test('suspended, held by a call, an error, a message the engine cannot bear', async ({ guarded: page }) => {
  await enter(page);
  await goodNight(page);

  await survives(page, () => page.evaluate(() => window.tap.contexts.slice(-1)[0]?.suspend()), false);

  // While the system holds the sound, asking it to go on would break it.
  const beforeCall = await stand(page);
  const resumes = await page.evaluate(async () => {
    const held = window.tap.contexts.slice(-1)[0];
    if (!held) return -1;
    let asked = 0;
    held.resume = () => {
      asked += 1;
      return AudioContext.prototype.resume.call(held);
    };
    Object.defineProperty(held, 'state', { get: () => 'interrupted', configurable: true });
    await held.suspend();
    await new Promise((done) => setTimeout(done, 2500));
    const whileHeld = asked;
    Reflect.deleteProperty(held, 'state');
    return whileHeld;
  });
  expect(resumes).toBe(0);
  await expect.poll(() => heard(page, 300), { timeout: 8000 }).toBeGreaterThan(AUDIBLE);
  await keptTime(page, beforeCall);

  await survives(
    page,
    () => page.evaluate(() => window.tap.contexts.slice(-1)[0]?.dispatchEvent(new Event('error'))),
    true,
  );
  expect(await loudestStep(page)).toBeLessThan(0.05);
  await survives(
    page,
    () =>
      page.evaluate(() => {
        window.tap.engines.slice(-1)[0]?.port.postMessage({ type: 'scene', scene: null });
      }),
    true,
  );

  await page.keyboard.press('Escape');
  await expect.poll(() => heard(page, 300), { timeout: 8000 }).toBeLessThan(AUDIBLE); // and by then it is written down
  await page.reload();
  await expect(page.getByText(/Played from .* Broke off 4 times/)).toBeVisible();
});

test('a clock that stands still, another device, a frozen page', async ({ guarded: page }) => {
  await enter(page);
  await goodNight(page);
  // A new device alone breaks nothing off.
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
  await page.waitForTimeout(600);
  expect(await page.evaluate(() => window.tap.engines.length)).toBe(1);

  // Frames that got lost without anybody noticing: the engine stands five seconds behind.
  await survives(page, () => loseTime(page, 5), false);

  await survives(page, () => freezeClock(page), true);
  await survives(
    page,
    async () => {
      await freezeClock(page);
      await page.evaluate(() => document.dispatchEvent(new Event('resume')));
    },
    true,
  );
});

test('the browser is told that this page plays, and no longer than it does', async ({ guarded: page }) => {
  const kept = () =>
    page.evaluate(async () => ({
      locks: (await navigator.locks.query()).held?.filter(({ name }) => name === 'hushcraft playing').length,
      media: window.tap.media.map(({ paused, loop, muted, volume, duration }) => ({
        sounds: !paused && loop && !muted && volume === 1,
        long: duration > 5,
      })),
      session: navigator.mediaSession.playbackState,
    }));
  await enter(page);
  await goodNight(page);
  expect(await kept()).toEqual({ locks: 1, media: [{ sounds: true, long: true }], session: 'playing' });
  // A system that pauses it is asked again.
  await page.evaluate(() => window.tap.media[0]?.pause());
  await expect.poll(async () => (await kept()).media[0]?.sounds).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(kept).toEqual({ locks: 0, media: [{ sounds: false, long: true }], session: 'none' });
});

// The audio library leaves a second, unheard promise behind for every module that does not load.
test('an engine that cannot be loaded for a while', { tag: '@unloadable' }, async ({ guarded: page }) => {
  await enter(page);
  await goodNight(page);
  // Gone for a while: it is asked for again and again, until it is there.
  await page.route(/engine\.worklet/, (route) => route.fulfill({ status: 404, body: '' }));
  await survives(
    page,
    async () => {
      const engines = await page.evaluate(() => window.tap.engines.length);
      await page.evaluate(() => window.tap.contexts.slice(-1)[0]?.close());
      await page.waitForTimeout(2500);
      expect(await page.evaluate(() => window.tap.engines.length)).toBe(engines);
      await page.unroute(/engine\.worklet/);
    },
    true,
  );

  // A stop in the middle of mending stays a stop.
  await page.route(/engine\.worklet/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.evaluate(() => window.tap.contexts.slice(-1)[0]?.close());
  await page.waitForTimeout(700);
  await page.keyboard.press('Escape');
  await page.unroute(/engine\.worklet/);
  const opened = await page.evaluate(() => window.tap.engines.length);
  await page.waitForTimeout(2500);
  expect(await page.evaluate(() => window.tap.engines.length)).toBe(opened);
});

test('an engine that neither loads nor fails', { tag: '@unloadable' }, async ({ guarded: page }) => {
  test.setTimeout(90_000);
  await enter(page);
  await goodNight(page);
  const engines = await page.evaluate(() => window.tap.engines.length);
  let asked = 0;
  await page.route(/engine\.worklet/, async (route) => {
    asked += 1;
    if (asked > 1) await route.continue(); // the first is never answered
  });
  await page.evaluate(() => window.tap.contexts.slice(-1)[0]?.close());
  await expect
    .poll(() => page.evaluate(() => window.tap.engines.length), { timeout: 40_000, intervals: [500] })
    .toBeGreaterThan(engines);
  await expect.poll(() => heard(page, 300), { timeout: 8000 }).toBeGreaterThan(AUDIBLE);
});
