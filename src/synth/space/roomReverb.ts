// Room: first wall reflections + feedback delay network of 8 lines; size → delays, decay and damping. Runs only while it is audible.
import { FeedbackDelayNetwork } from '../dsp/feedbackDelayNetwork.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, exp, lerp, sin, sqrt } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Room } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';

/** Prime numbers of frames at 48 kHz, 5…23 ms, spread evenly on a logarithmic scale. */
const DELAYS_AT_48K = [241, 307, 379, 467, 577, 709, 877, 1091] as const;
const DEG = Math.PI / 180;
/** Time to decay by 60 dB: a wardrobe, a furnished living room. */
const MIN_T60_SEC = 0.15;
const MAX_T60_SEC = 0.35;
/** At this frequency the decay is twice as quick. */
const DAMPED_HZ = 5000;
const INPUT_LOW_PASS_HZ = 5500;
/** First reflections of a 2.2 × 2.8 × 2.4 m box and one of its corners: delay after the direct sound, direction, gain. */
const REFLECTIONS = [
  { ms: 4.3, azimuthDeg: 84, gain: 0.62 },
  { ms: 6.1, azimuthDeg: 168, gain: 0.5 },
  { ms: 6.9, azimuthDeg: -8, gain: 0.4 },
  { ms: 8.2, azimuthDeg: -80, gain: 0.48 },
  { ms: 10.3, azimuthDeg: 15, gain: 0.38 },
  { ms: 13.1, azimuthDeg: -125, gain: 0.3 },
] as const;
/** Half the interaural delay of a sound from the side, and attenuation of a reflection at the far ear. */
const HALF_INTERAURAL_MS = 0.33;
const REFLECTION_HEAD_SHADOW = 0.4;
/** Share of the room's power in the reflections; the rest is the tail. */
const REFLECTION_POWER_SHARE = 0.35;
/** Measured with pink noise: makes the power of the whole room that of its input. */
const CALIBRATION = 0.71;

const GLIDE_SEC = 0.4;
/** Mean square of a block below which nothing is heard (−120 dB). */
const SILENT_POWER = 1e-12;
/** The longest tail has decayed by 150 dB after this. */
const HOLD_SEC = 1;

interface RoomContext extends DspContext {
  readonly lowPower?: boolean;
}

/** The room all layers share. */
export class RoomReverb {
  readonly #kernels: Kernels;
  readonly #network: FeedbackDelayNetwork;
  readonly #sampleRate: number;
  readonly #glide: number;
  #size = -1;
  #amount = 0;
  #holdFrames = 0;

  /** @param context - kernels, memory, sample rate; with `lowPower` every second delay line is left out */
  constructor(context: RoomContext) {
    const { kernels, sampleRate, lowPower = false } = context;
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#network = new FeedbackDelayNetwork(context, {
      lowPower,
      dampedHz: DAMPED_HZ,
      inputLowPassHz: INPUT_LOW_PASS_HZ,
    });
    const delays = lowPower ? DELAYS_AT_48K.filter((_, k) => k % 2 === 1) : DELAYS_AT_48K;
    delays.forEach((frames, k) => {
      this.#network.setDelay(k, nextPrime(Math.round((frames * sampleRate) / 48000)));
    });
    this.#glide = 1 - exp(-BLOCK_FRAMES / (GLIDE_SEC * sampleRate));
    const gainAtEar = (side: number, gain: number, ear: number): number =>
      gain * (1 + ear * REFLECTION_HEAD_SHADOW * side);
    let powerLeft = 0;
    let powerRight = 0;
    for (const { azimuthDeg, gain } of REFLECTIONS) {
      const side = sin(azimuthDeg * DEG);
      powerLeft += gainAtEar(side, gain, 1) * gainAtEar(side, gain, 1);
      powerRight += gainAtEar(side, gain, -1) * gainAtEar(side, gain, -1);
    }
    REFLECTIONS.forEach(({ ms, azimuthDeg, gain }, k) => {
      const side = sin(azimuthDeg * DEG);
      this.#network.setReflection(k, {
        leftFrames: Math.round(((ms - HALF_INTERAURAL_MS * side) * sampleRate) / 1000),
        leftGain: CALIBRATION * sqrt(REFLECTION_POWER_SHARE / powerLeft) * gainAtEar(side, gain, 1),
        rightFrames: Math.round(((ms + HALF_INTERAURAL_MS * side) * sampleRate) / 1000),
        rightGain: CALIBRATION * sqrt(REFLECTION_POWER_SHARE / powerRight) * gainAtEar(side, gain, -1),
      });
    });
  }

  /**
   * Adds the room's response to the two sends. Size and amount glide.
   * @param room - size and amount, 0…1
   * @param sendLeft - input
   * @param sendRight - input
   * @param left - output
   * @param right - output
   */
  render(room: Room, sendLeft: Ptr, sendRight: Ptr, left: Ptr, right: Ptr): void {
    const kernels = this.#kernels;
    const amount = clamp(room.amount, 0, 1);
    const power = kernels.energy(sendLeft, BLOCK_FRAMES) + kernels.energy(sendRight, BLOCK_FRAMES);
    const hasInput = power > SILENT_POWER * BLOCK_FRAMES && (amount > 0 || this.#amount > 1e-4);
    if (hasInput) {
      if (this.#holdFrames <= 0) {
        // From silence the room starts at its target: nothing sounds that could jump.
        this.#amount = amount;
        this.#network.setInputGain(amount);
        this.#setSize(clamp(room.size, 0, 1));
      }
      this.#holdFrames = HOLD_SEC * this.#sampleRate;
    } else if (this.#holdFrames <= 0) return;
    this.#amount += (amount - this.#amount) * this.#glide;
    if (amount === 0 && this.#amount < 1e-4) this.#amount = 0;
    const size = this.#size + (clamp(room.size, 0, 1) - this.#size) * this.#glide;
    if (size - this.#size > 1e-6 || size - this.#size < -1e-6) this.#setSize(size);
    this.#network.render(sendLeft, sendRight, this.#amount, left, right);
    this.#holdFrames -= BLOCK_FRAMES;
    if (this.#holdFrames <= 0) this.#network.reset();
  }

  #setSize(size: number): void {
    this.#size = size;
    const g2 = this.#network.setDecay(lerp(MIN_T60_SEC, MAX_T60_SEC, size));
    // Steady power in a lossless mixer is input/(1 − g²): divide it out, so that size is no volume knob.
    const tail = CALIBRATION * sqrt(((1 - REFLECTION_POWER_SHARE) * (1 - g2)) / g2);
    this.#network.setTailGain(tail / sqrt(this.#network.lines / 2));
  }
}

function nextPrime(from: number): number {
  for (let n = from | 1; ; n += 2) {
    let prime = true;
    for (let d = 3; d * d <= n && prime; d += 2) prime = n % d !== 0;
    if (prime) return n;
  }
}
