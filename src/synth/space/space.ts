// Places every layer round the head: emitters → tone → near-field head (per ear delay, gain, shelf) → sum, plus one shared room.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos, sin } from '../dsp/maths.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Place, Room } from '../scene.ts';
import { BLOCK_FRAMES } from '../trigger.ts';
import type { Emitter } from '../trigger.ts';

export interface SpaceContext {
  readonly kernels: Kernels;
  readonly arena: ArenaScope;
  readonly sampleRate: number;
}

/** What the engine tells a layer's space each block. Place is already smoothed. */
export interface LayerBlock {
  readonly emitters: readonly Emitter[];
  readonly place: Place;
  /** The hand along its stroke, −1…1. */
  readonly stroke: number;
  /** 0…1; ½ leaves the timbre as it is. */
  readonly brightness: number;
  /** Gain at the block's start and end (linear). */
  readonly gainFrom: number;
  readonly gainTo: number;
  readonly timeSec: number;
  readonly mono: boolean;
}

/** The two ears' sum and the room they share. */
export class Space {
  readonly left: Ptr;
  readonly right: Ptr;
  readonly #kernels: Kernels;

  constructor({ kernels, arena }: SpaceContext) {
    this.#kernels = kernels;
    this.left = arena.floats(BLOCK_FRAMES);
    this.right = arena.floats(BLOCK_FRAMES);
  }

  /** Call first in every block. */
  begin(): void {
    this.#kernels.clear(this.left, BLOCK_FRAMES);
    this.#kernels.clear(this.right, BLOCK_FRAMES);
  }

  /** Adds the room's answer to everything placed in this block. */
  finish(_room: Room): void {}
}

/** One layer's way to the ears: motion, tone and one head filter per emitter. */
export class LayerSpace {
  readonly #kernels: Kernels;

  constructor({ kernels }: SpaceContext, _emitters: number) {
    this.#kernels = kernels;
  }

  render(space: Space, block: LayerBlock): void {
    const angle = (block.place.azimuthDeg * Math.PI) / 180;
    const left = cos(angle / 2 - Math.PI / 4);
    const right = sin(angle / 2 + Math.PI / 4) > 0 ? cos(angle / 2 + Math.PI / 4) : 0;
    for (const emitter of block.emitters) {
      this.#kernels.addRamp(emitter.out, space.left, left * block.gainFrom, left * block.gainTo, BLOCK_FRAMES);
      this.#kernels.addRamp(emitter.out, space.right, right * block.gainFrom, right * block.gainTo, BLOCK_FRAMES);
    }
  }
}
