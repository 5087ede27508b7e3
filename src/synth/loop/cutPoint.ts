// Where a loop's file is cut: level, change of colour and step at every place, each by its rank → the place that is ordinary in all.
import { log } from '../dsp/math.ts';
import { BANDS, EARS, LoopPowers } from './bandPowers.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** The cut lies this near to the round's beginning: what is skipped to get there is work. */
const WITHIN_SEC = 20;
/** What is ordinary is learnt from so much of the round. */
const HEARD_SEC = 60;
/** Levels are taken over these times round a place; colours are compared over these times before and after it. */
const LEVEL_SEC = [0.02, 0.05, 0.1, 0.5];
const CHANGE_SEC = [0.02, 0.045, 0.09];
/** Events are this long, and stand out over what was heard before: at least and at most so much of it. */
const EVENT_SEC = 0.125;
const BEFORE_SEC = { least: 3, most: 10 };
/** A place should be a little calmer than half of all places in every respect. */
const WANTED_RANK = 0.4;
const NOTHING = 1e-12;

/**
 * The loop has no seam; its file has one, where it begins and ends. Any place would do, but a join where nothing is
 * remarkable can least be found, and least be heard in a player that leaves a gap or adds a fade.
 */
export class LoopJoin {
  readonly #powers: LoopPowers;
  readonly #last: number;
  readonly #levels: readonly number[];
  readonly #changes: readonly number[];
  readonly #reach: number;
  readonly #event: number;
  readonly #before: { readonly least: number; readonly most: number };

  constructor(loopFrames: number, sampleRate: number) {
    const blocksIn = (seconds: number): number => Math.ceil((seconds * sampleRate) / BLOCK_FRAMES);
    this.#powers = new LoopPowers(Math.min(loopFrames / BLOCK_FRAMES, blocksIn(HEARD_SEC)), sampleRate);
    this.#last = blocksIn(WITHIN_SEC);
    this.#levels = LEVEL_SEC.map((seconds) => Math.ceil(blocksIn(seconds) / 2));
    this.#changes = CHANGE_SEC.map(blocksIn);
    this.#event = blocksIn(EVENT_SEC);
    this.#before = { least: blocksIn(BEFORE_SEC.least), most: blocksIn(BEFORE_SEC.most) };
    this.#reach = Math.max(...this.#levels, ...this.#changes);
  }

  /** The round's next samples, whole blocks. */
  take(left: Float32Array, right: Float32Array): void {
    this.#powers.take(left, right);
  }

  /** Forgets the round: another one begins. */
  restart(): void {
    this.#powers.restart();
  }

  /** Frames from the round's beginning to the cut, whole blocks. */
  get frames(): number {
    const places = Math.max(1, this.#powers.blocks - 2 * this.#reach);
    const strangeness = new Float64Array(places);
    for (const measure of this.#measures()) {
      const values = Float64Array.from({ length: places }, (_, i) => measure(this.#reach + i));
      const ranks = ranksOf(values);
      for (let i = 0; i < places; i++) {
        strangeness[i] = Math.max(strangeness[i] ?? 0, Math.abs((ranks[i] ?? 0) - WANTED_RANK));
      }
    }
    let best = 0;
    for (let i = 1; i < places && this.#reach + i <= this.#last; i++) {
      if ((strangeness[i] ?? 0) < (strangeness[best] ?? 0)) best = i;
    }
    return (this.#reach + best) * BLOCK_FRAMES;
  }

  /** Each tells one thing about the place where a block begins. */
  *#measures(): Generator<(block: number) => number> {
    yield (block) => this.#standsOut(block);
    for (let ear = 0; ear < EARS; ear++) {
      yield (block) => this.#powers.step(ear, block);
      for (const reach of this.#levels) yield (block) => this.#level(ear, block - reach, block + reach);
      for (const reach of this.#changes) {
        yield (block) => this.#change(ear, block, reach, decibels);
        yield (block) => this.#change(ear, block, reach, growth);
      }
    }
  }

  /** How far the first events of a file that begins here stand out: it may begin in a rest, where nothing covers them. */
  #standsOut(block: number): number {
    const { least, most } = this.#before;
    let highest = 0;
    for (let to = block + least; to <= Math.min(block + most, this.#powers.blocks); to += this.#event >> 1) {
      const event = this.#powers.all(to - this.#event, to) / this.#event;
      highest = Math.max(highest, event / (this.#powers.all(block, to) / (to - block) + NOTHING));
    }
    return highest;
  }

  #level(ear: number, from: number, to: number): number {
    let sum = 0;
    for (let band = 0; band < BANDS; band++) sum += this.#powers.power(ear, band, from, to);
    return sum;
  }

  #change(ear: number, block: number, reach: number, between: (before: number, after: number) => number): number {
    let sum = 0;
    for (let band = 0; band < BANDS; band++) {
      const before = this.#powers.power(ear, band, block - reach, block);
      sum += between(before + NOTHING, this.#powers.power(ear, band, block, block + reach) + NOTHING);
    }
    return sum;
  }
}

function decibels(before: number, after: number): number {
  const change = log(after / before);
  return change * change;
}

function growth(before: number, after: number): number {
  return Math.max(0, Math.sqrt(after) - Math.sqrt(before));
}

/** Share of the values that are smaller, equals shared alike. */
function ranksOf(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return values.map((value) => (below(sorted, value, false) + below(sorted, value, true)) / (2 * values.length));
}

/** How many of the sorted values are smaller, or at most as large. */
function below(sorted: Float64Array, value: number, orEqual: boolean): number {
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
