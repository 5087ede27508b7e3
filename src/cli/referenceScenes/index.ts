// Scenes set to sound like recorded objects at natural brightness: for measurement and research, not for listening pleasure.
import { BED_REFERENCES } from './ambience.ts';
import { BRUSHING_REFERENCES } from './brushing.ts';
import { RUSTLING_REFERENCES } from './rustling.ts';
import { TAPPING_REFERENCES } from './tapping.ts';
import type { ReferenceScene } from './referenceScene.ts';

/** All of them, by family. */
export const REFERENCE_SCENES: readonly ReferenceScene[] = [
  ...TAPPING_REFERENCES,
  ...RUSTLING_REFERENCES,
  ...BRUSHING_REFERENCES,
  ...BED_REFERENCES,
];
