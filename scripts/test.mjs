// `npm test`: checks, unit and contract tests, browser tests, journeys. Ends with one line: N passed, N failed.
//   node scripts/test.mjs [unit | browser | e2e | trigger <id>] [more for the runner: a file, -t 'a title']
import './ensureDeps.mjs';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { runJobs } from './runJobs.mjs';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const results = path.join(root, 'test-results');
/** Enough of a failure to know what it is about. */
const FAILURE_LINES = 12;
/** The unit tests in parts that go where a core is free; each part pays for its start. */
const UNIT_PARTS = 4;
const [suite = 'all', ...more] = process.argv.slice(2);

const tool = (file, ...args) => [path.join(root, 'node_modules', file), ...args];
const vitest = (project, report, ...args) => [
  ...tool(
    'vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--hideSkippedTests',
    '--reporter=json',
  ),
  ...[`--outputFile.json=${path.join(results, report)}`, ...args],
];

const CHECKS = [
  ...['tsconfig.json', 'src/synth', 'src/synth/kernels', 'src/audio/worklet', 'src/offline'].map((project) => ({
    name: `types: ${project}`,
    command: tool('typescript/bin/tsc', '-p', project),
  })),
  { name: 'circles of imports', command: [path.join(root, 'scripts/circles.mjs')] },
  { name: 'lint', command: tool('eslint/bin/eslint.js', '.', '--max-warnings=0') },
  {
    name: 'components',
    command: tool('svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'),
  },
  { name: 'format', command: tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  { name: 'unused code', command: tool('knip/bin/knip.js') },
];
const BUILD = { name: 'build', command: tool('vite/bin/vite.js', 'build', '--logLevel=warn') };
const SIZE = { name: 'size', command: [path.join(root, 'scripts/size.mjs')], after: ['build'] };
const BROWSER = { name: 'browser tests', command: vitest('browser', 'browser.json', ...more), report: 'browser.json' };
const E2E = {
  name: 'journeys in Chromium',
  command: tool('@playwright/test/cli.js', 'test', ...more),
  report: 'e2e.json',
};

/** The unit tests in `count` parts. */
function unitParts(count) {
  return Array.from({ length: count }, (_, index) => {
    const part = `${index + 1}/${count}`;
    const report = `unit-${index + 1}.json`;
    return { name: `unit tests ${part}`, command: vitest('node', report, `--shard=${part}`, '--maxWorkers=1'), report };
  });
}

/** The contract of one trigger, and the tests of its own. */
function triggerJobs(id) {
  const folder = path.join(root, 'src/synth/triggers');
  const ids = readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({
      id: entry.name.replace(/\.ts$/, ''),
      file: entry.isDirectory() ? `${entry.name}/spec.ts` : entry.name,
    }))
    .filter(({ id, file }) => readFileSync(path.join(folder, file), 'utf8').includes(`id: '${id}'`))
    .map((trigger) => trigger.id);
  if (!ids.includes(id)) {
    console.error(`There is no trigger "${id ?? ''}". There are: ${ids.join(', ')}.`);
    process.exit(1);
  }
  const own = `tests/synth/${id}.test.ts`;
  const contract = vitest('node', 'contract.json', 'tests/synth/contract.test.ts', '-t', `^${id} `, ...more.slice(1));
  return [
    { name: `contract of ${id}`, command: contract, report: 'contract.json' },
    ...(existsSync(path.join(root, own))
      ? [{ name: `tests of ${id}`, command: vitest('node', 'own.json', own, ...more.slice(1)), report: 'own.json' }]
      : []),
  ];
}

/** Whether `dist` lacks something that was changed since it was built. */
function isBuildOld() {
  const page = path.join(root, 'dist/index.html');
  if (!existsSync(page)) return true;
  const builtMs = statSync(page).mtimeMs;
  const files = ['src', 'public', 'tools'].flatMap((name) =>
    readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' }).map((file) => path.join(name, file)),
  );
  return [...files, 'index.html', 'vite.config.ts', 'package-lock.json'].some(
    (file) => statSync(path.join(root, file)).mtimeMs > builtMs,
  );
}

const SUITES = {
  // The journeys live in real time and begin as soon as there is something to open; the rest fills what they leave idle.
  all: () => [
    BUILD,
    { ...E2E, after: ['build'] },
    ...[SIZE, ...CHECKS, BROWSER, ...unitParts(UNIT_PARTS)].map((job) => ({ ...job, background: true })),
  ],
  unit: () => [{ name: 'unit tests', command: vitest('node', 'unit.json', ...more), report: 'unit.json' }],
  browser: () => [BROWSER],
  e2e: () => (isBuildOld() ? [BUILD, { ...E2E, after: ['build'] }] : [E2E]),
  trigger: () => triggerJobs(more[0]),
};
if (!Object.hasOwn(SUITES, suite))
  throw new Error(`No such suite: ${suite}. There are: ${Object.keys(SUITES).join(', ')}.`);

function vitestReport({ numPassedTests, testResults }) {
  const tests = testResults.flatMap(({ name, message, status, assertionResults }) => [
    ...assertionResults.map((test) => ({ ...test, file: path.relative(root, name) })),
    // A file that cannot be loaded has no tests.
    ...(status === 'failed' && assertionResults.length === 0
      ? [{ status, file: path.relative(root, name), fullName: 'the file itself', failureMessages: [message] }]
      : []),
  ]);
  return {
    passed: numPassedTests,
    failed: tests
      .filter(({ status }) => status === 'failed')
      .map(({ file, fullName, failureMessages }) => `${file} › ${fullName}\n${failureMessages.join('\n')}`),
  };
}

/** A journey that needed a second try would count as failed. */
function playwrightReport({ stats, suites }) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  return {
    passed: stats.expected,
    failed: suites
      .flatMap(specs)
      .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
      .map(({ file, title, tests }) => {
        const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
        return `${file} › ${title}\n${errors.map(({ message }) => message).join('\n')}`;
      }),
  };
}

/** What a job counts for: each of its tests, or itself. A runner that failed without a failed test is one failure. */
function countsOf({ name, report }, fine) {
  if (!report) return fine ? { passed: 1, failed: [] } : { passed: 0, failed: [name] };
  const file = path.join(results, report);
  const read = report === 'e2e.json' ? playwrightReport : vitestReport;
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: [] };
  return fine || counts.failed.length > 0 ? counts : { ...counts, failed: [`${name}: the runner itself`] };
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const jobs = SUITES[suite]();
const needsBrowser = jobs.some((job) => [BROWSER.name, E2E.name].includes(job.name));
const done = await runJobs(jobs, {
  cwd: root,
  env: { ...process.env, ...(needsBrowser && { CHROMIUM_PATH: findChromium() }) },
  logs: path.join(results, 'logs'),
  slots: Math.max(2, os.availableParallelism()),
});
const counts = jobs.map((job) => countsOf(job, done.get(job.name)));
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.flatMap((count) => count.failed);

// Named once more at the end, where they are found: the output above is long.
for (const failure of failed) console.log(`\n✗ ${failure.split('\n').slice(0, FAILURE_LINES).join('\n  ')}`);
console.log(`\n${String(passed)} passed, ${String(failed.length)} failed`);
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
