// Room tone (comfort noise): two independent seeded noises → low-passes, high-pass → level that sparse events need.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, cos, exp, fromDb, sin, TAU } from '../dsp/math.ts';
import { hashString } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { Limits } from './limits.ts';
import { fromLufs, onePoleCoefficient, kWeighting, toLufs } from './weighting.ts';

/** Spectrum of a quiet room: falling from the low mids, no rumble, nothing bright. */
const FIRST_LOW_PASS_HZ = 240;
const SECOND_LOW_PASS_HZ = 1100;
const HIGH_PASS_HZ = 70;
/** Slow enough to sound like a change of the room. */
const RISE_DB_PER_SEC = 3;
const FALL_DB_PER_SEC = 0.7;
/** After this long without sound the room tone fades too. */
const IDLE_AFTER_SEC = 20;
const FADE_DB_PER_SEC = 6;
const SILENT_DB = -60;
/** Margin below the guard's limit. */
const HEADROOM_DB = 1.5;
/** Decay time of the loudest recent event. */
const EVENT_MEMORY_SEC = 20;

const GRID_STEP = 1.02;
const LEFT_SEED = hashString('air left');
const RIGHT_SEED = hashString('air right');
/** The noise's own counter has 32 bits. */
const MAX_FRAME = 4294967296;

/**
 * The noise floor of a scene. Over silence any event would stand out without limit, and a bound relative to a level that the
 * events alone make would attenuate them to nothing: this is the floor under both.
 */
export class RoomTone {
  /** Present mean power, both channels: K-weighted, and unweighted. */
  power = 0;
  flatPower = 0;
  readonly #kernels: Kernels;
  readonly #state: Ptr;
  readonly #noiseLeft: Ptr;
  readonly #noiseRight: Ptr;
  readonly #limits: Limits;
  readonly #firstLowPass: number;
  readonly #secondLowPass: number;
  readonly #highPass: number;
  readonly #gainAtZeroLufs: number;
  readonly #flatRatio: number;
  readonly #blockSec: number;
  readonly #eventDecay: number;
  readonly #eventToTone: number;
  #eventPower = 0;
  #levelLufs: number;
  #fadeDb = 0;
  #sceneGainDb = 0;
  #idleSec = 0;
  #gain = 0;
  #frame = 0;
  readonly #frameLimit: number;

