/* eslint-disable @typescript-eslint/no-deprecated -- a script processor is the one listener that needs no module of its own */
// What the journeys share: a page that watches itself (requests, policy, errors, what is really sent to the speakers).
import { readFileSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';

export { expect } from '@playwright/test';

interface Tap {
  /** Root mean square and largest step of each 256-frame block that a node sends to the speakers, with the page's time and the sound's. */
  blocks: { node: number; atMs: number; sec: number; rms: number; step: number; finite: boolean }[];
  contexts: AudioContext[];
  /** Nodes that were listened to so far: the last one's number. */
  heardNodes: number;
  engines: AudioWorkletNode[];
  /** Seconds into the night, as the engine last said. */
  nightSec: number | null;
  nightAtMs: number;
  /** Media elements that were asked to play. */
  media: HTMLMediaElement[];
  violations: string[];
}

declare global {
  interface Window {
    tap: Tap;
  }
}

/** Runs before the page's own scripts: listens at every audio destination, and to the content security policy. */
function watch(): void {
  const tap: Tap = {
    blocks: [],
    contexts: [],
    heardNodes: 0,
    engines: [],
    nightSec: null,
    nightAtMs: 0,
    media: [],
    violations: [],
  };
  window.tap = tap;
  document.addEventListener('securitypolicyviolation', (event) => {
    tap.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });
  const { play } = HTMLMediaElement.prototype as unknown as { play: (this: HTMLMediaElement) => Promise<void> };
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement): Promise<void> {
    if (!tap.media.includes(this)) tap.media.push(this);
    return play.call(this);
  };
  const { connect } = AudioNode.prototype as unknown as { connect: (this: AudioNode, ...args: unknown[]) => AudioNode };
  const listening = new WeakSet<AudioNode>();
  AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]): AudioNode {
    const [target] = args;
    if (this instanceof AudioWorkletNode && this.context instanceof AudioContext && !tap.engines.includes(this)) {
      tap.engines.push(this);
      this.port.addEventListener(
        'message',
        ({ data }: MessageEvent<{ night?: { sec: number } | null; clockSec: number }>) => {
          tap.nightSec = data.night?.sec ?? null;
          // A busy page hears it late.
          tap.nightAtMs = performance.now() - 1000 * Math.max(0, this.context.currentTime - data.clockSec);
        },
      );
    }
    if (target instanceof AudioDestinationNode && this.context instanceof AudioContext && !listening.has(this)) {
      const context = this.context;
      // The audio library connects more than one node of a context.
      if (!tap.contexts.includes(context)) tap.contexts.push(context);
      tap.heardNodes += 1;
      const node = tap.heardNodes;
      // A page that is busy for less than the length of the buffer misses nothing of it.
      const [buffer, block] = [4096, 256];
      const listener = context.createScriptProcessor(buffer, 2, 1);
      listening.add(listener);
      let last = 0;
      listener.onaudioprocess = ({ inputBuffer, playbackTime }) => {
        const samples = inputBuffer.getChannelData(0);
        for (let from = 0; from < buffer; from += block) {
          let sum = 0;
          let step = 0;
          let finite = true;
          for (const sample of samples.subarray(from, from + block)) {
            finite &&= Number.isFinite(sample);
            sum += sample * sample;
            step = Math.max(step, Math.abs(sample - last));
            last = sample;
          }
          // What came in lies one buffer before the moment it is heard of, and would be played out one buffer after.
          const sec = playbackTime + (from + block - 2 * buffer) / context.sampleRate;
          tap.blocks.push({ node, atMs: performance.now(), sec, rms: Math.sqrt(sum / block), step, finite });
        }
      };
      connect.call(this, listener);
      connect.call(listener, context.destination);
    }
    return connect.apply(this, args);
  };
}

/** Watches a page from its first request on. The answer proves that it stayed at home, whole and allowed. */
async function guard(page: Page, home: string, unloadable: boolean): Promise<() => Promise<void>> {
  const strays: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(blob|data):/.test(request.url())) strays.push(request.url());
  });
  page.on('pageerror', ({ message }) => {
    if (!(message === 'AbortError' && unloadable)) errors.push(message);
  });
  await page.addInitScript(watch);
  return async () => {
    expect(strays, 'requests to other origins').toEqual([]);
    expect(errors, 'uncaught errors').toEqual([]);
    if (!page.isClosed()) expect(await page.evaluate(() => window.tap.violations), 'policy violations').toEqual([]);
  };
}

interface Fixtures {
  /** A page whose every request must stay at home, without policy violations or uncaught errors. */
  guarded: Page;
  /** The same in somebody else’s browser: nothing of this one is known there. */
  elsewhere: (address: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  guarded: async ({ page, baseURL }, use, { tags }) => {
    const check = await guard(page, baseURL ?? '', tags.includes('@unloadable'));
    await use(page);
    await check();
  },
  elsewhere: async ({ browser, baseURL }, use) => {
    const checks: (() => Promise<void>)[] = [];
    const pages: Page[] = [];
    await use(async (address) => {
      const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
      pages.push(page);
      checks.push(await guard(page, baseURL ?? '', false));
      await page.goto(address);
      return page;
    });
    for (const check of checks) await check();
    for (const page of pages) await page.context().close();
  },
});

/** Opens the app past its welcome. */
export async function enter(page: Page): Promise<void> {
  await page.goto('./');
  await expect(playButton(page)).toBeVisible();
  await passWelcome(page);
}

export async function passWelcome(page: Page): Promise<void> {
  const begin = page.getByRole('button', { name: 'Begin' });
  const none = page.getByRole('button', { name: 'No, none' });
  if (await none.isVisible()) await none.click();
  if (await begin.isVisible()) await begin.click();
}

export function playButton(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('button', { name: 'Play', exact: true });
}

export function stopButton(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('button', { name: 'Stop', exact: true });
}

/** Loudest recent block at the speakers, over `ms`. */
export async function heard(page: Page, ms = 600): Promise<number> {
  await page.evaluate(() => (window.tap.blocks.length = 0));
  await page.waitForTimeout(ms);
  return page.evaluate(() => Math.max(0, ...window.tap.blocks.map(({ rms }) => rms)));
}

const axeSource = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** Violations of WCAG 2.2 AA and best practice, as "rule: element". */
export async function axe(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy would refuse it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}
