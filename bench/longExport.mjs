// Opt-in proof that a long audio file is made in bounded memory: drives the built app in Chromium and samples its processes.
//   node bench/longExport.mjs [opus|wav|flac|mp3] [hours] [stretch|night]      (run `vite build` first; PORT=4203 to choose a port)
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

const [format = 'opus', hours = '2', kind = 'night'] = process.argv.slice(2);
const port = process.env.PORT ?? '4198';
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const profile = mkdtempSync(path.join(tmpdir(), 'hushcraft-long-'));
const EVERY_MS = 5000;
const MIB = 1024 * 1024;
const NAMES = { opus: 'Opus', wav: 'WAV', flac: 'FLAC', mp3: 'MP3' };
const KINDS = { stretch: ['A stretch of it', 'Length'], night: ['A whole night', 'Until it is silent'] };

const server = spawn(
  process.execPath,
  ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--port', port, '--strictPort'],
  { cwd: root, stdio: 'ignore' },
);
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  acceptDownloads: false,
});
try {
  await measure(await context.newPage());
} finally {
  await context.close();
  server.kill();
  rmSync(profile, { recursive: true, force: true });
}

async function measure(page) {
  // The browser's own dialog cannot be driven: the file goes by way of the private disk.
  await page.addInitScript(() => delete globalThis.showSaveFilePicker);
  await openPage(page);
  for (const name of ['No, none', 'Begin']) {
    const button = page.getByRole('button', { name });
    if (await button.isVisible()) await button.click();
  }
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: /Take it with you/ }).click();
  const [choice, length] = KINDS[kind];
  await page.getByRole('radio', { name: choice }).click();
  await page.getByRole('radio', { name: NAMES[format] }).click();
  await page.getByRole('button', { name: new RegExp(`^${length}`) }).click();
  await page
    .getByRole('textbox')
    .last()
    .fill(String(Number(hours) * 60));
  await page.keyboard.press('Enter');
  console.log(await page.locator('.size').innerText());
  const before = memory();
  await page.getByRole('button', { name: 'Make the file' }).click();
  const beganAt = performance.now();
  const largest = {};
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    const now = memory();
    for (const [type, mib] of Object.entries(now)) largest[type] = Math.max(largest[type] ?? 0, mib);
    const share = await page.evaluate(() => globalThis.document.querySelector('progress')?.value ?? null);
    console.log(JSON.stringify({ tookSec: Math.round((performance.now() - beganAt) / 1000), share, ...now }));
    if (share === null) break;
  }
  const tookSec = (performance.now() - beganAt) / 1000;
  const text = await page.getByRole('dialog').innerText();
  console.log(text);
  console.log(
    JSON.stringify({
      format,
      hours: Number(hours),
      kind,
      xRealtime: (Number(hours) * 3600) / tookSec,
      before,
      largest,
    }),
  );
  if (!/on its way/.test(text)) process.exitCode = 1;
}

async function openPage(page) {
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
      return;
    } catch (error) {
      if (tries === 120) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/**
 * Memory of this browser's processes, MiB: the largest renderer, resident, with the program's own pages that all processes
 * share; its footprint without them, as the browser's task manager shows it; and all processes together, resident.
 */
function memory() {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const value = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
        const [mib, footprint] = [value('VmRSS'), value('RssAnon') + value('VmSwap')].map((kib) => (kib * 1024) / MIB);
        return [{ pid: Number(pid), parent: value('PPid'), args, mib, footprint }];
      } catch {
        return [];
      }
    });
  const mine = new Set(processes.filter(({ args }) => args.includes(profile)).map(({ pid }) => pid));
  for (let size = -1; size !== mine.size;) {
    size = mine.size;
    for (const { pid, parent } of processes) if (mine.has(parent)) mine.add(pid);
  }
  const own = processes.filter(({ pid }) => mine.has(pid));
  const renderers = own.filter(({ args }) => args.includes('--type=renderer'));
  return {
    renderer: Math.round(Math.max(0, ...renderers.map(({ mib }) => mib))),
    footprint: Math.round(Math.max(0, ...renderers.map(({ footprint }) => footprint))),
    all: Math.round(own.reduce((sum, { mib }) => sum + mib, 0)),
  };
}
