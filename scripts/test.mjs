// `npm test`: checks, unit and contract tests, browser tests, journeys. Ends with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const results = path.join(root, 'test-results');
const env = { ...process.env, CHROMIUM_PATH: findChromium() };
let passed = 0;
let failed = 0;

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

function count(fine) {
  if (fine) passed += 1;
  else failed += 1;
}

/** Adds the counts of a JSON report; a runner that failed without a failed test counts as one failure. */
function add(file, fine, read) {
  const report = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 };
  passed += report.passed;
  failed += report.failed;
  if (!fine && report.failed === 0) failed += 1;
}

for (const project of ['tsconfig.json', 'src/synth', 'src/synth/kernels', 'src/audio/worklet', 'src/offline']) {
  count(tool(`types: ${project}`, 'typescript/bin/tsc', '-p', project));
}
count(tool('components', 'svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'));
count(tool('lint', 'eslint/bin/eslint.js', '.', '--max-warnings=0'));
count(tool('format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'));
count(tool('unused code', 'knip/bin/knip.js'));

const unit = path.join(results, 'unit.json');
const vitest = tool(
  'unit, contract and browser tests',
  'vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unit}`,
);
add(unit, vitest, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }));

const built = tool('build', 'vite/bin/vite.js', 'build', '--logLevel=warn');
count(built);
if (built) {
  console.log('\n— size');
  const size = spawnSync(process.execPath, [path.join(root, 'scripts/size.mjs')], { cwd: root, stdio: 'inherit' });
  count(size.status === 0);
  const journeys = tool('journeys in Chromium', '@playwright/test/cli.js', 'test');
  add(path.join(results, 'e2e.json'), journeys, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
  }));
}

console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
