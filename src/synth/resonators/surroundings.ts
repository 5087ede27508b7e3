// Surroundings of one source, from almost nothing to a live room: sound → early reflections + FDN tail → two decorrelated
// outputs, over a faint noise floor.
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import { FDN_REFLECTIONS, FeedbackDelayNetwork } from '../dsp/feedbackDelayNetwork.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { exp, fromDb, lerp, lerpLog, sqrt, tan } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';

/** Delay lines, evenly spread on a logarithmic scale and then shifted a little per place, so that no two rooms are alike. */
const MIN_DELAY_MS = 5.3;
const MAX_DELAY_MS = 27;
const DELAY_SPREAD = 0.05;
/** The desk is heard first, the walls later. */
const FIRST_REFLECTION_MS = 1.1;
const LAST_REFLECTION_MS = 16;
/** 60 dB decay at low frequencies: beside soft things, in a live room. */
const MIN_T60_SEC = 0.16;
const MAX_T60_SEC = 0.62;
/** At this frequency the decay is twice as quick. */
const DAMPED_HZ = 7000;
const INPUT_LOW_PASS_HZ = 9000;
/** Share of the power that comes as single reflections. */
const REFLECTION_SHARE = 0.3;
/** Of reflections with inverted phase. */
const INVERTED_SHARE = 0.3;
/** Power of the surroundings against the sound itself, almost bare … live, dB. */
const MIN_POWER_DB = -34;
const MAX_POWER_DB = -1;
/** Amounts below this are off. */
const MIN_AMOUNT = 0.01;
/** Smaller changes of the amount are not followed. */
const AMOUNT_STEP = 1e-3;
/** Noise of quiet air and microphone at the top of the range, dBFS; rumbling, hardly any hiss. */
const FLOOR_DB = -60;
const FLOOR_RANGE_DB = 22;
const FLOOR_HZ = 380;
const FLOOR_K = 2;
const FLOOR_OUTPUTS = { low: 1, band: 0.4, high: 0.03 } as const;
/** The longest tail has sunk by 120 dB after this. */
const HOLD_SEC = 1.3;
/** Mean square of a block below which nothing is heard. */
const SILENT_POWER = 1e-13;

/** First draws of each property in the stream. */
const DRAWS = { reflection: 20, rightReflection: 40, sign: 60 } as const;

/** One block of a voice to be placed in its surroundings. Reuse it. */
export interface SurroundingsBlock {
  /** Absolute frame of the block. */
  frame: number;
  /** 0 bare … 1 a live room. */
  amount: number;
  /** Level of the noise floor, 0…1. */
  floor: number;
}

/** A desk, a wall and quiet air around one source. */
export class Surroundings {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #network: FeedbackDelayNetwork;
  readonly #random: Random;
  readonly #noise: Ptr;
  readonly #floorFilter: Ptr;
  #amount = -1;
  #holdFrames = 0;

