// The short room: size → delays, decay and damping of the room kernel; runs only while there is something to hear.
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, cos, exp, fromDb, lerp, sin, sqrt, TAU } from '../dsp/math.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Room } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';

/** Prime numbers of frames at 48 kHz, 5…23 ms, spread evenly on a logarithmic scale. */
const DELAYS_AT_48K = [241, 307, 379, 467, 577, 709, 877, 1091] as const;
const DEG = Math.PI / 180;
const LINES = DELAYS_AT_48K.length;
/** In eco every second line is left out. */
const LOW_POWER_LINES = LINES / 2;
/** Time to decay by 60 dB: a wardrobe, a furnished living room. */
const MIN_T60_SEC = 0.15;
const MAX_T60_SEC = 0.35;
/** At this frequency the decay is twice as quick. */
const DAMPED_HZ = 5000;
/** More would turn the damping filter's sign round at its upper end. */
const MAX_SIDE_TAP = 0.25;
const INPUT_LOW_PASS_HZ = 5500;
/** Damping taps lie 1/24 000 s apart, at any sample rate. */
const TAPS_PER_SEC = 24000;
/** First wall echoes of a 2.2 × 2.8 × 2.4 m box and one of its corners: later than the direct sound by ms, from where. */
const REFLECTIONS = [
  { ms: 4.3, azimuthDeg: 84, gain: 0.62 },
  { ms: 6.1, azimuthDeg: 168, gain: 0.5 },
  { ms: 6.9, azimuthDeg: -8, gain: 0.4 },
  { ms: 8.2, azimuthDeg: -80, gain: 0.48 },
  { ms: 10.3, azimuthDeg: 15, gain: 0.38 },
  { ms: 13.1, azimuthDeg: -125, gain: 0.3 },
] as const;
/** Half the time between the ears for a sound from the side, and how much quieter the far ear hears an echo. */
const HALF_INTERAURAL_MS = 0.33;
const REFLECTION_HEAD_SHADOW = 0.4;
/** Share of the room's power that comes as echoes; the rest is tail. */
const REFLECTION_POWER_SHARE = 0.35;
/** Measured with pink noise: brings the whole room to the power of what is sent into it. */
const CALIBRATION = 0.71;

const GLIDE_SEC = 0.4;
/** Mean square of a block below which nothing is heard (−120 dB). */
const SILENT_POWER = 1e-12;
/** The longest tail has sunk by 150 dB after this. */
const HOLD_SEC = 1;

interface RoomContext extends DspContext {
  readonly lowPower?: boolean;
}

export class RoomReverb {
  readonly #kernels: Kernels;
  readonly #ptr: Ptr;
  readonly #sampleRate: number;
  readonly #dampingCentre: Float32Array;
  readonly #dampingSide: Float32Array;
  readonly #delays: Int32Array;
  readonly #glide: number;
  readonly #dampedFactor: number;
  /** Delay lines that run: all, or half of them in eco. */
  readonly #lines: number;
  #size = -1;
  #amount = 0;
  #holdFrames = 0;

  constructor({ kernels, arena, sampleRate, lowPower = false }: RoomContext) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    const ring = sampleRate > 50000 ? 4096 : 2048;
    const spacing = Math.round(sampleRate / TAPS_PER_SEC);
    this.#ptr = arena.alloc(kernels.fdnBytes(ring));
    kernels.fdnInit(this.#ptr, ring, spacing, exp((-TAU * INPUT_LOW_PASS_HZ) / sampleRate));
    this.#delays = new Int32Array(kernels.memory, this.#ptr + kernels.FDN_DELAYS, LINES);
    this.#dampingCentre = arena.view(this.#ptr + kernels.FDN_DAMPING_CENTRE, LINES);
    this.#dampingSide = arena.view(this.#ptr + kernels.FDN_DAMPING_SIDE, LINES);
    this.#lines = lowPower ? LOW_POWER_LINES : LINES;
    const delays = lowPower ? DELAYS_AT_48K.filter((_, k) => k % 2 === 1) : DELAYS_AT_48K;
    delays.forEach((frames, k) => {
      this.#delays[k] = nextPrime(Math.round((frames * sampleRate) / 48000));
    });
    this.#glide = 1 - exp(-BLOCK_FRAMES / (GLIDE_SEC * sampleRate));
    this.#dampedFactor = 1 / (2 - 2 * cos((TAU * DAMPED_HZ * spacing) / sampleRate));
    const taps = new Int32Array(kernels.memory, this.#ptr + kernels.FDN_REFLECTIONS, REFLECTIONS.length * 4);
    const gains = new Float32Array(kernels.memory, this.#ptr + kernels.FDN_REFLECTIONS, REFLECTIONS.length * 4);
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
      taps[4 * k] = Math.round(((ms - HALF_INTERAURAL_MS * side) * sampleRate) / 1000);
      gains[4 * k + 1] = CALIBRATION * sqrt(REFLECTION_POWER_SHARE / powerLeft) * gainAtEar(side, gain, 1);
      taps[4 * k + 2] = Math.round(((ms + HALF_INTERAURAL_MS * side) * sampleRate) / 1000);
      gains[4 * k + 3] = CALIBRATION * sqrt(REFLECTION_POWER_SHARE / powerRight) * gainAtEar(side, gain, -1);
    });
  }

