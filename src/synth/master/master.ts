// Master bus: repair invalid samples → DC blocker → gain → onset shaper → startle guard → room tone → true-peak limiter → clamp.
// Holds the limits for any scene.
import type { Kernels } from '../dsp/kernels.ts';
import { fromDb, TAU, toDb } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Mode } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import { RoomTone } from './roomTone.ts';
import { DelayLine } from './delayLine.ts';
import { Limiter } from './limiter.ts';
import { REFERENCE_LUFS, LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { LoudnessRider } from './loudnessRider.ts';
import { OnsetShaper } from './onsetShaper.ts';
import { PeakMeter } from './peakMeter.ts';
import { createPeakTable } from './peakTable.ts';
import { SlidingWindow } from './slidingWindow.ts';
import { StartleGuard } from './startleGuard.ts';
import { fromLufs, onePoleCoefficient, setKWeighting, toLufs } from './weighting.ts';

export interface MasterContext extends DspContext {
  readonly mode: Mode;
  /** Period of a loop; Infinity when absent. */
  readonly loopSec?: number;
}

const DC_HZ = 6;
/** A sample beyond this is invalid. */
const MAX_SAMPLE = 1e4;
/** Time constant of changes of gain. */
const GAIN_SMOOTHING_SEC = 0.03;
const EVENT_SEC = 0.125;
const MOMENTARY_SEC = 0.4;
const BACKGROUND_SEC = 10;
/** What may leave the background window until an event that is being judged has passed it. */
const EXPIRING_SEC = 0.2;
/** Until then the past counts as at the target loudness. Over before the first event that a meter can judge. */
const PRIOR_SEC = 2.6;
/** Minimum squared fade gain: keeps the bound finite. */
const MIN_FADE_POWER = 1e-4;
const SILENT_DB = -200;

/** Processes both channels of the mix in place. Never allocates. */
export class Master {
  /** Delay from input to output, frames. */
  readonly latencyFrames: number;
  /** Loudness of the last 400 ms of the output. */
  momentaryLufs = SILENT_DB;
  /** True peak of the output, falling slowly. */
  truePeakDb = SILENT_DB;
  /** Gain of guard and limiter together, 0 or less. */
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
  readonly #roomTone: RoomTone;
  readonly #guard: StartleGuard;
  readonly #onsetShaper: OnsetShaper;
  readonly #limiter: Limiter;
  readonly #peakMeter: PeakMeter;

  readonly #onsetDelay: DelayLine;
  readonly #guardDelay: DelayLine;
  readonly #guardGainsPtr: Ptr;
  readonly #guardGains: Float32Array;

  readonly #eventIn: SlidingWindow;
  readonly #backgroundIn: SlidingWindow;
  readonly #backgroundOut: SlidingWindow;
  readonly #flatBackgroundOut: SlidingWindow;
  readonly #momentaryOut: SlidingWindow;
  readonly #backgroundBlocks: number;
  readonly #expiringBlocks: number;
  readonly #priorBlocks: number;
  readonly #emergenceRatio: number;

  readonly #gainSmoothing: number;
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
    this.#roomTone = new RoomTone(kernels, arena, sampleRate, limits, loopSec);
    this.#onsetShaper = new OnsetShaper(kernels, arena, sampleRate, limits.onsetSec);
    this.#guard = new StartleGuard(blockSec, limits);
    const table = createPeakTable(kernels, arena);
    this.#limiter = new Limiter({ kernels, arena, sampleRate }, table, limits);
    this.#peakMeter = new PeakMeter(kernels, arena, sampleRate, table);

    this.#onsetDelay = new DelayLine(arena, this.#onsetShaper.delayBlocks);
    this.#guardDelay = new DelayLine(arena, this.#guard.delayBlocks);
    this.#guardGainsPtr = arena.floats(2);
    this.#guardGains = arena.view(this.#guardGainsPtr, 2);
    const delayBlocks = this.#onsetShaper.delayBlocks + this.#guard.delayBlocks;
    this.latencyFrames = delayBlocks * BLOCK_FRAMES + this.#limiter.delayFrames;

    this.#backgroundBlocks = Math.round(BACKGROUND_SEC / blockSec);
    this.#expiringBlocks = Math.round(EXPIRING_SEC / blockSec);
    this.#priorBlocks = Math.round(PRIOR_SEC / blockSec);
    const windowBlocks = this.#backgroundBlocks - this.#expiringBlocks;
    this.#eventIn = new SlidingWindow(Math.round(EVENT_SEC / blockSec));
    this.#backgroundIn = new SlidingWindow(this.#backgroundBlocks);
    this.#backgroundOut = new SlidingWindow(windowBlocks);
    this.#flatBackgroundOut = new SlidingWindow(windowBlocks);
    this.#momentaryOut = new SlidingWindow(Math.round(MOMENTARY_SEC / blockSec));
    this.#emergenceRatio = fromDb(2 * limits.emergenceDb);
    this.#gainSmoothing = 1 - onePoleCoefficient(blockSec, GAIN_SMOOTHING_SEC);
  }

  /**
   * Processes one block in place.
   * @param gainDb - gain of the scene, dB
   * @param fade - gain of the play/stop fade that follows: the guard has to know what is really heard
   */
  render(gainDb: number, fade = 1): void {
    const kernels = this.#kernels;
    const { targetLufs } = this.#limits;
    const left = this.#left;
    const right = this.#right;

    const previousGain = this.#gain;
    this.#gainDb = Number.isNaN(this.#gainDb) ? gainDb : this.#gainDb + (gainDb - this.#gainDb) * this.#gainSmoothing;
    this.#gain = fromDb(this.#gainDb + this.#rider.gainDb + targetLufs - REFERENCE_LUFS);
    kernels.dcRepair(this.#dc, left, right, MAX_SAMPLE, BLOCK_FRAMES);
    kernels.dcRender(this.#dc, left, right, this.#dcPole, previousGain, this.#gain, BLOCK_FRAMES);

    // A quiet scene is judged against its own level, not against the reference.
    const scenePower = this.#gainDb < 0 ? fromDb(2 * this.#gainDb) : 1;
    const prior = fromLufs(targetLufs) * scenePower;
    const background = this.#backgroundPower(this.#backgroundOut, prior);
    const flatBackground = this.#backgroundPower(this.#flatBackgroundOut, prior);
    this.#onsetShaper.push(left, right, Math.sqrt(flatBackground));
    this.#onsetDelay.push(this.#leftView, this.#rightView);
    this.#onsetShaper.apply(this.#onsetDelay.left, left);
    this.#onsetShaper.apply(this.#onsetDelay.right, right);

    const power = kernels.loudnessEnergy(this.#loudnessIn, left, right, BLOCK_FRAMES) / BLOCK_FRAMES;
    const flatPower = (kernels.energy(left, BLOCK_FRAMES) + kernels.energy(right, BLOCK_FRAMES)) / BLOCK_FRAMES;
    this.#rider.push(power / (this.#gain * this.#gain));
    this.#eventIn.push(power);
    this.#backgroundIn.push(power);
    this.#roomTone.update(this.#eventIn.mean, this.#backgroundIn.mean, flatPower, this.#gainDb);
    // A rising fade will be higher when the event leaves the delay.
    const fadeAtOutput = Math.min(1, fade + Math.max(0, fade - this.#fade) * this.#guard.delayBlocks);
    const inverseFade = 1 / Math.max(fadeAtOutput * fadeAtOutput, MIN_FADE_POWER);
    this.#fade = fade;
    this.#guard.push(
      power,
      flatPower,
      Math.max(0, this.#emergenceRatio * background * inverseFade - this.#roomTone.power),
      Math.max(0, this.#emergenceRatio * flatBackground * inverseFade - this.#roomTone.flatPower),
      scenePower,
    );
    this.#guardDelay.push(this.#leftView, this.#rightView);
    this.#guardGains[0] = this.#guard.gainFrom;
    this.#guardGains[1] = this.#guard.gainTo;
    kernels.guardApply(this.#guardDelay.left, left, this.#guardGainsPtr, BLOCK_FRAMES, BLOCK_FRAMES);
    kernels.guardApply(this.#guardDelay.right, right, this.#guardGainsPtr, BLOCK_FRAMES, BLOCK_FRAMES);
    this.#roomTone.render(left, right);
    const limiterGain = this.#limiter.render(left, right);

    const outPower = kernels.loudnessEnergy(this.#loudnessOut, left, right, BLOCK_FRAMES) / BLOCK_FRAMES;
    const outFlat = (kernels.energy(left, BLOCK_FRAMES) + kernels.energy(right, BLOCK_FRAMES)) / BLOCK_FRAMES;
    this.#backgroundOut.push(outPower * fade * fade);
    this.#flatBackgroundOut.push(outFlat * fade * fade);
    this.#momentaryOut.push(outPower);
    this.momentaryLufs = toLufs(this.#momentaryOut.mean);
    this.#peakMeter.push(this.#leftView, this.#rightView);
    this.truePeakDb = toDb(this.#peakMeter.peak);
    this.reductionDb = toDb(this.#guard.gainTo * limiterGain);
  }

  /** Clears all state for a start from silence; the slow gain correction stays. */
  reset(): void {
    this.#kernels.dcReset(this.#dc);
    this.#kernels.loudnessReset(this.#loudnessIn);
    this.#kernels.loudnessReset(this.#loudnessOut);
    this.#onsetDelay.reset();
    this.#guardDelay.reset();
    this.#roomTone.reset();
    this.#guard.reset();
    this.#onsetShaper.reset();
    this.#limiter.reset();
    this.#peakMeter.reset();
    this.#eventIn.reset();
    this.#backgroundIn.reset();
    this.#backgroundOut.reset();
    this.#flatBackgroundOut.reset();
    this.#momentaryOut.reset();
    this.#gainDb = Number.NaN;
    this.#gain = 0;
    this.#fade = 1;
    this.momentaryLufs = SILENT_DB;
    this.truePeakDb = SILENT_DB;
    this.reductionDb = 0;
  }

  /** Mean power of the last 10 s of output, or since the start: the lowest it can be when the event is over. */
  #backgroundPower(window: SlidingWindow, prior: number): number {
    const missing = Math.max(0, this.#priorBlocks - window.count);
    const blocks = Math.min(Math.max(window.count, this.#priorBlocks) + this.#expiringBlocks, this.#backgroundBlocks);
    return (window.sum + prior * missing) / blocks;
  }
}
