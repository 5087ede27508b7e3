// How long the worst allowed import of each kind holds up the page: node scripts/longTasks.mjs [--json FILE]. Builds nothing: reads dist/.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { loadConfigFromFile, preview, runnerImport } from 'vite';
import { findChromium } from './chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { json: { type: 'string' }, port: { type: 'string', default: '4197' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-imports-'));
const loaded = await loadConfigFromFile({ command: 'serve', mode: 'production' }, undefined, root);
const config = { ...loaded?.config, root, configFile: false, mode: 'production', logLevel: 'error' };
const { module } = await runnerImport(path.join(root, 'bench/imports.ts'), config);
const fragment = await module.writeImports(folder);

const server = await preview({ root, preview: { port: Number(values.port), host: '127.0.0.1' }, logLevel: 'error' });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
const page = await browser.newPage();
const address = `http://127.0.0.1:${values.port}/`;
await page.addInitScript(() => {
  globalThis.longest = { task: 0, gap: 0 };
  new globalThis.PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longest.task = Math.max(globalThis.longest.task, duration);
  }).observe({ type: 'longtask' });
});
const figures = {};

/** Longest task of the page while `work` runs, in milliseconds. 0: none over 50. */
async function measure(name, work) {
  await page.waitForTimeout(1500);
  await page.evaluate(() => (globalThis.longest.task = 0));
  const started = Date.now();
  await work();
  const tookMs = Date.now() - started;
  await page.waitForTimeout(500);
  figures[name] = { longestTaskMs: await page.evaluate(() => globalThis.longest.task), tookMs };
  console.log(name, JSON.stringify(figures[name]));
}

const dialog = page.getByRole('dialog');

async function openFile(name) {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file' }).click();
  const input = await chooser;
  await measure(`${name}, ${(statSync(path.join(folder, name)).size / 1024).toFixed(0)} KiB`, async () => {
    await input.setFiles(path.join(folder, name));
    await dialog.waitFor({ timeout: 120_000 });
  });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

await page.goto(address);
await page.getByRole('button', { name: 'No, none' }).click();
for (const name of ['preset.hush.json', 'ring.wav', 'bundle.hush.json', 'backup.json']) await openFile(name);
await measure(`a link of ${fragment.length} characters`, async () => {
  await page.evaluate((hash) => (globalThis.location.hash = hash), fragment);
  await page.getByRole('button', { name: 'Listen', exact: true }).waitFor();
});
await page.keyboard.press('Escape');
await page.getByTitle('More', { exact: true }).first().click();
await page.getByRole('menuitem', { name: 'Backup' }).click();
await measure('the backup, looked into', async () => {
  await page.locator('input[type=file]').setInputFiles(path.join(folder, 'backup.json'));
  await page.getByRole('button', { name: 'Put back what is ticked' }).waitFor({ timeout: 300_000 });
});
await measure('the backup, put back and shown', async () => {
  await page.getByRole('button', { name: 'Put back what is ticked' }).click();
  await page
    .getByText(/put back/)
    .last()
    .waitFor({ timeout: 300_000 });
});
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exit(0);
