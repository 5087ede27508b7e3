// Head filter of one layer: directions and closeness of its emitters → gains, delays and peaking filters → both ears and the room sends.
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, cos, fromDb, lerp, lerpLog, sin } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import type { Emitter } from '../trigger.ts';
import { bandPass, lowPassGain } from './filters.ts';
import { angleOf, CLOSENESS_STEP, GAINS, Sphere } from './sphere.ts';
import { HEAD_RADIUS_M, SOUND_SPEED, SPHERE_CORNERS_HZ } from './sphereTable.ts';

const DEG = Math.PI / 180;
/** Human ears sit a little behind the middle of the head. */
const EAR_AZIMUTH_DEG = 100;
/** The kernel's interpolation needs three frames of future, and remembers 128. */
const MIN_DELAY_FRAMES = 3.01;
const MAX_DELAY_FRAMES = 124;

/** Gain of the nearer ear from 1 m to 12 cm; together with the bass below within 3 dB for pink noise. */
const NEAR_RISE_DB = 0.6;
const BASS_RISE_DB = 5;
const BASS_HZ = 180;
/** Makes the power at both ears together that of the dry sound, at the default place. */
const REFERENCE_GAIN = 0.86;

/** Peaking filter: a dip where hearing is most sensitive, for dark sounds; for bright ones in front, the concha's slight gain. */
const DIP_HZ = 3500;
const DIP_Q = 0.6;
const DIP_GAIN = fromDb(-7) - 1;
const SHELL_GAIN = fromDb(1.5) - 1;
/** Gain that keeps pink noise at its level under the full dip. */
const DIP_MAKEUP_GAIN = fromDb(1.3) - 1;

/** The outer ear's notch climbs with elevation and is shallower from behind. */
const NOTCH_Q = 4;
const NOTCH_GAIN = fromDb(-8) - 1;
const NOTCH_BEHIND_GAIN = fromDb(-4) - 1;
const NOTCH_LOW_HZ = 6000;
const NOTCH_HIGH_HZ = 11000;
const MIN_ELEVATION_DEG = -60;
const MAX_ELEVATION_DEG = 80;
/**
 * Treble lost straight behind: this share of the direct path goes through the highest low-pass. A bare sphere with its
 * ears set back is 4 dB brighter behind than in front; a real outer ear makes it a little darker.
 */
const BEHIND_SHADE = 1 - fromDb(-7);

/** Paths to the far ear over the crown and under the chin differ by up to twice this. */
const DETOUR_SEC = 0.0002;

/** One-ear mode: share of the difference between the ears that is left. (1 + w)/(1 − w) bounds it: 11.6 dB. */
const MONO_DIFFERENCE = 0.585;
const MONO_DELAY = 0.1;

/** Offsets in the kernel's state, in 32-bit words. */
const EMITTERS_WORD = 4;
const SEND_WORD = 5;
const DIP_WORD = 8;
const NOTCH_WORD = 11;
const ONE_POLE_WORD = 14;
/**
 * In the targets, vectors of four lanes: 4 gains left, 4 right, dip, notch, bass, delays left and right. Three or four
 * emitters fill a vector for each ear; one or two stand in lanes 0 and 1 for the left ear and again in 2 and 3 for the right.
 */
const LANES = 4;
const RIGHT_WORD = 16;
const PAIR = 2;
const DIP_GAIN_WORD = 32;
const NOTCH_GAIN_WORD = 36;
const BASS_GAIN_WORD = 40;
const DELAY_WORD = 44;
const TARGET_WORDS = 52;

/** Both ears and the two sends of the room. */
export interface Ears {
  readonly left: Ptr;
  readonly right: Ptr;
  readonly sendLeft: Ptr;
  readonly sendRight: Ptr;
}

/** What all emitters of a layer share. */
export interface HeadTarget {
  readonly elevationDeg: number;
  readonly closeness: number;
  /** The distance that `closeness` means. */
  readonly distanceM: number;
  /** Depth of the dark dip, 0…1. */
  readonly darkness: number;
  /** 0 both ears … 1 one ear: differences between them become small. */
  readonly mono: number;
  /** Linear. */
  readonly gain: number;
  /** Linear gain to the room. */
  readonly send: number;
}

