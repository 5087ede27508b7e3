// One layer's head filter: emitter positions and closeness → gains, delays and bells of the head kernel → both ears.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, cos, fromDb, lerp, lerpLog, sin } from '../dsp/maths.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../trigger.ts';
import type { Emitter } from '../trigger.ts';
import { bandPass, lowPassGain } from './filters.ts';
import { angleOf, earDelaySec, LEVEL, readSphere } from './sphere.ts';
import { COLUMNS, HEAD_RADIUS_M, SOUND_SPEED, SPHERE_CORNERS_HZ } from './sphereTable.ts';

const DEG = Math.PI / 180;
/** Our ears sit a little behind the middle. */
const EAR_AZIMUTH_DEG = 100;
/** Interpolation needs three frames of future. */
const MIN_DELAY_FRAMES = 3.01;
const MAX_DELAY_FRAMES = 124;

/** What nearness adds to the nearer ear from 1 m to 12 cm; with the bass below it stays within 3 dB of pink noise. */
const NEAR_RISE_DB = 1;
const BASS_RISE_DB = 5;
const BASS_HZ = 180;
/** Keeps both ears' power together near that of the dry sound at the default place. */
const HOUSE_GAIN = 0.86;

/** The dark dip: where hearing tires first and tingles fade. */
const DIP_HZ = 3500;
const DIP_Q = 0.6;
const DIP_DB = -7;
/** Gain that keeps pink noise at its level, per decibel of dip. */
const DIP_MAKE_UP = -0.19;

/** Outer ear: a shallow shell resonance in front (never inside the dip), a notch that climbs with elevation, less treble from behind. */
const CONCHA_HZ = 4200;
const CONCHA_Q = 1.5;
const CONCHA_DB = 1.5;
const NOTCH_Q = 4;
const NOTCH_DB = -8;
const NOTCH_BEHIND_DB = -4;
const NOTCH_LOW_HZ = 6000;
const NOTCH_HIGH_HZ = 11000;
const LOWEST_DEG = -60;
const HIGHEST_DEG = 80;
const BEHIND_DB = -3;

/** One-ear mode: share of the difference between the ears that is left. (1 + w)/(1 − w) bounds it: 11.6 dB. */
const MONO_DIFFERENCE = 0.585;
const MONO_DELAY = 0.1;

/** Where things lie in the kernel's block, in 32-bit words. */
const EMITTERS_WORD = 4;
const SEND_WORD = 5;
const DIP_WORD = 8;
const CONCHA_WORD = 11;
const NOTCH_WORD = 14;
const ONE_POLE_WORD = 17;
/** In the targets, vectors of four emitters: 4 gains left, 4 right, dip, concha, notch, bass, delays left and right. */
const RIGHT_WORD = 16;
const DIP_GAIN_WORD = 32;
const CONCHA_GAIN_WORD = 36;
const NOTCH_GAIN_WORD = 40;
const BASS_GAIN_WORD = 44;
const DELAY_WORD = 48;
const TARGET_WORDS = 56;
const LANES = 4;

export interface HeadContext {
  readonly kernels: Kernels;
  readonly arena: ArenaScope;
  readonly sampleRate: number;
}

/** Both ears and the two sends of the room. */
export interface Ears {
  readonly left: Ptr;
  readonly right: Ptr;
  readonly sendLeft: Ptr;
  readonly sendRight: Ptr;
}

/** For measuring only: ears elsewhere, or the bare sphere without bells, bass and level. */
export interface HeadOptions {
  readonly earAzimuthDeg?: number;
  readonly bare?: boolean;
}

export class Head {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #ptr: Ptr;
  readonly #state: Float32Array;
  readonly #inputs: Int32Array;
  readonly #targets: Float32Array;
  readonly #emitters: number;
  readonly #bare: boolean;
  readonly #earFront: number;
  readonly #earSide: number;
  readonly #left = new Float64Array(COLUMNS);
  readonly #right = new Float64Array(COLUMNS);
  readonly #far = new Float64Array(COLUMNS);
  #elevationDeg = NaN;

  constructor({ kernels, arena, sampleRate }: HeadContext, emitters: number, options: HeadOptions = {}) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#emitters = emitters;
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
    bandPass(this.#state, CONCHA_WORD, CONCHA_HZ, CONCHA_Q, sampleRate);
    const corners = [BASS_HZ, ...SPHERE_CORNERS_HZ];
    corners.forEach((hz, k) => {
      this.#state[ONE_POLE_WORD + k] = lowPassGain(hz, sampleRate);
    });
    this.setElevation(0);
  }

