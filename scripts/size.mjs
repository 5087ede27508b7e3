// What a visitor downloads, against the budget. Reads dist/; run `vite build` first.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FIRST_PAINT_KB = 120;
/** What a first visit keeps for later, encoders and all, as it comes over the wire. */
const PRECACHE_GZIP_KB = 1536;
/** Everything but the encoders of audio files, unpacked. */
const WITHOUT_ENCODERS_KB = 1536;
/** mediabunny and its encoders, loaded when a compressed audio file is made; chunks are named after their module. */
const ENCODER = /(?:compressed|flac-encoder|mp3-encoder|mediabunny)[^/]*\.js$/;
/** Already compressed: sent as they are. */
const PACKED = /\.(?:woff2|png|jpe?g)$/;

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const gzipKb = (file) => gzipSync(readFileSync(file)).length / 1024;
/** What the service worker keeps, and itself. */
const worker = readFileSync(path.join(dist, 'sw.js'), 'utf8');
const isKept = (address) => ['index.html', 'sw.js'].includes(address) || worker.includes(JSON.stringify(address));
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .filter((file) => isKept(path.relative(dist, file).split(path.sep).join('/')));

/** The scripts named by index.html: entry and its preloaded imports. */
const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, name]) => path.join(dist, name));
const firstKb = first.reduce((sum, file) => sum + gzipKb(file), 0);
const kb = (file) => statSync(file).size / 1024;
const sum = (list, size) => list.reduce((total, file) => total + size(file), 0);
const encoders = files.filter((file) => ENCODER.test(file));
const wireKb = sum(files, (file) => (PACKED.test(file) ? kb(file) : gzipKb(file)));
const encodersKb = sum(encoders, kb);
const withoutKb = sum(files, kb) - encodersKb;

console.log(`script before first paint    ${firstKb.toFixed(1)} kB gzip (budget ${String(FIRST_PAINT_KB)})`);
console.log(`everything, over the wire    ${wireKb.toFixed(0)} kB gzip (budget ${String(PRECACHE_GZIP_KB)})`);
console.log(`all but the encoders         ${withoutKb.toFixed(0)} kB unpacked (budget ${String(WITHOUT_ENCODERS_KB)})`);
console.log(
  `the encoders of audio files  ${encodersKb.toFixed(0)} kB unpacked, ${sum(encoders, gzipKb).toFixed(0)} kB gzip`,
);
if (firstKb > FIRST_PAINT_KB || wireKb > PRECACHE_GZIP_KB || withoutKb > WITHOUT_ENCODERS_KB) process.exitCode = 1;
if (first.length === 0 || encoders.length === 0) process.exitCode = 1;
