// Cases of shape and size: too deep, too many, too few, too new, or another kind of thing.
import { expect } from 'vitest';
import { fileText, anyValue, edited, literal, named, noted, params, place, rateOf, noChecksum } from './case.ts';
import type { Case } from './case.ts';
import { GOOD, layerOf, loose, RATE, RATE_SPEC, spoiled, TRIGGER } from '../../helpers/presetSamples.ts';
import type { Loose } from '../../helpers/presetSamples.ts';
import { MAX_LAYERS } from '../../../src/synth/index.ts';
import { MAX_FILE_BYTES } from '../../../src/formats/json.ts';

export const SHAPE: readonly Case[] = [
  ['21 nested 17 deep', 'R', () => fileText('['.repeat(17) + ']'.repeat(17))],
  [
    '21 nested 17 deep inside a good preset',
    'R',
    () => fileText(noChecksum().replace(/\}$/, `,"x":${'['.repeat(16)}${']'.repeat(16)}}`)),
  ],
  ['22 a quarter of a million open brackets', 'R', () => fileText('['.repeat(MAX_FILE_BYTES))],
  [
    '22 brackets inside a text are no nesting',
    'K',
    noted('[[[[[[[[[[[[[[[[[[[[{{{{{{{{'),
    (preset) => {
      expect(preset.note).toContain('[[{{');
    },
  ],
  [
    '23 200,000 wrong items',
    'R',
    () => anyValue(spoiled((file) => void Object.assign(file['scene']!, { layers: Array(200_000).fill('x') }))),
  ],
  [
    '23 200,000 wrong items as a file',
    'R',
    () => fileText(`{"format":"hushcraft-preset","version":1,"scene":{"layers":[${'1,'.repeat(1e5)}1]}}`),
  ],
  ['24 2,000,000 right numbers', 'R', () => anyValue(Array(2_000_000).fill(0.5))],
  [
    '25 100,000 unknown keys',
    'R',
    () =>
      anyValue(
        spoiled((file) => {
          for (let i = 0; i < 100_000; i++) file[`k${String(i)}`] = loose(1);
        }),
      ),
  ],
  [
    '25 20,000 unknown parameters',
    'R',
    edited((file) => {
      for (let i = 0; i < 20_000; i++) params(file)[`k${String(i)}`] = loose(1);
    }),
  ],
  ['26 no layers', 'R', edited((file) => void Object.assign(file['scene']!, { layers: [] }))],
  [
    '27 ten thousand layers',
    'R',
    edited((file) => void Object.assign(file['scene']!, { layers: Array(10_000).fill(0) })),
  ],
  [
    '27 six layers',
    'C',
    edited((file) => {
      repeatLayer(file, 6);
    }),
    (preset) => {
      expect(preset.scene.layers.length).toBe(MAX_LAYERS);
    },
  ],
  [
    '28 the same layer id twice',
    'C',
    edited((file) => {
      repeatLayer(file, 2, false);
    }),
    ({ scene }) => {
      expect(scene.layers[0]!.id).not.toBe(scene.layers[1]!.id);
      expect(scene.layers[0]!.id).toBe(GOOD.scene.layers[0]!.id);
    },
  ],
  ['29 a name of 1 MB', 'R', () => anyValue(spoiled((file) => void Object.assign(file, { name: 'a'.repeat(1e6) })))],
  ['29 a name of 200 KiB as a file', 'R', named('a'.repeat(200 * 1024))],
  ['30 an unknown field at the top', 'R', edited((file) => void Object.assign(file, { extra: 1 }))],
  ['30 an unknown field in a layer', 'R', edited((file) => void Object.assign(layerOf(file), { pan: 1 }))],
  ['30 an unknown field in the place', 'R', edited((file) => void Object.assign(place(file), { x: 1 }))],
  [
    '31 no version',
    'R',
    edited((file) => {
      delete file['version'];
    }),
  ],
  ['32 version "2" as text', 'R', edited((file) => void Object.assign(file, { version: '2' }))],
  ['33 version 999', 'R', edited((file) => void Object.assign(file, { version: 999 }))],
  ['34 version -1', 'R', edited((file) => void Object.assign(file, { version: -1 }))],
  ['34 version 0', 'R', edited((file) => void Object.assign(file, { version: 0 }))],
  ['34 version 1.5', 'R', edited((file) => void Object.assign(file, { version: 1.5 }))],
  ['34 version 1e999', 'R', literal((file) => file, 'version', '1e999')],
  ['37 another kind of file', 'R', edited((file) => void Object.assign(file, { kind: 'soundscape' }))],
  ['37 another format', 'R', edited((file) => void Object.assign(file, { format: 'soundscape' }))],
  [
    '38 a layer that leads to itself',
    'R',
    edited((file) => void Object.assign(layerOf(file), { route: layerOf(file)['id'] })),
  ],
  [
    '39 a send to a bus that is not there',
    'R',
    edited((file) => void Object.assign(layerOf(file), { sends: [{ bus: 'x', gain: 1 }] })),
  ],
  [
    'an unknown trigger beside a known one',
    'C',
    edited((file) => {
      repeatLayer(file, 2);
      layerOf(file)['trigger'] = loose('theremin');
    }),
    (preset) => {
      expect(preset.scene.layers.length).toBe(1);
    },
  ],
  ['nothing but unknown triggers', 'R', edited((file) => void Object.assign(layerOf(file), { trigger: 'theremin' }))],
  [
    'nothing but what is needed',
    'C',
    () => fileText(`{"format":"hushcraft-preset","version":1,"scene":{"layers":[{"trigger":"${TRIGGER.id}"}]}}`),
  ],
  [
    'a parameter missing',
    'C',
    edited((file) => {
      Reflect.deleteProperty(params(file), RATE);
    }),
    (preset) => {
      expect(rateOf(preset)).toBe(RATE_SPEC.default);
    },
  ],
  [
    'a parameter nobody knows',
    'C',
    edited((file) => void Object.assign(params(file), { warp: 0.5 })),
    (preset) => {
      expect(preset.scene.layers[0]!.params).not.toHaveProperty('warp');
    },
  ],
];

function repeatLayer(file: Loose, count: number, ownIds = true): void {
  const layer = layerOf(file);
  const layers = Array.from({ length: count }, (_, i) => ({
    ...structuredClone(layer),
    ...(ownIds ? { id: `l${String(i)}` } : {}),
  }));
  Object.assign(file['scene']!, { layers });
}
