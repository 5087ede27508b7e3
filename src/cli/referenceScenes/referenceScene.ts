// The type of a reference scene.
import type { Scene } from '../../synth/index.ts';

/** A scene for measurement. */
export interface ReferenceScene {
  /** Which kind of recorded sound it stands for. */
  readonly family: string;
  readonly id: string;
  readonly name: string;
  readonly scene: Scene;
}