/** For measurement only: ears elsewhere, or the bare sphere without peaking filters, bass and level. */
export interface HeadOptions {
  readonly earAzimuthDeg?: number;
  readonly bare?: boolean;
}

/** Computes the targets of the head kernel and runs it. One to four emitters. */
export class Head {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #ptr: Ptr;
  readonly #state: Float32Array;
  readonly #inputs: Int32Array;
  readonly #targets: Float32Array;
  readonly #emitters: number;
  readonly #pair: boolean;
  readonly #bare: boolean;
  readonly #earFront: number;
  readonly #earSide: number;
  readonly #sphere = new Sphere();
  readonly #left = new Float64Array(GAINS);
  readonly #right = new Float64Array(GAINS);
  #closeness = NaN;
  #elevationDeg = NaN;
  #horizontal = 1;
  #darkness = 0;
  #level = 1;
  #rise = 1;
  #bass = 0;
  #mono = 0;

  constructor({ kernels, arena, sampleRate }: DspContext, emitters: number, options: HeadOptions = {}) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#emitters = emitters;
    this.#pair = emitters <= PAIR;
    this.#bare = options.bare ?? false;
    const ear = (options.earAzimuthDeg ?? EAR_AZIMUTH_DEG) * DEG;
    this.#earFront = cos(ear);
    this.#earSide = sin(ear);
    this.#ptr = arena.alloc(kernels.HEAD_BYTES);
    this.#state = arena.view(this.#ptr, kernels.HEAD_TARGETS / 4);
    this.#inputs = new Int32Array(kernels.memory, this.#ptr, EMITTERS_WORD + 1);
    this.#targets = arena.view(this.#ptr + kernels.HEAD_TARGETS, TARGET_WORDS);
    this.#inputs[EMITTERS_WORD] = emitters;
    bandPass(this.#state, DIP_WORD, DIP_HZ, DIP_Q, sampleRate);
    [BASS_HZ, ...SPHERE_CORNERS_HZ].forEach((hz, k) => {
      this.#state[ONE_POLE_WORD + k] = lowPassGain(hz, sampleRate);
    });
  }

