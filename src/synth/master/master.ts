// Last stage for both ears: mend → DC block → level → onset softener → startle guard → room tone → true-peak limiter
// → clamp. Holds the limits for any scene.
import type { Kernels } from '../dsp/kernels.ts';
import { fromDb, TAU, toDb } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Mode } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import { Air } from './roomTone.ts';
import { DelayLine } from './delayLine.ts';
import { Limiter } from './limiter.ts';
import { HOUSE_LUFS, LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { LoudnessRider } from './loudnessRider.ts';
import { OnsetSoftener } from './onsetShaper.ts';
import { PeakMeter } from './peakMeter.ts';
import { createPeakTable } from './peakTable.ts';
import { SlidingWindow } from './slidingWindow.ts';
import { StartleGuard } from './startleGuard.ts';
import { fromLufs, keep, setKWeighting, toLufs } from './weighting.ts';

export interface MasterContext extends DspContext {
  readonly mode: Mode;
  /** The sound comes round after this long; Infinity when absent. */
  readonly loopSec?: number;
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
/** Until then the past is taken to have been at the target loudness. Over before the first event that a meter can judge. */
const PRIOR_SEC = 2.6;
/** Under this the fade hides everything: keeps the bound finite. */
const FAINTEST_FADE = 1e-4;
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

  readonly #softenerLine: DelayLine;
  readonly #guardLine: DelayLine;
  readonly #guardGainsPtr: Ptr;
  readonly #guardGains: Float32Array;

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
  #fade = 1;

  constructor({ kernels, arena, sampleRate, mode, loopSec = Infinity }: MasterContext, left: Ptr, right: Ptr) {
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
    this.#rider = new LoudnessRider(blockSec, loopSec);
    this.#air = new Air(kernels, arena, sampleRate, limits, loopSec);
    this.#softener = new OnsetSoftener(kernels, arena, sampleRate, limits.onsetSec);
    this.#guard = new StartleGuard(blockSec, limits);
    const table = createPeakTable(kernels, arena);
    this.#limiter = new Limiter({ kernels, arena, sampleRate }, table, limits);
    this.#meter = new PeakMeter(kernels, arena, sampleRate, table);

    this.#softenerLine = new DelayLine(arena, this.#softener.delayBlocks);
    this.#guardLine = new DelayLine(arena, this.#guard.delayBlocks);
    this.#guardGainsPtr = arena.floats(2);
    this.#guardGains = arena.view(this.#guardGainsPtr, 2);
    const delayBlocks = this.#softener.delayBlocks + this.#guard.delayBlocks;
    this.latencyFrames = delayBlocks * BLOCK_FRAMES + this.#limiter.delayFrames;

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
    kernels.dcRepair(this.#dc, left, right, BROKEN, BLOCK_FRAMES);
    kernels.dcRender(this.#dc, left, right, this.#dcPole, from, this.#gain, BLOCK_FRAMES);

    // A quiet scene is judged against its own level, not against the house's.
    const level = this.#gainDb < 0 ? fromDb(2 * this.#gainDb) : 1;
    const prior = fromLufs(targetLufs) * level;
    const running = this.#running(this.#runningOut, prior);
    const flatRunning = this.#running(this.#flatRunningOut, prior);
    this.#softener.take(left, right, Math.sqrt(flatRunning));
    this.#softenerLine.push(this.#leftView, this.#rightView);
    this.#softener.apply(this.#softenerLine.left, left);
    this.#softener.apply(this.#softenerLine.right, right);

    const power = kernels.loudnessEnergy(this.#loudnessIn, left, right, BLOCK_FRAMES) / BLOCK_FRAMES;
    const flatPower = (kernels.energy(left, BLOCK_FRAMES) + kernels.energy(right, BLOCK_FRAMES)) / BLOCK_FRAMES;
    this.#rider.take(power / (this.#gain * this.#gain));
    this.#eventIn.push(power);
    this.#runningIn.push(power);
    this.#air.follow(this.#eventIn.mean, this.#runningIn.mean, flatPower, this.#gainDb);
    // A rising fade will be higher by the time the event comes out.
    const fadeThen = Math.min(1, fade + Math.max(0, fade - this.#fade) * this.#guard.delayBlocks);
    const heard = 1 / Math.max(fadeThen * fadeThen, FAINTEST_FADE);
    this.#fade = fade;
    this.#guard.take(
      power,
      flatPower,
      Math.max(0, this.#eventBound * running * heard - this.#air.power),
      Math.max(0, this.#eventBound * flatRunning * heard - this.#air.flatPower),
      level,
    );
    this.#guardLine.push(this.#leftView, this.#rightView);
    this.#guardGains[0] = this.#guard.from;
    this.#guardGains[1] = this.#guard.to;
    kernels.guardApply(this.#guardLine.left, left, this.#guardGainsPtr, BLOCK_FRAMES, BLOCK_FRAMES);
    kernels.guardApply(this.#guardLine.right, right, this.#guardGainsPtr, BLOCK_FRAMES, BLOCK_FRAMES);
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
    this.#kernels.dcReset(this.#dc);
    this.#kernels.loudnessReset(this.#loudnessIn);
    this.#kernels.loudnessReset(this.#loudnessOut);
    this.#softenerLine.reset();
    this.#guardLine.reset();
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
    this.#fade = 1;
    this.momentaryLufs = SILENT_DB;
    this.truePeakDb = SILENT_DB;
    this.reductionDb = 0;
  }

  /** Mean power of what was heard in the last 10 s, or since the start, as low as it can be when the event is over. */
  #running(window: SlidingWindow, prior: number): number {
    const missing = Math.max(0, this.#priorBlocks - window.count);
    const blocks = Math.min(Math.max(window.count, this.#priorBlocks) + this.#leavingBlocks, this.#runningBlocks);
    return (window.sum + prior * missing) / blocks;
  }
}
