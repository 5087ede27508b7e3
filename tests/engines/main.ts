// The built app and the pinned sound in Firefox and WebKitGTK: starts everything, runs the steps, counts them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build, preview } from 'vite';
import { APP_STEPS } from './appSteps.ts';
import type { Browser } from './browser.ts';
import { openFirefox } from './firefox.ts';
import type { Place } from './goldenPage.ts';
import { compareHashes, hashesInNode } from './hashSteps.ts';
import { Page } from './page.ts';
import { stopAll, within } from './processes.ts';
import { openSink } from './soundSink.ts';
import { openWebKit } from './webkit.ts';

const BUILD_SEC = 300;
const STEP_SEC = 120;
const OPEN_SEC = 90;
const CLI_SEC = 60;
const PICTURE_SEC = 10;
const PLACES: readonly Place[] = ['worker', 'worklet'];
const LINKED_FILE = 'tests/fixtures/presets/v2-night-sample.hush.json';
const LINKED_NAME = 'Night sample';

type Engine = 'firefox' | 'webkit';

/** What `scripts/engines.mjs` found and was asked for. */
interface Options {
  readonly root: string;
  readonly engines: readonly Engine[];
  /** Paths of the programs. */
  readonly programs: Readonly<
    Record<'firefox' | 'webKitDriver' | 'miniBrowser' | 'xvfb' | 'pulseaudio' | 'parec', string>
  >;
}

interface Counts {
  passed: number;
  failed: number;
}

interface Step {
  readonly name: string;
  readonly run: (page: Page) => Promise<void>;
}

/**
 * Runs every step in every engine, and prints a line for each.
 * @param options - the engines to run, and where the programs are
 * @returns the exit code.
 */
export async function main(options: Options): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-engines-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1)); // ends the programs
  const counts: Counts = { passed: 0, failed: 0 };
  try {
    await runEngines(options, folder, counts);
  } catch (error) {
    counts.failed += 1;
    console.log(`✗ ${messageOf(error)}`);
  }
  await stopAll();
  const [load = 0] = loadavg();
  if (counts.failed > 0 && load > 2 * cpus().length)
    console.log(
      `\nThe machine is busy (load ${load.toFixed(1)}): sound breaks off then. Run it again when it is idle.`,
    );
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

async function runEngines({ root, engines, programs }: Options, folder: string, counts: Counts): Promise<void> {
  const results = path.join(root, 'test-results/engines');
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const expected = await hashesInNode();
  await within(BUILD_SEC, 'The build', build({ root, logLevel: 'error' }));
  const appUrl = await serve(root, path.join(root, 'dist'));
  const goldenUrl = await serveGoldenPage(root, path.join(folder, 'golden'));
  const link = linkTo(root, appUrl);
  const sink = await openSink(programs, path.join(folder, 'sound'));
  const steps: readonly Step[] = [
    ...PLACES.map((place) => ({
      name: `renders the same samples as Node, in the ${place}`,
      run: (page: Page) => compareHashes(page, goldenUrl, place, expected),
    })),
    ...Object.entries(APP_STEPS).map(([name, run]) => ({
      name,
      run: (page: Page) => run({ page, sink, url: appUrl, link, linkName: LINKED_NAME }),
    })),
  ];
  const open: Readonly<Record<Engine, (data: string) => Promise<Browser>>> = {
    firefox: (data) => openFirefox(programs.firefox, data, sink.env),
    webkit: (data) => openWebKit(programs, data, sink.env),
  };
  for (const engine of engines) {
    console.log(`\n— ${engine}`);
    const openNext = (index: number): Promise<Browser> =>
      within(OPEN_SEC, `${engine} opens`, open[engine](path.join(folder, `${engine}-${index}`)));
    await runSteps(steps, openNext, (index) => path.join(results, `${engine}-${index}.png`), counts).catch(
      (error: unknown) => {
        counts.failed += 1;
        console.log(`  ✗ ${engine} opens\n    ${messageOf(error)}`);
      },
    );
  }
}

/** Runs the steps in one browser, and in a fresh one after each that fails: the one before may be stuck. */
async function runSteps(
  steps: readonly Step[],
  open: (index: number) => Promise<Browser>,
  pictureOf: (index: number) => string,
  counts: Counts,
): Promise<void> {
  let browser: Browser | undefined;
  for (const [index, { name, run }] of steps.entries()) {
    const opened = (browser ??= await open(index));
    if (index === 0) console.log(`  ${opened.version}`);
    const startMs = performance.now();
    try {
      await within(STEP_SEC, name, run(new Page(opened)));
      counts.passed += 1;
      console.log(`  ✓ ${name} (${secondsSince(startMs)})`);
    } catch (error) {
      counts.failed += 1;
      console.log(`  ✗ ${name} (${secondsSince(startMs)})\n    ${messageOf(error).replaceAll('\n', '\n    ')}`);
      if (await saveScreenshot(opened, pictureOf(index))) console.log(`    ${pictureOf(index)}`);
      await opened.close();
      browser = undefined;
    }
  }
  await browser?.close();
}

/** @returns whether the browser could still draw its page. */
async function saveScreenshot(browser: Browser, file: string): Promise<boolean> {
  return within(PICTURE_SEC, 'The picture', browser.screenshot()).then(
    (base64) => {
      writeFileSync(file, Buffer.from(base64, 'base64'));
      return true;
    },
    () => false,
  );
}

/** Serves a folder on a free port, until this process ends. */
async function serve(root: string, outDir: string): Promise<string> {
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1', open: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error(`${outDir} is not served.`);
  return url;
}

/** Builds the page that renders the pinned scenes, with the app's own settings, and serves it. */
async function serveGoldenPage(root: string, outDir: string): Promise<string> {
  const file = 'tests/engines/goldenPage.html';
  const rolldownOptions = { input: path.join(root, file) };
  const building = build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions } });
  await within(BUILD_SEC, 'The build of the page that renders', building);
  return (await serve(root, outDir)) + file;
}

/** @returns a share link to a stored preset, made by the command line. */
function linkTo(root: string, base: string): string {
  const args = ['scripts/run.mjs', 'src/cli/preset.ts', 'link', LINKED_FILE, '--base', base];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    timeout: 1000 * CLI_SEC,
  });
  const link = stdout.trim();
  if (!link.startsWith(base)) throw new Error(`No link: ${stdout}${stderr}`);
  return link;
}

function secondsSince(startMs: number): string {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
