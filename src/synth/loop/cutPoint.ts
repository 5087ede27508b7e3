// Cut point of a loop’s file: level, spectral flux and step at every block → ranks → the block whose worst rank is least remarkable.
import { log } from '../dsp/math.ts';
import { BAND_COUNT, EAR_COUNT, BandPowers } from './bandPowers.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** The cut lies within this time of the round's beginning: what lies before it is rendered and discarded. */
const MAX_CUT_SEC = 20;
/** Ranks are computed over this much of the round. */
const ANALYSED_SEC = 60;
/** Levels are measured over these times around a block; spectra are compared over these times before and after it. */
const LEVEL_SEC = [0.02, 0.05, 0.1, 0.5];
const FLUX_SEC = [0.02, 0.045, 0.09];
/** Length of an event, and of the background it is compared with. */
const EVENT_SEC = 0.125;
const BACKGROUND_SEC = { min: 3, most: 10 };
/** The cut should be a little calmer than the median in every feature. */
const TARGET_RANK = 0.4;
const MIN_POWER = 1e-12;

/**
 * The loop has no seam, but its file begins and ends somewhere: best where nothing is remarkable, for players that leave a
 * gap or add a fade. Minimax over the ranks of all features.
 */
export class CutPoint {
  readonly #powers: BandPowers;
  readonly #maxCutBlock: number;
  readonly #levelReaches: readonly number[];
  readonly #fluxReaches: readonly number[];
  readonly #maxReach: number;
  readonly #eventBlocks: number;
  readonly #backgroundBlocks: { readonly least: number; readonly most: number };

  constructor(loopFrames: number, sampleRate: number) {
    const blocksIn = (seconds: number): number => Math.ceil((seconds * sampleRate) / BLOCK_FRAMES);
    this.#powers = new BandPowers(Math.min(loopFrames / BLOCK_FRAMES, blocksIn(ANALYSED_SEC)), sampleRate);
    this.#maxCutBlock = blocksIn(MAX_CUT_SEC);
    this.#levelReaches = LEVEL_SEC.map((seconds) => Math.ceil(blocksIn(seconds) / 2));
    this.#fluxReaches = FLUX_SEC.map(blocksIn);
    this.#eventBlocks = blocksIn(EVENT_SEC);
    this.#backgroundBlocks = { least: blocksIn(BACKGROUND_SEC.min), most: blocksIn(BACKGROUND_SEC.most) };
    this.#maxReach = Math.max(...this.#levelReaches, ...this.#fluxReaches);
  }

  /** Analyses the round’s next samples, whole blocks. */
  push(left: Float32Array, right: Float32Array): void {
    this.#powers.push(left, right);
  }

  /** Starts another round. */
  reset(): void {
    this.#powers.reset();
  }

  /** Frames from the round's beginning to the cut, whole blocks. */
  get offsetFrames(): number {
    const candidates = Math.max(1, this.#powers.blocks - 2 * this.#maxReach);
    const cost = new Float64Array(candidates);
    for (const feature of this.#features()) {
      const values = Float64Array.from({ length: candidates }, (_, i) => feature(this.#maxReach + i));
      const ranks = ranksOf(values);
      for (let i = 0; i < candidates; i++) {
        cost[i] = Math.max(cost[i] ?? 0, Math.abs((ranks[i] ?? 0) - TARGET_RANK));
      }
    }
    let best = 0;
    for (let i = 1; i < candidates && this.#maxReach + i <= this.#maxCutBlock; i++) {
      if ((cost[i] ?? 0) < (cost[best] ?? 0)) best = i;
    }
    return (this.#maxReach + best) * BLOCK_FRAMES;
  }

  /** Each describes the boundary before a block by one number. */
  *#features(): Generator<(block: number) => number> {
    yield (block) => this.#firstEventCrest(block);
    for (let ear = 0; ear < EAR_COUNT; ear++) {
      yield (block) => this.#powers.step(ear, block);
      for (const reach of this.#levelReaches) yield (block) => this.#level(ear, block - reach, block + reach);
      for (const reach of this.#fluxReaches) {
        yield (block) => this.#flux(ear, block, reach, squaredLogRatio);
        yield (block) => this.#flux(ear, block, reach, amplitudeRise);
      }
    }
  }

  /** Largest power of the first events of a file that begins here, relative to what precedes them in it. */
  #firstEventCrest(block: number): number {
    const { least, most } = this.#backgroundBlocks;
    let highest = 0;
    for (let to = block + least; to <= Math.min(block + most, this.#powers.blocks); to += this.#eventBlocks >> 1) {
      const event = this.#powers.totalPower(to - this.#eventBlocks, to) / this.#eventBlocks;
      highest = Math.max(highest, event / (this.#powers.totalPower(block, to) / (to - block) + MIN_POWER));
    }
    return highest;
  }

  #level(ear: number, from: number, to: number): number {
    let sum = 0;
    for (let band = 0; band < BAND_COUNT; band++) sum += this.#powers.power(ear, band, from, to);
    return sum;
  }

  #flux(ear: number, block: number, reach: number, between: (before: number, after: number) => number): number {
    let sum = 0;
    for (let band = 0; band < BAND_COUNT; band++) {
      const before = this.#powers.power(ear, band, block - reach, block);
      sum += between(before + MIN_POWER, this.#powers.power(ear, band, block, block + reach) + MIN_POWER);
    }
    return sum;
  }
}

function squaredLogRatio(before: number, after: number): number {
  const change = log(after / before);
  return change * change;
}

function amplitudeRise(before: number, after: number): number {
  return Math.max(0, Math.sqrt(after) - Math.sqrt(before));
}

/** Rank 0…1 of each value, ties averaged. */
function ranksOf(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return values.map(
    (value) => (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / (2 * values.length),
  );
}

/** Number of sorted values that are smaller, or at most as large. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = sorted[middle] ?? 0;
    if (other < value || (orEqual && other === value)) from = middle + 1;
    else to = middle;
  }
  return from;
}
