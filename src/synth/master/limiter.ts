// True-peak limiter: both channels → gain from interpolated peaks, minimum over the look-ahead, box smoothing → clamp. In place.
import type { Kernels } from '../dsp/kernels.ts';
import { fromDb } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import type { Limits } from './limits.ts';
import type { PeakTable } from './peakTable.ts';
import { onePoleCoefficient } from './weighting.ts';

/** Window of the minimum; the attack ends within it. */
const LOOK_AHEAD_SEC = 0.005;
const RELEASE_SEC = 0.25;

/** Holds the true peak under the ceiling of the mode; delays by a few milliseconds. */
export class Limiter {
  readonly delayFrames: number;
  readonly #kernels: Kernels;
  readonly #state: Ptr;
  readonly #boxFrames: number;
  readonly #table: PeakTable;
  readonly #ceiling: number;
  readonly #clamp: number;
  readonly #release: number;

  constructor({ kernels, arena, sampleRate }: DspContext, table: PeakTable, limits: Limits) {
    const box = Math.round((LOOK_AHEAD_SEC * sampleRate) / 2);
    this.#kernels = kernels;
    this.#state = arena.alloc(kernels.limiterBytes(box));
    this.#boxFrames = box;
    kernels.limiterInit(this.#state, box);
    this.delayFrames = kernels.limiterDelay(box);
    this.#table = table;
    this.#ceiling = fromDb(limits.ceilingDb);
    this.#clamp = fromDb(limits.clampDb);
    this.#release = 1 - onePoleCoefficient(1 / sampleRate, RELEASE_SEC);
  }

  reset(): void {
    this.#kernels.limiterInit(this.#state, this.#boxFrames);
  }

  /**
   * Limits one block in place.
   * @param left - samples
   * @param right - samples
   * @returns smallest gain of the block
   */
  render(left: Ptr, right: Ptr): number {
    const kernels = this.#kernels;
    const gain = kernels.limiterRender(
      this.#state,
      left,
      right,
      this.#table.ptr,
      this.#table.maxOvershoot,
      this.#ceiling,
      this.#release,
      BLOCK_FRAMES,
    );
    kernels.limiterClamp(left, this.#clamp, BLOCK_FRAMES);
    kernels.limiterClamp(right, this.#clamp, BLOCK_FRAMES);
    return gain;
  }
}
