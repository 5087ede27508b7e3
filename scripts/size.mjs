// What a visitor downloads, against the budget. Reads dist/; run `vite build` first.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FIRST_PAINT_KB = 120;
const OFFLINE_KB = 1536;

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const gzipKb = (file) => gzipSync(readFileSync(file)).length / 1024;
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));

/** The scripts named by index.html: entry and its preloaded imports. */
const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, name]) => path.join(dist, name));
const firstKb = first.reduce((sum, file) => sum + gzipKb(file), 0);
const scripts = files.filter((file) => file.endsWith('.js'));
const allKb = scripts.reduce((sum, file) => sum + gzipKb(file), 0);
const offlineKb = files.reduce((sum, file) => sum + statSync(file).size / 1024, 0);

console.log(`script before first paint  ${firstKb.toFixed(1)} kB gzip (budget ${String(FIRST_PAINT_KB)})`);
console.log(`script in all              ${allKb.toFixed(1)} kB gzip`);
console.log(`everything, uncompressed   ${offlineKb.toFixed(0)} kB (budget ${String(OFFLINE_KB)})`);
if (firstKb > FIRST_PAINT_KB || offlineKb > OFFLINE_KB || first.length === 0) process.exitCode = 1;
