// Reference scene for rain: set to sound like a recorded shower, at natural brightness.
import { DEFAULT_ARC } from '../../synth/index.ts';
import type { ReferenceScene } from './referenceScene.ts';

export const BED_REFERENCES: readonly ReferenceScene[] = [
  {
    family: 'rain',
    id: 'ref-rain',
    name: 'Rain on wet ground',
    scene: {
      seed: 1,
      layers: [
        {
          id: 'a',
          trigger: 'softRain',
          gainDb: 0,
          muted: false,
          params: {
            softness: 0.35,
            brightness: 0.55,
            crispness: 0.5,
            pace: 8,
            steadiness: 0.6,
            surprise: 0.35,
            surface: 'water',
            density: 0.7,
            size: 0.45,
            wetness: 0.2,
            nearness: 0.3,
          },
          place: { azimuthDeg: 0, elevationDeg: 0, closeness: 0.5, spread: 0.8, path: 'still', periodSec: 12 },
        },
      ],
      room: { size: 0.3, amount: 0 },
      master: { gainDb: 0, mono: false },
      arc: { ...DEFAULT_ARC },
    },
  },
];
