// Tick peaks, known ahead of time → events that rise too fast → a short gain ramp over their first milliseconds.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** Ticks of about ⅓ ms, whatever the sample rate: a power of two frames, at most this much longer. */
const TICK_SEC = 1 / 3000;
const TICK_TOO_LONG = 1.4;
const MIN_TICK_FRAMES = 4;
/** An event stands out from what was just before it … */
const BEFORE_SEC = 0.024;
const STANDS_OUT = 0.3;
/** … has its peak within this time … */
const PEAK_SEC = 0.008;
/** … and is above the running level: its peak over the root mean square. */
const OVER_RUNNING = 2;
/** The gain goes down in this time before the event, while little sounds. */
const DIP_SEC = 0.004;
/** A raised-cosine ramp passes from 10 to 90 % in this share of its length. */
const RISE_SHARE = 0.59;
/** A decaying event peaks before the ramp is through: the ramp is made longer, up to this much. */
const LONGER = 1.25;
const LONGEST = 2.2;
/** A rise is timed between these shares of the peak. */
const RISE_FROM = 0.1;
const RISE_TO = 0.9;
/** Ticks kept: a power of two, well beyond the guard's delay. */
const RING = 1024;
const MASK = RING - 1;

export class OnsetSoftener {
  /** Blocks from entry to exit. */
  readonly delayBlocks: number;
  readonly #needed: number;
  readonly #before: number;
  readonly #peakTicks: number;
  readonly #dip: number;
  readonly #shortest: number;
  readonly #look: number;
  readonly #peaks = new Float32Array(RING);
  readonly #gains = new Float32Array(RING).fill(1);
  readonly #kernels: Kernels;
  readonly #tickFrames: number;
  /** This block's peaks, and the gains at every tick's start of the block that comes out, and at its end. */
  readonly #blockPeaksPtr: Ptr;
  readonly #blockPeaks: Float32Array;
  readonly #blockGainsPtr: Ptr;
  readonly #blockGains: Float32Array;
  /** Ticks come in, looked at, and done with a ramp. */
  #in = 0;
  #seen = 0;
  #free = 0;

  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, onsetSec: number) {
    let tickFrames = BLOCK_FRAMES;
    while (tickFrames > MIN_TICK_FRAMES && tickFrames / sampleRate > TICK_TOO_LONG * TICK_SEC) tickFrames /= 2;
    const tickSec = tickFrames / sampleRate;
    const ticks = BLOCK_FRAMES / tickFrames;
    this.#kernels = kernels;
    this.#tickFrames = tickFrames;
    this.#blockPeaksPtr = arena.floats(ticks);
    this.#blockPeaks = arena.view(this.#blockPeaksPtr, ticks);
    this.#blockGainsPtr = arena.floats(ticks + 1);
    this.#blockGains = arena.view(this.#blockGainsPtr, ticks + 1);
    this.#needed = onsetSec / tickSec + 1;
    this.#before = Math.round(BEFORE_SEC / tickSec);
    this.#peakTicks = Math.round(PEAK_SEC / tickSec);
    this.#dip = Math.round(DIP_SEC / tickSec);
    this.#shortest = Math.ceil(this.#needed / RISE_SHARE);
    this.#look = Math.ceil(Math.max(this.#peakTicks, this.#shortest * LONGEST));
    this.delayBlocks = Math.ceil((this.#look + this.#dip) / ticks);
  }

  /** The newest block. `running` is the root mean square of the last 10 s. */
  take(left: Ptr, right: Ptr, running: number): void {
    this.#kernels.guardPeaks(left, right, this.#blockPeaksPtr, this.#tickFrames, BLOCK_FRAMES);
    for (const peak of this.#blockPeaks) this.#peaks[this.#in++ & MASK] = peak;
    for (; this.#seen < this.#in - this.#look; this.#seen++) {
      if (this.#seen >= this.#free) this.#examine(this.#seen, OVER_RUNNING * running);
    }
    const ticks = this.#blockPeaks.length;
    const first = this.#in - (this.delayBlocks + 1) * ticks;
    for (let i = 0; i <= ticks; i++) this.#blockGains[i] = this.#gains[(first + i) & MASK] ?? 1;
    for (let i = 0; i < ticks; i++) this.#gains[(first + i) & MASK] = 1;
  }

  /** The delayed block of one ear, softened. */
  apply(input: Ptr, out: Ptr): void {
    this.#kernels.guardApply(input, out, this.#blockGainsPtr, this.#tickFrames, BLOCK_FRAMES);
  }

  reset(): void {
    this.#peaks.fill(0);
    this.#gains.fill(1);
    this.#free = this.#seen;
  }

  #examine(tick: number, least: number): void {
    const now = this.#peaks[tick & MASK] ?? 0;
    if (now < RISE_FROM * least) return;
    let top = 0;
    for (let i = 0; i < this.#peakTicks; i++) top = Math.max(top, this.#peaks[(tick + i) & MASK] ?? 0);
    if (top < least) return;
    let base = 0;
    for (let i = 1; i <= this.#before; i++) {
      base = Math.max(base, this.#peaks[(tick - i) & MASK] ?? 0);
      if (base > STANDS_OUT * top) return;
    }
    if (now < base + RISE_FROM * (top - base)) return;
    this.#free = tick + this.#peakTicks;
    let rise = 0;
    while ((this.#peaks[(tick + rise) & MASK] ?? 0) < base + RISE_TO * (top - base)) rise++;
    if (rise < this.#needed) this.#soften(tick);
  }

  #soften(tick: number): void {
    let length = this.#shortest;
    const longest = this.#shortest * LONGEST;
    while (length < longest && this.#riseWith(length, tick) < this.#needed) length = Math.ceil(length * LONGER);
    length = Math.min(length, longest);
    for (let i = 0; i < length; i++) this.#lower(tick + i, ramp(i / length));
    for (let i = 1; i < this.#dip; i++) this.#lower(tick - i, ramp(i / this.#dip));
    this.#free = Math.max(this.#free, tick + length);
  }

  #lower(tick: number, gain: number): void {
    this.#gains[tick & MASK] = Math.min(this.#gains[tick & MASK] ?? 1, gain);
  }

  /** Ticks from 10 to 90 % of the event's peak when a ramp of this length lies over it. */
  #riseWith(length: number, tick: number): number {
    let top = 0;
    let from = 0;
    let to = 0;
    for (let i = 0; i < length; i++) {
      const level = ramp((i + 0.5) / length) * (this.#peaks[(tick + i) & MASK] ?? 0);
      top = Math.max(top, level);
    }
    while (from < length && ramp((from + 0.5) / length) * (this.#peaks[(tick + from) & MASK] ?? 0) < RISE_FROM * top) {
      from++;
    }
    to = from;
    while (to < length && ramp((to + 0.5) / length) * (this.#peaks[(tick + to) & MASK] ?? 0) < RISE_TO * top) to++;
    return to - from;
  }
}

/** Half a cosine from 0 to 1. */
function ramp(t: number): number {
  return 0.5 - 0.5 * cos(Math.PI * t);
}
