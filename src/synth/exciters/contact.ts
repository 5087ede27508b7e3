// Finger contacts: softness and strength → contact time → force pulse → modal bank, and → high-pass → surface click.
// Source: contact time from Hertz/Hunt–Crossley contact (t ∝ v^−(α−1)/(α+1)); fast rise, slow fall of pulp: Jindrich et al. 2003.
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, fromDb, lerp, lerpLog, log, pow, sin, sqrt, tan } from '../dsp/math.ts';
import type { ModalBank } from '../dsp/modalBank.ts';
import type { Ptr } from '../kernelExports.ts';

const NAIL_SEC = 0.00012;
const FINGERTIP_SEC = 0.008;
/** Shorter pulses would alias. */
const MIN_CONTACT_SEC = 0.0001;
const MAX_CONTACT_SEC = 0.012;
/** Louder is shorter: exponent of the contact time against the strength. */
const STRENGTH_EXPONENT = -0.25;

/**
 * Duration of a contact.
 * @param softness - 0 nail … 1 fingertip
 * @param levelDb - how much harder than usual it is struck
 * @returns seconds
 */
export function contactSec(softness: number, levelDb: number): number {
  const sec = lerpLog(NAIL_SEC, FINGERTIP_SEC, softness) * fromDb(STRENGTH_EXPONENT * levelDb);
  return clamp(sec, MIN_CONTACT_SEC, MAX_CONTACT_SEC);
}

/**
 * Skew of the force pulse: nails are even, pulp rises fast and falls slowly.
 * @param softness - 0 nail … 1 fingertip
 * @returns exponent that warps time; the peak lies at 0.5^(1/warp) of the contact
 */
export function contactWarp(softness: number): number {
  return log(0.5) / log(lerp(0.48, 0.27, softness));
}

/** Power spectrum of the lobe, 1/(1 + (hz·sec/corner)^steepness): fitted within 1.5 dB at skews 0.48 (nail) and 0.27 (pulp). */
const NAIL_CORNER = 0.68;
const PULP_CORNER = 0.61;
const NAIL_STEEPNESS = 5.6;
const PULP_STEEPNESS = 3.7;
/** Noise inside the contact: ∫ force² against (∫ force)², times the contact's length. */
const NOISE_SHARE = 1.4;
/** The roughness is white up to this. */
const NOISE_RATE = 48000;

/**
 * Power of a contact's force at a frequency, over its value at low frequencies.
 * @param hz - frequency
 * @param sec - duration of the contact
 * @param softness - 0 nail … 1 fingertip
 * @param rough - noise over force, amplitude
 * @returns power ratio
 */
export function contactPower(hz: number, sec: number, softness: number, rough: number): number {
  const corner = lerp(NAIL_CORNER, PULP_CORNER, softness);
  const lobe = 1 / (1 + pow((hz * sec) / corner, lerp(NAIL_STEEPNESS, PULP_STEEPNESS, softness)));
  return lobe + (NOISE_SHARE * rough * rough) / (sec * NOISE_RATE);
}

/** ∫ sin^1.5(π·t^warp) dt over the contact, by the midpoint rule: makes the impulse independent of the contact's length. */
function lobeArea(warp: number): number {
  const steps = 24;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const lobe = sin(Math.PI * pow((i + 0.5) / steps, warp));
    sum += lobe * sqrt(lobe);
  }
  return sum / steps;
}

/** Contacts that can overlap on one body; more are dropped. */
const SLOTS = 8;
/** The surface under the finger responds above this. */
const SURFACE_HZ = 500;

/** Decay of that filter. */
const SURFACE_TAIL_SEC = 0.02;
/** 1/Q of a Butterworth high-pass. */
const HIGH_PASS_K = 1.41;

interface Slot {
  active: boolean;
  startFrame: number;
  lengthFrames: number;
  warp: number;
  peak: number;
  rough: number;
  seed: number;
  surfaceGain: number;
  readonly gains: Ptr;
  readonly gainView: Float32Array;
}

/** What one hit is made of. */
export interface Hit {
  /** Absolute frame, may be fractional. */
  startFrame: number;
  contactSec: number;
  softness: number;
  /** Impulse. */
  strength: number;
  /** Roughness of the contact: noise against force. */
  rough: number;
  /** Response of the surface under the finger to the force (per second). */
  surfaceGain: number;
  seed: number;
}

