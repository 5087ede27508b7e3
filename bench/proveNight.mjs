// `node bench/proveNight.mjs`: eight hours of three factory scenes offline, figures into docs/night-proof.md. Takes long.
//   --hours N   --keep FOLDER (each scene's figures as JSON, hour by hour; scenes that are done there are not done again)
//   --from FOLDER (only writes the page again)
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

const SCENES = ['slow-glass', 'window-and-brush', 'tissue-cloud'];
/** So many at a time. */
const LANES = 2;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: { hours: { type: 'string', default: '8' }, keep: { type: 'string' }, from: { type: 'string' } },
});
const folder = path.resolve(options.from ?? options.keep ?? mkdtempSync(path.join(os.tmpdir(), 'night-proof-')));
mkdirSync(folder, { recursive: true });
if (!options.from) await inLanes(SCENES.filter((scene) => hoursOf(scene) < Number(options.hours)));

const results = SCENES.map(fileOf)
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));
writeFileSync(path.join(root, 'docs/night-proof.md'), page(results));
const failures = results.flatMap(failuresOf);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 || results.length < SCENES.length ? 1 : 0;

function fileOf(scene) {
  return path.join(folder, `${scene}.json`);
}

async function inLanes(waiting) {
  const lane = async () => {
    for (let scene = waiting.shift(); scene; scene = waiting.shift()) await prove(scene);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function hoursOf(scene) {
  const file = fileOf(scene);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).hours.length : 0;
}

function prove(scene) {
  const entry = ['--expose-gc', 'scripts/run.mjs', 'bench/nightProof.ts', '--scene', scene];
  const child = spawn(process.execPath, [...entry, '--hours', options.hours, '--out', fileOf(scene)], {
    cwd: root,
    stdio: 'inherit',
  });
  os.setPriority(child.pid, 10);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${scene} ended with ${String(code)}.`))));
  });
}

function driftLu({ hours }) {
  const levels = hours.map(({ lufs }) => lufs);
  return Math.max(...levels) - Math.min(...levels);
}

function failuresOf(result) {
  const checks = [
    [result.nonFinite === 0 && result.rebuilt === 0, 'samples that are no numbers'],
    [result.hours.every(({ dcDb }) => dcDb < -60), 'DC above −60 dBFS'],
    [driftLu(result) <= 0.5, 'loudness drifts by more than 0.5 LU'],
    [result.truePeakDb <= -9, 'true peak above −9 dBTP'],
    [result.emergenceDb <= 10, 'an event stands out by more than 10 dB'],
    [(result.envelope[0]?.value ?? 0) <= 0.3, 'the level repeats'],
    [(result.wave[0]?.value ?? 0) <= 0.3, 'the waveform repeats'],
  ];
  return checks.filter(([held]) => !held).map(([, words]) => `${result.scene}: ${words}`);
}

function peaks(all, digits) {
  const words = ({ lagSec, value }) => `${value.toFixed(digits + 1)} at ${lagSec.toFixed(digits)} s`;
  return all.slice(0, 3).map(words).join(', ');
}

function page(all) {
  const wanted = Number(options.hours);
  const short = SCENES.filter((scene) => hoursOf(scene) < wanted);
  const names = short.map((scene) => `${scene} ${String(hoursOf(scene))} of ${String(wanted)} hours`);
  const unfinished = short.length > 0 ? `\n**Not finished: ${names.join(', ')}.**\n` : '';
  const missed = all.flatMap(failuresOf).map((failure) => `- ${failure}`);
  const row = (name, cell) => `| ${name} | ${all.map(cell).join(' | ')} |`;
  const hour = (cell) => (result) => result.hours.map(cell).join(', ');
  const last = (result) => result.hours.at(-1);
  return `# A whole night, offline
${unfinished}
Three factory scenes in sleep mode, all night, without an arc, rendered in pieces of 0.1 s with the state carried on (the
first hour begins with the 8 s fade-in). Made by \`node bench/proveNight.mjs\`, which takes about an hour and a half of one
core.

Repetition is looked for twice, at every lag of 1 to 600 s: in the level (steps of 0.1 s, less a running mean of twenty
minutes), where a rhythm shows that comes back too evenly, and in the waveform itself (below 200 Hz), where a loop shows
that the level might hide. A clip that is played over and over is caught by both (\`tests/synth/repetition.test.ts\`).
What remains of the waveform at 23.16, 69.47 and 424.19 s is the white noise under every sound: at these lags of its hash
0.5, 0.6 and 1.1 % of it return, 39 dB and more below the noise itself.
The heap holds the meter's own list of loudness blocks, which grows by about 0.3 MB an hour.

${row('', ({ name, hasBed }) => name + (hasBed ? ' (with its bed)' : ''))}
|${' --- |'.repeat(all.length + 1)}
${row('Hours rendered', ({ hours }) => String(hours.length))}
${row('Samples that are no number; voices rebuilt', ({ nonFinite, rebuilt }) => `${String(nonFinite)}; ${String(rebuilt)}`)}
${row('Greatest DC of an hour, dBFS (< −60)', ({ hours }) => Math.max(...hours.map(({ dcDb }) => dcDb)).toFixed(0))}
${row(
  'Loudness of each hour, LUFS',
  hour(({ lufs }) => lufs.toFixed(2)),
)}
${row('Drift between hours, LU (≤ 0.5)', (result) => (result.hours.length > 1 ? driftLu(result).toFixed(2) : 'one hour only'))}
${row('True peak, dBTP (≤ −9)', ({ truePeakDb }) => truePeakDb.toFixed(1))}
${row('Loudest 400 ms, LUFS', ({ maxMomentaryLufs }) => maxMomentaryLufs.toFixed(1))}
${row('Emergence, dB (≤ 10)', ({ emergenceDb }) => emergenceDb.toFixed(1))}
${row('Level: highest peaks of the autocorrelation (≤ 0.3)', ({ envelope }) => peaks(envelope, 1))}
${row('Waveform: the same (≤ 0.3)', ({ wave }) => peaks(wave, 2))}
${row('Heap after the first and the last hour, MB', (result) => `${result.hours[0].heapMb.toFixed(1)}, ${last(result).heapMb.toFixed(1)}`)}
${row('Times real time, for one core', ({ xRealtime }) => xRealtime.toFixed(0))}

${missed.length > 0 ? `Not held:\n\n${missed.join('\n')}` : 'All limits held.'}
`;
}
