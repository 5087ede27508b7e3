// The glossary names symbols that exist: each is exported by src under exactly this name.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const glossary = readFileSync(path.join(root, 'docs/glossary.md'), 'utf8');
/** The second column of the first table. */
const SYMBOLS = [...glossary.matchAll(/^\| [^|]+ \| ([^|]*`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`(\w+)`/g)].map(([, symbol = '']) => symbol),
);
const EXPORTED = new Set(
  readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(path.join(root, 'src', name), 'utf8').matchAll(
        /^export (?:abstract |async )*(?:class|function|interface|type|const) (\w+)/gm,
      ),
    ])
    .map(([, symbol]) => symbol),
);

test('every symbol in the glossary is exported by the code', () => {
  expect(SYMBOLS.length).toBeGreaterThan(20);
  expect(SYMBOLS.filter((symbol) => !EXPORTED.has(symbol))).toEqual([]);
});
