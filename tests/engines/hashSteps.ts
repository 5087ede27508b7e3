// The pinned scenes rendered in a driven browser have the samples that Node computes, and that are pinned.
import { renderScene } from '../../src/synth/index.ts';
import { sha256Of } from '../golden.ts';
import type { Hashes, Place } from './goldenPage.ts';
import { PINNED, RATE, SECONDS } from './goldenScenes.ts';
import type { Page } from './page.ts';
import { poll } from './processes.ts';

const LOAD_SEC = 20;

/**
 * Renders the pinned scenes in Node.
 * @returns their hashes.
 * @throws Error where one is not the pinned one: then the browsers are not to blame.
 */
export async function hashesInNode(): Promise<Hashes> {
  const hashes: Record<string, string> = {};
  for (const [name, { scene, sha256 }] of Object.entries(PINNED)) {
    const { left, right } = renderScene(scene, { seconds: SECONDS, sampleRate: RATE, fadeSec: 0 });
    const hash = await sha256Of(left, right);
    if (hash !== sha256) throw new Error(`Node renders “${name}” as ${hash}, and ${sha256} is pinned.`);
    hashes[name] = hash;
  }
  return hashes;
}

/**
 * Renders the pinned scenes in the browser.
 * @param page - a page of the browser
 * @param url - of `goldenPage.html`
 * @param place - where in the browser
 * @param expected - the hashes in Node
 * @throws Error with the hashes that differ.
 */
export async function compareHashes(page: Page, url: string, place: Place, expected: Hashes): Promise<void> {
  await page.browser.navigate(url);
  await poll(LOAD_SEC, `${url} loads`, () => page.evaluate(() => 'renderHashes' in window));
  const hashes = await page.evaluate((where) => window.renderHashes(where), place);
  const different = Object.keys(expected).filter((name) => hashes[name] !== expected[name]);
  if (different.length === 0) return;
  const lines = different.map((name) => `“${name}” is ${String(hashes[name])}, in Node ${String(expected[name])}`);
  throw new Error(lines.join('\n'));
}
