// No text from anywhere becomes markup or code: nothing in the sources turns text into either.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../src');

const WAYS: readonly (readonly [string, RegExp])[] = [
  ['innerHTML and outerHTML', /\.(?:inner|outer)HTML\b/],
  ['insertAdjacentHTML', /insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|DOMParser|document\.write/],
  ['{@html}', /\{@html\b/],
  ['srcdoc', /\bsrcdoc\b/],
  ['eval', /\beval\(|\bnew Function\b|\bFunction\(/],
  ['timers with text', /set(?:Timeout|Interval)\(\s*['"`]/],
  ['addresses of code', /['"`]javascript:/],
];

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:ts|svelte|html)$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name));

test.each(WAYS)('69, 77 no %s in the sources', (_, way) => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => way.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('70 no address comes from data: every link in the sources is written there', () => {
  const dynamic = files.filter((file) => /(?:href|action|formaction)=\{/.test(readFileSync(file, 'utf8')));
  expect(dynamic).toEqual([]);
});
