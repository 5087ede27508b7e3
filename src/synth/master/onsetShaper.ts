// Onset shaper: tick peaks with look-ahead → events that rise too fast → a short gain ramp over their first milliseconds.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** Length of a tick: a power of two frames, at most this much longer. */
const TICK_SEC = 1 / 3000;
const MAX_TICK_RATIO = 1.4;
const MIN_TICK_FRAMES = 4;
/** An event exceeds what was just before it: maximum of that, as a share of its peak. */
const BEFORE_SEC = 0.024;
const MAX_BEFORE_RATIO = 0.3;
/** It reaches its peak within this time. */
const PEAK_SEC = 0.008;
/** Its peak exceeds the background RMS by this factor. */
const MIN_CREST = 2;
/** Fade-out before the event, while little sounds. */
const DIP_SEC = 0.004;
/** A raised-cosine ramp passes from 10 to 90 % in this share of its length. */
const RISE_SHARE = 0.59;
/** A decaying event peaks before the ramp ends: the ramp grows by steps of this, up to this much. */
const RAMP_GROWTH = 1.25;
const MAX_RAMP_GROWTH = 2.2;
/** A rise is measured between these shares of the peak. */
const RISE_FROM = 0.1;
const RISE_TO = 0.9;
/** Ticks kept: a power of two, well beyond the guard's delay. */
const RING = 1024;
const MASK = RING - 1;

/** Holds the minimum rise time of events that stand out. */
export class OnsetShaper {
  /** Blocks from entry to exit. */
  readonly delayBlocks: number;
  readonly #minRiseTicks: number;
  readonly #beforeTicks: number;
  readonly #peakTicks: number;
  readonly #dipTicks: number;
  readonly #minRampTicks: number;
  readonly #lookAheadTicks: number;
  readonly #peaks = new Float32Array(RING);
  readonly #gains = new Float32Array(RING).fill(1);
  readonly #kernels: Kernels;
  readonly #tickFrames: number;
  /** This block's peaks, and the gains at every tick's start of the block that comes out, and at its end. */
  readonly #blockPeaksPtr: Ptr;
  readonly #blockPeaks: Float32Array;
  readonly #blockGainsPtr: Ptr;
  readonly #blockGains: Float32Array;
  /** Ticks received, examined, and until which no new ramp begins. */
  #ticksIn = 0;
  #examinedTicks = 0;
  #blockedUntilTick = 0;

  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, onsetSec: number) {
    let tickFrames = BLOCK_FRAMES;
    while (tickFrames > MIN_TICK_FRAMES && tickFrames / sampleRate > MAX_TICK_RATIO * TICK_SEC) tickFrames /= 2;
    const tickSec = tickFrames / sampleRate;
    const ticks = BLOCK_FRAMES / tickFrames;
    this.#kernels = kernels;
    this.#tickFrames = tickFrames;
    this.#blockPeaksPtr = arena.floats(ticks);
    this.#blockPeaks = arena.view(this.#blockPeaksPtr, ticks);
    this.#blockGainsPtr = arena.floats(ticks + 1);
    this.#blockGains = arena.view(this.#blockGainsPtr, ticks + 1);
    this.#minRiseTicks = onsetSec / tickSec + 1;
    this.#beforeTicks = Math.round(BEFORE_SEC / tickSec);
    this.#peakTicks = Math.round(PEAK_SEC / tickSec);
    this.#dipTicks = Math.round(DIP_SEC / tickSec);
    this.#minRampTicks = Math.ceil(this.#minRiseTicks / RISE_SHARE);
    this.#lookAheadTicks = Math.ceil(Math.max(this.#peakTicks, this.#minRampTicks * MAX_RAMP_GROWTH));
    this.delayBlocks = Math.ceil((this.#lookAheadTicks + this.#dipTicks) / ticks);
  }

  /**
   * Analyses the newest block.
   * @param left - samples
   * @param right - samples
   * @param backgroundRms - RMS of the last 10 s
   */
  push(left: Ptr, right: Ptr, backgroundRms: number): void {
    this.#kernels.guardPeaks(left, right, this.#blockPeaksPtr, this.#tickFrames, BLOCK_FRAMES);
    for (const peak of this.#blockPeaks) this.#peaks[this.#ticksIn++ & MASK] = peak;
    for (; this.#examinedTicks < this.#ticksIn - this.#lookAheadTicks; this.#examinedTicks++) {
      if (this.#examinedTicks >= this.#blockedUntilTick) this.#examine(this.#examinedTicks, MIN_CREST * backgroundRms);
    }
    const ticks = this.#blockPeaks.length;
    const first = this.#ticksIn - (this.delayBlocks + 1) * ticks;
    for (let i = 0; i <= ticks; i++) this.#blockGains[i] = this.#gains[(first + i) & MASK] ?? 1;
    for (let i = 0; i < ticks; i++) this.#gains[(first + i) & MASK] = 1;
  }

  /**
   * Applies the gains to the delayed block of one channel.
   * @param input - delayed samples
   * @param out - filled
   */
  apply(input: Ptr, out: Ptr): void {
    this.#kernels.guardApply(input, out, this.#blockGainsPtr, this.#tickFrames, BLOCK_FRAMES);
  }

  reset(): void {
    this.#peaks.fill(0);
    this.#gains.fill(1);
    this.#blockedUntilTick = this.#examinedTicks;
  }

  #examine(tick: number, minPeak: number): void {
    const now = this.#peaks[tick & MASK] ?? 0;
    if (now < RISE_FROM * minPeak) return;
    let top = 0;
    for (let i = 0; i < this.#peakTicks; i++) top = Math.max(top, this.#peaks[(tick + i) & MASK] ?? 0);
    if (top < minPeak) return;
    let base = 0;
    for (let i = 1; i <= this.#beforeTicks; i++) {
      base = Math.max(base, this.#peaks[(tick - i) & MASK] ?? 0);
      if (base > MAX_BEFORE_RATIO * top) return;
    }
    if (now < base + RISE_FROM * (top - base)) return;
    this.#blockedUntilTick = tick + this.#peakTicks;
    let rise = 0;
    while ((this.#peaks[(tick + rise) & MASK] ?? 0) < base + RISE_TO * (top - base)) rise++;
    if (rise < this.#minRiseTicks) this.#addRamp(tick);
  }

  #addRamp(tick: number): void {
    let length = this.#minRampTicks;
    const maxLength = this.#minRampTicks * MAX_RAMP_GROWTH;
    while (length < maxLength && this.#riseTicksWith(length, tick) < this.#minRiseTicks)
      length = Math.ceil(length * RAMP_GROWTH);
    length = Math.min(length, maxLength);
    for (let i = 0; i < length; i++) this.#lowerGain(tick + i, ramp(i / length));
    for (let i = 1; i < this.#dipTicks; i++) this.#lowerGain(tick - i, ramp(i / this.#dipTicks));
    this.#blockedUntilTick = Math.max(this.#blockedUntilTick, tick + length);
  }

  #lowerGain(tick: number, gain: number): void {
    this.#gains[tick & MASK] = Math.min(this.#gains[tick & MASK] ?? 1, gain);
  }

  /** Ticks from 10 to 90 % of the event's peak when a ramp of this length lies over it. */
  #riseTicksWith(length: number, tick: number): number {
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
