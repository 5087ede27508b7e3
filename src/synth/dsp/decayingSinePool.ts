// Pool of decaying sines: queued onsets (fractional frames) → smoothstep ramp × decaying, gliding sine → one bus each.
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from './block.ts';
import type { DspContext } from './block.ts';
import type { Kernels } from './kernels.ts';
import { decayRate, TAU } from './math.ts';

/** Highest frequency as a share of the sample rate: the onset must not alias. */
const MAX_HZ_SHARE = 0.42;
const MIN_HZ = 25;
/** Onsets per block, and f64 values of each in the kernel's queue. */
const MAX_ONSETS = 256;
const ONSET_VALUES = 8;

/** Size of a pool. */
export interface DecayingSinePoolOptions {
  /** Sines that can sound at once; a full pool drops the quietest. */
  readonly capacity: number;
  /** Buses of one block each. */
  readonly buses: number;
}

/** One decaying sine. May be reused: the pool copies it. */
export interface DecayingSine {
  /** Bus number. */
  bus: number;
  /** Onset, frames into the coming block, fractions count: 0…block length. */
  atFrames: number;
  amplitude: number;
  /** Outside 25 Hz … 0.42 of the sample rate it is left out. */
  hz: number;
  /** Radians. */
  phase: number;
  t60Sec: number;
  /** Length of the whole onset. */
  rampSec: number;
  /** Share of itself by which the frequency rises per second; keep its end below an eighth of the sample rate. */
  glidePerSec: number;
}

/**
 * Creates a sine to be filled in and reused, so that the audio thread allocates none.
 * @returns a silent sine
 */
export function createDecayingSine(): DecayingSine {
  return { bus: 0, atFrames: 0, amplitude: 0, hz: 0, phase: 0, t60Sec: 0, rampSec: 0, glidePerSec: 0 };
}

/** Many short decaying sines, each starting anywhere in the block. */
export class DecayingSinePool {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #pool: Ptr;
  readonly #buses: Ptr;
  readonly #busCount: number;
  readonly #queuePtr: Ptr;
  readonly #queue: Float64Array;
  #queued = 0;
  #active = 0;

  /**
   * @param context - kernels, memory, sample rate
   * @param options - capacity and buses
   */
  constructor({ kernels, arena, sampleRate }: DspContext, { capacity, buses }: DecayingSinePoolOptions) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#pool = arena.alloc(kernels.sinesBytes(capacity));
    kernels.sinesInit(this.#pool, capacity);
    this.#queuePtr = arena.alloc(MAX_ONSETS * ONSET_VALUES * 8);
    this.#queue = new Float64Array(kernels.memory, this.#queuePtr, MAX_ONSETS * ONSET_VALUES);
    this.#buses = arena.floats(buses * BLOCK_FRAMES);
    this.#busCount = buses;
  }

  /** Sines that still sounded at the end of the last block. */
  get active(): number {
    return this.#active;
  }

  /**
   * Address of a bus.
   * @param index - bus number
   * @returns a block of samples, valid after `render`
   */
  bus(index: number): Ptr {
    return this.#buses + index * BLOCK_FRAMES * 4;
  }

  /**
   * Queues a sine for the coming block.
   * @param sine - copied
   */
  push(sine: DecayingSine): void {
    const fs = this.#sampleRate;
    if (sine.hz < MIN_HZ || sine.hz > MAX_HZ_SHARE * fs || this.#queued === MAX_ONSETS) return;
    const queue = this.#queue;
    const at = ONSET_VALUES * this.#queued++;
    queue[at] = sine.bus;
    queue[at + 1] = sine.atFrames;
    queue[at + 2] = sine.amplitude;
    queue[at + 3] = (TAU * sine.hz) / fs;
    queue[at + 4] = sine.phase;
    queue[at + 5] = decayRate(sine.t60Sec) / fs;
    queue[at + 6] = sine.rampSec * fs;
    queue[at + 7] = sine.glidePerSec / fs;
  }

  /** Renders one block into the buses, replacing what they held. */
  render(): void {
    this.#kernels.clear(this.#buses, this.#busCount * BLOCK_FRAMES);
    if (this.#active + this.#queued === 0) return;
    this.#active = this.#kernels.sinesRender(this.#pool, this.#queuePtr, this.#queued, this.#buses, BLOCK_FRAMES);
    this.#queued = 0;
  }
}
