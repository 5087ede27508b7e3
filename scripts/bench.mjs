// `npm run bench`: every speed and size figure, as ratios within one run where machines differ. --json FILE keeps them.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build, createServer, loadConfigFromFile, preview, runnerImport } from 'vite';
import { findChromium } from './chromium.mjs';

const SECONDS = 20;
const ROUNDS = 5;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const loaded = await loadConfigFromFile({ command: 'serve', mode: 'production' }, undefined, root);
const config = { ...loaded?.config, root, configFile: false, mode: 'production', logLevel: 'error' };

const inNode = await benchNode();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
const inChromium = await benchChromium();
const page = await benchPage();
await browser.close();

const figures = { node: inNode, chromium: inChromium, page };
print();
if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exit(0); // the servers' sockets need not be waited for

async function benchNode() {
  const { module } = await runnerImport(path.join(root, 'bench/node.ts'), config);
  const report = {};
  await module.main([], report);
  return report.figures;
}

/** Worklet against plain nodes, in one page of one browser. */
async function benchChromium() {
  const server = await createServer({ ...config, server: { port: 0, host: '127.0.0.1' } });
  await server.listen();
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls.local[0]}bench/page.html`);
  await page.waitForFunction(() => 'runBench' in globalThis);
  const rows = await page.evaluate(
    ([seconds, rounds]) => globalThis.runBench(seconds, rounds),
    [SECONDS, options.quick ? 2 : ROUNDS],
  );
  await page.close();
  await server.close();
  return {
    ...rows,
    twoLayersXRealtime: (SECONDS * 1000) / rows.workletTwoMs,
    fourLayersXRealtime: (SECONDS * 1000) / rows.workletFourMs,
    nodesXRealtime: (SECONDS * 1000) / rows.nodesMs,
    ratio: rows.nodesMs / rows.workletFourMs,
  };
}

/** The built page: script before first paint and before first sound, and the time from press to sound. */
async function benchPage() {
  await build({ root, logLevel: 'error' });
  const server = await preview({ root, preview: { port: 4198, host: '127.0.0.1' }, logLevel: 'error' });
  const page = await browser.newPage();
  const scripts = new Map(); // address → bytes, gzip
  page.on('response', async (response) => {
    if (!response.url().endsWith('.js')) return;
    scripts.set(response.url(), gzipSync(await response.body().catch(() => Buffer.alloc(0))).length);
  });
  await page.addInitScript(() => {
    localStorage.clear();
  });
  await page.goto('http://127.0.0.1:4198/', { waitUntil: 'networkidle' });
  // Asked for before the first paint; what comes later (panels, menus) does not hold it up.
  const early = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const loaded = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < paint.startTime);
    return loaded.map(({ name }) => name);
  });
  const total = (names) => names.reduce((sum, name) => sum + (scripts.get(name) ?? 0), 0);
  const beforePaint = total(early);
  await page.keyboard.press('Escape'); // leaves the welcome
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => performance.getEntriesByName('hushcraft:sound').length > 0, undefined, {
    timeout: 20000,
  });
  const coldMs = await pressToSound(page);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(500);
  await page.evaluate(() => performance.clearMarks());
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => performance.getEntriesByName('hushcraft:sound').length > 0);
  const warmMs = await pressToSound(page);
  await page.close();
  await server.close();
  return { firstPaintKb: beforePaint / 1024, firstSoundKb: total([...scripts.keys()]) / 1024, coldMs, warmMs };
}

function pressToSound(page) {
  return page.evaluate(() => {
    const [press] = performance.getEntriesByName('hushcraft:press');
    const [sound] = performance.getEntriesByName('hushcraft:sound');
    return sound.startTime - press.startTime;
  });
}

function print() {
  const line = (name, ...cells) => console.log(name.padEnd(46), ...cells.map((cell) => String(cell).padStart(14)));
  const ns = (value) => `${value.toFixed(1)} ns`;
  const times = (value) => `${value.toFixed(1)} ×`;
  line('Node, blocks of 128', 'per sample', 'real time');
  for (const row of [...inNode.triggers, ...inNode.scenes])
    line(`  ${row.name}`, ns(row.nsPerSample), times(row.xRealtime));
  line('Eco, beside the same scene without', 'per sample', 'real time', 'saved');
  inNode.eco.forEach((row, index) => {
    const whole = inNode.eco[index - 1];
    const saved = index % 2 === 1 ? `${(100 * (1 - row.nsPerSample / whole.nsPerSample)).toFixed(0)} %` : '';
    line(`  ${row.name}`, ns(row.nsPerSample), times(row.xRealtime), saved);
  });
  line('Kernels against plain f64 TypeScript', 'kernel', 'reference', 'ratio');
  for (const row of inNode.kernels) line(`  ${row.name}`, ns(row.kernelNs), ns(row.referenceNs), times(row.ratio));
  line('Steadiness, 4 layers');
  line('  first block', `${inNode.steadiness.firstBlockMs.toFixed(2)} ms`);
  line('  p99.9 of block times', `${inNode.steadiness.p999Percent.toFixed(1)} %`);
  line('  garbage collections in 100 s of sound', inNode.steadiness.collections);
  line('Chromium, offline', '', 'real time');
  line('  worklet, 2 layers', '', times(inChromium.twoLayersXRealtime));
  line('  worklet, 4 layers', '', times(inChromium.fourLayersXRealtime));
  line('  nearest Web Audio node graph, 4 layers', '', times(inChromium.nodesXRealtime));
  line('  worklet against nodes', '', times(inChromium.ratio));
  line('Page');
  line('  script before first paint, gzip', `${page.firstPaintKb.toFixed(1)} kB`);
  line('  script before first sound, gzip', `${page.firstSoundKb.toFixed(1)} kB`);
  line('  press to sound, first time', `${page.coldMs.toFixed(0)} ms`);
  line('  press to sound, again', `${page.warmMs.toFixed(0)} ms`);
}
