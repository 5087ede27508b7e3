// Scenes set to sound like recorded objects at natural brightness: for measurement and research, not for listening pleasure.
import type { Scene } from '../../synth/index.ts';
import { BED_REFERENCES } from './ambience.ts';
import { BRUSHING_REFERENCES } from './brushing.ts';
import { RUSTLING_REFERENCES } from './rustling.ts';
import { TAPPING_REFERENCES } from './tapping.ts';

/** A scene for measurement. */
export interface ReferenceScene {
  /** Which kind of recorded sound it stands for. */
  readonly family: string;
  readonly id: string;
  readonly name: string;
  readonly scene: Scene;
}

/** All of them, by family. */
export const REFERENCE_SCENES: readonly ReferenceScene[] = [
  ...TAPPING_REFERENCES,
  ...RUSTLING_REFERENCES,
  ...BRUSHING_REFERENCES,
  ...BED_REFERENCES,
];
