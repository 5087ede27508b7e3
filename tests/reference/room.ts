// The short room in plain double precision, one sample at a time: what the kernel must equal, and what it is measured against.
import type { Arena } from '../../src/synth/dsp/arena.ts';
import type { Kernels } from '../../src/synth/dsp/kernels.ts';
import type { Ptr } from '../../src/synth/kernelExports.ts';

export interface Echo {
  readonly leftFrames: number;
  readonly leftGain: number;
  readonly rightFrames: number;
  readonly rightGain: number;
}

export interface RoomSettings {
  readonly delays: readonly number[];
  /** Loop gain of each line: damping taps are gain·(side, 1 − 2·side, side), `spacing` frames apart. */
  readonly gains: readonly number[];
  readonly sides: readonly number[];
  readonly spacing: number;
  readonly pole: number;
  readonly tail: number;
  readonly echoes: readonly Echo[];
}

/** A room of 0.25 s at 48 kHz. */
export function exampleRoom(): RoomSettings {
  const delays = [241, 307, 379, 467, 577, 709, 877, 1091];
  return {
    delays,
    gains: delays.map((frames) => 10 ** ((-3 * frames) / 48000 / 0.25)),
    sides: [0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25],
    spacing: 2,
    pole: 0.48,
    tail: 0.3,
    echoes: [206, 293, 331, 394, 494, 629].map((frames, k) => ({
      leftFrames: frames,
      leftGain: 0.3 - 0.03 * k,
      rightFrames: frames + 7 * (k % 2 === 0 ? 1 : -1),
      rightGain: 0.15 + 0.02 * k,
    })),
  };
}

const LINES = 8;
const RING = 2048;
const MASK = RING - 1;
/** Which send enters each line, and with which sign it enters and is heard at either ear. */
const FROM_LEFT = [true, false, false, true, false, true, true, false];
const ENTER = [1, 1, 1, 1, -1, -1, -1, -1];
const HEARD_LEFT = [1, 1, -1, -1, 1, 1, -1, -1];
const HEARD_RIGHT = [1, -1, 1, -1, -1, 1, -1, 1];

export class RoomReference {
  readonly #settings: RoomSettings;
  readonly #lines: Float64Array[];
  readonly #echoLine: Float64Array;
  readonly #out = new Float64Array(LINES);
  #at = 0;
  #lowLeft = 0;
  #lowRight = 0;

  constructor(settings: RoomSettings) {
    this.#settings = settings;
    this.#lines = settings.delays.map(() => new Float64Array(RING));
    this.#echoLine = new Float64Array(RING);
  }

  /** Adds the room's answer to `left` and `right`. */
  render(inLeft: Float32Array, inRight: Float32Array, gain: number, left: Float32Array, right: Float32Array): void {
    const { delays, gains, sides, spacing, pole, tail, echoes } = this.#settings;
    const lines = this.#lines;
    const out = this.#out;
    for (let i = 0; i < inLeft.length; i++) {
      this.#lowLeft += (1 - pole) * (gain * (inLeft[i] ?? 0) - this.#lowLeft);
      this.#lowRight += (1 - pole) * (gain * (inRight[i] ?? 0) - this.#lowRight);
      let sum = 0;
      for (let k = 0; k < LINES; k++) {
        const line = lines[k]!;
        const at = this.#at - delays[k]!;
        const beside = line[(at - spacing) & MASK]! + line[(at + spacing) & MASK]!;
        out[k] = gains[k]! * ((1 - 2 * sides[k]!) * line[at & MASK]! + sides[k]! * beside);
        sum += out[k]!;
      }
      let outLeft = 0;
      let outRight = 0;
      for (let k = 0; k < LINES; k++) {
        const line = lines[k]!;
        const entering = ENTER[k]! * (FROM_LEFT[k] ? this.#lowLeft : this.#lowRight);
        line[this.#at & MASK] = out[k]! - sum / 4 + entering;
        outLeft += tail * HEARD_LEFT[k]! * out[k]!;
        outRight += tail * HEARD_RIGHT[k]! * out[k]!;
      }
      this.#echoLine[this.#at & MASK] = this.#lowLeft + this.#lowRight;
      for (const echo of echoes) {
        outLeft += echo.leftGain * this.#echoLine[(this.#at - echo.leftFrames) & MASK]!;
        outRight += echo.rightGain * this.#echoLine[(this.#at - echo.rightFrames) & MASK]!;
      }
      left[i] = left[i]! + outLeft;
      right[i] = right[i]! + outRight;
      this.#at = (this.#at + 1) & MASK;
    }
  }
}

/** The kernel with the same settings. */
export function createKernelRoom(kernels: Kernels, arena: Arena, settings: RoomSettings): Ptr {
  const ptr = arena.alloc(kernels.fdnBytes(RING));
  kernels.fdnInit(ptr, RING, LINES, settings.spacing, settings.pole);
  kernels.fdnSetTailGain(ptr, settings.tail);
  const delays = new Int32Array(kernels.memory, ptr + kernels.FDN_DELAYS, LINES);
  const centre = arena.view(ptr + kernels.FDN_DAMPING_CENTRE, LINES);
  const side = arena.view(ptr + kernels.FDN_DAMPING_SIDE, LINES);
  for (let k = 0; k < LINES; k++) {
    delays[k] = settings.delays[k]!;
    centre[k] = settings.gains[k]! * (1 - 2 * settings.sides[k]!);
    side[k] = settings.gains[k]! * settings.sides[k]!;
  }
  const frames = new Int32Array(kernels.memory, ptr + kernels.FDN_REFLECTIONS, settings.echoes.length * 4);
  const gains = new Float32Array(kernels.memory, ptr + kernels.FDN_REFLECTIONS, settings.echoes.length * 4);
  settings.echoes.forEach((echo, k) => {
    frames[4 * k] = echo.leftFrames;
    gains[4 * k + 1] = echo.leftGain;
    frames[4 * k + 2] = echo.rightFrames;
    gains[4 * k + 3] = echo.rightGain;
  });
  return ptr;
}
