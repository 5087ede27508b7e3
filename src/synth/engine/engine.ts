// Scene → voices → space → master, in fixed blocks. Pure: the same scene, seed and calls give the same samples anywhere.
import { Arena } from '../dsp/arena.ts';
import { instantiateKernels } from '../dsp/kernels.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, cos, exp } from '../dsp/math.ts';
import { hashString, combineSeeds } from '../dsp/random.ts';
import { LayerSlot } from './layerVoice.ts';
import { Master } from '../master/master.ts';
import { NightRun } from '../night/nightScheduler.ts';
import type { NightOptions } from '../night/nightScheduler.ts';
import type { NightMoment } from '../night/nightState.ts';
import type { NightPlan } from '../night/plan.ts';
import { USUAL_ARC } from '../scene.ts';
import type { Mode, Scene } from '../scene.ts';
import { OnsetLog } from './onsetQueue.ts';
import type { Onset } from './onsetQueue.ts';
import { Space } from '../space/space.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

export interface EngineOptions {
  readonly sampleRate: number;
  readonly mode: Mode;
  /** Coarser where it is hardly heard: half the lines of each room, half the bristles, places told less often. Another sound, a little. */
  readonly eco: boolean;
  /** Emitters summed to mono, no place, room, dark dip, loudness or limiter: for measurement. */
  readonly dry: boolean;
  /** The sound comes round after this long (whole blocks; see `renderLoop`, which knows when it has settled). Infinity: never. */
  readonly loopSec: number;
}

/** How a new scene takes over. `edit` glides what stayed; `blend` cross-fades everything over two seconds. */
export type Change = 'edit' | 'blend';

const BLEND_SEC = 2;
const EDIT_FADE_SEC = 0.5;
/** Gains, place and numbers follow their targets with this time constant: no zipper noise. */
const SMOOTH_SEC = 0.03;
/** Playing and leaving layers together. */
const MAX_SLOTS = 12;
const HEAR_ONE_SEC = 6;
/** After the fade of a night there is nothing left to hear: the engine comes to rest. */
const NIGHT_END_SEC = 2;