  /**
   * Sets what all emitters share, to be reached at the end of the next block.
   * @param target - position and levels of the layer
   */
  setLayer({ elevationDeg, closeness, distanceM, darkness, mono, gain, send }: HeadTarget): void {
    if (!(Math.abs(closeness - this.#closeness) < CLOSENESS_STEP)) {
      this.#closeness = closeness;
      this.#sphere.setDistance(closeness, distanceM);
      this.#rise = REFERENCE_GAIN * fromDb(NEAR_RISE_DB * closeness);
      this.#bass = fromDb(BASS_RISE_DB * closeness) - 1;
    }
    if (elevationDeg !== this.#elevationDeg) {
      this.#elevationDeg = elevationDeg;
      this.#horizontal = cos(elevationDeg * DEG);
      const height = clamp((elevationDeg - MIN_ELEVATION_DEG) / (MAX_ELEVATION_DEG - MIN_ELEVATION_DEG), 0, 1);
      bandPass(this.#state, NOTCH_WORD, lerpLog(NOTCH_LOW_HZ, NOTCH_HIGH_HZ, height), NOTCH_Q, this.#sampleRate);
    }
    this.#darkness = darkness;
    this.#level = this.#bare ? gain : gain * this.#rise * (1 + DIP_MAKEUP_GAIN * darkness);
    this.#mono = mono;
    this.#state[SEND_WORD] = send;
  }

  /**
   * Sets the direction of one emitter, to be reached at the end of the next block.
   * @param emitter - index
   * @param azimuthDeg - 0 front, + left
   * @param detour - −1…1: lets its sound take another way round the head than its neighbours', which would comb-filter
   */
  setEmitter(emitter: number, azimuthDeg: number, detour = 0): void {
    const front = this.#horizontal * cos(azimuthDeg * DEG);
    const side = this.#horizontal * sin(azimuthDeg * DEG);
    const angleLeft = angleOf(front * this.#earFront + side * this.#earSide);
    const angleRight = angleOf(front * this.#earFront - side * this.#earSide);
    const sphere = this.#sphere;
    const left = this.#left;
    const right = this.#right;
    const targets = this.#targets;
    sphere.gains(left, angleLeft);
    sphere.gains(right, angleRight);
    let level = this.#level;
    if (!this.#bare) {
      // Apart from a small rise the nearer ear keeps its level at 1 m; the farther ear falls.
      level /= sphere.nearFieldLevel(Math.min(angleLeft, angleRight));
      const ahead = Math.max(front, 0);
      const behind = Math.max(-front, 0);
      shadeTreble(left, BEHIND_SHADE * behind);
      shadeTreble(right, BEHIND_SHADE * behind);
      const dip = lerp(SHELL_GAIN * ahead, DIP_GAIN, this.#darkness);
      const notch = lerp(NOTCH_GAIN, NOTCH_BEHIND_GAIN, behind);
      for (let lane = emitter; lane < LANES; lane += this.#pair ? PAIR : LANES) {
        targets[DIP_GAIN_WORD + lane] = dip;
        targets[NOTCH_GAIN_WORD + lane] = notch;
        targets[BASS_GAIN_WORD + lane] = this.#bass;
      }
    }
    // Towards the mean of both ears in one-ear mode.
    const own = level * (1 - (0.5 - 0.5 * MONO_DIFFERENCE) * this.#mono);
    const other = level - own;
    const toRight = this.#pair ? PAIR : RIGHT_WORD;
    for (let k = 0; k < GAINS; k++) {
      const l = left[k] ?? 0;
      const r = right[k] ?? 0;
      targets[k * LANES + emitter] = own * l + other * r;
      targets[toRight + k * LANES + emitter] = own * r + other * l;
    }
    const detourSec = DETOUR_SEC * detour;
    const delayLeft = this.#delayFrames(angleLeft, side < 0 ? detourSec : 0);
    const delayRight = this.#delayFrames(angleRight, side < 0 ? 0 : detourSec);
    const shared = (0.5 - 0.5 * MONO_DELAY) * this.#mono * (delayRight - delayLeft);
    targets[DELAY_WORD + emitter] = delayLeft + shared;
    targets[DELAY_WORD + (this.#pair ? PAIR : LANES) + emitter] = delayRight - shared;
  }

  /** Clears all sound and jumps to the targets. */
  reset(): void {
    this.#kernels.headReset(this.#ptr);
  }

  /**
   * Adds one block of the emitters to the ears and the sends.
   * @param emitters - the layer's emitters
   * @param ears - buffers that are added to
   */
  render(emitters: readonly Emitter[], ears: Ears): void {
    const first = emitters[0]?.out ?? 0;
    for (let lane = 0; lane < LANES; lane++) {
      const emitter = this.#pair ? lane % PAIR : lane;
      // Lanes without an emitter process the first one; their gains are 0.
      this.#inputs[lane] = (emitter < this.#emitters ? emitters[emitter]?.out : undefined) ?? first;
    }
    this.#kernels.headRender(this.#ptr, ears.left, ears.right, ears.sendLeft, ears.sendRight, BLOCK_FRAMES);
  }

  #delayFrames(angle: number, detourSec: number): number {
    const sec = this.#sphere.delaySec(angle) + detourSec + HEAD_RADIUS_M / SOUND_SPEED;
    return clamp(MIN_DELAY_FRAMES + sec * this.#sampleRate, MIN_DELAY_FRAMES, MAX_DELAY_FRAMES);
  }
}

/** Moves a share of the direct path to the highest low-pass: a treble shelf. */
function shadeTreble(gains: Float64Array, shade: number): void {
  const direct = gains[0] ?? 0;
  gains[0] = direct * (1 - shade);
  gains[GAINS - 1] = (gains[GAINS - 1] ?? 0) + direct * shade;
}
