// The presets that come with the instrument, in library order.
import { defaultValues, findTrigger } from '../synth/index.ts';
import { PRESET_FORMAT, PRESET_VERSION } from './preset.ts';
import type { Preset } from './preset.ts';

export const FACTORY: readonly Preset[] = [
  {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: 'wooden-box',
    name: 'Wooden box',
    createdAt: '2026-11-01T00:00:00.000Z',
    tags: ['tapping'],
    note: '',
    scene: {
      seed: 7,
      layers: [
        {
          id: 'a',
          trigger: 'tapping',
          gainDb: 0,
          muted: false,
          params: defaultValues(findTrigger('tapping')?.params ?? {}),
          place: { azimuthDeg: 60, elevationDeg: 0, closeness: 0.7, spread: 0.3, path: 'still', periodSec: 12 },
        },
      ],
      room: { size: 0.3, amount: 0.3 },
      master: { gainDb: 0, mono: false },
    },
  },
];
