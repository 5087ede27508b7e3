// `npm test`: checks, unit and contract tests, browser tests, journeys. Ends with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const results = path.join(root, 'test-results');
/** Enough of a failure to know what it is about. */
const FAILURE_LINES = 12;
const env = { ...process.env, CHROMIUM_PATH: findChromium() };
let passed = 0;
/** What failed: its name, and the first words of why. */
const failed = [];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** Runs one of the project's tools by its file, so that stopping it leaves nothing behind. */
function tool(name, file, ...args) {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  console.log(`  ${name}: ${status === 0 ? 'fine' : 'failed'} after ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return status === 0;
}

function check(name, file, ...args) {
  const fine = tool(name, file, ...args);
  count(name, fine);
  return fine;
}

function count(name, fine) {
  if (fine) passed += 1;
  else failed.push(name);
}

/** Adds a JSON report; a runner that failed without a failed test counts as one failure. */
function add(name, fine, file, read) {
  const report = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: [] };
  passed += report.passed;
  failed.push(...report.failed.map((test) => `${name}: ${test}`));
  if (!fine && report.failed.length === 0) failed.push(`${name}: the runner itself`);
}

function vitestReport({ numPassedTests, testResults }) {
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: path.relative(root, name) })),
  );
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

for (const project of ['tsconfig.json', 'src/synth', 'src/synth/kernels', 'src/audio/worklet', 'src/offline']) {
  check(`types: ${project}`, 'typescript/bin/tsc', '-p', project);
}
check('components', 'svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings');
check('lint', 'eslint/bin/eslint.js', '.', '--max-warnings=0');
check('format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.');
check('unused code', 'knip/bin/knip.js');

const unit = path.join(results, 'unit.json');
const suite = 'unit, contract and browser tests';
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unit}`];
add(suite, tool(suite, 'vitest/vitest.mjs', 'run', ...reporters), unit, vitestReport);

if (check('build', 'vite/bin/vite.js', 'build', '--logLevel=warn')) {
  console.log('\n— size');
  const size = spawnSync(process.execPath, [path.join(root, 'scripts/size.mjs')], { cwd: root, stdio: 'inherit' });
  count('size', size.status === 0);
  const journeys = 'journeys in Chromium';
  const fine = tool(journeys, '@playwright/test/cli.js', 'test');
  add(journeys, fine, path.join(results, 'e2e.json'), playwrightReport);
}

// Told once more at the end, where they are found: the output above is long.
for (const failure of failed) console.log(`\n✗ ${failure.split('\n').slice(0, FAILURE_LINES).join('\n  ')}`);
console.log(`\n${String(passed)} passed, ${String(failed.length)} failed`);
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
