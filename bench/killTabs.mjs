// What a save is worth: kills the page's process (SIGKILL) again and again in the middle of saves, and looks what is there.
// node bench/killTabs.mjs [--kills 500] [--seed 1] [--json FILE]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, loadConfigFromFile } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const SOURCES = { storage: 'src/storage/openStorage.ts', factory: 'src/presets/factory.ts' };
const ORIGIN = 'http://localhost:1';
const MODULES = Object.keys(SOURCES).map((name) => `${ORIGIN}/${name}.js`);
const STUCK_MS = 30_000;
const kills = Number(values.kills);
let state = Number(values.seed) || 1;

const files = await bundled();
const profile = mkdtempSync(path.join(tmpdir(), 'hushcraft-kills-'));
const context = await opened();
const report = { kills: 0, inMidSave: 0, saves: 0, acknowledged: 0, torn: 0, lost: 0, unreadable: 0 };
/** The last save of each sound that was said to be kept: id → number. */
const kept = new Map();

try {
  for (let round = 0; round < kills; round++) await within(`kill ${round + 1}`, oneRound(round));
  await within('the last look', check());
} finally {
  await within('closing', context.close());
  rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(report));
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
const proven = report.kills === kills && report.acknowledged > 0;
process.exit(proven && report.torn + report.lost + report.unreadable === 0 ? 0 : 1);

/** The store as it is built, by file name: read once, so that a change of the sources meanwhile changes nothing here. */
async function bundled() {
  const input = Object.fromEntries(Object.entries(SOURCES).map(([name, file]) => [name, path.join(root, file)]));
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, undefined, root);
  const { output } = await build({
    root,
    plugins: loaded.config.plugins.flat().filter(({ name }) => name === 'hushcraft-kernels'),
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  return new Map(output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
}

/** A browser with one origin in it, which needs no server: the bundle, and a page that runs nothing by itself. */
async function opened() {
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      // A process kept ready for the next page would be killed along with the page’s own, and be handed out dead.
      '--disable-features=SpareRendererForSitePerProcess',
    ],
  });
  await browser.route(`${ORIGIN}/**`, (route) => {
    const code = files.get(new URL(route.request().url()).pathname);
    return code === undefined
      ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Kills</title>' })
      : route.fulfill({ contentType: 'text/javascript', body: code });
  });
  return browser;
}

/** Waits no longer than a browser that goes on would need. */
async function within(what, done) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`The browser got stuck at: ${what}.`)), STUCK_MS);
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}

async function oneRound(round) {
  const page = await context.newPage();
  let begun = 0;
  let acknowledged = 0;
  page.on('console', (message) => {
    const [word, id, number] = message.text().split(' ');
    if (word === 'begun') begun += 1;
    if (word !== 'kept') return;
    acknowledged += 1;
    kept.set(id, Number(number));
  });
  await page.goto(ORIGIN);
  // Saves without end, each one with a number in its note, each said before and after.
  await page.evaluate(
    async ([id, modules]) => {
      const [{ openStorage }, { FACTORY }] = await Promise.all(modules.map((module) => import(module)));
      const { presets, drafts } = await openStorage();
      const found = (await presets.list()).presets.find(({ preset }) => preset.id === id);
      let revision = found?.revision ?? null;
      let number = Number(found?.preset.note ?? 0);
      const go = async () => {
        for (;;) {
          number += 1;
          console.log(`begun ${id} ${number}`);
          drafts.save({ scene: FACTORY[0].scene, presetId: id, revision, name: `n${number}` });
          const result = await presets.save({ ...FACTORY[0], id, name: id, note: String(number) }, revision);
          if (result.kind !== 'saved') throw new Error(JSON.stringify(result));
          revision = result.stored.revision;
          console.log(`kept ${id} ${number}`);
        }
      };
      void go();
    },
    [`sound-${round % 5}`, MODULES],
  );
  await new Promise((done) => setTimeout(done, 20 + Math.floor(random() * 120)));
  const crashed = new Promise((done) => page.on('crash', done));
  for (const pid of await renderers()) kill(pid);
  await crashed;
  report.kills += 1;
  report.saves += begun;
  report.acknowledged += acknowledged;
  if (begun > acknowledged) report.inMidSave += 1;
  await page.close();
  if (round % 10 === 9) await check();
  if (round % 50 === 49) console.error(JSON.stringify(report));
}

/** Everything that was said to be kept is there, whole. */
async function check() {
  const page = await context.newPage();
  await page.goto(ORIGIN);
  const found = await page.evaluate(async (modules) => {
    const [{ openStorage }, { FACTORY }] = await Promise.all(modules.map((module) => import(module)));
    const { presets, drafts } = await openStorage();
    const { presets: saved, unreadable } = await presets.list();
    const same = (scene) => JSON.stringify(scene) === JSON.stringify(FACTORY[0].scene);
    const sounds = saved.map(({ preset }) => [preset.id, Number(preset.note), same(preset.scene)]);
    const draft = await drafts.load();
    return { sounds, unreadable, draftWhole: draft === null || same(draft.scene) };
  }, MODULES);
  const there = new Map(found.sounds.map(([id, number]) => [id, number]));
  report.unreadable += found.unreadable;
  report.torn += found.sounds.filter(([, , whole]) => !whole).length + (found.draftWhole ? 0 : 1);
  for (const [id, number] of kept) if (!((there.get(id) ?? -1) >= number)) report.lost += 1;
  await page.close();
}

/** The page processes of the browser that was started here, and of no other. */
async function renderers() {
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** The same moments for the same seed. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
