// The project's own lint rules refuse what they are for: imports between rooms, circles, private words, exports without JSDoc.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { afterAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
/** The real configuration; a text that is no file has no types, so the rules that need them stay off. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    rules: ts.configs.disableTypeChecked.rules ?? {},
    languageOptions: { parserOptions: { projectService: false } },
  },
});
const quick = new ESLint({ cwd: root, overrideConfigFile: path.join(root, 'tools/lint/quick.config.js') });

async function messages(linter: ESLint, filePath: string, code: string, rule: RegExp): Promise<string[]> {
  const [result] = await linter.lintText(code, { filePath: path.join(root, filePath) });
  return (result?.messages ?? []).filter(({ ruleId }) => rule.test(ruleId ?? '')).map(({ message }) => message);
}

test.each([
  ['src/lib/a.ts', '../synth/index.ts'],
  ['src/synth/a.ts', '../formats/preset.ts'],
  ['src/synth/dsp/a.ts', '../kernels/noise.ts'],
  ['src/formats/a.ts', '../storage/database.ts'],
  ['src/formats/link/a.ts', '../../presets/diff.ts'],
  ['src/storage/a.ts', '../presets/factory.ts'],
  ['src/storage/a.ts', '../audio/types.ts'],
  ['src/audio/a.ts', '../storage/database.ts'],
  ['src/presets/a.ts', '../practice/statistics.ts'],
  ['src/practice/a.ts', '../storage/practiceStore.ts'],
  ['src/discovery/a.ts', '../ui/messages/app.ts'],
  ['src/offline/a.ts', '../storage/database.ts'],
  ['src/cli/a.ts', '../ui/kit/qrCode.ts'],
  ['src/cli/a.ts', '../storage/database.ts'],
  ['src/ui/messages/a.ts', '../kit/qrCode.ts'],
  ['src/ui/kit/a.ts', '../features/night/night.svelte.ts'],
  ['src/ui/features/night/a.ts', '../../app/keys.ts'],
  ['src/ui/features/night/a.ts', '../../../audio/host.ts'],
  ['src/ui/app/a.ts', '../../audio/host.ts'],
  ['src/ui/app/a.ts', '../../main.ts'],
  ['src/nowhere/a.ts', '../lib/yieldToMain.ts'],
])('%s may not import %s', async (file, source) => {
  for (const code of [
    `import { a } from '${source}';\nvoid a;`,
    `import type { A } from '${source}';\nexport type B = A;`,
    `export type B = import('${source}').A;`,
    `export * from '${source}';`,
    `void import('${source}');`,
    `new Worker(new URL('${source}', import.meta.url));`,
  ]) {
    expect(await messages(eslint, file, code, /^own\/rooms$/), code).toHaveLength(1);
  }
});

test('every folder of src is a room, and a room may import what lies below it', async () => {
  for (const [file, source] of [
    ...readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'ui')
      .map(({ name }) => [`src/${name}/a.ts`, './b.ts'] as const),
    ['src/ui/features/night/a.svelte', '../../kit/Dialog.svelte'],
    ['src/ui/features/night/a.ts', '../../../audio/types.ts'],
    ['src/cli/a.ts', '../ui/messages/app.ts'],
    ['src/main.ts', './audio/host.ts'],
  ] as const) {
    const code = file.endsWith('.svelte')
      ? `<script lang="ts">import A from '${source}';</script><A />`
      : `export * from '${source}';`;
    expect(await messages(eslint, file, code, /^own\/rooms$/), file).toEqual([]);
  }
});

test.each([
  ['src/audio/host.ts', "import 'standardized-audio-context';"],
  ['src/audio/graph.ts', "import 'tone';"],
  ['src/ui/features/player/a.ts', "import 'tone/build/esm/core/Global.js';"],
  ['src/synth/a.ts', "import 'valibot';"],
  ['src/ui/app/a.svelte', '<script lang="ts">import \'idb-keyval\';</script>'],
])('%s may not have: %s', async (file, code) => {
  expect(await messages(eslint, file, code, /^own\/rooms$/)).toHaveLength(1);
});

test.each([
  ['src/ui/app/a.ts', 'localStorage.clear();'],
  ['src/formats/a.ts', 'export const open = indexedDB.open("a");'],
  ['src/audio/a.ts', 'window.localStorage.clear();'],
  ['src/ui/features/night/a.ts', 'void navigator.locks.query();'],
  ['src/synth/a.ts', 'export const now = Date.now();'],
  ['src/synth/a.ts', 'export const a = Math.sin(1);'],
])('%s may not do: %s', async (file, code) => {
  expect(await messages(eslint, file, code, /^no-restricted-/)).not.toEqual([]);
});

test.each([
  ['function takeContact() {}', 1],
  ['class A { told = 1; #hear() {} keep(beside) { return beside; } }', 4],
  ['const { kept, aside: a, b: later } = x;', 1],
  ['interface A { asked: number; say(): void }', 2],
  ['const MOST_FILES = 1, USUAL_PACE = 2, LONGEST = 3, MAX_FILES = 4, DEFAULT_PACE = 5;', 3],
  ['const intake = 1, keyboard = 2, returned = 3, keepAlive = 4; localStorage.keep = library.take();', 0],
])('%s declares %i names that are no standard terms', async (code, count) => {
  expect(await messages(quick, 'src/synth/engine/a.ts', code, /^own\/names$/)).toHaveLength(count);
});

test.each([
  ['export function a() {}', ['a JSDoc block']],
  ['export class A {}', ['a JSDoc block']],
  ['export const a = () => {};', ['a JSDoc block']],
  ['/** @param b - b */\nexport function a(b: number): void {}', ['a description']],
  ['/** Adds. */\nexport function a(b: number, { c }: C): number { return b + c; }', ['b', 'options', '@returns']],
  ['/** Adds.\n * @param c - meaning\n */\nexport function a(b: number): void {}', ['in the place of c']],
  ['/** Adds.\n * @param b - one\n * @param c - two\n */\nexport function a(b: number): void {}', ['too many']],
  ['/** Adds. @param b */\nexport function a(b: number): void {}', ['b']],
  ['/** Reads. */\nexport async function a(): Promise<string> { throw new Error(); }', ['@returns', '@throws']],
  ['/** Reads. */\nexport function a() { return () => { throw new Error(); }; }', ['@returns']],
  ['/** Tries. */\nexport function a(): void { try { throw new Error(); } catch { } }', []],
  ['/** Waits. */\nexport async function a(): Promise<void> { await b; return; }', []],
  [
    '/** Adds.\n * @param b - Hz, above 0\n * @param options - more\n * @returns the sum\n */\nexport const a = (b: number, { c }: C): number => b + c;',
    [],
  ],
  ['/** Taps. */\nexport const taps = defineTrigger({});', ['Source: ']],
  [
    '/**\n * Taps.\n * Source: A. Hawkes 1971: self-exciting processes.\n */\nexport const taps = defineTrigger({});',
    [],
  ],
  ['/** Keeps. */\nexport class A { b(): void {} }\nfunction own(a: number): void {}\nexport type { A as B };', []],
])('documentation of %s lacks %o', async (code, parts) => {
  const found = await messages(quick, 'src/lib/a.ts', code, /^own\/docs$/);
  expect(found).toHaveLength(parts.length);
  for (const [index, part] of parts.entries()) expect(found[index]).toContain(part);
});

const folder = mkdtempSync(path.join(tmpdir(), 'circles-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a circle of imports is found, also one of types through a component; without it there is none', () => {
  const circles = (): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [path.join(root, 'scripts/circles.mjs'), folder], { encoding: 'utf8' });
  mkdirSync(path.join(folder, 'b'));
  writeFileSync(path.join(folder, 'a.ts'), "import B from './b/B.svelte';\nexport type A = typeof B;\n");
  writeFileSync(path.join(folder, 'b/B.svelte'), '<script lang="ts">import { c } from \'../c.ts\';</script>{c}');
  writeFileSync(path.join(folder, 'c.ts'), "import type { A } from './a.ts';\nexport const c: A | 1 = 1;\n");
  const { status, stderr } = circles();
  expect(status).toBe(1);
  expect(stderr).toContain('a.ts\n  → b/B.svelte\n  → c.ts\n  → a.ts');
  writeFileSync(path.join(folder, 'c.ts'), 'export const c = 1;\n');
  expect(circles()).toMatchObject({ status: 0 });
});
