// True-peak meter with slow decay: for the display, not for a guarantee.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { PeakTable } from './peakTable.ts';
import { onePoleCoefficient } from './weighting.ts';

const FALL_SEC = 0.6;
/** Sound hardly ever rises more than 2 dB between two samples; below that, interpolation is skipped. */
const LIKELY_OVERSHOOT = 1.26;

/** Measures the largest magnitude at or between the samples of both channels. */
export class PeakMeter {
  /** Magnitude, 1 is full scale. */
  peak = 0;
  readonly #kernels: Kernels;
  readonly #table: PeakTable;
  readonly #history: number;
  readonly #left: Ptr;
  readonly #right: Ptr;
  readonly #lines: readonly [Float32Array, Float32Array];
  readonly #peaks: Ptr;
  readonly #decay: number;

  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, table: PeakTable) {
    this.#kernels = kernels;
    this.#table = table;
    this.#history = kernels.PEAK_TAPS - 1;
    const length = this.#history + BLOCK_FRAMES + 1; // one spare zero: whole vectors
    this.#left = arena.floats(length);
    this.#right = arena.floats(length);
    this.#lines = [arena.view(this.#left, length), arena.view(this.#right, length)];
    this.#peaks = arena.floats(BLOCK_FRAMES);
    this.#decay = onePoleCoefficient(BLOCK_FRAMES / sampleRate, FALL_SEC);
  }

  reset(): void {
    for (const line of this.#lines) line.fill(0);
    this.peak = 0;
  }

  /**
   * Measures the next block.
   * @param left - samples
   * @param right - samples
   */
  push(left: Float32Array, right: Float32Array): void {
    const kernels = this.#kernels;
    const [lineLeft, lineRight] = this.#lines;
    lineLeft.copyWithin(0, BLOCK_FRAMES, BLOCK_FRAMES + this.#history);
    lineRight.copyWithin(0, BLOCK_FRAMES, BLOCK_FRAMES + this.#history);
    lineLeft.set(left, this.#history);
    lineRight.set(right, this.#history);
    this.peak *= this.#decay;
    const loudest = kernels.magnitude(this.#left, this.#right, BLOCK_FRAMES + this.#history + 1);
    if (loudest * LIKELY_OVERSHOOT <= this.peak) return;
    const now = kernels.truePeaks(this.#left, this.#right, this.#table.ptr, this.#peaks, BLOCK_FRAMES);
    this.peak = Math.max(this.peak, now);
  }
}
