// Random input for every door, far more of it than in the tests: node scripts/fuzz.mjs [--runs 100000] [--seed N] [--json FILE]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    json: { type: 'string' },
  },
});
/** Every test that draws its inputs, by file. */
const FILES = [
  'formats/properties',
  'formats/decodeFile',
  'formats/link',
  'presets/limits',
  'hostile/audio',
  'hostile/fuzz',
];

const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-fuzz-'));
const out = path.join(folder, 'report.json');
console.log(`${values.runs} runs, seed ${values.seed}: the same seed draws the same inputs`);
const { status } = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project=node',
    '--testTimeout=86400000',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${out}`,
    ...FILES.map((file) => `tests/${file}.test.ts`),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_RUNS: values.runs, FUZZ_SEED: values.seed },
  },
);
const report = JSON.parse(readFileSync(out, 'utf8'));
rmSync(folder, { recursive: true });
const summary = {
  runs: Number(values.runs),
  seed: Number(values.seed),
  passed: report.numPassedTests,
  failed: report.testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter((one) => one.status === 'failed')
      .map(({ fullName, failureMessages }) => ({ fullName, first: failureMessages[0]?.slice(0, 2000) })),
  ),
};
if (values.json) writeFileSync(values.json, `${JSON.stringify(summary, null, 2)}\n`);
console.log(JSON.stringify({ ...summary, failed: summary.failed.length }));
process.exit(status ?? 1);
