// Stereo delay line of whole blocks.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** Delays both channels by a fixed number of blocks. */
export class DelayLine {
  /** The delayed block. */
  left: Ptr;
  right: Ptr;
  readonly #start: Ptr;
  readonly #view: Float32Array;
  readonly #slots: number;
  #readSlot = 0;

  constructor(arena: ArenaScope, delayBlocks: number) {
    this.#slots = delayBlocks + 1;
    this.#start = arena.floats(2 * BLOCK_FRAMES * this.#slots);
    this.#view = arena.view(this.#start, 2 * BLOCK_FRAMES * this.#slots);
    this.left = this.#start;
    this.right = this.#start;
  }

  push(left: Float32Array, right: Float32Array): void {
    const at = 2 * BLOCK_FRAMES * this.#readSlot;
    this.#view.set(left, at);
    this.#view.set(right, at + BLOCK_FRAMES);
    this.#readSlot = this.#readSlot + 1 === this.#slots ? 0 : this.#readSlot + 1;
    this.left = this.#start + 2 * BLOCK_FRAMES * this.#readSlot * Float32Array.BYTES_PER_ELEMENT;
    this.right = this.left + BLOCK_FRAMES * Float32Array.BYTES_PER_ELEMENT;
  }

  reset(): void {
    this.#view.fill(0);
  }
}
