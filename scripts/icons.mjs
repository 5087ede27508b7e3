// Draws the app's icons (PNG) from public/icon.svg with Chromium. Run once after the drawing has changed.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from './chromium.mjs';
import { palettePng } from './palettePng.mjs';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../public');
const drawing = readFileSync(path.join(folder, 'icon.svg'), 'utf8');
const GROUND = '#0c0a08';
/** A mask may cut a circle of 80 %: the drawing stays inside it. */
const MASKED_SHARE = 0.86;

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();

async function draw(file, size, share, ground) {
  const rgba = await page.evaluate(paint, { drawing, size, share, ground });
  writeFileSync(path.join(folder, file), palettePng(rgba, size, size));
}

/** Runs in the page: the drawing in the middle of a canvas, as bytes. */
async function paint({ drawing, size, share, ground }) {
  const image = new globalThis.Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(drawing)}`;
  await image.decode();
  const canvas = new globalThis.OffscreenCanvas(size, size).getContext('2d');
  canvas.fillStyle = ground;
  canvas.fillRect(0, 0, size, size);
  const edge = Math.round(size * share);
  const start = (size - edge) / 2;
  canvas.drawImage(image, start, start, edge, edge);
  return [...canvas.getImageData(0, 0, size, size).data];
}

await draw('icon-192.png', 192, 1, 'transparent');
await draw('icon-512.png', 512, 1, 'transparent');
await draw('icon-maskable-512.png', 512, MASKED_SHARE, GROUND);
await browser.close();
