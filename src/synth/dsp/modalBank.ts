// Typed face of the modal kernel: a bank of partials that is tuned, struck by forces and left to ring.
import type { Ptr } from '../kernelExports.ts';
import type { ArenaScope } from './arena.ts';
import type { Kernels } from './kernels.ts';
import { clamp, decayRate, TAU } from './math.ts';

/** Partials stay below this share of the sample rate. */
const HIGHEST = 0.45;
const LOWEST_HZ = 20;

export class ModalBank {
  readonly modes: number;
  /** Floats in a gain vector (a multiple of 8). */
  readonly gainCount: number;
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;

  /** `frames`: the length of every block to come, a multiple of 16. Allocates. */
  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, modes: number, frames: number) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.modes = modes;
    this.gainCount = kernels.modalGains(modes);
    this.#ptr = arena.alloc(kernels.modalBytes(modes));
    kernels.modalInit(this.#ptr, modes, frames);
  }

  /** Sets a partial's frequency, 60 dB decay time and the phase of its answer to a force; safe while it rings. */
  tune(mode: number, hz: number, t60Sec: number, phase = 0): void {
    const theta = (TAU * clamp(hz, LOWEST_HZ, HIGHEST * this.#sampleRate)) / this.#sampleRate;
    this.#kernels.modalSetMode(this.#ptr, mode, theta, decayRate(t60Sec) / this.#sampleRate, phase);
  }

  /** Adds a block of free ringing to `out`; answers how many partials ring. Call once per block, before `drive`. */
  ring(out: Ptr): number {
    return this.#kernels.modalRing(this.#ptr, out);
  }

  /** Adds the answer to one contact's force; `gains` holds `gainCount` floats, the force starts at or after frame `from`. */
  drive(gains: Ptr, force: Ptr, from: number, out: Ptr): void {
    this.#kernels.modalDrive(this.#ptr, gains, force, from & ~3, out);
  }
}
