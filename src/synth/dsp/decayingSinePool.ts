// Typed face of the grain kernel: many short decaying sines, each starting anywhere in the block, on one bus per emitter.
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from './block.ts';
import type { ArenaScope } from './arena.ts';
import type { Kernels } from './kernels.ts';
import { decayRate, TAU } from './math.ts';

/** Highest frequency a grain may have, as a share of the sample rate: its onset must not fold over. */
const HIGHEST_SHARE = 0.42;
const LOWEST_HZ = 25;
/** Grains that can begin in one block, and numbers each takes in the kernel's queue. */
const QUEUE = 256;
const ORDER = 8;

export class DecayingSinePool {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #pool: Ptr;
  readonly #buses: Ptr;
  readonly #busCount: number;
  readonly #queuePtr: Ptr;
  readonly #queue: Float64Array;
  #queued = 0;
  #sounding = 0;

  /** Memory for at most `capacity` grains at once on `buses` buses of one block each. */
  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, capacity: number, buses: number) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#pool = arena.alloc(kernels.sinesBytes(capacity));
    kernels.sinesInit(this.#pool, capacity);
    this.#queuePtr = arena.alloc(QUEUE * ORDER * 8);
    this.#queue = new Float64Array(kernels.memory, this.#queuePtr, QUEUE * ORDER);
    this.#buses = arena.floats(buses * BLOCK_FRAMES);
    this.#busCount = buses;
  }

  /** Grains that still sounded at the end of the last block. */
  get sounding(): number {
    return this.#sounding;
  }

  bus(index: number): Ptr {
    return this.#buses + index * BLOCK_FRAMES * 4;
  }

  /**
   * A decaying sine from `atFrames` (0…block length, fractions count). `rampSec` is its whole onset; its pitch rises by the
   * share `glidePerSec` of itself a second (a bubble that nears the surface): keep the end of the glide under fs / 8.
   */
  ring(
    bus: number,
    atFrames: number,
    amplitude: number,
    hz: number,
    phase: number,
    t60Sec: number,
    rampSec: number,
    glidePerSec = 0,
  ): void {
    const fs = this.#sampleRate;
    if (hz < LOWEST_HZ || hz > HIGHEST_SHARE * fs || this.#queued === QUEUE) return;
    const queue = this.#queue;
    const order = ORDER * this.#queued++;
    queue[order] = bus;
    queue[order + 1] = atFrames;
    queue[order + 2] = amplitude;
    queue[order + 3] = (TAU * hz) / fs;
    queue[order + 4] = phase;
    queue[order + 5] = decayRate(t60Sec) / fs;
    queue[order + 6] = rampSec * fs;
    queue[order + 7] = glidePerSec / fs;
  }

  /** Renders one block into the buses, replacing what they held. */
  render(): void {
    this.#kernels.clear(this.#buses, this.#busCount * BLOCK_FRAMES);
    if (this.#sounding + this.#queued === 0) return;
    const kernels = this.#kernels;
    this.#sounding = kernels.sinesRender(this.#pool, this.#queuePtr, this.#queued, this.#buses, BLOCK_FRAMES);
    this.#queued = 0;
  }
}
