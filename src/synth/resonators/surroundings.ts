// What stands round a sounding thing, up to a live room: sound → wall echoes + diffuse tail → two unlike signals, over a faint noise floor.
// A mono sound from nothing sounds made up; a desk, a wall and quiet air place it in the world.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos, exp, fromDb, lerp, lerpLog, sqrt, tan, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';

const LINES = 8;
const ECO_LINES = 4;
const ECHOES = 6;
/** Delay lines, evenly spread on a logarithmic scale and then shifted a little per place, so that no two rooms are alike. */
const SHORTEST_MS = 5.3;
const LONGEST_MS = 27;
const DELAY_SPREAD = 0.05;
/** The desk is heard first, the walls later. */
const FIRST_ECHO_MS = 1.1;
const LAST_ECHO_MS = 16;
/** Time to decay by 60 dB at low frequencies: beside soft things, in a live room. */
const SHORTEST_T60_SEC = 0.16;
const LONGEST_T60_SEC = 0.62;
/** At this frequency the decay is twice as quick. */
const DAMPED_HZ = 7000;
const MAX_SIDE = 0.25;
const TAPS_PER_SEC = 24000;
const ENTRANCE_HZ = 9000;
/** Share of the power that comes as single echoes. */
const ECHO_SHARE = 0.3;
/** Power of the surroundings against the sound itself, almost bare … live, dB. */
const FAINT_DB = -34;
const LIVE_DB = -1;
/** Below this nothing is heard of it. */
const BARE = 0.01;
/** Noise of quiet air and microphone at the top of the range, dBFS; rumbling, hardly any hiss. */
const FLOOR_DB = -60;
const FLOOR_RANGE_DB = 22;
const FLOOR_HZ = 380;
/** The longest tail has sunk by 120 dB after this. */
const HOLD_SEC = 1.3;
const SILENT_POWER = 1e-13;

export class Surroundings {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #frames: number;
  readonly #ptr: Ptr;
  readonly #ring: number;
  readonly #delays: Int32Array;
  readonly #middle: Float32Array;
  readonly #side: Float32Array;
  readonly #echoGains: Float32Array;
  readonly #echoTaps: Int32Array;
  readonly #random: Random;
  readonly #noise: Ptr;
  readonly #floorFilter: Ptr;
  readonly #dampedFactor: number;
  readonly #lines: number;
  #amount = -1;
  #holdFrames = 0;

