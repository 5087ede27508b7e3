// `npm run test:engines`: the built app in Firefox and WebKitGTK, with sound. Ends with one line: N passed, N failed.
//   node scripts/engines.mjs [firefox | webkit]
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { loadConfigFromFile, runnerImport } from 'vite';
import { aptInstall } from './aptInstall.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const FOLDERS = (process.env.PATH ?? '').split(path.delimiter);
const ENGINES = ['firefox', 'webkit'];

/** What the tests run: how each is found, and the Debian package it comes in. */
const PROGRAMS = {
  firefox: {
    debian: 'firefox-esr',
    find: () => process.env.FIREFOX_PATH ?? onPath('firefox-esr') ?? onPath('firefox'),
  },
  webKitDriver: { debian: 'webkit2gtk-driver', find: () => onPath('WebKitWebDriver') },
  miniBrowser: { debian: 'webkit2gtk-driver', find: () => process.env.MINIBROWSER_PATH ?? miniBrowser() },
  xvfb: { debian: 'xvfb', find: () => onPath('Xvfb') },
  pulseaudio: { debian: 'pulseaudio', find: () => onPath('pulseaudio') },
  parec: { debian: 'pulseaudio-utils', find: () => onPath('parec') },
};

const HELP = `Debian, Ubuntu: apt-get install ${[...new Set(Object.values(PROGRAMS).map(({ debian }) => debian))].join(' ')}
Elsewhere, put them on the PATH, or name the browsers yourself:
  FIREFOX_PATH=/path/to/firefox MINIBROWSER_PATH=/path/to/MiniBrowser npm run test:engines`;

const engines = process.argv.length > 2 ? process.argv.slice(2) : ENGINES;
if (!engines.every((engine) => ENGINES.includes(engine))) {
  console.error(`Name one of these engines, or none for all: ${ENGINES.join(', ')}.`);
  process.exit(2);
}

const programs = findPrograms();
const lacking = Object.keys(programs).filter((name) => programs[name] === undefined);
if (lacking.length > 0) {
  console.error(`Not found: ${lacking.join(', ')}.\n${HELP}`);
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}

const loaded = await loadConfigFromFile({ command: 'serve', mode: 'production' }, undefined, root);
const { module } = await runnerImport(path.join(root, 'tests/engines/main.ts'), {
  ...loaded?.config,
  root,
  configFile: false,
  mode: 'production',
  logLevel: 'error',
});
process.exit(await module.main({ root, engines, programs }));

/** Paths by name, undefined where a program is missing and cannot be installed. */
function findPrograms() {
  const find = () => Object.fromEntries(Object.entries(PROGRAMS).map(([name, program]) => [name, program.find()]));
  const found = find();
  const missing = Object.entries(PROGRAMS).filter(([name]) => found[name] === undefined);
  if (missing.length === 0) return found;
  aptInstall('the tests in other engines', [...new Set(missing.map(([, { debian }]) => debian))]);
  return find();
}

function onPath(name) {
  return FOLDERS.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** It lies beside the library, whose folder is named after the machine and the version. */
function miniBrowser() {
  const list = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []);
  const libraries = ['/usr/lib', '/usr/lib64', '/usr/libexec'].flatMap((folder) => [folder, ...list(folder)]);
  return libraries
    .flatMap((folder) => ['4.1', '4.0'].map((version) => path.join(folder, `webkit2gtk-${version}`, 'MiniBrowser')))
    .find((file) => existsSync(file));
}