/** The contacts of one hand with one body. */
export class Contacts {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #slots: Slot[] = [];
  readonly #force: Ptr;
  readonly #surfaceForce: Ptr;
  readonly #surfaceFilter: Ptr;
  readonly #surfaceG: number;
  /** Blocks until the surface's filter has decayed. */
  #surfaceBlocks = 0;

  /**
   * @param context - kernels, memory, sample rate
   * @param gainCount - floats of a gain vector of the modal bank
   */
  constructor({ kernels, arena, sampleRate }: DspContext, gainCount: number) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#force = arena.floats(BLOCK_FRAMES);
    this.#surfaceForce = arena.floats(BLOCK_FRAMES);
    this.#surfaceFilter = arena.alloc(kernels.SVF_BYTES);
    this.#surfaceG = tan((Math.PI * SURFACE_HZ) / sampleRate);
    for (let i = 0; i < SLOTS; i++) {
      const gains = arena.floats(gainCount);
      this.#slots.push({
        active: false,
        startFrame: 0,
        lengthFrames: 1,
        warp: 1,
        peak: 0,
        rough: 0,
        seed: 0,
        surfaceGain: 0,
        gains,
        gainView: arena.view(gains, gainCount),
      });
    }
  }

  /**
   * Begins a contact.
   * @param hit - copied
   * @returns the view to write the hit's gain per mode into; undefined when all slots are busy
   */
  begin(hit: Hit): Float32Array | undefined {
    for (const slot of this.#slots) {
      if (slot.active) continue;
      slot.active = true;
      slot.startFrame = hit.startFrame;
      slot.lengthFrames = hit.contactSec * this.#sampleRate;
      slot.warp = contactWarp(hit.softness);
      slot.peak = hit.strength / (slot.lengthFrames * lobeArea(slot.warp));
      // Noise of the same density at every sample rate.
      slot.rough = hit.rough * sqrt(this.#sampleRate / NOISE_RATE);
      slot.surfaceGain = hit.surfaceGain * this.#sampleRate;
      slot.seed = hit.seed;
      return slot.gainView;
    }
    return undefined;
  }

  /**
   * Adds the block's contacts: the response of the bank and of the surface. Call after the bank's `ring`.
   * @param blockFrame - absolute frame of the block
   * @param bank - what is struck
   * @param out - a block of samples
   */
  render(blockFrame: number, bank: ModalBank, out: Ptr): void {
    const kernels = this.#kernels;
    let inContact = false;
    for (const slot of this.#slots) {
      if (!slot.active) continue;
      const start = slot.startFrame - blockFrame;
      if (start >= BLOCK_FRAMES) continue;
      kernels.pulseRender(
        this.#force,
        start,
        slot.lengthFrames,
        slot.warp,
        slot.peak,
        slot.rough,
        slot.seed,
        BLOCK_FRAMES,
      );
      bank.drive(slot.gains, this.#force, Math.max(0, Math.floor(start)), out);
      if (!inContact) kernels.clear(this.#surfaceForce, BLOCK_FRAMES);
      inContact = true;
      kernels.addRamp(this.#force, this.#surfaceForce, slot.surfaceGain, slot.surfaceGain, BLOCK_FRAMES);
      if (start + slot.lengthFrames <= BLOCK_FRAMES) slot.active = false;
    }
    if (inContact) this.#surfaceBlocks = 1 + Math.ceil((SURFACE_TAIL_SEC * this.#sampleRate) / BLOCK_FRAMES);
    else if (this.#surfaceBlocks > 0) kernels.clear(this.#surfaceForce, BLOCK_FRAMES);
    if (this.#surfaceBlocks > 0) {
      this.#surfaceBlocks -= 1;
      const force = this.#surfaceForce;
      kernels.svfRender(this.#surfaceFilter, force, force, this.#surfaceG, HIGH_PASS_K, 0, 0, 1, BLOCK_FRAMES);
      kernels.addRamp(this.#surfaceForce, out, 1, 1, BLOCK_FRAMES);
    }
  }
}
