// Uses the built app at random, as nobody would, and says what went wrong: node bench/wander.mjs [--seed N] [--steps 500]
// Builds nothing: reads dist/. The same seed presses the same things, as far as the page's own timing allows.
/* global document, location -- inside the page */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    steps: { type: 'string', default: '500' },
    port: { type: 'string', default: '4196' },
  },
});

const SCREENS = [
  { width: 320, height: 560 },
  { width: 360, height: 740 },
  { width: 740, height: 360 },
  { width: 1280, height: 800 },
];
const PRESSED = ['button', 'summary', 'label', ...['menuitem', 'option', 'switch'].map((role) => `[role=${role}]`)];
const KEYS =
  'Tab Shift+Tab Enter Space Escape ArrowUp ArrowDown ArrowLeft Control+z Control+Shift+z Control+s Delete'.split(' ');
const STEPS_OF_A_SLIDER = ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'PageUp', 'PageDown'];
const WORDS = [
  '',
  ' ',
  'Evening',
  'x'.repeat(400),
  '🌙‍♀️ né \u202eabc',
  '<img src=x onerror=alert(1)>',
  '-5',
  '1e999',
  '007',
];
const HASHES = ['#p1.zzzz', '#x1.abc', '#p1.eNqrVkrLz1eyUkpKLFKqBQAbXgPx', '#nothing'];
const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const LOOK_CLOSELY_EVERY = 25;

const server = await preview({
  root,
  preview: { port: Number(values.port), strictPort: true, host: '127.0.0.1' },
  logLevel: 'error',
});
const home = `http://127.0.0.1:${values.port}/`;
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
const chance = chances(Number(values.seed));
const context = await browser.newContext({ acceptDownloads: true, viewport: pick(SCREENS) });
const did = [];
const known = new Set();
let found = 0;
let offline = false;

/** Mulberry32: numbers in 0…1. */
function chances(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick(list) {
  return list[Math.floor(chance() * list.length)];
}

/** Says a thing once. */
function tell(what, details = '') {
  if (known.has(what)) return;
  known.add(what);
  found += 1;
  console.log(`step ${did.length}: ${what} ${details}\n   after: ${did.slice(-6).join(' | ')}`);
}

/** Runs in the page, before its own scripts: what must never happen is counted. */
function watch() {
  const seen = { refused: [], notFinite: 0, loudest: 0, contexts: [] };
  globalThis.seen = seen;
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    seen.refused.push(`${effectiveDirective} ${blockedURI}`);
  });
  const { connect } = globalThis.AudioNode.prototype;
  const heard = new WeakSet();
  globalThis.AudioNode.prototype.connect = function (...args) {
    const { context: audio } = this;
    const out = args[0] instanceof globalThis.AudioDestinationNode && audio instanceof globalThis.AudioContext;
    if (out && !heard.has(this)) {
      heard.add(this);
      if (!seen.contexts.includes(audio)) seen.contexts.push(audio);
      const listener = audio.createScriptProcessor(4096, 2, 1);
      listener.onaudioprocess = ({ inputBuffer }) => {
        for (const channel of [0, 1]) {
          for (const sample of inputBuffer.getChannelData(channel)) {
            if (!Number.isFinite(sample)) seen.notFinite += 1;
            else seen.loudest = Math.max(seen.loudest, Math.abs(sample));
          }
        }
      };
      connect.call(this, listener);
      connect.call(listener, audio.destination);
    }
    return connect.apply(this, args);
  };
}

context.on('page', (page) => {
  page.on('pageerror', ({ message, stack = '' }) => {
    tell(`uncaught: ${message}`, stack.slice(0, 600));
  });
  page.on('console', (message) => {
    const expected = offline && /ERR_INTERNET|Failed to (?:load|fetch)/.test(message.text());
    if (message.type() === 'error' && !expected) tell(`console: ${message.text()}`);
  });
  page.on('crash', () => {
    tell('the page crashed');
  });
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(?:blob|data):/.test(request.url())) tell(`asked for ${request.url()}`);
  });
});
await context.addInitScript(watch);

let page = await context.newPage();
await page.goto(home);
await page.waitForTimeout(800);

const some = async (selector) => pick(await page.$$(selector));

