// Where a loop's file is cut: a round's block powers → the place that is the most like any other.
import { log } from './dsp/maths.ts';
import { BLOCK_FRAMES } from './trigger.ts';

/** The cut lies this near to the round's beginning: what is skipped to get there is work. */
const WITHIN_SEC = 20;
/** Powers before and after a place are compared over these times. */
const NEAR_SEC = 0.025;
const WIDE_SEC = 0.1;
/** Places are taken from the middle of all levels: neither rests nor peaks. */
const QUIETEST = 0.35;
const LOUDEST = 0.65;
const NOTHING = 1e-12;

/**
 * The loop has no seam; its file has one, where it begins and ends. Any place would do, but a join in the middle of a steady
 * stretch can least be heard in a player that leaves a gap or adds a fade.
 */
export class LoopJoin {
  readonly #powers: Float64Array;
  readonly #near: number;
  readonly #wide: number;
  #frame = 0;

  constructor(loopFrames: number, sampleRate: number) {
    const blockSec = BLOCK_FRAMES / sampleRate;
    this.#near = Math.ceil(NEAR_SEC / blockSec);
    this.#wide = Math.ceil(WIDE_SEC / blockSec);
    const within = Math.round(WITHIN_SEC / blockSec) + 2 * this.#wide;
    this.#powers = new Float64Array(Math.min(loopFrames / BLOCK_FRAMES, within));
  }

  /** The round's next samples, whole blocks. */
  take(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i++) {
      const block = Math.floor((this.#frame + i) / BLOCK_FRAMES);
      if (block >= this.#powers.length) break;
      const power = (left[i] ?? 0) * (left[i] ?? 0) + (right[i] ?? 0) * (right[i] ?? 0);
      this.#powers[block] = (this.#powers[block] ?? 0) + power;
    }
    this.#frame += left.length;
  }

  /** Forgets the round: another one begins. */
  restart(): void {
    this.#frame = 0;
    this.#powers.fill(0);
  }

  /** Frames from the round's beginning to the cut, whole blocks. */
  get frames(): number {
    const first = this.#wide;
    const last = this.#powers.length - this.#wide;
    const levels: { readonly block: number; readonly power: number }[] = [];
    for (let block = first; block <= last; block++) {
      levels.push({ block, power: this.#sum(block - this.#near, block + this.#near) });
    }
    levels.sort((a, b) => a.power - b.power || a.block - b.block);
    let best = { block: 0, change: Infinity };
    for (const { block } of levels.slice(Math.floor(QUIETEST * levels.length), Math.ceil(LOUDEST * levels.length))) {
      const change = this.#change(block, this.#near) + this.#change(block, this.#wide);
      if (change < best.change) best = { block, change };
    }
    return best.block * BLOCK_FRAMES;
  }

  /** How unlike the powers before and after a block are. */
  #change(block: number, reach: number): number {
    const before = this.#sum(block - reach, block) + NOTHING;
    const after = this.#sum(block, block + reach) + NOTHING;
    return Math.abs(log(after / before));
  }

  #sum(from: number, to: number): number {
    let sum = 0;
    for (let block = from; block < to; block++) sum += this.#powers[block] ?? 0;
    return sum;
  }
}
