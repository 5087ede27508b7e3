// Cases of syntax and bytes: files that are empty, cut, wrongly encoded, or no JSON at all.
import { expect } from 'vitest';
import { TEXT, fileText, fileBytes, literal, params, noChecksum } from './case.ts';
import type { Case } from './case.ts';
import { bytes, GOOD, RATE } from '../../helpers/presetSamples.ts';
import { MAX_FILE_BYTES } from '../../../src/formats/json.ts';

export const BYTES: readonly Case[] = [
  ['1 an empty file', 'R', () => fileText('')],
  ['2 one space', 'R', () => fileText(' ')],
  ['3 null', 'R', () => fileText('null')],
  ['4 a list', 'R', () => fileText('[]')],
  ['5 a text', 'R', () => fileText('"preset"')],
  ['6 a number', 'R', () => fileText('42')],
  [
    '8 a byte order mark before a good file',
    'K',
    () => fileText(`\ufeff${TEXT}`),
    (preset) => {
      expect(preset).toEqual(GOOD);
    },
  ],
  ['9 UTF-16, little end first', 'R', () => fileBytes(utf16(TEXT))],
  ['9 UTF-16 with its mark', 'R', () => fileBytes(utf16(`\ufeff${TEXT}`))],
  ['10 bytes that are no UTF-8', 'R', () => fileBytes(Uint8Array.of(...bytes('{"a":"'), 0xc3, 0x28, ...bytes('"}')))],
  [
    '11 a lone surrogate in the name',
    'C',
    literal((file) => file, 'name', '"a\\ud800b"'),
    (preset) => {
      expect(preset.name).toBe('ab');
    },
  ],
  [
    '12 a NUL in the name',
    'C',
    literal((file) => file, 'name', '"a\\u0000b"'),
    (preset) => {
      expect(preset.name).toBe('ab');
    },
  ],
  ['13 NaN written out', 'R', literal(params, RATE, 'NaN')],
  ['13 Infinity written out', 'R', literal(params, RATE, 'Infinity')],
  ['13 single quotes', 'R', () => fileText(TEXT.replaceAll('"', "'"))],
  ['13 a trailing comma', 'R', () => fileText(TEXT.replace('"tags": [', '"tags": ["a",').replace(']', ',]'))],
  ['13 a comment', 'R', () => fileText(TEXT.replace('{', '{ // hello\n'))],
  [
    '14 a key twice, the last one good',
    'K',
    () => fileText(noChecksum().replace('"name"', '"name":"first","name"')),
    (preset) => {
      expect(preset.name).toBe(GOOD.name);
    },
  ],
  ['14 a key twice, the last one bad', 'R', () => fileText(noChecksum().replace(/\}$/, ',"scene":7}'))],
  ['15 larger than 256 KiB', 'R', () => fileText(TEXT + ' '.repeat(MAX_FILE_BYTES))],
  [
    '17 a picture with another ending',
    'R',
    () => fileBytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)),
  ],
  ['19 tabs and Windows line ends', 'K', () => fileText(TEXT.replaceAll('\n', '\r\n').replaceAll('  ', '\t'))],
  ['19 ten megabytes of white space', 'R', () => fileText(' '.repeat(10e6))],
  ['78 a link with nothing in it', 'R', () => fileBytes(new Uint8Array(0))],
];

function utf16(value: string): Uint8Array {
  const units = new Uint8Array(value.length * 2);
  for (let i = 0; i < value.length; i++) {
    units[2 * i] = value.charCodeAt(i) & 255;
    units[2 * i + 1] = value.charCodeAt(i) >> 8;
  }
  return units;
}
