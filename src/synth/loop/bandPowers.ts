// Band powers for the choice of a loop’s cut point: samples → six one-pole bands per ear → running sums per block.
import { exp, TAU } from '../dsp/math.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** Edges between the bands. */
const EDGES_HZ = [150, 400, 1000, 2500, 6000];
export const BAND_COUNT = EDGES_HZ.length + 1;
export const EAR_COUNT = 2;

/** Prefix sums of power, so that the power of any run of whole blocks is one subtraction. */
export class BandPowers {
  readonly blocks: number;
  /** By ear and band: energy of all blocks before. */
  readonly #sums: Float64Array[][];
  /** The same for both ears and all bands. */
  readonly #totals: Float64Array;
  /** By ear: difference of a block’s first sample to the one before it. */
  readonly #steps: Float64Array[];
  readonly #coefficients: readonly number[];
  readonly #lowPasses: Float64Array[];
  readonly #last = [0, 0];
  #block = 0;

  constructor(blocks: number, sampleRate: number) {
    this.blocks = blocks;
    this.#coefficients = EDGES_HZ.map((hz) => 1 - exp((-TAU * hz) / sampleRate));
    const ears = [0, 1];
    this.#sums = ears.map(() => Array.from({ length: BAND_COUNT }, () => new Float64Array(blocks + 1)));
    this.#totals = new Float64Array(blocks + 1);
    this.#steps = ears.map(() => new Float64Array(blocks + 1));
    this.#lowPasses = ears.map(() => new Float64Array(EDGES_HZ.length));
  }

  /** Analyses the round’s next samples, whole blocks; those beyond `blocks` are ignored. */
  push(left: Float32Array, right: Float32Array): void {
    for (let at = 0; at < left.length && this.#block < this.blocks; at += BLOCK_FRAMES) {
      this.#totals[this.#block + 1] = this.#totals[this.#block] ?? 0;
      this.#analyse(0, left.subarray(at, at + BLOCK_FRAMES));
      this.#analyse(1, right.subarray(at, at + BLOCK_FRAMES));
      this.#block += 1;
    }
  }

  /** Starts another round. */
  reset(): void {
    this.#block = 0;
  }

  /** Energy of the blocks `from` ≤ block < `to`. */
  power(ear: number, band: number, from: number, to: number): number {
    const sums = this.#sums[ear]?.[band];
    return Math.max(0, (sums?.[to] ?? 0) - (sums?.[from] ?? 0));
  }

  /** The same for both ears and all bands. */
  totalPower(from: number, to: number): number {
    return Math.max(0, (this.#totals[to] ?? 0) - (this.#totals[from] ?? 0));
  }

  step(ear: number, block: number): number {
    return this.#steps[ear]?.[block] ?? 0;
  }

  #analyse(ear: 0 | 1, samples: Float32Array): void {
    const lows = this.#lowPasses[ear];
    const sums = this.#sums[ear];
    const steps = this.#steps[ear];
    if (!lows || !sums || !steps) return;
    for (const bandSums of sums) bandSums[this.#block + 1] = bandSums[this.#block] ?? 0;
    steps[this.#block] = Math.abs((samples[0] ?? 0) - (this.#last[ear] ?? 0));
    this.#last[ear] = samples[samples.length - 1] ?? 0;
    for (const sample of samples) {
      this.#totals[this.#block + 1] = (this.#totals[this.#block + 1] ?? 0) + sample * sample;
      let below = 0;
      for (let band = 0; band < BAND_COUNT; band++) {
        const coefficient = this.#coefficients[band];
        const low = coefficient === undefined ? sample : (lows[band] ?? 0) + coefficient * (sample - (lows[band] ?? 0));
        if (coefficient !== undefined) lows[band] = low;
        const bandSample = low - below;
        below = low;
        const bandSums = sums[band];
        if (bandSums) bandSums[this.#block + 1] = (bandSums[this.#block + 1] ?? 0) + bandSample * bandSample;
      }
    }
  }
}