  /** Adds the room's answer to the two sends. Size and amount glide. */
  render(room: Room, sendLeft: Ptr, sendRight: Ptr, left: Ptr, right: Ptr): void {
    const kernels = this.#kernels;
    const amount = clamp(room.amount, 0, 1);
    const power = kernels.energy(sendLeft, BLOCK_FRAMES) + kernels.energy(sendRight, BLOCK_FRAMES);
    const hasInput = power > SILENT_POWER * BLOCK_FRAMES && (amount > 0 || this.#amount > 1e-4);
    if (hasInput) {
      if (this.#holdFrames <= 0) {
        // From rest the room starts as asked for: nothing is sounding that could jump.
        this.#amount = amount;
        kernels.fdnSetInputGain(this.#ptr, amount);
        this.#setSize(clamp(room.size, 0, 1));
      }
      this.#holdFrames = HOLD_SEC * this.#sampleRate;
    } else if (this.#holdFrames <= 0) return;
    this.#amount += (amount - this.#amount) * this.#glide;
    if (amount === 0 && this.#amount < 1e-4) this.#amount = 0;
    const size = this.#size + (clamp(room.size, 0, 1) - this.#size) * this.#glide;
    if (size - this.#size > 1e-6 || size - this.#size < -1e-6) this.#setSize(size);
    if (this.#lines === LINES)
      kernels.fdnRender(this.#ptr, sendLeft, sendRight, this.#amount, left, right, BLOCK_FRAMES);
    else kernels.fdnRenderFour(this.#ptr, sendLeft, sendRight, this.#amount, left, right, BLOCK_FRAMES);
    this.#holdFrames -= BLOCK_FRAMES;
    if (this.#holdFrames <= 0) kernels.fdnReset(this.#ptr);
  }

  #setSize(size: number): void {
    this.#size = size;
    const t60 = lerp(MIN_T60_SEC, MAX_T60_SEC, size);
    let meanPowerGain = 0;
    for (let k = 0; k < this.#lines; k++) {
      const sec = (this.#delays[k] ?? 0) / this.#sampleRate;
      const gain = fromDb((-60 * sec) / t60);
      // The filter's loss at the damped frequency equals the line's own loss: half the decay time there.
      const share = Math.min(MAX_SIDE_TAP, (1 - gain) * this.#dampedFactor);
      this.#dampingSide[k] = gain * share;
      this.#dampingCentre[k] = gain * (1 - 2 * share);
      meanPowerGain += (gain * gain) / this.#lines;
    }
    // Steady power in a lossless mixer is input/(1 − g²): divide it out, so that size is no volume knob.
    const tail = CALIBRATION * sqrt(((1 - REFLECTION_POWER_SHARE) * (1 - meanPowerGain)) / meanPowerGain);
    this.#kernels.fdnSetTailGain(this.#ptr, tail / sqrt(this.#lines / 2));
  }
}

function nextPrime(from: number): number {
  for (let n = from | 1; ; n += 2) {
    let prime = true;
    for (let d = 3; d * d <= n && prime; d += 2) prime = n % d !== 0;
    if (prime) return n;
  }
}
