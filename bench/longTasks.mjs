// How long the worst allowed import of each kind holds up the page: node bench/longTasks.mjs [--json FILE]. Builds nothing: reads dist/.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { loadConfigFromFile, preview, runnerImport } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { json: { type: 'string' }, port: { type: 'string', default: '4197' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-imports-'));
const loaded = await loadConfigFromFile({ command: 'serve', mode: 'production' }, undefined, root);
const config = { ...loaded?.config, root, configFile: false, mode: 'production', logLevel: 'error' };
const { module } = await runnerImport(path.join(root, 'bench/imports.ts'), config);
const fragment = await module.writeImports(folder);

const server = await preview({
  root,
  preview: { port: Number(values.port), strictPort: true, host: '127.0.0.1' },
  logLevel: 'error',
});
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
const address = `http://127.0.0.1:${values.port}/`;
const figures = {};
let page = await freshPage();

/** A page of a first visit that watches its own tasks. */
async function freshPage() {
  const context = await browser.newContext();
  const opened = await context.newPage();
  await opened.addInitScript(() => {
    globalThis.longest = 0;
    new globalThis.PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: 'longtask' });
  });
  await opened.goto(address);
  await opened.getByRole('button', { name: 'No, none' }).click();
  return opened;
}

/** Longest task of the page while `work` runs, in milliseconds. 0: none over 50. */
async function measure(name, work) {
  await page.waitForTimeout(1500);
  await page.evaluate(() => (globalThis.longest = 0));
  const started = Date.now();
  await work();
  const tookMs = Date.now() - started;
  await page.waitForTimeout(1500);
  figures[name] = { longestTaskMs: await page.evaluate(() => globalThis.longest), tookMs };
  console.log(name, JSON.stringify(figures[name]));
}

const sizeOf = (name) => `${name}, ${(statSync(path.join(folder, name)).size / 1024).toFixed(0)} KiB`;
const dialog = () => page.getByRole('dialog');

async function openFile(name) {
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file' }).click();
  const input = await chooser;
  await measure(sizeOf(name), async () => {
    await input.setFiles(path.join(folder, name));
    await dialog().waitFor({ timeout: 120_000 });
  });
}

async function close() {
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
}

async function unlock(name, field, button, shown) {
  await page.getByLabel(field, { exact: true }).fill(module.PASSPHRASE);
  await measure(name, async () => {
    await page.getByRole('button', { name: button, exact: true }).click();
    await shown.waitFor({ timeout: 300_000 });
  });
}

async function openBackups() {
  await page.getByTitle('More', { exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Backup' }).click();
}

const putBackButton = () => page.getByRole('button', { name: 'Put back what is ticked' });

async function lookInto(name) {
  await measure(`looked into ${sizeOf(name)}`, async () => {
    await page.locator('input[type=file]').setInputFiles(path.join(folder, name));
    await putBackButton().or(page.getByLabel('This backup is locked. Its passphrase')).waitFor({ timeout: 300_000 });
  });
}

async function putBack(name) {
  await measure(`put back and shown: ${name}`, async () => {
    await putBackButton().click();
    await page.getByText(/\d things? put back;/).waitFor({ timeout: 300_000 });
  });
}

/** Its text, without what is of the moment. */
async function make(name) {
  let file;
  await measure(`made: ${name}`, async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a backup file' }).click();
    file = await (await download).path();
  });
  return timeless(readFileSync(file, 'utf8'));
}

function timeless(text) {
  return text.replace(/"createdAt":"[^"]*"/, '').replace(/"checksum":"[^"]*"/g, '');
}

for (const name of ['preset.hush.json', 'ring.wav', 'bundle.hush.json', 'parcel.hush.json', 'backup.json']) {
  await openFile(name);
  await close();
}
await openFile('locked.hush.json');
await unlock(
  'unlocked: locked.hush.json',
  'Passphrase',
  'Open it',
  page.getByRole('button', { name: 'Listen', exact: true }),
);
await close();
await measure(`a link of ${fragment.length} characters`, async () => {
  await page.evaluate((hash) => (globalThis.location.hash = hash), fragment);
  await page.getByRole('button', { name: 'Listen', exact: true }).waitFor();
});
await close();

// What is promised: 200 sounds with their earlier versions and 5,000 entries, out, wiped, back, out again.
await openBackups();
await lookInto('usual.json');
await putBack('usual.json');
const first = await make('200 sounds and 5,000 entries');
await page.context().close();
page = await freshPage();
await openBackups();
await lookInto('usual.json');
await putBack('usual.json, once more');
const second = await make('the same once more');
figures['byte-equal, but for the moment it was made'] = first === second;
console.log('byte-equal', first === second, first.length);
await page.goto('about:blank');
await page.goto(address);
await page.waitForTimeout(5000);
figures['a start with them'] = { longestTaskMs: await page.evaluate(() => globalThis.longest) };
console.log('a start with them', JSON.stringify(figures['a start with them']));
await page.context().close();

// The largest backup of all, locked.
page = await freshPage();
await openBackups();
await lookInto('backup-locked.json');
await unlock('unlocked: backup-locked.json', 'This backup is locked. Its passphrase', 'Open', putBackButton());
await putBack('backup-locked.json');
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exit(0);