  /**
   * @param context - kernels, memory, sample rate
   * @param random - names the place
   * @param lowPower - four delay lines instead of eight
   */
  constructor(context: DspContext, random: Random, lowPower = false) {
    const { kernels, arena, sampleRate } = context;
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#random = random.stream('surroundings');
    this.#network = new FeedbackDelayNetwork(context, {
      lowPower,
      dampedHz: DAMPED_HZ,
      inputLowPassHz: INPUT_LOW_PASS_HZ,
    });
    this.#noise = arena.floats(BLOCK_FRAMES);
    this.#floorFilter = arena.alloc(kernels.SVF_BYTES);
    const { lines } = this.#network;
    for (let k = 0; k < lines; k++) {
      const ms = lerpLog(MIN_DELAY_MS, MAX_DELAY_MS, k / (lines - 1)) * exp(DELAY_SPREAD * this.#random.normal(k));
      this.#network.setDelay(k, Math.round((ms * sampleRate) / 1000) | 1);
    }
    for (let k = 0; k < FDN_REFLECTIONS; k++) {
      const share = k / (FDN_REFLECTIONS - 1);
      const spread = this.#random.range(DRAWS.reflection + k, 0.7, 1.3);
      const ms = lerp(FIRST_REFLECTION_MS, LAST_REFLECTION_MS, share) * spread;
      const rightMs = ms * this.#random.range(DRAWS.rightReflection + k, 0.93, 1.07);
      this.#network.setReflection(k, {
        leftFrames: Math.round((ms * sampleRate) / 1000),
        leftGain: 0,
        rightFrames: Math.round((rightMs * sampleRate) / 1000),
        rightGain: 0,
      });
    }
  }

  /**
   * How much louder a sound becomes with these surroundings.
   * @param amount - 0 bare … 1 a live room
   * @returns factor on the power
   */
  static powerGain(amount: number): number {
    return amount < MIN_AMOUNT ? 1 : 1 + fromDb(2 * lerp(MIN_POWER_DB, MAX_POWER_DB, amount));
  }

  /**
   * Adds the response and the noise floor.
   * @param block - frame, amount, floor
   * @param input - the sound
   * @param left - output
   * @param right - output
   */
  render({ frame, amount, floor }: SurroundingsBlock, input: Ptr, left: Ptr, right: Ptr): void {
    const network = this.#network;
    const on = amount >= MIN_AMOUNT;
    if (on && this.#kernels.energy(input, BLOCK_FRAMES) > SILENT_POWER * BLOCK_FRAMES) {
      if (this.#holdFrames <= 0) network.setInputGain(1);
      this.#holdFrames = HOLD_SEC * this.#sampleRate;
    }
    if (this.#holdFrames > 0) {
      if (Math.abs(amount - this.#amount) > AMOUNT_STEP) this.#setAmount(amount);
      network.render(input, input, on ? 1 : 0, left, right);
      this.#holdFrames -= BLOCK_FRAMES;
      if (this.#holdFrames <= 0) network.reset();
    }
    if (floor > 0 && on)
      this.#renderFloor(floor * 0.5 * fromDb(FLOOR_DB + FLOOR_RANGE_DB * (amount - 1)), frame, left, right);
  }

  /** Adds low-passed noise of RMS `rms`, the same to both sides. */
  #renderFloor(rms: number, frame: number, left: Ptr, right: Ptr): void {
    const kernels = this.#kernels;
    // Noise of the same density at every sample rate.
    const gain = rms * sqrt(this.#sampleRate / (2 * FLOOR_HZ));
    kernels.noiseFill(this.#noise, this.#random.key, frame, BLOCK_FRAMES);
    const g = tan((Math.PI * FLOOR_HZ) / this.#sampleRate);
    const { low, band, high } = FLOOR_OUTPUTS;
    kernels.svfRender(this.#floorFilter, this.#noise, this.#noise, g, FLOOR_K, low, band, high, BLOCK_FRAMES);
    kernels.addRamp(this.#noise, left, gain, gain, BLOCK_FRAMES);
    kernels.addRamp(this.#noise, right, gain, gain, BLOCK_FRAMES);
  }

  #setAmount(amount: number): void {
    this.#amount = amount;
    const network = this.#network;
    const level = fromDb(lerp(MIN_POWER_DB, MAX_POWER_DB, amount));
    const g2 = network.setDecay(lerp(MIN_T60_SEC, MAX_T60_SEC, amount));
    // A lossless mixer holds input / (1 − g²); all lines reach each side, and two sides make the sum.
    network.setTailGain(level * sqrt(((1 - REFLECTION_SHARE) * (1 - g2)) / (g2 * 2 * network.lines)));
    for (let k = 0; k < FDN_REFLECTIONS; k++) {
      const gain = level * sqrt(REFLECTION_SHARE / (2 * FDN_REFLECTIONS)) * lerp(1.4, 0.6, k / (FDN_REFLECTIONS - 1));
      const sign = this.#random.uniform(DRAWS.sign + k) < INVERTED_SHARE ? -1 : 1;
      // Both inputs of the network carry the sound: half each.
      network.setReflectionGain(k, 0.5 * sign * gain);
    }
  }
}
