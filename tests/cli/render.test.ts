// The command line as a person meets it: a real process, real files, ffprobe's opinion where it is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { wavHeader } from '../../src/audio/export/wavHeader.ts';
import { main } from '../../src/cli/render.ts';
import { parse } from '../../src/cli/usage.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { decodeFile } from '../../src/formats/decodeFile.ts';
import { wavChunks } from '../helpers/containers.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-'));
const wav = path.join(folder, 'out.wav');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A process begins by loading everything, sometimes beside much else. */
const PATIENT = { timeout: 50_000, interval: 100 };

function render(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['scripts/run.mjs', 'src/cli/render.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
}

/** The same within this process, for the many cases that never get as far as rendering. */
async function renderHere(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = 0;
  await main(args);
  const status = process.exitCode;
  process.exitCode = before;
  for (const spy of spies) spy.mockRestore();
  return { status, ...said };
}

function hasTool(name: string): boolean {
  return spawnSync(name, ['-version']).status === 0;
}

test('--list is one JSON object with triggers, presets and references', () => {
  const { status, stdout } = render('--list');
  expect(status).toBe(0);
  const list = JSON.parse(stdout) as Record<string, { id: string; description?: string; params?: unknown[] }[]>;
  expect(list['triggers']!.map(({ id }) => id)).toEqual(expect.arrayContaining(['tapping', 'rustling', 'brushing']));
  expect(list['presets']!.length).toBeGreaterThanOrEqual(12);
  for (const preset of list['presets']!) expect(preset.description).not.toBe('');
  expect(list['references']!.length).toBeGreaterThanOrEqual(14);
});

test('a refusal ends the process with 2', () => {
  const { status, stderr } = render('nothing-like-this', '-o', wav);
  expect(status).toBe(2);
  expect(stderr).toMatch(/neither a preset id/);
});

test.each([16, 24, 32])('writes a %i-bit WAV that is what it says', async (bits) => {
  const run = bits === 24 ? render : renderHere;
  const { status, stdout } = await run(FACTORY[0]!.id, '-o', wav, '--seconds', '3', '--bits', String(bits), '--stats');
  expect(status).toBe(0);
  const stats = JSON.parse(stdout) as Record<string, number | string>;
  expect(stats['truePeakDb']).toBeLessThanOrEqual(-3);
  expect(stats['onsets']).toBeGreaterThan(0);
  expect(stats['sha256']).toMatch(/^[0-9a-f]{64}$/);
  const bytes = readFileSync(wav);
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect(bytes.readUInt16LE(34)).toBe(bits);
  if (hasTool('ffprobe')) {
    const probe = spawnSync('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'stream=sample_rate,channels,duration',
      '-of',
      'csv=p=0',
      wav,
    ]);
    expect(probe.stdout.toString().trim()).toBe('48000,2,3.000000');
  }
});

test.each(['flac', 'mp3'])('writes %s in a process of its own, with the preset inside', async (format) => {
  const out = path.join(folder, `out.${format}`);
  const { status, stderr } = render(FACTORY[0]!.id, '-o', out, '--seconds', '1');
  expect([status, stderr]).toEqual([0, '']);
  const read = await decodeFile(new Blob([readFileSync(out)]));
  expect(read.ok && read.kind === 'preset' && read.preset).toEqual(FACTORY[0]);
});

test('--loop and --night say what they make', async () => {
  const loop = path.join(folder, 'loop.wav');
  expect((await renderHere(FACTORY[0]!.id, '-o', loop, '--loop', '--seconds', '1')).status).toBe(0);
  expect(wavChunks(readFileSync(loop)).map(({ id }) => id)).toContain('smpl');
  const options = parse([FACTORY[0]!.id, '-o', 'night.flac', '--night', '1h30m', '--fade', '20m']);
  expect(options).toMatchObject({
    mode: 'sleep',
    sound: { kind: 'night', seconds: 5400, plan: { timerSec: 5400, fadeSec: 1200, after: 'silence' } },
    encoding: { format: 'flac' },
  });
  expect(parse(['x', '-o', 'y.wav', '--night', '45m'])).toMatchObject({ sound: { plan: { fadeSec: 600 } } });
});

test('same seed, same hash; another seed, another', async () => {
  const hash = async (...args: string[]): Promise<string> => {
    const { stdout } = await renderHere(FACTORY[0]!.id, '--seconds', '2', '--stats', ...args);
    return (JSON.parse(stdout) as { sha256: string }).sha256;
  };
  const first = await hash('--seed', '5');
  expect(await hash('--seed', '5')).toBe(first);
  expect(await hash('--seed', '6')).not.toBe(first);
  expect(await hash('--seed', '5', '--set', 'layers.0.params.softness=0.1')).not.toBe(first);
});

test('renders a preset file', async () => {
  const file = path.join(folder, 'mine.hush.json');
  writeFileSync(file, serializePreset(FACTORY[0]!));
  expect((await renderHere(file, '-o', wav, '--seconds', '1')).status).toBe(0);
});