export class Engine {
  readonly options: EngineOptions;
  /** Frames handed to the host so far. */
  frame = 0;
  /** Voices rebuilt after a broken sample: 0 unless something is wrong. */
  rebuilt = 0;

  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #space: Space;
  readonly #master: Master;
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  readonly #smooth: number;
  #scene: Scene = {
    seed: 0,
    layers: [],
    room: { size: 0.3, amount: 0 },
    master: { gainDb: 0, mono: false },
    arc: { ...USUAL_ARC },
  };
  /** As set from outside; `#scene` is what is played of it (a night adds its own). */
  #asked: Scene = this.#scene;
  #slots: LayerSlot[] = [];
  #position = BLOCK_FRAMES;
  /** Frames rendered before the block at hand. */
  #blockFrame = 0;
  #running = false;
  /** Play/stop fade: 0 silent … 1 full, moving by `#fadeStep` a frame. */
  #fade = 0;
  #fadeStep = 0;
  #wasAuditioning = false;
  #masterGainDb = 0;
  #night: NightRun | undefined;
  readonly #onsets = new OnsetLog();

  constructor(options: Partial<EngineOptions> = {}) {
    this.options = { sampleRate: 48000, mode: 'day', eco: false, dry: false, loopSec: Infinity, ...options };
    const { sampleRate, mode, loopSec, eco } = this.options;
    this.#kernels = instantiateKernels();
    this.#arena = new Arena(this.#kernels);
    const context = { kernels: this.#kernels, arena: this.#arena.scope(), sampleRate, mode, loopSec, eco };
    this.#space = new Space(context);
    this.#master = new Master(context, this.#space.left, this.#space.right);
    this.#left = this.#arena.view(this.#space.left, BLOCK_FRAMES);
    this.#right = this.#arena.view(this.#space.right, BLOCK_FRAMES);
    this.#smooth = 1 - exp(-BLOCK_FRAMES / (SMOOTH_SEC * sampleRate));
  }

  get running(): boolean {
    return this.#running;
  }

  /** True once a stop has faded to nothing. */
  get silent(): boolean {
    return this.#fade === 0;
  }

  get momentaryLufs(): number {
    return this.#master.momentaryLufs;
  }

  get truePeakDb(): number {
    return this.#master.truePeakDb;
  }

  /** Where each layer sounds now, one entry a layer. Allocates: for reports, not for every block. */
  positions(): { layerId: string; azimuthDeg: number; distanceM: number }[] {
    return this.#slots
      .filter((slot) => !slot.leaving && !slot.once)
      .map(({ layer, position }) => ({ layerId: layer.id, ...position }));
  }

  /** Frames from an onset inside the engine to its sound at the output. */
  get latencyFrames(): number {
    return this.options.dry ? 0 : this.#master.latencyFrames;
  }

  /** Where the night stands that is running, if one is. Read it at once: the object is reused. */
  get night(): NightMoment | undefined {
    return this.#night?.moment;
  }

  /** A bed was put under sparse sounds. */
  get hasBed(): boolean {
    return this.#night?.hasBed ?? false;
  }

  /**
   * The scene becomes a night: from here on its level, arc, bed and wake follow the plan by this engine's own frames. Create
   * the engine with mode `sleep`, set the scene, begin the night, then `start`. A night that goes on `atSec` into its plan has
   * its level, arc and place along every path; gestures begin anew from the same seed. Allocates.
   */
  startNight(plan: NightPlan, options: NightOptions = {}): void {
    this.#night = new NightRun(plan, this.#asked, this.options.sampleRate, options);
    this.#play(this.#night.take(this.#asked), 'edit');
    for (const slot of this.#slots) slot.skipAhead(options.atSec ?? 0);
  }

  /** Another plan for the night that runs; its start and the sound stay. */
  changeNight(plan: NightPlan): void {
    if (this.#night) this.#night.plan = plan;
  }

  /** The night that runs ought to have stood at `sec` of its plan `agoSec` ago: it goes there, never with a step in level. */
  moveNight(sec: number, agoSec = 0): void {
    this.#night?.moveTo(sec, agoSec);
  }

  /** Takes over a restored scene (see `presets/restore`): values must be in range, triggers known. Allocates. */
  setScene(scene: Scene, change: Change = 'edit'): void {
    this.#asked = scene;
    this.#play(this.#night ? this.#night.take(scene) : scene, change);
  }

  #play(scene: Scene, change: Change): void {
    if (this.#atRest()) this.#releaseAll();
    const first = this.#slots.length === 0;
    const fadeSec = change === 'blend' ? BLEND_SEC : EDIT_FADE_SEC;
    const before = this.#slots;
    const kept = new Set<LayerSlot>();
    const next: LayerSlot[] = [];
    for (const layer of scene.layers) {
      const key = combineSeeds(scene.seed, hashString(layer.id));
      const same = before.find(
        (slot) =>
          change === 'edit' && !slot.once && !slot.leaving && slot.key === key && slot.layer.trigger === layer.trigger,
      );
      if (same) {
        same.layer = layer;
        kept.add(same);
        next.push(same);
      } else {
        next.push(this.#createSlot(layer, key, first ? 0 : fadeSec, false));
      }
    }
    for (const slot of before) {
      if (kept.has(slot)) continue;
      if (!slot.leaving && !slot.once) slot.leave(fadeSec);
      next.push(slot);
    }
    if (first) this.#masterGainDb = scene.master.gainDb;
    this.#slots = next;
    this.#hurryOldest();
    this.#scene = scene;
  }

  /** Fades in over `fadeSec` from wherever the sound stands. */
  start(fadeSec: number): void {
    this.#running = true;
    this.#fadeIn(fadeSec);
  }

  /** Fades out over `fadeSec`, then rests. */
  stop(fadeSec: number): void {
    this.#running = false;
    for (const slot of this.#slots) if (slot.once) slot.leave(fadeSec);
    this.#fadeOut(fadeSec);
  }

  /** Plays one single gesture of a layer; the rest of the scene makes room for it. */
  hearOne(layerId: string, nonce: number): void {
    const layer = this.#scene.layers.find(({ id }) => id === layerId);
    if (!layer) return;
    for (const slot of this.#slots) if (slot.once) slot.leave(0.15);
    const key = combineSeeds(combineSeeds(this.#scene.seed, hashString(layer.id)), nonce);
    const slot = this.#createSlot({ ...layer, muted: false }, key, 0, true);
    slot.expire(HEAR_ONE_SEC);
    this.#slots.push(slot);
    if (!this.#running) this.#fadeIn(0.05);
  }

  /** Fills both channels (same length, any length). Never throws, never allocates in steady state. */
  process(left: Float32Array, right: Float32Array): void {
    const frames = left.length;
    let done = 0;
    while (done < frames) {
      if (this.#position === BLOCK_FRAMES) {
        this.#renderBlock();
        this.#position = 0;
      }
      const count = Math.min(frames - done, BLOCK_FRAMES - this.#position);
      for (let i = 0; i < count; i++) {
        left[done + i] = this.#left[this.#position + i] ?? 0;
        right[done + i] = this.#right[this.#position + i] ?? 0;
      }
      done += count;
      this.#position += count;
    }
    this.frame += frames;
  }

  /** Calls `take` for every onset since the last call. The object is reused. */
  takeOnsets(take: (onset: Onset) => void): void {
    this.#onsets.take(take);
  }

  /** Nothing sounds and nothing is about to. */
  #atRest(): boolean {
    return this.#fade === 0 && this.#fadeStep <= 0;
  }

  #releaseAll(): void {
    for (const slot of this.#slots) slot.release();
    this.#slots = [];
  }

  /** Many changes in a row: what has been leaving longest goes at once, so that memory stays bounded. */
  #hurryOldest(): void {
    let spare = this.#slots.length - MAX_SLOTS;
    for (let i = this.#slots.length - 1; i >= 0 && spare > 0; i--) {
      const slot = this.#slots[i];
      if (!slot?.leaving) continue;
      slot.leave(0.05);
      spare -= 1;
    }
  }

  #auditioning(): boolean {
    for (const slot of this.#slots) if (slot.once && !slot.finished) return true;
    return false;
  }

  #fadeIn(fadeSec: number): void {
    if (this.#atRest()) this.#master.reset();
    this.#fadeStep = fadeSec > 0 ? 1 / (fadeSec * this.options.sampleRate) : 1;
  }

  #fadeOut(fadeSec: number): void {
    this.#fadeStep = -1 / (Math.max(fadeSec, 0.005) * this.options.sampleRate);
  }

  #createSlot(layer: Scene['layers'][number], key: number, fadeSec: number, once: boolean): LayerSlot {
    return new LayerSlot({
      kernels: this.#kernels,
      arena: this.#arena,
      sampleRate: this.options.sampleRate,
      mode: this.options.mode,
      loopSec: this.options.loopSec,
      eco: this.options.eco,
      layer,
      key,
      fadeSec,
      once,
    });
  }

  #renderBlock(): void {
    const space = this.#space;
    space.begin();
    if (this.#night?.advance()) this.#followNight(this.#night);
    if (this.#atRest()) {
      this.#blockFrame += BLOCK_FRAMES;
      return;
    }
    const auditioning = this.#auditioning();
    if (this.#wasAuditioning && !auditioning && !this.#running) this.#fadeOut(0.05);
    this.#wasAuditioning = auditioning;
    for (const slot of this.#slots) {
      slot.render(auditioning && !slot.once ? 0 : 1, this.#smooth, this.#report);
      if (this.options.dry) slot.addTo(space.left, space.right);
      else slot.place(space, this.#scene.master.mono);
      this.rebuilt += slot.takeRebuilt();
    }
    this.#sweep();
    if (!this.options.dry) {
      space.finish(this.#scene.room);
      this.#masterGainDb += (this.#scene.master.gainDb - this.#masterGainDb) * this.#smooth;
      this.#master.render(this.#masterGainDb, fadeGain(this.#fade));
    }
    this.#applyFade();
    if (this.#night) this.#applyNight(this.#night);
    this.#blockFrame += BLOCK_FRAMES;
  }

  #followNight(night: NightRun): void {
    const { phase } = night.moment;
    if (phase === 'ended' && this.#running) this.stop(NIGHT_END_SEC);
    const { wakeScene } = night;
    if (phase === 'waking' && wakeScene && this.#scene !== wakeScene) this.#play(wakeScene, 'blend');
  }

  /** After the master: a level that only ever falls, or rises over minutes, breaks none of its limits. */
  #applyNight({ gainFrom, gainTo }: NightRun): void {
    this.#kernels.scaleRamp(this.#space.left, gainFrom, gainTo, BLOCK_FRAMES);
    this.#kernels.scaleRamp(this.#space.right, gainFrom, gainTo, BLOCK_FRAMES);
  }

  readonly #report = (slot: LayerSlot, offsetFrames: number, strength: number, azimuthDeg: number): void => {
    const frame = this.#blockFrame + offsetFrames;
    this.#onsets.add(slot.layer.id, frame, strength, azimuthDeg, slot.position.distanceM);
  };

  /** Lets go of layers that have faded out. */
  #sweep(): void {
    let gone = false;
    for (const slot of this.#slots) gone ||= slot.finished;
    if (!gone) return;
    for (const slot of this.#slots) if (slot.finished) slot.release();
    this.#slots = this.#slots.filter((slot) => !slot.finished);
  }

  #applyFade(): void {
    if (this.#fade === 1 && this.#fadeStep >= 0) return;
    for (let i = 0; i < BLOCK_FRAMES; i++) {
      this.#fade = clamp(this.#fade + this.#fadeStep, 0, 1);
      const gain = fadeGain(this.#fade);
      this.#left[i] = (this.#left[i] ?? 0) * gain;
      this.#right[i] = (this.#right[i] ?? 0) * gain;
    }
  }
}

/** Where along the fade → gain: half a cosine. */
function fadeGain(fade: number): number {
  return 0.5 - 0.5 * cos(Math.PI * fade);
}
