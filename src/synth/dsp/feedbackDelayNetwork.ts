// Feedback delay network (FDN): 2 inputs → low-pass → early reflections + 4 or 8 damped delay lines → 2 outputs.
import type { Ptr } from '../kernelExports.ts';
import { BLOCK_FRAMES } from './block.ts';
import type { DspContext } from './block.ts';
import type { Kernels } from './kernels.ts';
import { cos, exp, fromDb, TAU } from './math.ts';

/** Delay lines in full, and to save power. */
export const FDN_LINES = 8;
export const FDN_LOW_POWER_LINES = 4;
/** Early reflections. */
export const FDN_REFLECTIONS = 6;
/** Above this sample rate the delay lines hold twice the frames. */
const HIGH_RATE = 50000;
const FRAMES = 2048;
const HIGH_RATE_FRAMES = 4096;
/** Damping taps lie 1/24 000 s apart, at any sample rate. */
const TAPS_PER_SEC = 24000;
/** A larger side tap would turn the damping filter's sign round at its upper end. */
const MAX_SIDE_TAP = 0.25;

/** What a network is created with. */
export interface FeedbackDelayNetworkOptions {
  /** Four lines instead of eight. */
  readonly lowPower: boolean;
  /** At this frequency the decay is twice as quick. */
  readonly dampedHz: number;
  /** Corner of the input low-pass. */
  readonly inputLowPassHz: number;
}

/** One early reflection, for both outputs. */
export interface Reflection {
  readonly leftFrames: number;
  readonly leftGain: number;
  readonly rightFrames: number;
  readonly rightGain: number;
}

/** A small room. Source: J.-M. Jot & A. Chaigne 1991. */
export class FeedbackDelayNetwork {
  /** Number of delay lines. */
  readonly lines: number;
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #ptr: Ptr;
  readonly #delays: Int32Array;
  readonly #dampingCentre: Float32Array;
  readonly #dampingSide: Float32Array;
  readonly #reflectionFrames: Int32Array;
  readonly #reflectionGains: Float32Array;
  readonly #dampedFactor: number;

  /**
   * @param context - kernels, memory, sample rate
   * @param options - lines and filters
   */
  constructor({ kernels, arena, sampleRate }: DspContext, options: FeedbackDelayNetworkOptions) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.lines = options.lowPower ? FDN_LOW_POWER_LINES : FDN_LINES;
    const frames = sampleRate > HIGH_RATE ? HIGH_RATE_FRAMES : FRAMES;
    const spacing = Math.round(sampleRate / TAPS_PER_SEC);
    const ptr = arena.alloc(kernels.fdnBytes(frames));
    this.#ptr = ptr;
    kernels.fdnInit(ptr, frames, this.lines, spacing, exp((-TAU * options.inputLowPassHz) / sampleRate));
    this.#delays = new Int32Array(kernels.memory, ptr + kernels.FDN_DELAYS, FDN_LINES);
    this.#dampingCentre = arena.view(ptr + kernels.FDN_DAMPING_CENTRE, FDN_LINES);
    this.#dampingSide = arena.view(ptr + kernels.FDN_DAMPING_SIDE, FDN_LINES);
    this.#reflectionFrames = new Int32Array(kernels.memory, ptr + kernels.FDN_REFLECTIONS, FDN_REFLECTIONS * 4);
    this.#reflectionGains = arena.view(ptr + kernels.FDN_REFLECTIONS, FDN_REFLECTIONS * 4);
    this.#dampedFactor = 1 / (2 - 2 * cos((TAU * options.dampedHz * spacing) / sampleRate));
  }

  /**
   * Sets a delay line; before the first `setDecay`.
   * @param line - index
   * @param frames - integer; lengths without common divisors sound best
   */
  setDelay(line: number, frames: number): void {
    this.#delays[line] = frames;
  }

  /**
   * Sets an early reflection.
   * @param index - 0…5
   * @param reflection - frames and gains
   */
  setReflection(index: number, { leftFrames, leftGain, rightFrames, rightGain }: Reflection): void {
    this.#reflectionFrames[4 * index] = leftFrames;
    this.#reflectionGains[4 * index + 1] = leftGain;
    this.#reflectionFrames[4 * index + 2] = rightFrames;
    this.#reflectionGains[4 * index + 3] = rightGain;
  }

  /**
   * Changes the gains of an early reflection.
   * @param index - 0…5
   * @param gain - of both outputs
   */
  setReflectionGain(index: number, gain: number): void {
    this.#reflectionGains[4 * index + 1] = gain;
    this.#reflectionGains[4 * index + 3] = gain;
  }

  /**
   * Sets the decay.
   * @param t60Sec - 60 dB decay at low frequencies
   * @returns mean power gain g² of the lines: steady power inside is input / (1 − g²)
   */
  setDecay(t60Sec: number): number {
    let meanPowerGain = 0;
    for (let k = 0; k < this.lines; k++) {
      const gain = fromDb((-60 * ((this.#delays[k] ?? 0) / this.#sampleRate)) / t60Sec);
      // The filter's loss at the damped frequency equals the line's own loss: half the decay time there.
      const share = Math.min(MAX_SIDE_TAP, (1 - gain) * this.#dampedFactor);
      this.#dampingSide[k] = gain * share;
      this.#dampingCentre[k] = gain * (1 - 2 * share);
      meanPowerGain += (gain * gain) / this.lines;
    }
    return meanPowerGain;
  }

  /**
   * Sets the output gain of the delay lines.
   * @param gain - amplitude
   */
  setTailGain(gain: number): void {
    this.#kernels.fdnSetTailGain(this.#ptr, gain);
  }

  /**
   * Sets the input gain at once, without a ramp: for a network at rest.
   * @param gain - amplitude
   */
  setInputGain(gain: number): void {
    this.#kernels.fdnSetInputGain(this.#ptr, gain);
  }

  /**
   * Adds one block of the response.
   * @param inLeft - left input
   * @param inRight - right input; may be the left one
   * @param gain - input gain, reached by the block's end
   * @param left - left output
   * @param right - right output
   */
  render(inLeft: Ptr, inRight: Ptr, gain: number, left: Ptr, right: Ptr): void {
    this.#kernels.fdnRender(this.#ptr, inLeft, inRight, gain, left, right, BLOCK_FRAMES);
  }

  /** Clears the signal; delays and gains stay. */
  reset(): void {
    this.#kernels.fdnReset(this.#ptr);
  }
}
