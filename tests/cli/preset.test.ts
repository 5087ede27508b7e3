// The command line for presets: what goes in comes out, and what is wrong is said in one line with exit code 2.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import process from 'node:process';
import { main } from '../../src/cli/preset.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { serializePreset } from '../../src/formats/preset.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-'));
const at = (name: string): string => path.join(folder, name);
const GLASS = FACTORY.find(({ id }) => id === 'slow-glass')!;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

let stdout = '';
let stderr = '';
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

function exitCode(): number {
  return process.exitCode === 2 ? 2 : 0;
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  [stdout, stderr] = ['', ''];
  process.exitCode = undefined;
  await main(args);
  const code = exitCode();
  process.exitCode = undefined;
  return { code, out: stdout.trim(), err: stderr.trim() };
}

test('a link goes out and comes back as the same file', async () => {
  const { out: link, code } = await run('link', 'slow-glass', '--base', 'https://example.org/');
  expect(code).toBe(0);
  expect(link).toMatch(/^https:\/\/example\.org\/#p1\.[\w-]+$/);
  writeFileSync(at('link.txt'), `${link}\n`);
  for (const source of [link, at('link.txt')]) {
    expect(await run('open', source, '-o', at('out.hush.json'))).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(at('out.hush.json'), 'utf8')).toBe(serializePreset(GLASS));
  }
});

test('describe, diff, check', async () => {
  writeFileSync(at('good.hush.json'), serializePreset(GLASS));
  expect((await run('describe', at('good.hush.json'))).out).toMatch(/^Slow glass, left: soft nail taps on glass/);
  expect((await run('diff', 'slow-glass', at('good.hush.json'))).out).toBe('the same sound');
  expect((await run('diff', 'slow-glass', 'night-hush')).out).toContain('soft noise added');
  expect((await run('check', at('good.hush.json'))).out).toBe('Nothing is wrong with it.');
});

test('locked: with the passphrase from a file, and in no other way', async () => {
  writeFileSync(at('words.txt'), 'soft rain\n');
  writeFileSync(at('other.txt'), 'hard rain\n');
  const { out: link } = await run('link', 'slow-glass', '--lock', '--passphrase-file', at('words.txt'));
  expect(link).toMatch(/^#x1\./);
  expect((await run('open', link, '-o', at('open.hush.json'), '--passphrase-file', at('words.txt'))).code).toBe(0);
  expect(readFileSync(at('open.hush.json'), 'utf8')).toBe(serializePreset(GLASS));
  for (const more of [[], ['--passphrase-file', at('other.txt')], ['--passphrase-file', at('none.txt')]]) {
    const { code, err } = await run('open', link, '-o', at('never.hush.json'), ...more);
    expect([code, err.split('\n').length]).toEqual([2, 1]);
  }
  expect(() => readFileSync(at('never.hush.json'))).toThrow();
});

test('what is wrong is said in one plain line, exit code 2', async () => {
  writeFileSync(at('bad.hush.json'), '{"format":"something-else"}');
  const { out: link } = await run('link', 'slow-glass');
  for (const args of [
    ['link'],
    ['link', 'no-such-preset'],
    ['link', folder],
    ['link', 'slow-glass', '--lock'],
    ['open', link],
    ['open', link.slice(0, -3), '-o', at('x')],
    ['open', link, '-o', at('no/such/folder')],
    ['diff', 'slow-glass'],
    ['check', at('bad.hush.json')],
    ['dance', 'slow-glass'],
    ['describe', 'slow-glass', '--loudly'],
  ]) {
    const { code, out, err } = await run(...args);
    expect([args.join(' '), code, out]).toEqual([args.join(' '), 2, '']);
    expect(err).toMatch(/^[^\n]{10,}$/);
  }
});

test('as a command of its own', () => {
  const { status, stdout: out } = spawnSync('node', ['scripts/run.mjs', 'src/cli/preset.ts', 'describe', 'slow-glass']);
  expect([status, out.toString()]).toEqual([0, expect.stringContaining('Slow glass')]);
}, 120_000);
