// Spectral tilt: emitters → three first-order shelves, in place, at constant loudness.
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, fromDb } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import type { Emitter } from '../trigger.ts';
import { lowPassGain } from './filters.ts';

/** Gain at 8 kHz over the gain at 300 Hz when brightness is 1; the opposite at 0. */
const TILT_DB = 10.5;
/** Corners spread evenly over 300 Hz…8 kHz on a logarithmic scale: together nearly a straight slope. */
const CORNERS_HZ = [520, 1550, 4600] as const;
/** The outer skirts of the shelves lie outside the band: this much more step gives the tilt inside it. */
const STEP_PER_TILT = 1.3 / 3;
/** Smaller tilts are bypassed. */
const MIN_TILT = 0.001;
/** Level that keeps pink noise (100 Hz…8 kHz) as loud as it was, in dB over the tilt's −1…1: fitted within 0.2 dB. */
const LEVEL_SLOPE_DB = 1.3;
const LEVEL_CURVE_DB = -2.35;

/** Brightness of one layer. Half brightness passes the sound through unchanged. */
export class Tilt {
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  #neutral = true;

  constructor({ kernels, arena, sampleRate }: DspContext) {
    this.#kernels = kernels;
    this.#ptr = arena.alloc(kernels.TILT_BYTES);
    const [a, b, c] = CORNERS_HZ;
    kernels.tiltInit(this.#ptr, lowPassGain(a, sampleRate), lowPassGain(b, sampleRate), lowPassGain(c, sampleRate));
  }

  /**
   * Filters one block in place.
   * @param emitters - one to four
   * @param brightness - 0 dark … 1 bright
   */
  render(emitters: readonly Emitter[], brightness: number): void {
    const tilt = 2 * clamp(brightness, 0, 1) - 1;
    const neutral = Math.abs(tilt) < MIN_TILT;
    if (neutral && this.#neutral) return;
    const first = emitters[0];
    if (!first) return;
    this.#neutral = neutral;
    const stepDb = neutral ? 0 : TILT_DB * STEP_PER_TILT * tilt;
    const levelDb = neutral ? 0 : (tilt * (LEVEL_SLOPE_DB + LEVEL_CURVE_DB * tilt)) / CORNERS_HZ.length;
    this.#kernels.tiltRender(
      this.#ptr,
      first.out,
      (emitters[1] ?? first).out,
      (emitters[2] ?? first).out,
      (emitters[3] ?? first).out,
      fromDb(levelDb - stepDb / 2),
      fromDb(levelDb + stepDb / 2),
      BLOCK_FRAMES,
    );
  }
}
