// Reference scenes for rustling: set to sound like the recorded object, at natural brightness.
import { DEFAULT_ARC } from '../../synth/index.ts';
import type { Scene } from '../../synth/index.ts';
import type { ReferenceScene } from './referenceScene.ts';

function scene(params: Scene['layers'][number]['params']): Scene {
  return {
    seed: 1,
    layers: [
      {
        id: 'a',
        trigger: 'rustling',
        gainDb: 0,
        muted: false,
        params,
        place: { azimuthDeg: 0, elevationDeg: 0, closeness: 0.5, spread: 0.3, path: 'still', periodSec: 12 },
      },
    ],
    room: { size: 0.3, amount: 0 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
  };
}

export const RUSTLING_REFERENCES: readonly ReferenceScene[] = [
  {
    family: 'paper',
    id: 'ref-paper',
    name: 'Writing paper, crumpled without pause',
    scene: scene({
      softness: 0,
      brightness: 0.5,
      crispness: 0.5,
      pace: 3,
      steadiness: 1,
      surprise: 0.4,
      material: 'paper',
      gesture: 'squeeze',
      size: 0.5,
      density: 0.5,
      dampness: 0,
      settling: 0.5,
      sliding: 0.35,
      hush: 0.5,
    }),
  },
  {
    family: 'page_turn',
    id: 'ref-page-turn',
    name: 'Turning the pages of a book',
    scene: scene({
      softness: 0,
      brightness: 0.5,
      crispness: 0.5,
      pace: 0.45,
      steadiness: 0.6,
      surprise: 0.4,
      material: 'page',
      gesture: 'turn',
      size: 0.5,
      density: 0.5,
      dampness: 0,
      settling: 0.3,
      sliding: 0.5,
      hush: 0.5,
    }),
  },
  {
    family: 'leaves',
    id: 'ref-leaves',
    name: 'Walking through dry leaves',
    scene: scene({
      softness: 0.3,
      brightness: 0.5,
      crispness: 0.5,
      pace: 1.7,
      steadiness: 0.9,
      surprise: 0.4,
      material: 'leaves',
      gesture: 'walk',
      size: 0.5,
      density: 0.7,
      dampness: 0,
      settling: 0.5,
      sliding: 0.5,
      hush: 0.5,
    }),
  },
];
