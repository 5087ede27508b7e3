// Where a loop's file is cut: level, change of colour and step at every place, each by its rank → the place that is ordinary in all.
import { log } from '../dsp/math.ts';
import { BAND_COUNT, EAR_COUNT, BandPowers } from './bandPowers.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** The cut lies this near to the round's beginning: what is skipped to get there is work. */
const MAX_CUT_SEC = 20;
/** What is ordinary is learnt from so much of the round. */
const ANALYSED_SEC = 60;
/** Levels are taken over these times round a place; colours are compared over these times before and after it. */
const LEVEL_SEC = [0.02, 0.05, 0.1, 0.5];
const FLUX_SEC = [0.02, 0.045, 0.09];
/** Events are this long, and stand out over what was heard before: at least and at most so much of it. */
const EVENT_SEC = 0.125;
const BACKGROUND_SEC = { min: 3, most: 10 };
/** A place should be a little calmer than half of all places in every respect. */
const TARGET_RANK = 0.4;
const MIN_POWER = 1e-12;

/**
 * The loop has no seam; its file has one, where it begins and ends. Any place would do, but a join where nothing is
 * remarkable can least be found, and least be heard in a player that leaves a gap or adds a fade.
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

  /** The round's next samples, whole blocks. */
  push(left: Float32Array, right: Float32Array): void {
    this.#powers.push(left, right);
  }

  /** Forgets the round: another one begins. */
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

  /** Each tells one thing about the place where a block begins. */
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

  /** How far the first events of a file that begins here stand out: it may begin in a rest, where nothing covers them. */
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

/** Share of the values that are smaller, equals shared alike. */
function ranksOf(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return values.map(
    (value) => (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / (2 * values.length),
  );
}

/** How many of the sorted values are smaller, or at most as large. */
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