  /** `frames`: the length of every block to come. Allocates. */
  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, frames: number, random: Random, eco = false) {
    this.#lines = eco ? ECO_LINES : LINES;
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#frames = frames;
    this.#random = random.stream('surroundings');
    this.#ring = sampleRate > 50000 ? 4096 : 2048;
    const spacing = Math.round(sampleRate / TAPS_PER_SEC);
    this.#ptr = arena.alloc(kernels.fdnBytes(this.#ring));
    kernels.fdnInit(this.#ptr, this.#ring, spacing, exp((-TAU * ENTRANCE_HZ) / sampleRate));
    this.#delays = new Int32Array(kernels.memory, this.#ptr + kernels.FDN_DELAYS, LINES);
    this.#middle = arena.view(this.#ptr + kernels.FDN_DAMPING_CENTRE, LINES);
    this.#side = arena.view(this.#ptr + kernels.FDN_DAMPING_SIDE, LINES);
    this.#echoTaps = new Int32Array(kernels.memory, this.#ptr + kernels.FDN_REFLECTIONS, ECHOES * 4);
    this.#echoGains = new Float32Array(kernels.memory, this.#ptr + kernels.FDN_REFLECTIONS, ECHOES * 4);
    this.#noise = arena.floats(frames);
    this.#floorFilter = arena.alloc(kernels.SVF_BYTES);
    this.#dampedFactor = 1 / (2 - 2 * cos((TAU * DAMPED_HZ * spacing) / sampleRate));
    for (let k = 0; k < this.#lines; k++) {
      const ms = lerpLog(SHORTEST_MS, LONGEST_MS, k / (this.#lines - 1)) * exp(DELAY_SPREAD * this.#random.normal(k));
      this.#delays[k] = Math.round((ms * sampleRate) / 1000) | 1;
    }
    for (let k = 0; k < ECHOES; k++) {
      const ms = lerp(FIRST_ECHO_MS, LAST_ECHO_MS, k / (ECHOES - 1)) * this.#random.range(20 + k, 0.7, 1.3);
      this.#echoTaps[4 * k] = Math.round((ms * sampleRate) / 1000);
      this.#echoTaps[4 * k + 2] = Math.round((ms * this.#random.range(40 + k, 0.93, 1.07) * sampleRate) / 1000);
    }
  }

  /** How much louder a sound becomes with these surroundings, in power. */
  static power(air: number): number {
    return air < BARE ? 1 : 1 + fromDb(2 * lerp(FAINT_DB, LIVE_DB, air));
  }

  /** Adds the answer to `input` to `left` and `right`; `air` 0 bare … 1 a live room. `floor`: level of the quiet noise, 0…1. */
  render(air: number, floor: number, input: Ptr, left: Ptr, right: Ptr, frame: number): void {
    const kernels = this.#kernels;
    const frames = this.#frames;
    if (air >= BARE && kernels.energy(input, frames) > SILENT_POWER * frames) {
      if (this.#holdFrames <= 0) kernels.fdnSetInputGain(this.#ptr, 1);
      this.#holdFrames = HOLD_SEC * this.#sampleRate;
    }
    if (this.#holdFrames > 0) {
      if (Math.abs(air - this.#amount) > 1e-3) this.#tune(air);
      const gain = air >= BARE ? 1 : 0;
      if (this.#lines === LINES) kernels.fdnRender(this.#ptr, input, input, gain, left, right, frames);
      else kernels.fdnRenderFour(this.#ptr, input, input, gain, left, right, frames);
      this.#holdFrames -= frames;
      if (this.#holdFrames <= 0) kernels.fdnReset(this.#ptr);
    }
    if (floor > 0 && air >= BARE) this.#renderFloor(floor, air, left, right, frame);
  }

  #renderFloor(level: number, air: number, left: Ptr, right: Ptr, frame: number): void {
    const kernels = this.#kernels;
    const frames = this.#frames;
    // Noise of the same density at every sample rate; half to each side.
    const rms = level * 0.5 * fromDb(FLOOR_DB + FLOOR_RANGE_DB * (air - 1)) * sqrt(this.#sampleRate / (2 * FLOOR_HZ));
    kernels.noiseFill(this.#noise, this.#random.key, frame, frames);
    const g = tan((Math.PI * FLOOR_HZ) / this.#sampleRate);
    kernels.svfRender(this.#floorFilter, this.#noise, this.#noise, g, 2, 1, 0.4, 0.03, frames);
    kernels.addRamp(this.#noise, left, rms, rms, frames);
    kernels.addRamp(this.#noise, right, rms, rms, frames);
  }

  #tune(air: number): void {
    this.#amount = air;
    const level = fromDb(lerp(FAINT_DB, LIVE_DB, air));
    const t60 = lerp(SHORTEST_T60_SEC, LONGEST_T60_SEC, air);
    let kept = 0;
    for (let k = 0; k < this.#lines; k++) {
      const gain = fromDb((-60 * ((this.#delays[k] ?? 1) / this.#sampleRate)) / t60);
      const share = Math.min(MAX_SIDE, (1 - gain) * this.#dampedFactor);
      this.#side[k] = gain * share;
      this.#middle[k] = gain * (1 - 2 * share);
      kept += (gain * gain) / this.#lines;
    }
    // A lossless mixer holds input / (1 − g²); eight lines reach each side, and two sides make the sum.
    this.#kernels.fdnSetTailGain(this.#ptr, level * sqrt(((1 - ECHO_SHARE) * (1 - kept)) / (kept * 2 * this.#lines)));
    for (let k = 0; k < ECHOES; k++) {
      const gain = level * sqrt(ECHO_SHARE / (2 * ECHOES)) * lerp(1.4, 0.6, k / (ECHOES - 1));
      const sign = this.#random.uniform(60 + k) < 0.3 ? -1 : 1;
      // Both channels of the kernel's echo ring carry the input: half each.
      this.#echoGains[4 * k + 1] = 0.5 * sign * gain;
      this.#echoGains[4 * k + 3] = 0.5 * sign * gain;
    }
  }
}
