// Modal bank: contact force → decaying sine modes, each with its own gain → sum. Modes ring on freely between contacts.
import type { Ptr } from '../kernelExports.ts';
import type { DspContext } from './block.ts';
import type { Kernels } from './kernels.ts';
import { clamp, decayRate, TAU } from './math.ts';

/** Modes stay below this share of the sample rate. */
const MAX_HZ_SHARE = 0.45;
const MIN_HZ = 20;

/** Size of a bank. */
export interface ModalBankOptions {
  /** Number of modes, 1…32. */
  readonly modes: number;
  /** Length of every block to come, a multiple of 16, at most 256. */
  readonly frames: number;
}

/** A bank of damped oscillators. Source: modal synthesis, J.-M. Adrien 1991. */
export class ModalBank {
  readonly modes: number;
  /** Floats in a gain vector (a multiple of 8). */
  readonly gainCount: number;
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;

  /**
   * @param context - kernels, memory, sample rate
   * @param options - modes and block length
   */
  constructor({ kernels, arena, sampleRate }: DspContext, { modes, frames }: ModalBankOptions) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.modes = modes;
    this.gainCount = kernels.modalGains(modes);
    this.#ptr = arena.alloc(kernels.modalBytes(modes));
    kernels.modalInit(this.#ptr, modes, frames);
  }

  /**
   * Sets a mode; safe while it rings.
   * @param mode - index
   * @param hz - frequency, clamped to 20 Hz … 0.45 of the sample rate
   * @param t60Sec - 60 dB decay
   * @param phase - of the response to a force, radians
   */
  setMode(mode: number, hz: number, t60Sec: number, phase = 0): void {
    const theta = (TAU * clamp(hz, MIN_HZ, MAX_HZ_SHARE * this.#sampleRate)) / this.#sampleRate;
    this.#kernels.modalSetMode(this.#ptr, mode, theta, decayRate(t60Sec) / this.#sampleRate, phase);
  }

  /**
   * Adds a block of free ringing. Call once per block, before `drive`.
   * @param out - a block of samples
   * @returns number of modes that ring
   */
  ring(out: Ptr): number {
    return this.#kernels.modalRing(this.#ptr, out);
  }

  /**
   * Adds the response to one contact's force.
   * @param gains - `gainCount` floats, one gain per mode
   * @param force - a block of samples
   * @param from - first frame at which the force is not zero
   * @param out - a block of samples
   */
  drive(gains: Ptr, force: Ptr, from: number, out: Ptr): void {
    this.#kernels.modalDrive(this.#ptr, gains, force, from & ~3, out);
  }
}
