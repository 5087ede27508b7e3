// Text that leaves the screen: as names of files, as other names among one's own, in tables.
import { expect, test, vi } from 'vitest';
import { sanitizeName, uniqueName, graphemes, safeFileName, spreadsheetCell } from '../../src/formats/text.ts';
import { bytes } from '../helpers/presetSamples.ts';
import { FAMILY } from './cases/text.ts';
import { watched } from './watch.ts';

watched();

test.each([
  ['CON', 'sound CON.hush.json'],
  ['lpt1.txt', 'sound lpt1.txt.hush.json'],
  ['../../x', 'x.hush.json'],
  ['a/b', 'a-b.hush.json'],
  ['a\\b:c*d?e"f<g>h|i', 'a-b-c-d-e-f-g-h-i.hush.json'],
  ['.', 'sound.hush.json'],
  ['..', 'sound.hush.json'],
  ['', 'sound.hush.json'],
  ['   ', 'sound.hush.json'],
  ['.hidden', 'hidden.hush.json'],
  ['ends with a dot.', 'ends with a dot.hush.json'],
  ['zero\u0000byte', 'zerobyte.hush.json'],
  ['exe\u202Egpj', 'exegpj.hush.json'],
  ['Regen im März', 'Regen im März.hush.json'],
])('73 as a file name %j becomes %j', (name, file) => {
  expect(safeFileName(name)).toBe(file);
});

test('73 a long name makes a file name that fits', () => {
  const file = safeFileName(FAMILY.repeat(80));
  expect(bytes(file).length).toBeLessThanOrEqual(140);
  expect([...graphemes(file.replace('.hush.json', ''))].every((grapheme) => grapheme === FAMILY)).toBe(true);
});

test('72, 76 a browser that cannot count graphemes counts code points, and never cuts one in two', () => {
  vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined });
  expect([...graphemes(`a${FAMILY}`)].length).toBe(8);
  expect(sanitizeName('\u{1f600}'.repeat(100)).text).toBe('\u{1f600}'.repeat(80));
  vi.unstubAllGlobals();
});

test('74 a name that a reader would take for another gets a number', () => {
  const taken = ['Wooden box', 'Café', 'Rain', 'Rain 2'];
  expect(uniqueName('Glass', taken)).toBe('Glass');
  expect(uniqueName('WOODEN  BOX', taken)).toBe('WOODEN BOX 2');
  expect(uniqueName('Cafe\u0301', taken)).toBe('Café 2');
  expect(uniqueName('Rain', taken)).toBe('Rain 3');
  expect(uniqueName('Rain 2', taken)).toBe('Rain 3');
  expect(uniqueName('x'.repeat(80), ['x'.repeat(80)])).toBe(`${'x'.repeat(78)} 2`);
});

test.each([
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  [' =1', "' =1"],
  ['slept, well', '"slept, well"'],
  ['fine', 'fine'],
])('75 in a table %j becomes %j', (cell, safe) => {
  expect(spreadsheetCell(cell)).toBe(safe);
});
