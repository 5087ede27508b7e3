// Reference scenes for tapping: each set to sound like one recorded object at natural brightness.
import { defaultValues, findTrigger, DEFAULT_ARC } from '../../synth/index.ts';
import type { ParamValues } from '../../synth/index.ts';
import type { ReferenceScene } from './referenceScene.ts';

function reference(family: string, name: string, params: ParamValues): ReferenceScene {
  const defaults = defaultValues(findTrigger('tapping')?.params ?? {});
  return {
    family,
    id: `ref-${family.replaceAll('_', '-')}`,
    name,
    scene: {
      seed: 1,
      layers: [
        {
          id: 'a',
          trigger: 'tapping',
          gainDb: 0,
          muted: false,
          params: { ...defaults, ...params },
          place: { azimuthDeg: 0, elevationDeg: 0, closeness: 0.5, spread: 0, path: 'still', periodSec: 12 },
        },
      ],
      room: { size: 0.3, amount: 0 },
      master: { gainDb: 0, mono: false },
      arc: { ...DEFAULT_ARC },
    },
  };
}

const HUMAN: ParamValues = { pace: 3, steadiness: 0.88, surprise: 0.8, air: 0.7, table: 0.2 };

export const TAPPING_REFERENCES: readonly ReferenceScene[] = [
  reference('tap_wood', 'Knocks on wood', { ...HUMAN, material: 'wood', softness: 0.32, air: 0.8 }),
  reference('tap_glass', 'Taps on a glass bottle', {
    ...HUMAN,
    material: 'glass',
    softness: 0.12,
    size: 0,
    table: 0.04,
    cavity: 0.1,
    air: 0.7,
  }),
  reference('tap_ceramic', 'Taps on a mug', {
    ...HUMAN,
    material: 'ceramic',
    softness: 0.18,
    table: 0.06,
    cavity: 0.2,
    air: 1,
  }),
  reference('tap_stone', 'Taps on a stone tile', {
    ...HUMAN,
    material: 'stone',
    softness: 0,
    table: 0.06,
    cavity: 0,
    air: 1,
  }),
  reference('tap_metal', 'Taps on metal', {
    ...HUMAN,
    material: 'tin',
    softness: 0.12,
    table: 0.04,
    cavity: 0.1,
    air: 0.7,
  }),
  reference('tap_can', 'Taps on a can', {
    ...HUMAN,
    material: 'can',
    softness: 0.12,
    table: 0.05,
    cavity: 0.6,
    air: 0.55,
  }),
  reference('tap_plastic', 'Taps on plastic', { ...HUMAN, material: 'plastic', softness: 0.12, air: 0.6 }),
  reference('tap_card_book', 'Taps on a book', { ...HUMAN, material: 'book', softness: 0.2, air: 0.85 }),
  reference('tap_phone', 'Taps on a phone', { ...HUMAN, material: 'screen', softness: 0.15, air: 0.35, cavity: 0 }),
];