test('an audio file is opened like the preset it carries', async () => {
  const hash = async (source: string): Promise<string> => {
    const { status, stdout, stderr } = await renderHere(source, '--seconds', '1', '--stats');
    expect([status, stderr]).toEqual([0, '']);
    return (JSON.parse(stdout) as { sha256: string }).sha256;
  };
  const known = await hash(FACTORY[0]!.id);
  for (const format of ['wav', 'flac', 'mp3']) {
    const out = path.join(folder, `again.${format}`);
    expect((await renderHere(FACTORY[0]!.id, '-o', out, '--seconds', '1')).status).toBe(0);
    expect(await hash(out)).toBe(known);
  }
});

describe('nothing is left of a file', () => {
  const out = path.join(folder, 'long.wav');
  const gone = (): boolean => !existsSync(out) && !existsSync(`${out}.part`);

  test('that is cancelled', async () => {
    const args = ['scripts/run.mjs', 'src/cli/render.ts', FACTORY[0]!.id, '-o', out, '--seconds', '36000'];
    const child = spawn(process.execPath, args, { cwd: root });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await expect.poll(() => existsSync(`${out}.part`) && statSync(`${out}.part`).size > 0, PATIENT).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(gone()).toBe(true);
  });

  test('that the disk does not take whole', () => {
    if (spawnSync('bash', ['-c', 'true']).status !== 0) return;
    // A file may become 200 KiB here: as on a disk that is full.
    const command = 'ulimit -f 200 && exec "$0" "$@"';
    const args = ['scripts/run.mjs', 'src/cli/render.ts', FACTORY[0]!.id, '-o', out, '--seconds', '10'];
    const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^Cannot write .*long\.wav: /)]);
    expect(gone()).toBe(true);
  });
});

describe('says what is wrong in one line, exits with 2 and leaves no file', () => {
  const bad = path.join(folder, 'bad.hush.json');
  writeFileSync(bad, '{"format":"something-else"}');
  const foreign = path.join(folder, 'foreign.wav');
  writeFileSync(foreign, wavHeader({ frames: 0, sampleRate: 48000, bits: 16 }));
  test.each([
    ['unknown preset', ['nothing-like-this', '-o', wav]],
    ['a folder', [folder, '-o', wav]],
    ['a file that is no preset', [bad, '-o', wav]],
    ['an audio file without a preset', [foreign, '-o', wav]],
    ['no output', [FACTORY[0]!.id]],
    ['zero seconds', [FACTORY[0]!.id, '-o', wav, '--seconds', '0']],
    ['not a number', [FACTORY[0]!.id, '-o', wav, '--seconds', 'abc']],
    ['infinite', [FACTORY[0]!.id, '-o', wav, '--seconds', '1e999']],
    ['odd rate', [FACTORY[0]!.id, '-o', wav, '--rate', '12345']],
    ['odd bits', [FACTORY[0]!.id, '-o', wav, '--bits', '20']],
    ['odd mode', [FACTORY[0]!.id, '-o', wav, '--mode', 'noon']],
    ['unknown option', [FACTORY[0]!.id, '-o', wav, '--loudest']],
    ['negative seed', [FACTORY[0]!.id, '-o', wav, '--seed', '-1']],
    ['unknown path', [FACTORY[0]!.id, '-o', wav, '--set', 'layers.9.gainDb=0']],
    ['prototype path', [FACTORY[0]!.id, '-o', wav, '--set', '__proto__.x=1']],
    ['out of range', [FACTORY[0]!.id, '-o', wav, '--set', 'layers.0.params.softness=2']],
    ['wrong kind', [FACTORY[0]!.id, '-o', wav, '--set', 'layers.0.params.softness=soft']],
    ['odd format', [FACTORY[0]!.id, '-o', wav, '--format', 'aac']],
    ['opus, which only browsers encode', [FACTORY[0]!.id, '-o', path.join(folder, 'out.opus')]],
    ['a loop with gaps', [FACTORY[0]!.id, '-o', path.join(folder, 'out.mp3'), '--loop']],
    ['a loop too long', [FACTORY[0]!.id, '-o', wav, '--loop', '--seconds', '3600']],
    ['FLAC of floats', [FACTORY[0]!.id, '-o', wav, '--format', 'flac', '--bits', '32']],
    ['a night without length', [FACTORY[0]!.id, '-o', wav, '--night', '']],
    ['a night of 100 hours', [FACTORY[0]!.id, '-o', wav, '--night', '100h']],
    ['a negative night', [FACTORY[0]!.id, '-o', wav, '--night=-45m']],
    ['a fade longer than the night', [FACTORY[0]!.id, '-o', wav, '--night', '10m', '--fade', '20m']],
    ['a night and a length', [FACTORY[0]!.id, '-o', wav, '--night', '10m', '--seconds', '5']],
    ['no such folder', [FACTORY[0]!.id, '-o', path.join(folder, 'no/such/out.wav'), '--seconds', '1']],
  ])('%s', async (_name, args) => {
    rmSync(wav, { force: true });
    const { status, stdout, stderr } = await renderHere(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(1);
    expect(stderr).not.toMatch(/ at .*\(|node:internal/);
    expect(existsSync(wav)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