/** Weight, name, and what is done; the answer says more of it. */
const ACTIONS = [
  [62, 'press', press],
  [10, 'slide', slide],
  [6, 'write', write],
  [
    12,
    'key',
    async () => {
      const key = pick(KEYS);
      await page.keyboard.press(key);
      return key;
    },
  ],
  [2, 'wait', () => page.waitForTimeout(800)],
  [1.5, 'load anew', () => page.reload({ timeout: 8000 })],
  [1, 'another tab', anotherTab],
  [1.5, 'network', toggleNetwork],
  [1, 'back', goBack],
  [1, 'another screen', () => page.setViewportSize(pick(SCREENS))],
  [1, 'harm', harmSound],
  [1, 'link', () => page.evaluate((hash) => (location.hash = hash), pick(HASHES))],
];
const total = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

async function press() {
  const target = await some(PRESSED.map((one) => `${one}:visible`).join(', '));
  if (!target) return page.keyboard.press('Escape');
  const name = await target.evaluate((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim());
  await target.click({ timeout: 700, force: chance() < 0.1 }).catch(() => undefined);
  return name.slice(0, 40);
}

async function slide() {
  const slider = await some('input[type=range]:visible');
  if (!slider) return undefined;
  await slider.focus();
  const key = pick(STEPS_OF_A_SLIDER);
  for (let i = 0; i < 3; i++) await page.keyboard.press(key);
  return key;
}

async function write() {
  const field = await some('textarea:visible, input:visible:not([type=range], [type=checkbox], [type=radio])');
  const words = pick(WORDS);
  await field?.fill(words, { timeout: 500 }).catch(() => undefined);
  if (chance() < 0.5) await page.keyboard.press('Enter');
  return words.slice(0, 20);
}

async function anotherTab() {
  page = await context.newPage();
  await page.goto(home, { timeout: 8000 });
  if (context.pages().length > 3) await context.pages()[0].close();
}

async function toggleNetwork() {
  offline = !offline;
  await context.setOffline(offline);
  return offline ? 'gone' : 'back';
}

async function goBack() {
  await page.goBack({ timeout: 3000 }).catch(() => undefined);
  if (!page.url().startsWith(home)) await page.goto(home);
}

async function harmSound() {
  await page.evaluate((close) => {
    const audio = globalThis.seen.contexts.at(-1);
    void (close ? audio?.close() : audio?.suspend())?.catch(() => undefined);
  }, chance() < 0.5);
}

async function step() {
  let left = chance() * total;
  const [, name, act] = ACTIONS.find(([weight]) => (left -= weight) < 0) ?? ACTIONS[0];
  did.push(name);
  const more = await act();
  if (typeof more === 'string') did[did.length - 1] = `${name} ${more}`;
}

/** Runs in the page: how far it could be scrolled sideways, in CSS px. */
function beyond() {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

const sideways = () => `scrolls sideways at ${page.viewportSize()?.width} px`;

/** What holds whatever was done. */
async function look() {
  const now = await page.evaluate(() => ({
    refused: globalThis.seen.refused.splice(0),
    notFinite: globalThis.seen.notFinite,
    loudest: globalThis.seen.loudest,
    letters: document.body.innerText.trim().length,
  }));
  for (const one of now.refused) tell(`refused by the policy: ${one}`);
  if (now.notFinite > 0) tell('samples that are no numbers');
  if (now.loudest > 1) tell('louder than full scale', String(now.loudest));
  if ((await page.evaluate(beyond)) > 1 && !known.has(sideways())) {
    await page.waitForTimeout(500); // a screen that just turned takes a moment
    const px = await page.evaluate(beyond);
    if (px > 1) tell(sideways(), `by ${px}`);
  }
  if (now.letters < 20 && !(await page.getByText('minutes left').isVisible())) tell('an empty page');
}

async function lookClosely() {
  if (await page.$('[role=menu], [role=listbox]')) return; // lies over what would be measured
  await page.waitForTimeout(700); // what fades in has to be there
  await page.evaluate(axe);
  const violations = await page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run({ runOnly: { type: 'tag', values: rules } });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 140)}`));
  }, RULES);
  for (const one of violations) tell(`not for everyone: ${one.slice(0, 60)}`, one);
}

for (let i = 1; i <= Number(values.steps); i++) {
  try {
    await step();
    if (page.isClosed()) page = context.pages()[0] ?? (await context.newPage());
    await page.waitForTimeout(60);
    await look();
    if (i % LOOK_CLOSELY_EVERY === 0) await lookClosely();
  } catch (error) {
    // The page went on to another address under our hands, or an element went away.
    if (/ERR_INTERNET/.test(error.message)) tell('does not open without a network');
    else if (!/Timeout|closed|context was destroyed|detached|navigat|not attached/i.test(error.message)) throw error;
  }
}
console.log(`seed ${values.seed}: ${values.steps} steps, ${found} findings`);
await browser.close();
await server.close();
process.exit(found === 0 ? 0 : 1);
