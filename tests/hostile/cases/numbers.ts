// Cases of numbers: infinite, too large, too small, of another type, or just outside their range.
import { expect } from 'vitest';
import { anyValue, literal, params, place, rateOf } from './case.ts';
import type { Case, Source } from './case.ts';
import { layerOf, loose, RATE, RATE_SPEC, spoiled } from '../../helpers/presetSamples.ts';
import { LAYER_GAIN, MASTER_GAIN, PLACE_SPECS } from '../../../src/synth/index.ts';

export const NUMBERS: readonly Case[] = [
  ['40 1e999', 'R', literal(params, RATE, '1e999')],
  ['41 -1e999', 'R', literal(params, RATE, '-1e999')],
  [
    '42 a gain of 1e308',
    'C',
    literal(layerOf, 'gainDb', '1e308'),
    ({ scene }) => {
      expect(scene.layers[0]!.gainDb).toBe(LAYER_GAIN.max);
    },
  ],
  [
    '43 -0',
    'K',
    literal(place, 'azimuthDeg', '-0'),
    ({ scene }) => {
      expect(Object.is(scene.layers[0]!.place.azimuthDeg, 0)).toBe(true);
    },
  ],
  [
    '44 5e-324',
    'K',
    literal(place, 'spread', '5e-324'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.spread).toBe(0);
    },
  ],
  [
    '44 -5e-324 where nothing may be negative',
    'K',
    literal(place, 'spread', '-5e-324'),
    ({ scene }) => {
      expect(Object.is(scene.layers[0]!.place.spread, 0)).toBe(true);
    },
  ],
  ['45 a number for an id', 'R', literal((file) => file, 'id', '9007199254740993')],
  ['45 a number for a layer’s id', 'R', literal(layerOf, 'id', '9007199254740993')],
  ['46 a number as text', 'R', literal(params, RATE, '"0.5"')],
  ['46 a place as text', 'R', literal(place, 'closeness', '"0.5"')],
  ['47 true for a number', 'R', literal(params, RATE, 'true')],
  ['48 null for a number', 'R', literal(params, RATE, 'null')],
  ['48 null for a place', 'R', literal(layerOf, 'place', 'null')],
  [
    '49 a gain of +120 dB',
    'C',
    literal(layerOf, 'gainDb', '120'),
    ({ scene }) => {
      expect(scene.layers[0]!.gainDb).toBe(LAYER_GAIN.max);
    },
  ],
  [
    '50 a gain of -1e9 dB',
    'C',
    literal(layerOf, 'gainDb', '-1e9'),
    ({ scene }) => {
      expect(scene.layers[0]!.gainDb).toBe(LAYER_GAIN.min);
    },
  ],
  [
    '51 a rate of nothing',
    'C',
    literal(params, RATE, '0'),
    (preset) => {
      expect(rateOf(preset)).toBe(RATE_SPEC.min);
    },
  ],
  [
    '52 a rate of a million',
    'C',
    literal(params, RATE, '1e6'),
    (preset) => {
      expect(rateOf(preset)).toBe(RATE_SPEC.max);
    },
  ],
  [
    '53 an attack of nothing: softness below its least',
    'C',
    literal(params, 'softness', '-1'),
    ({ scene }) => {
      expect(scene.layers[0]!.params['softness']).toBe(0);
    },
  ],
  [
    '54 a journey of no time',
    'C',
    literal(place, 'periodSec', '0'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.periodSec).toBe(PLACE_SPECS.periodSec.min);
    },
  ],
  [
    '54 a journey of a billion seconds',
    'C',
    literal(place, 'periodSec', '1e9'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.periodSec).toBe(PLACE_SPECS.periodSec.max);
    },
  ],
  [
    '55 NaN from another tab',
    'R',
    () =>
      anyValue(
        spoiled((file) => {
          params(file)[RATE] = loose(NaN);
        }),
      ),
  ],
  [
    '55 Infinity from the store',
    'R',
    () =>
      anyValue(
        spoiled((file) => {
          params(file)[RATE] = loose(Infinity);
        }),
      ),
  ],
  ['58 a range for a number', 'R', literal(params, RATE, '{"min":2,"max":1}')],
  ['59 a spread below nothing', 'R', literal(place, 'spread', '-0.1')],
  ['59 a surprise below nothing', 'R', literal(params, 'surprise', '-0.1')],
  [
    '60 a direction of 1e30',
    'C',
    literal(place, 'azimuthDeg', '1e30'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.azimuthDeg).toBe(180);
    },
  ],
  [
    '60 a direction of 270 is -90',
    'C',
    literal(place, 'azimuthDeg', '270'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.azimuthDeg).toBe(-90);
    },
  ],
  [
    '60 a closeness of 5',
    'C',
    literal(place, 'closeness', '5'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.closeness).toBe(1);
    },
  ],
  [
    '61 a seed of 2^53',
    'C',
    seeded('9007199254740992'),
    ({ scene }) => {
      expect(scene.seed).toBe(0);
    },
  ],
  [
    '61 a seed below zero',
    'C',
    seeded('-1'),
    ({ scene }) => {
      expect(scene.seed).toBe(0xffffffff);
    },
  ],
  [
    '61 a seed with a fraction',
    'C',
    seeded('1.5'),
    ({ scene }) => {
      expect(scene.seed).toBe(1);
    },
  ],
  [
    '61 the largest seed',
    'K',
    seeded('4294967295'),
    ({ scene }) => {
      expect(scene.seed).toBe(0xffffffff);
    },
  ],
  [
    '62 a whole sound of +60 dB',
    'C',
    literal((file) => file['scene']!['master']!, 'gainDb', '60'),
    ({ scene }) => {
      expect(scene.master.gainDb).toBe(MASTER_GAIN.max);
    },
  ],
  ['62 1 for a switch', 'R', literal((file) => file['scene']!['master']!, 'mono', '1')],
];

function seeded(value: string): () => Source {
  return literal((file) => file['scene']!, 'seed', value);
}
