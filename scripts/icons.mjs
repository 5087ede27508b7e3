// Draws the app's icons (PNG) from public/icon.svg with Chromium. Run once after the drawing has changed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from './chromium.mjs';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../public');
const drawing = readFileSync(path.join(folder, 'icon.svg'), 'utf8');
const GROUND = '#0c0a08';
/** A mask may cut a circle of 80 %: the drawing stays inside it. */
const MASKED_SHARE = 0.86;

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();

async function draw(file, size, share, ground) {
  await page.setViewportSize({ width: size, height: size });
  const edge = String(Math.round(size * share));
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${ground}">
     <div style="width:${edge}px;height:${edge}px">${drawing}</div></body>`,
  );
  await page.screenshot({ path: path.join(folder, file), omitBackground: true });
}

await draw('icon-192.png', 192, 1, 'transparent');
await draw('icon-512.png', 512, 1, 'transparent');
await draw('icon-maskable-512.png', 512, MASKED_SHARE, GROUND);
await browser.close();
