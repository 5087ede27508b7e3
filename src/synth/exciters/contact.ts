// Contacts of a finger or nail with a body: softness and strength → contact time → force pulse → bank and local surface.
// Source: contact time from Hertz/Hunt–Crossley contact (t ∝ v^−(α−1)/(α+1)); fast rise, slow fall of pulp: Jindrich et al. 2003.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, fromDb, lerp, lerpLog, log, pow, sin, sqrt, tan } from '../dsp/math.ts';
import type { ModalBank } from '../dsp/modalBank.ts';
import type { Ptr } from '../kernelExports.ts';

const HARDEST_SEC = 0.00012;
const SOFTEST_SEC = 0.008;
/** Shorter pulses would alias. */
const SHORTEST_SEC = 0.0001;
const LONGEST_SEC = 0.012;
/** Louder is shorter: exponent of the contact time against the strength. */
const STRENGTH_EXPONENT = -0.25;

/** How long a contact of `softness` lasts, seconds, struck `levelDb` harder than usual. */
export function contactSec(softness: number, levelDb: number): number {
  const sec = lerpLog(HARDEST_SEC, SOFTEST_SEC, softness) * fromDb(STRENGTH_EXPONENT * levelDb);
  return clamp(sec, SHORTEST_SEC, LONGEST_SEC);
}

/** Where the force peaks inside the contact, as the exponent that bends time: nails are even, pulp rises fast and falls slowly. */
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

/** Power of a contact's force at `hz` against its low-frequency value. */
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

/** Contacts that can overlap on one body; a ninth is left out. */
const SLOTS = 8;
/** The local surface does not answer below this. */
const LOCAL_HZ = 500;

interface Slot {
  active: boolean;
  startFrame: number;
  lengthFrames: number;
  warp: number;
  peak: number;
  rough: number;
  seed: number;
  local: number;
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
  /** Answer of the local surface to the force (per second). */
  local: number;
  seed: number;
}

/** The contacts of one hand with one body. */
export class Contacts {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #frames: number;
  readonly #slots: Slot[] = [];
  readonly #force: Ptr;
  readonly #localForce: Ptr;
  readonly #localFilter: Ptr;
  readonly #localG: number;
  /** Blocks for which the local surface still has something to say. */
  #localBlocks = 0;

  constructor(kernels: Kernels, arena: ArenaScope, sampleRate: number, frames: number, gainCount: number) {
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#frames = frames;
    this.#force = arena.floats(frames);
    this.#localForce = arena.floats(frames);
    this.#localFilter = arena.alloc(kernels.SVF_BYTES);
    this.#localG = tan((Math.PI * LOCAL_HZ) / sampleRate);
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
        local: 0,
        gains,
        gainView: arena.view(gains, gainCount),
      });
    }
  }

  /** Begins a contact. Answers the view to write the hit's gains per partial into, or undefined when all slots are busy. */
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
      slot.local = hit.local * this.#sampleRate;
      slot.seed = hit.seed;
      return slot.gainView;
    }
    return undefined;
  }

  /** Adds the block's contacts: what they make the bank do and how the surface gives way. Call after the bank's `ring`. */
  render(blockFrame: number, bank: ModalBank, out: Ptr): void {
    const kernels = this.#kernels;
    const frames = this.#frames;
    let local = false;
    for (const slot of this.#slots) {
      if (!slot.active) continue;
      const start = slot.startFrame - blockFrame;
      if (start >= frames) continue;
      kernels.pulseRender(this.#force, start, slot.lengthFrames, slot.warp, slot.peak, slot.rough, slot.seed, frames);
      bank.drive(slot.gains, this.#force, Math.max(0, Math.floor(start)), out);
      if (!local) kernels.clear(this.#localForce, frames);
      local = true;
      kernels.addRamp(this.#force, this.#localForce, slot.local, slot.local, frames);
      if (start + slot.lengthFrames <= frames) slot.active = false;
    }
    if (local) this.#localBlocks = 1 + Math.ceil((0.02 * this.#sampleRate) / frames);
    else if (this.#localBlocks > 0) kernels.clear(this.#localForce, frames);
    if (this.#localBlocks > 0) {
      this.#localBlocks -= 1;
      // High pass, Q = 0.7.
      const k = 1.41;
      kernels.svfRender(this.#localFilter, this.#localForce, this.#localForce, this.#localG, k, 0, 0, 1, frames);
      kernels.addRamp(this.#localForce, out, 1, 1, frames);
    }
  }
}
