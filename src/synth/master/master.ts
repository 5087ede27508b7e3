// Last stage for both ears: mend → DC block → level → startle guard → room tone → true-peak limiter → clamp. Holds the
// limits for any scene.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { fromDb, TAU, toDb } from '../dsp/maths.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Mode } from '../scene.ts';
import { BLOCK_FRAMES } from '../trigger.ts';
import { Air } from './air.ts';
import { Limiter } from './limiter.ts';
import { HOUSE_LUFS, LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { LoudnessRider } from './loudnessRider.ts';
import { OnsetSoftener, TICKS_PER_SEC } from './onsetSoftener.ts';
import { PeakMeter } from './peakMeter.ts';
import { createPeakTable } from './peakTable.ts';
import { SlidingWindow } from './slidingWindow.ts';
import { StartleGuard } from './startleGuard.ts';
import { fromLufs, keep, setKWeighting, toLufs } from './weighting.ts';

export interface MasterContext {
  readonly kernels: Kernels;
  readonly arena: ArenaScope;
  readonly sampleRate: number;
  readonly mode: Mode;
}

const DC_HZ = 6;
/** Beyond this a sample is broken, not loud. */
const BROKEN = 1e4;
/** Level changes glide with this time constant, whoever makes them. */
const GAIN_SEC = 0.03;
const EVENT_SEC = 0.125;
const MOMENTARY_SEC = 0.4;
const RUNNING_SEC = 10;
/** What may leave the running window until an event that is being judged has passed it. */
const LEAVING_SEC = 0.2;
/** Until then the past is taken to have been at the target loudness. */
const PRIOR_SEC = 3;
const SILENT_DB = -200;

export class Master {
  /** Frames between a sound's entry and its exit. */
  readonly latencyFrames: number;
  /** Loudness of the last 400 ms that went out. */
  momentaryLufs = SILENT_DB;
  /** Largest magnitude at or between the samples that went out, falling slowly. */
  truePeakDb = SILENT_DB;
  /** How much the guard and the limiter take away now, 0 or less. */
  reductionDb = 0;

  readonly #kernels: Kernels;
  readonly #limits: Limits;
  readonly #left: Ptr;
  readonly #right: Ptr;
  readonly #leftView: Float32Array;
  readonly #rightView: Float32Array;
  readonly #tickFrames: number;
  readonly #dc: Ptr;
  readonly #dcPole: number;
  readonly #loudnessIn: Ptr;
  readonly #loudnessOut: Ptr;
  readonly #rider: LoudnessRider;
  readonly #air: Air;
  readonly #guard: StartleGuard;
  readonly #softener: OnsetSoftener;
  readonly #limiter: Limiter;
  readonly #meter: PeakMeter;

  /** The guard's delay, a ring of whole blocks: left, then right of each. */
  readonly #line: Ptr;
  readonly #lineView: Float32Array;
  readonly #lineBlocks: number;
  #lineAt = 0;
  readonly #peaksPtr: Ptr;
  readonly #peaks: Float32Array;
  readonly #gainsPtr: Ptr;
  readonly #gains: Float32Array;

  readonly #eventIn: SlidingWindow;
  readonly #runningIn: SlidingWindow;
  readonly #runningOut: SlidingWindow;
  readonly #flatRunningOut: SlidingWindow;
  readonly #momentaryOut: SlidingWindow;
  readonly #runningBlocks: number;
  readonly #leavingBlocks: number;
  readonly #priorBlocks: number;
  readonly #eventBound: number;

  readonly #glide: number;
  #gainDb = Number.NaN;
  #gain = 0;

  constructor({ kernels, arena, sampleRate, mode }: MasterContext, left: Ptr, right: Ptr) {
    const blockSec = BLOCK_FRAMES / sampleRate;
    const limits = LIMITS[mode];
    this.#kernels = kernels;
    this.#limits = limits;
    this.#left = left;
    this.#right = right;
    this.#leftView = arena.view(left, BLOCK_FRAMES);
    this.#rightView = arena.view(right, BLOCK_FRAMES);
    this.#dc = arena.alloc(kernels.DC_BYTES);
    this.#dcPole = 1 - (TAU * DC_HZ) / sampleRate;
    this.#loudnessIn = arena.alloc(kernels.LOUDNESS_BYTES);
    this.#loudnessOut = arena.alloc(kernels.LOUDNESS_BYTES);
    setKWeighting(kernels, this.#loudnessIn, sampleRate);
    setKWeighting(kernels, this.#loudnessOut, sampleRate);
    this.#rider = new LoudnessRider(blockSec);
    this.#air = new Air(kernels, arena, sampleRate, limits);
    this.#guard = new StartleGuard(blockSec, limits);
    const table = createPeakTable(kernels, arena);
    this.#limiter = new Limiter({ kernels, arena, sampleRate }, table, limits);
    this.#meter = new PeakMeter(kernels, arena, sampleRate, table);

    // The tick is the power of two that comes nearest to a third of a millisecond.
    let tickFrames = BLOCK_FRAMES;
    while (tickFrames > MIN_TICK_FRAMES && (tickFrames * TICKS_PER_SEC) / sampleRate > TICK_TOO_LONG) tickFrames /= 2;
    this.#tickFrames = tickFrames;
    const ticks = BLOCK_FRAMES / tickFrames;
    this.#softener = new OnsetSoftener(tickFrames / sampleRate, limits.onsetSec, this.#guard.delayBlocks * ticks);
    this.#peaksPtr = arena.floats(ticks);
    this.#peaks = arena.view(this.#peaksPtr, ticks);
    this.#gainsPtr = arena.floats(ticks + 1);
    this.#gains = arena.view(this.#gainsPtr, ticks + 1);

    this.#lineBlocks = this.#guard.delayBlocks + 1;
    this.#line = arena.floats(2 * BLOCK_FRAMES * this.#lineBlocks);
    this.#lineView = arena.view(this.#line, 2 * BLOCK_FRAMES * this.#lineBlocks);
    this.latencyFrames = this.#guard.delayBlocks * BLOCK_FRAMES + this.#limiter.delayFrames;

    this.#runningBlocks = Math.round(RUNNING_SEC / blockSec);
    this.#leavingBlocks = Math.round(LEAVING_SEC / blockSec);
    this.#priorBlocks = Math.round(PRIOR_SEC / blockSec);
    const kept = this.#runningBlocks - this.#leavingBlocks;
    this.#eventIn = new SlidingWindow(Math.round(EVENT_SEC / blockSec));
    this.#runningIn = new SlidingWindow(this.#runningBlocks);
    this.#runningOut = new SlidingWindow(kept);
    this.#flatRunningOut = new SlidingWindow(kept);
    this.#momentaryOut = new SlidingWindow(Math.round(MOMENTARY_SEC / blockSec));
    this.#eventBound = fromDb(2 * limits.emergenceDb);
    this.#glide = 1 - keep(blockSec, GAIN_SEC);
  }

  /**
   * Works on the two buffers in place. `fade` is the play/stop fade that will be laid over the block (its gain): the
   * guard's memory must know what people really hear.
   */
  render(gainDb: number, fade = 1): void {
    const kernels = this.#kernels;
    const { targetLufs } = this.#limits;
    const left = this.#left;
    const right = this.#right;

    const from = this.#gain;
    this.#gainDb = Number.isNaN(this.#gainDb) ? gainDb : this.#gainDb + (gainDb - this.#gainDb) * this.#glide;
    this.#gain = fromDb(this.#gainDb + this.#rider.gainDb + targetLufs - HOUSE_LUFS);
    kernels.dcMend(this.#dc, left, right, BROKEN, BLOCK_FRAMES);
    kernels.dcRender(this.#dc, left, right, this.#dcPole, from, this.#gain, BLOCK_FRAMES);

    const power = kernels.loudnessEnergy(this.#loudnessIn, left, right, BLOCK_FRAMES) / BLOCK_FRAMES;
    const flatPower = (kernels.energy(left, BLOCK_FRAMES) + kernels.energy(right, BLOCK_FRAMES)) / BLOCK_FRAMES;
    this.#rider.take(power / (this.#gain * this.#gain));
    this.#eventIn.push(power);
    this.#runningIn.push(power);
    this.#air.follow(this.#eventIn.mean, this.#runningIn.mean, flatPower, this.#gainDb);

    // A quiet scene is judged against its own level, not against the house's.
    const level = this.#gainDb < 0 ? fromDb(2 * this.#gainDb) : 1;
    const prior = fromLufs(targetLufs) * level;
    const running = this.#running(this.#runningOut, prior);
    const flatRunning = this.#running(this.#flatRunningOut, prior);
    const heard = 1 / Math.max(fade * fade, FAINTEST_FADE);
    this.#guard.take(
      power,
      flatPower,
      Math.max(0, this.#eventBound * running * heard - this.#air.power),
      Math.max(0, this.#eventBound * flatRunning * heard - this.#air.flatPower),
      level,
    );
    kernels.guardPeaks(left, right, this.#peaksPtr, this.#tickFrames, BLOCK_FRAMES);
    this.#softener.take(this.#peaks, Math.sqrt(flatRunning));
    this.#delay();
    this.#air.render(left, right);
    const limiterGain = this.#limiter.render(left, right);

    const outPower = kernels.loudnessEnergy(this.#loudnessOut, left, right, BLOCK_FRAMES) / BLOCK_FRAMES;
    const outFlat = (kernels.energy(left, BLOCK_FRAMES) + kernels.energy(right, BLOCK_FRAMES)) / BLOCK_FRAMES;
    this.#runningOut.push(outPower * fade * fade);
    this.#flatRunningOut.push(outFlat * fade * fade);
    this.#momentaryOut.push(outPower);
    this.momentaryLufs = toLufs(this.#momentaryOut.mean);
    this.#meter.take(this.#leftView, this.#rightView);
    this.truePeakDb = toDb(this.#meter.peak);
    this.reductionDb = toDb(this.#guard.to * limiterGain);
  }

  /** Forgets what has sounded, for a start from silence. The slow level correction stays. */
  reset(): void {
    this.#kernels.dcClear(this.#dc);
    this.#kernels.loudnessClear(this.#loudnessIn);
    this.#kernels.loudnessClear(this.#loudnessOut);
    this.#lineView.fill(0);
    this.#air.reset();
    this.#guard.reset();
    this.#softener.reset();
    this.#limiter.reset();
    this.#meter.reset();
    this.#eventIn.clear();
    this.#runningIn.clear();
    this.#runningOut.clear();
    this.#flatRunningOut.clear();
    this.#momentaryOut.clear();
    this.#gainDb = Number.NaN;
    this.#gain = 0;
    this.momentaryLufs = SILENT_DB;
    this.truePeakDb = SILENT_DB;
    this.reductionDb = 0;
  }

  /** Guard and softener's curve over the delayed sound. */
  #delay(): void {
    const kernels = this.#kernels;
    const next = this.#lineAt + 1 === this.#lineBlocks ? 0 : this.#lineAt + 1;
    this.#lineView.set(this.#leftView, 2 * BLOCK_FRAMES * this.#lineAt);
    this.#lineView.set(this.#rightView, 2 * BLOCK_FRAMES * this.#lineAt + BLOCK_FRAMES);
    this.#softener.gains(this.#gains);
    const { from, to } = this.#guard;
    const ticks = this.#peaks.length;
    for (let i = 0; i <= ticks; i++) {
      this.#gains[i] = (this.#gains[i] ?? 1) * (from + ((to - from) * i) / ticks);
    }
    const bytes = BLOCK_FRAMES * 4;
    const out = this.#line + 2 * bytes * next;
    kernels.guardApply(out, this.#left, this.#gainsPtr, this.#tickFrames, BLOCK_FRAMES);
    kernels.guardApply(out + bytes, this.#right, this.#gainsPtr, this.#tickFrames, BLOCK_FRAMES);
    this.#lineAt = next;
  }

  /** Mean power of what was heard in the last 10 s, or since the start, as low as it can be when the event is over. */
  #running(window: SlidingWindow, prior: number): number {
    const missing = Math.max(0, this.#priorBlocks - window.count);
    const blocks = Math.min(Math.max(window.count, this.#priorBlocks) + this.#leavingBlocks, this.#runningBlocks);
    return (window.sum + prior * missing) / blocks;
  }
}

const MIN_TICK_FRAMES = 4;
const TICK_TOO_LONG = 1.4;
/** Under this the fade hides everything: keeps the bound finite. */
const FAINTEST_FADE = 1e-4;