  /** In a loop of `loopSec` the noise repeats with it: white noise may begin again at any sample. */
  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, limits: Limits, loopSec = Infinity) {
    this.#frameLimit = Math.min(Math.round(loopSec * sampleRate), MAX_FRAME);
    this.#kernels = kernels;
    this.#limits = limits;
    this.#state = arena.alloc(kernels.ROOM_TONE_BYTES);
    this.#noiseLeft = arena.floats(BLOCK_FRAMES);
    this.#noiseRight = arena.floats(BLOCK_FRAMES);
    this.#firstLowPass = lowPassCoefficient(FIRST_LOW_PASS_HZ, sampleRate);
    this.#secondLowPass = lowPassCoefficient(SECOND_LOW_PASS_HZ, sampleRate);
    this.#highPass = lowPassCoefficient(HIGH_PASS_HZ, sampleRate);
    const { power, flatPower } = this.#noisePowers(sampleRate);
    this.#gainAtZeroLufs = Math.sqrt(fromLufs(0) / power);
    this.#flatRatio = flatPower / power;
    this.#blockSec = BLOCK_FRAMES / sampleRate;
    this.#eventDecay = onePoleCoefficient(this.#blockSec, EVENT_MEMORY_SEC);
    this.#eventToTone = 1 / fromDb(2 * (limits.emergenceDb - HEADROOM_DB));
    this.#levelLufs = limits.roomToneLufs.start;
  }

  reset(): void {
    this.#eventPower = 0;
    this.#levelLufs = this.#limits.roomToneLufs.start;
    this.#fadeDb = 0;
    this.#sceneGainDb = 0;
    this.#idleSec = 0;
    this.#gain = 0;
    this.#frame = 0;
    this.#kernels.roomToneReset(this.#state);
  }

  /**
   * Follows the sound before the guard.
   * @param eventPower - mean power of the newest 125 ms
   * @param backgroundPower - mean power of the last 10 s
   * @param blockPower - unweighted power of the newest block
   * @param gainDb - gain of the scene; below 0 it lowers the room tone too
   */
  update(eventPower: number, backgroundPower: number, blockPower: number, gainDb: number): void {
    const { idle: rest, max: most } = this.#limits.roomToneLufs;
    this.#eventPower = Math.max(eventPower, this.#eventPower * this.#eventDecay);
    // Down with the scene at once, up slowly: a jump of the room tone would be an event itself.
    this.#sceneGainDb = Math.min(0, gainDb, this.#sceneGainDb + RISE_DB_PER_SEC * this.#blockSec);
    const sceneGainDb = this.#sceneGainDb;
    const needed = clamp(toLufs(this.#eventPower * this.#eventToTone - backgroundPower) - sceneGainDb, rest, most);
    const step = needed - this.#levelLufs;
    this.#levelLufs += clamp(step, -FALL_DB_PER_SEC * this.#blockSec, RISE_DB_PER_SEC * this.#blockSec);
    this.#idleSec = blockPower > 0 ? 0 : this.#idleSec + this.#blockSec;
    const fadeStepDb = FADE_DB_PER_SEC * this.#blockSec;
    this.#fadeDb = clamp(this.#fadeDb + (this.#idleSec > IDLE_AFTER_SEC ? -fadeStepDb : fadeStepDb), SILENT_DB, 0);
    const loudness = this.#levelLufs + this.#fadeDb + sceneGainDb;
    this.power = this.#fadeDb > SILENT_DB ? fromLufs(loudness) : 0;
    this.flatPower = this.power * this.#flatRatio;
  }

  /** Adds one block to both channels. */
  render(left: Ptr, right: Ptr): void {
    const kernels = this.#kernels;
    const from = this.#gain;
    this.#gain = Math.sqrt(this.power / fromLufs(0)) * this.#gainAtZeroLufs;
    if (from > 0 || this.#gain > 0) {
      kernels.noiseFill(this.#noiseLeft, LEFT_SEED, this.#frame, BLOCK_FRAMES);
      kernels.noiseFill(this.#noiseRight, RIGHT_SEED, this.#frame, BLOCK_FRAMES);
      kernels.roomToneRender(
        this.#state,
        this.#noiseLeft,
        this.#noiseRight,
        left,
        right,
        this.#firstLowPass,
        this.#secondLowPass,
        this.#highPass,
        from,
        this.#gain,
        BLOCK_FRAMES,
      );
    }
    this.#frame = (this.#frame + BLOCK_FRAMES) % this.#frameLimit;
  }

  /** Powers of the filtered noise at gain 1, both channels: its spectrum summed on a logarithmic grid. */
  #noisePowers(sampleRate: number): { power: number; flatPower: number } {
    const { shelf, highPass } = kWeighting(sampleRate);
    const nyquist = sampleRate / 2;
    let power = 0;
    let flatPower = 0;
    for (let hz = 2; hz < nyquist; hz *= GRID_STEP) {
      const angle = (TAU * hz) / sampleRate;
      // White noise of unit variance spreads evenly to the Nyquist frequency; both ears count.
      const share = (2 * (GRID_STEP - 1) * hz) / nyquist;
      const low = lowPassPower(this.#firstLowPass, angle) * lowPassPower(this.#secondLowPass, angle);
      const flat = share * low * highPassPower(this.#highPass, angle);
      flatPower += flat;
      power += flat * sectionPower(shelf, angle) * sectionPower(highPass, angle);
    }
    return { power, flatPower };
  }
}

/** Coefficient of a one-pole low-pass. */
function lowPassCoefficient(hz: number, sampleRate: number): number {
  return 1 - exp((-TAU * hz) / sampleRate);
}

/** |a / (1 − (1 − a)·z⁻¹)|² */
function lowPassPower(a: number, angle: number): number {
  const b = 1 - a;
  return (a * a) / (1 + b * b - 2 * b * cos(angle));
}

/** |1 − a / (1 − (1 − a)·z⁻¹)|² = (1 − a)²·|1 − z⁻¹|² / |1 − (1 − a)·z⁻¹|² */
function highPassPower(a: number, angle: number): number {
  const b = 1 - a;
  return (b * b * (2 - 2 * cos(angle))) / (1 + b * b - 2 * b * cos(angle));
}

/** Squared gain of a second-order section. */
function sectionPower(
  { b0, b1, b2, a1, a2 }: { b0: number; b1: number; b2: number; a1: number; a2: number },
  angle: number,
): number {
  const c1 = cos(angle);
  const s1 = sin(angle);
  const c2 = cos(2 * angle);
  const s2 = sin(2 * angle);
  const top = squaredMagnitude(b0 + b1 * c1 + b2 * c2, b1 * s1 + b2 * s2);
  return top / squaredMagnitude(1 + a1 * c1 + a2 * c2, a1 * s1 + a2 * s2);
}

/** Products, not powers: `**` need not give the same bits everywhere. */
function squaredMagnitude(x: number, y: number): number {
  return x * x + y * y;
}