  /** Moves the notch of the outer ear; degrees, up is positive. */
  setElevation(degrees: number): void {
    if (degrees === this.#elevationDeg) return;
    this.#elevationDeg = degrees;
    const height = clamp((degrees - LOWEST_DEG) / (HIGHEST_DEG - LOWEST_DEG), 0, 1);
    bandPass(this.#state, NOTCH_WORD, lerpLog(NOTCH_LOW_HZ, NOTCH_HIGH_HZ, height), NOTCH_Q, this.#sampleRate);
  }

  /** Gain into the room, reached by the block's end. */
  setSend(gain: number): void {
    this.#state[SEND_WORD] = gain;
  }

  /**
   * Where one emitter is heard by the end of the block. Closeness 0 (1 m) … 1 (12 cm); `darkness` 0…1 is the depth of the
   * dip; `mono` 0…1 brings the ears together; `gain` is linear.
   */
  setEmitter(
    emitter: number,
    azimuthDeg: number,
    elevationDeg: number,
    closeness: number,
    distanceM: number,
    darkness: number,
    mono: number,
    gain: number,
  ): void {
    const flat = cos(elevationDeg * DEG);
    const front = flat * cos(azimuthDeg * DEG);
    const side = flat * sin(azimuthDeg * DEG);
    const angleLeft = angleOf(front * this.#earFront + side * this.#earSide);
    const angleRight = angleOf(front * this.#earFront - side * this.#earSide);
    readSphere(this.#left, closeness, angleLeft / DEG);
    readSphere(this.#right, closeness, angleRight / DEG);
    const targets = this.#targets;

    let level = gain;
    if (!this.#bare) {
      // The nearer ear keeps, but for a small rise, the level it has at 1 m; the farther ear falls.
      const nearer = angleLeft < angleRight ? this.#left : this.#right;
      readSphere(this.#far, 0, Math.min(angleLeft, angleRight) / DEG);
      level *= (HOUSE_GAIN * fromDb(NEAR_RISE_DB * closeness) * (this.#far[LEVEL] ?? 1)) / (nearer[LEVEL] ?? 1);
      const dipDb = DIP_DB * darkness;
      level *= fromDb(DIP_MAKE_UP * dipDb);
      const ahead = Math.max(front, 0);
      const behind = Math.max(-front, 0);
      this.#shadeBehind(this.#left, behind);
      this.#shadeBehind(this.#right, behind);
      targets[DIP_GAIN_WORD + emitter] = fromDb(dipDb) - 1;
      targets[CONCHA_GAIN_WORD + emitter] = fromDb(CONCHA_DB * ahead * (1 - darkness)) - 1;
      targets[NOTCH_GAIN_WORD + emitter] = fromDb(lerp(NOTCH_DB, NOTCH_BEHIND_DB, behind)) - 1;
      targets[BASS_GAIN_WORD + emitter] = fromDb(BASS_RISE_DB * closeness) - 1;
    }

    // Towards the mean of both ears in one-ear mode.
    const own = 1 - (0.5 - 0.5 * MONO_DIFFERENCE) * mono;
    const other = 1 - own;
    for (let k = 0; k < LEVEL; k++) {
      const left = this.#left[k] ?? 0;
      const right = this.#right[k] ?? 0;
      targets[k * LANES + emitter] = level * (own * left + other * right);
      targets[RIGHT_WORD + k * LANES + emitter] = level * (own * right + other * left);
    }
    const delayLeft = this.#delayFrames(angleLeft, distanceM);
    const delayRight = this.#delayFrames(angleRight, distanceM);
    const shared = (0.5 - 0.5 * MONO_DELAY) * mono * (delayRight - delayLeft);
    targets[DELAY_WORD + emitter] = delayLeft + shared;
    targets[DELAY_WORD + LANES + emitter] = delayRight - shared;
  }

  /** Forgets all sound and stands at once where the targets say. */
  reset(): void {
    this.#kernels.headReset(this.#ptr);
  }

  /** Adds one block of the emitters to the ears and the sends. */
  render(emitters: readonly Emitter[], ears: Ears): void {
    const first = emitters[0]?.out ?? 0;
    // Lanes without an emitter run along with the first; nothing of them is heard.
    for (let i = 0; i < LANES; i++) this.#inputs[i] = (i < this.#emitters ? emitters[i]?.out : undefined) ?? first;
    this.#kernels.headRender(this.#ptr, ears.left, ears.right, ears.sendLeft, ears.sendRight, BLOCK_FRAMES);
  }

  /** A treble shelf made of the basis itself: what leaves the direct path comes back under the highest corner. */
  #shadeBehind(gains: Float64Array, behind: number): void {
    const shade = 1 - fromDb(BEHIND_DB * behind);
    const direct = gains[0] ?? 0;
    gains[0] = direct * (1 - shade);
    gains[LEVEL - 1] = (gains[LEVEL - 1] ?? 0) + direct * shade;
  }

  #delayFrames(angleRad: number, distanceM: number): number {
    const sec = earDelaySec(angleRad, distanceM) + HEAD_RADIUS_M / SOUND_SPEED;
    return clamp(MIN_DELAY_FRAMES + sec * this.#sampleRate, MIN_DELAY_FRAMES, MAX_DELAY_FRAMES);
  }
}
