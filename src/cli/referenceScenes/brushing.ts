// Reference scenes for brushing: set to sound like the recorded object, at natural brightness.
import { defaultValues, findTrigger, DEFAULT_ARC } from '../../synth/index.ts';
import type { ParamValues } from '../../synth/index.ts';
import type { ReferenceScene } from './referenceScene.ts';

function reference(family: string, id: string, name: string, params: ParamValues): ReferenceScene {
  const defaults = defaultValues(findTrigger('brushing')?.params ?? {});
  return {
    family,
    id,
    name,
    scene: {
      seed: 1,
      layers: [
        {
          id: 'a',
          trigger: 'brushing',
          gainDb: 0,
          muted: false,
          params: { ...defaults, brightness: 0.5, ...params },
          place: { azimuthDeg: 0, elevationDeg: 0, closeness: 0.5, spread: 0.3, path: 'still', periodSec: 12 },
        },
      ],
      room: { size: 0.3, amount: 0 },
      master: { gainDb: 0, mono: false },
      arc: { ...DEFAULT_ARC },
    },
  };
}

export const BRUSHING_REFERENCES: readonly ReferenceScene[] = [
  reference('brushing', 'ref-brushing', 'A stiff nylon brush, quick strokes', {
    tool: 'nail',
    softness: 0.2,
    crispness: 0.1,
    pace: 1.5,
    speed: 10,
    steadiness: 0.6,
    surprise: 0.35,
    rub: 0.1,
    handling: 0.8,
    air: 0.75,
  }),
  reference('cloth', 'ref-cloth', 'Cotton that is rubbed and creased', {
    tool: 'cotton',
    softness: 0.75,
    crispness: 0.9,
    pace: 1.1,
    speed: 3,
    steadiness: 0.5,
    surprise: 0.6,
    pressure: 0.8,
    rub: 1,
    catching: 0.9,
    handling: 0.9,
    air: 0.71,
  }),
];
