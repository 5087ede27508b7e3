// Space: emitters → motion → head filter → sum of both ears, plus one room that all layers share.
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, exp, fromDb, sin } from '../dsp/math.ts';
import { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';
import type { Place, Room } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import type { Emitter } from '../trigger.ts';
import { Head } from './head.ts';
import type { Ears } from './head.ts';
import { Motion, wrapDeg } from './motion.ts';
import { RoomReverb } from './roomReverb.ts';

export interface SpaceContext extends DspContext {
  /** Fewer delay lines in the room, and head filters updated less often. */
  readonly lowPower?: boolean;
}

/** Input of a layer's space for one block. The place is already smoothed. */
export interface LayerSpaceInput {
  readonly emitters: readonly Emitter[];
  readonly place: Place;
  /** Position along the stroke, −1…1. */
  readonly strokePosition: number;
  /** 0…1; ½ leaves the timbre as it is. */
  readonly brightness: number;
  /** Gain at the block's start and end (linear). */
  readonly gainFrom: number;
  readonly gainTo: number;
  readonly timeSec: number;
  readonly mono: boolean;
}

/** Sum of all layers at both ears, and their room. */
export class Space implements Ears {
  readonly left: Ptr;
  readonly right: Ptr;
  readonly sendLeft: Ptr;
  readonly sendRight: Ptr;
  readonly #kernels: Kernels;
  readonly #room: RoomReverb;

  constructor(context: SpaceContext) {
    const { kernels, arena } = context;
    this.#kernels = kernels;
    this.left = arena.floats(BLOCK_FRAMES);
    this.right = arena.floats(BLOCK_FRAMES);
    this.sendLeft = arena.floats(BLOCK_FRAMES);
    this.sendRight = arena.floats(BLOCK_FRAMES);
    this.#room = new RoomReverb(context);
  }

  /** Clears the buffers. Call first in every block. */
  clear(): void {
    this.#kernels.clear(this.left, BLOCK_FRAMES);
    this.#kernels.clear(this.right, BLOCK_FRAMES);
    this.#kernels.clear(this.sendLeft, BLOCK_FRAMES);
    this.#kernels.clear(this.sendRight, BLOCK_FRAMES);
  }

  /**
   * Adds the room's response to everything placed in this block.
   * @param room - size and amount
   */
  renderRoom(room: Room): void {
    this.#room.render(room, this.sendLeft, this.sendRight, this.left, this.right);
  }
}

const DEG = Math.PI / 180;
/** Angle of the outer emitters at full spread, to either side of the layer's place. */
const SPREAD_DEG = 60;
/** Maximum speed at which a voice may move its emitters while they sound. */
const MAX_OFFSET_PER_SEC = 10;
/** A new event masks the jump of an old one that is this much weaker (power ratio). */
const MASKING_RATIO = 1e-3;
const MONO_GLIDE_SEC = 0.2;
const MONO_SNAP = 1e-4;
/** In low power a layer's motion and gains are updated once in so many blocks (11 ms); the head glides over one of them. */
const LOW_POWER_UPDATE_BLOCKS = 4;

/** Room send relative to the direct sound: at 1 m, and near the head; 0 at the ear. */
const ROOM_FAR_DB = -14;
const ROOM_NEAR_DB = -30;
const ROOM_NEAR_CLOSENESS = 0.9;

/** Mean square of a block below which an emitter is silent (−130 dB). */
const SILENT_POWER = 1e-13;
/** Longer than the delay lines and the slowest filter decay. */
const HOLD_SEC = 0.05;

/** Spatialises one layer: motion, spread and head filter. */
export class LayerSpace {
  /** Position of the layer's centre. */
  readonly motion: Motion;
  readonly #kernels: Kernels;
  readonly #head: Head;
  readonly #blockSec: number;
  readonly #monoGlide: number;
  readonly #holdBlocks: number;
  readonly #offsets: Float64Array;
  readonly #powers: Float64Array;
  /** Values of the last update of the head, to skip it while nothing moves. */
  readonly #lastSent = new Float64Array(6).fill(NaN);
  /** Reused: nothing is allocated while it plays. */
  readonly #headTarget = { elevationDeg: 0, closeness: 0, distanceM: 1, darkness: 0, mono: 0, gain: 0, send: 0 };
  #mono = -1;
  #hold = 0;
  readonly #updateBlocks: number;
  #block = -1;
  #jumped = false;
  /** Something has moved since the last update. */
  #pending = false;

  /**
   * @param context - kernels, memory, sample rate, low power
   * @param emitters - number of emitters, 1…4
   * @param random - seeds the drift
   * @param loopSec - paths are periodic with it; Infinity: no loop
   */
  constructor(context: SpaceContext, emitters: number, random: Random = new Random(0), loopSec = Infinity) {
    const { kernels, sampleRate } = context;
    this.#kernels = kernels;
    this.#head = new Head(context, emitters);
    this.motion = new Motion(random, loopSec);
    this.#blockSec = BLOCK_FRAMES / sampleRate;
    this.#updateBlocks = context.lowPower && loopSec === Infinity ? LOW_POWER_UPDATE_BLOCKS : 1;
    this.#monoGlide = 1 - exp(-this.#blockSec / MONO_GLIDE_SEC);
    this.#holdBlocks = Math.ceil(HOLD_SEC / this.#blockSec);
    this.#offsets = new Float64Array(emitters);
    this.#powers = new Float64Array(emitters);
  }

  /**
   * Computes the direction of a point of the layer's spread.
   * @param offset - −1…1 across the spread
   * @param spread - 0…1
   * @returns degrees, −180…180
   */
  azimuthOf(offset: number, spread: number): number {
    return wrapDeg(this.motion.azimuthDeg + SPREAD_DEG * clamp(spread, 0, 1) * clamp(offset, -1, 1));
  }

  render(space: Space, block: LayerSpaceInput): void {
    this.#block = (this.#block + 1) % this.#updateBlocks;
    const due = this.#block === 0;
    if (due) this.motion.advance(block.place, block.strokePosition, this.#updateBlocks * this.#blockSec);
    const mono = block.mono ? 1 : 0;
    this.#mono = this.#mono < 0 ? mono : this.#mono + (mono - this.#mono) * this.#monoGlide;
    const monoMoving = this.#mono !== mono;
    if (Math.abs(mono - this.#mono) < MONO_SNAP) this.#mono = mono;
    const moved = this.#updateOffsets(block);
    const idle = this.#hold <= 0;
    let audible = false;
    for (const power of this.#powers) audible ||= power > SILENT_POWER;
    if (audible) this.#hold = this.#holdBlocks;
    else if (idle) return;
    else this.#hold -= 1;
    if (idle) {
      this.#updateHead(block, block.gainFrom);
      this.#head.reset();
      this.#updateHead(block, block.gainTo);
    } else if (this.#jumped || (due && (moved || this.#pending || monoMoving || this.#hasChanged(block)))) {
      this.#updateHead(block, block.gainTo);
      this.#pending = false;
    } else if (moved || monoMoving) this.#pending = true;
    this.#head.render(block.emitters, space);
  }

  /** Follows the voice's emitters across the spread: at once where an event begins, else gliding. */
  #updateOffsets(block: LayerSpaceInput): boolean {
    let moved = false;
    this.#jumped = false;
    for (let i = 0; i < this.#offsets.length; i++) {
      const emitter = block.emitters[i];
      if (!emitter) continue;
      const power = this.#kernels.energy(emitter.out, BLOCK_FRAMES) / BLOCK_FRAMES;
      const masked = (this.#powers[i] ?? 0) <= MASKING_RATIO * power || power <= SILENT_POWER;
      this.#powers[i] = power;
      const now = this.#offsets[i] ?? 0;
      const step = masked ? 2 : MAX_OFFSET_PER_SEC * this.#blockSec;
      const next = now + clamp(clamp(emitter.offset, -1, 1) - now, -step, step);
      this.#offsets[i] = next;
      moved ||= next !== now;
      this.#jumped ||= masked && next !== now;
    }
    return moved;
  }

  #hasChanged(block: LayerSpaceInput): boolean {
    const { motion } = this;
    const sent = this.#lastSent;
    return (
      sent[0] !== motion.azimuthDeg ||
      sent[1] !== motion.elevationDeg ||
      sent[2] !== motion.closeness ||
      sent[3] !== block.place.spread ||
      sent[4] !== block.gainTo ||
      sent[5] !== block.brightness
    );
  }

  #updateHead(block: LayerSpaceInput, gain: number): void {
    const { azimuthDeg, elevationDeg, closeness, distanceM } = this.motion;
    const sent = this.#lastSent;
    sent[0] = azimuthDeg;
    sent[1] = elevationDeg;
    sent[2] = closeness;
    sent[3] = block.place.spread;
    sent[4] = gain;
    sent[5] = block.brightness;
    const spread = clamp(block.place.spread, 0, 1);
    const side = sin(azimuthDeg * DEG);
    const sideways = side * side * side * side;
    const detours = Math.min(1, 2 * spread) * sideways * sideways;
    const target = this.#headTarget;
    target.elevationDeg = elevationDeg;
    target.closeness = closeness;
    target.distanceM = distanceM;
    target.darkness = clamp(2 - 2 * block.brightness, 0, 1);
    target.mono = this.#mono;
    target.gain = gain;
    target.send = roomSendGain(closeness);
    this.#head.setLayer(target);
    for (let i = 0; i < this.#offsets.length; i++) {
      const offset = this.#offsets[i] ?? 0;
      this.#head.setEmitter(i, this.azimuthOf(offset, spread), detours * offset);
    }
  }
}

/**
 * Computes the room send of a source.
 * @param closeness - 0…1
 * @returns linear gain
 */
export function roomSendGain(closeness: number): number {
  const nearness = Math.min(closeness / ROOM_NEAR_CLOSENESS, 1);
  const share = fromDb(ROOM_FAR_DB + (ROOM_NEAR_DB - ROOM_FAR_DB) * nearness);
  const fadeAtEar = clamp((1 - closeness) / (1 - ROOM_NEAR_CLOSENESS), 0, 1);
  return share * fadeAtEar;
}
