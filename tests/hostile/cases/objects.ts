// Cases of object tricks: names that mean something to JavaScript, and values that are no plain data.
import { expect } from 'vitest';
import { TEXT, fileText, anyValue, params, noChecksum } from './case.ts';
import type { Case } from './case.ts';
import { GOOD, spoiled } from '../../helpers/presetSamples.ts';

const OBJECT_TRICKS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'toJSON',
  '__defineGetter__',
];
const PLACES: readonly (readonly [string, (file: string, key: string) => string])[] = [
  ['at the top', (file, key) => file.replace('{', `{${key}:{"polluted":1},`)],
  ['nested', (file, key) => file.replace('"params": {', `"params": {${key}:1,`)],
  ['in a list', (file, key) => file.replace('"tags": [', `"tags": [{${key}:{"polluted":1}},`)],
];
export const OBJECTS: readonly Case[] = [
  ...OBJECT_TRICKS.flatMap((key) =>
    PLACES.map(([where, put]): Case => [
      `63–65 ${key} ${where}`,
      'R',
      () => fileText(put(noChecksum(), JSON.stringify(key))),
    ]),
  ),
  [
    '64 constructor.prototype',
    'R',
    () => fileText(noChecksum().replace('{', '{"constructor":{"prototype":{"polluted":1}},')),
  ],
  [
    '66 __proto__ with escapes',
    'R',
    () => fileText(noChecksum().replace('{', '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":1},')),
  ],
  [
    '67 a getter',
    'R',
    () =>
      anyValue(
        spoiled((file) => {
          Object.defineProperty(file, 'name', { get: () => 'x', enumerable: true });
        }),
      ),
  ],
  [
    '67 a proxy that throws',
    'R',
    () =>
      anyValue(
        new Proxy(
          {},
          {
            getPrototypeOf: () => {
              throw new Error('bite');
            },
          },
        ),
      ),
  ],
  [
    '67 what a structured clone brings',
    'K',
    () => anyValue(structuredClone(GOOD)),
    (preset) => {
      expect(preset).toEqual(GOOD);
    },
  ],
  ['67 an object without a prototype', 'K', () => anyValue(Object.assign(Object.create(null), GOOD))],
  [
    '67 an object that holds itself',
    'R',
    () =>
      anyValue(
        spoiled((file) => {
          params(file)['me'] = file;
        }),
      ),
  ],
  ['68 a Map', 'R', () => anyValue(new Map(Object.entries(GOOD)))],
  ['68 a Map for the scene', 'R', () => anyValue({ ...GOOD, scene: new Map() })],
  ['68 a Date', 'R', () => anyValue({ ...GOOD, createdAt: new Date() })],
  ['68 a Blob', 'R', () => anyValue(new Blob([TEXT]))],
  ['68 bytes for the tags', 'R', () => anyValue({ ...GOOD, tags: new Uint8Array(4) })],
  ['68 a function', 'R', () => anyValue(() => GOOD)],
  ['68 a big integer', 'R', () => anyValue({ ...GOOD, version: 1n })],
  ['68 a symbol', 'R', () => anyValue({ ...GOOD, name: Symbol('x') })],
  ['68 a list with holes', 'R', () => anyValue({ ...GOOD, tags: Array(3) })],
  [
    '68 a class instance',
    'R',
    () =>
      anyValue({
        ...GOOD,
        scene: new (class Scene {
          layers = GOOD.scene.layers;
        })(),
      }),
  ],
  ['68 nothing', 'R', () => anyValue(undefined)],
];
