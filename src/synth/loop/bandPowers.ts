// What a loop's cut is chosen by: samples → six bands per ear → their powers block by block, and the steps between blocks.
import { exp, TAU } from '../dsp/math.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** The bands lie under, between and over these. */
const EDGES_HZ = [150, 400, 1000, 2500, 6000];
export const BANDS = EDGES_HZ.length + 1;
export const EARS = 2;

/** Running sums, so that any stretch of whole blocks is one subtraction. */
export class LoopPowers {
  readonly blocks: number;
  /** By ear and band: the power of all blocks before. */
  readonly #sums: Float64Array[][];
  /** The same of everything together. */
  readonly #all: Float64Array;
  /** By ear: from the last sample before a block to its first. */
  readonly #steps: Float64Array[];
  readonly #shares: readonly number[];
  readonly #lows: Float64Array[];
  readonly #last = [0, 0];
  #block = 0;

  constructor(blocks: number, sampleRate: number) {
    this.blocks = blocks;
    this.#shares = EDGES_HZ.map((hz) => 1 - exp((-TAU * hz) / sampleRate));
    const ears = [0, 1];
    this.#sums = ears.map(() => Array.from({ length: BANDS }, () => new Float64Array(blocks + 1)));
    this.#all = new Float64Array(blocks + 1);
    this.#steps = ears.map(() => new Float64Array(blocks + 1));
    this.#lows = ears.map(() => new Float64Array(EDGES_HZ.length));
  }

  /** The round's next samples, whole blocks; what goes beyond `blocks` is not looked at. */
  take(left: Float32Array, right: Float32Array): void {
    for (let at = 0; at < left.length && this.#block < this.blocks; at += BLOCK_FRAMES) {
      this.#all[this.#block + 1] = this.#all[this.#block] ?? 0;
      this.#listen(0, left.subarray(at, at + BLOCK_FRAMES));
      this.#listen(1, right.subarray(at, at + BLOCK_FRAMES));
      this.#block += 1;
    }
  }

  /** Another round begins. */
  restart(): void {
    this.#block = 0;
  }

  /** Of the blocks from `from` until before `to`. */
  power(ear: number, band: number, from: number, to: number): number {
    const sums = this.#sums[ear]?.[band];
    return Math.max(0, (sums?.[to] ?? 0) - (sums?.[from] ?? 0));
  }

  /** The same, both ears and all bands. */
  all(from: number, to: number): number {
    return Math.max(0, (this.#all[to] ?? 0) - (this.#all[from] ?? 0));
  }

  step(ear: number, block: number): number {
    return this.#steps[ear]?.[block] ?? 0;
  }

  #listen(ear: 0 | 1, samples: Float32Array): void {
    const lows = this.#lows[ear];
    const sums = this.#sums[ear];
    const steps = this.#steps[ear];
    if (!lows || !sums || !steps) return;
    for (const bandSums of sums) bandSums[this.#block + 1] = bandSums[this.#block] ?? 0;
    steps[this.#block] = Math.abs((samples[0] ?? 0) - (this.#last[ear] ?? 0));
    this.#last[ear] = samples[samples.length - 1] ?? 0;
    for (const sample of samples) {
      this.#all[this.#block + 1] = (this.#all[this.#block + 1] ?? 0) + sample * sample;
      let under = 0;
      for (let band = 0; band < BANDS; band++) {
        const share = this.#shares[band];
        const low = share === undefined ? sample : (lows[band] ?? 0) + share * (sample - (lows[band] ?? 0));
        if (share !== undefined) lows[band] = low;
        const part = low - under;
        under = low;
        const bandSums = sums[band];
        if (bandSums) bandSums[this.#block + 1] = (bandSums[this.#block + 1] ?? 0) + part * part;
      }
    }
  }
}
