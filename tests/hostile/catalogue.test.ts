// The list of bad input in docs/bad-input.md and the tests belong together: every case has one whose title begins with its number.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const CASES = 96;

/** `'15, 16 R: …'`, `'49–57 …'`, `['8 a mark …'`: the numbers a title begins with. */
const TITLE = /(?:^|[[(,]\s*|\s)['"`](\d{1,2}(?:(?:, | and |–)\d{1,2})*)(?=[: ])(?=[^'"`]*[a-z0])/gmu;

function numbersIn(source: string): number[] {
  return [...source.matchAll(TITLE)].flatMap(([, said = '']) =>
    said.split(/, | and /).flatMap((part) => {
      const [from = 0, to = from] = part.split('–').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    }),
  );
}

const tests = readdirSync(path.join(root, 'tests'), { recursive: true, withFileTypes: true })
  .filter(
    (entry) =>
      entry.isFile() &&
      entry.name !== 'catalogue.test.ts' &&
      /\.(?:test|spec)\.ts$|[/\\]hostile[/\\]cases[/\\]/.test(path.join(entry.parentPath, entry.name)),
  )
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

test('titles are understood', () => {
  expect(
    numbersIn("test('15, 16 R: the size', [\n['8 a mark', describe('49–51 x', ['82 and 84 a bomb', '43 -0'"),
  ).toEqual([15, 16, 8, 49, 50, 51, 82, 84, 43]);
  expect(numbersIn("expect(x).toBe('20'); '7 R'")).toEqual([]);
});

test('all 96 cases are listed, once each and in order', () => {
  const list = readFileSync(path.join(root, 'docs/bad-input.md'), 'utf8');
  const listed = [...list.matchAll(/^\| *(\d+) *\|/gm)].map(([, number]) => Number(number));
  expect(listed).toEqual(Array.from({ length: CASES }, (_, i) => i + 1));
});

test('each of them has a test', () => {
  const found = new Set(tests.flatMap(numbersIn));
  expect(Array.from({ length: CASES }, (_, i) => i + 1).filter((number) => !found.has(number))).toEqual([]);
});
