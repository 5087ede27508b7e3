// Finds a Chromium for the browser tests, installs Debian's where it may, or says plainly what to do.
//   node scripts/chromium.mjs         prints the path
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { aptInstall } from './aptInstall.mjs';

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Arial and Times, or fonts of their widths, are what the page shows until its own arrive. */
const FONTS = 'fonts-liberation';

const HELP = `The browser tests need Chromium or Chrome, and none was found.
Install one (Debian, Ubuntu: apt-get install chromium), or name yours:
  CHROMIUM_PATH=/path/to/chrome npm test`;

/** Path of a Chromium, installed on the way where apt-get and the rights for it are at hand. */
export function findChromium() {
  const found = CANDIDATES.find((candidate) => candidate && existsSync(candidate));
  if (found) return found;
  aptInstall('the browser tests', ['chromium', FONTS]);
  const installed = CANDIDATES.find((candidate) => candidate && existsSync(candidate));
  if (!installed) {
    console.error(HELP);
    process.exit(1);
  }
  return installed;
}

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? '')).href) console.log(findChromium());
