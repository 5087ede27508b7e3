// The page's triggers: every one of them loses its voice in the build, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { playsIn } from '../../tools/entries.ts';
import { silenced } from '../../tools/silentTriggers.ts';

const folder = path.resolve(import.meta.dirname, '../../src/synth/triggers');
const files = readdirSync(folder)
  .map((name) => path.join(folder, name))
  .filter((file) => readFileSync(file, 'utf8').includes('defineTrigger('));

test.each(files)('%s', (file) => {
  const code = readFileSync(file, 'utf8');
  const silent = silenced(code, file);
  const [before, after = ''] = silent.split("create: () => { throw new Error('Nothing plays here.'); }");
  expect(before?.length).toBeGreaterThan(0);
  // What stands before and after is as it was; the voice's own making is what is gone.
  expect(code.startsWith(before ?? '')).toBe(true);
  expect(code.endsWith(after)).toBe(true);
  expect(code.slice(before?.length, code.length - after.length)).toMatch(/^create[:(]/);
});

test('a file without a trigger stays as it is', () => {
  const code = 'export const create = () => 1;\nexport const other = define({ create: () => 2 });\n';
  expect(silenced(code, 'other.ts')).toBe(code);
});

test('only the audio thread and the renderer play', () => {
  expect(playsIn('/src/audio/worklet/engine.worklet.ts')).toBe(true);
  expect(playsIn(['/src/audio/render.worker.ts?worker'])).toBe(true);
  expect(playsIn({ index: '/index.html', backup: '/src/storage/backup/backup.worker.ts' })).toBe(false);
  expect(playsIn(undefined)).toBe(false);
});
