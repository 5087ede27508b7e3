// Engine: scene → layer voices → space → master, in fixed blocks. Pure: the same scene, seed and calls give the same samples.
import { Arena } from '../dsp/arena.ts';
import { instantiateKernels } from '../dsp/kernels.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { clamp, cos, exp } from '../dsp/math.ts';
import { hashString, combineSeeds } from '../dsp/random.ts';
import { LayerVoice } from './layerVoice.ts';
import { Master } from '../master/master.ts';
import { NightScheduler } from '../night/nightScheduler.ts';
import type { NightOptions } from '../night/nightScheduler.ts';
import type { NightState } from '../night/nightState.ts';
import type { NightPlan } from '../night/plan.ts';
import { EMPTY_SCENE } from '../scene.ts';
import type { Mode, Scene } from '../scene.ts';
import { OnsetQueue } from './onsetQueue.ts';
import type { Onset } from './onsetQueue.ts';
import { Space } from '../space/space.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

export interface EngineOptions {
  readonly sampleRate: number;
  readonly mode: Mode;
  /** Less work: half the delay lines of each room, half the bristles, head filters updated less often. Slightly other samples. */
  readonly lowPower: boolean;
  /** Emitters summed to mono without space and master: for measurement. */
  readonly dry: boolean;
  /** Period of a loop, whole blocks (`renderLoop` knows when it has converged). Infinity: no loop. */
  readonly loopSec: number;
}

/** How a new scene replaces the old one. `edit` glides what stayed; `blend` cross-fades everything over two seconds. */
export type SceneTransition = 'edit' | 'blend';

const BLEND_SEC = 2;
const EDIT_FADE_SEC = 0.5;
/** Time constant with which gains, place and parameters follow their targets: no zipper noise. */
const SMOOTH_SEC = 0.03;
/** Playing and fading voices together. */
const MAX_VOICES = 12;
const AUDITION_SEC = 6;
/** After the fade of a night the engine stops over this time. */
const NIGHT_END_SEC = 2;

/**
 * Plays one scene: its layers, transitions, auditions of single gestures, and a night. Audio thread: `process` never
 * allocates, never throws and never writes NaN.
 */
export class Engine {
  readonly options: EngineOptions;
  /** Frames processed so far. */
  frame = 0;
  /** Voices rebuilt after a broken sample: 0 unless something is wrong. */
  rebuilt = 0;

  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #space: Space;
  readonly #master: Master;
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  readonly #smoothing: number;
  #scene: Scene = EMPTY_SCENE;
  /** As set by the host; `#scene` is what is played of it (a night changes it). */
  #requestedScene: Scene = this.#scene;
  #voices: LayerVoice[] = [];
  #position = BLOCK_FRAMES;
  /** Frames rendered before the present block. */
  #blockFrame = 0;
  #running = false;
  /** Play/stop fade: 0 silent … 1 full, moving by `#fadeStep` a frame. */
  #fade = 0;
  #fadeStep = 0;
  #wasAuditioning = false;
  #masterGainDb = 0;
  #night: NightScheduler | undefined;
  readonly #onsets = new OnsetQueue();

  constructor(options: Partial<EngineOptions> = {}) {
    this.options = { sampleRate: 48000, mode: 'day', lowPower: false, dry: false, loopSec: Infinity, ...options };
    const { sampleRate, mode, loopSec, lowPower } = this.options;
    this.#kernels = instantiateKernels();
    this.#arena = new Arena(this.#kernels);
    const context = { kernels: this.#kernels, arena: this.#arena.scope(), sampleRate, mode, loopSec, lowPower };
    this.#space = new Space(context);
    this.#master = new Master(context, this.#space.left, this.#space.right);
    this.#left = this.#arena.view(this.#space.left, BLOCK_FRAMES);
    this.#right = this.#arena.view(this.#space.right, BLOCK_FRAMES);
    this.#smoothing = 1 - exp(-BLOCK_FRAMES / (SMOOTH_SEC * sampleRate));
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

  /**
   * Lists where each layer is heard now. Allocates: for reports, not for every block.
   * @returns one entry a layer
   */
  positions(): { layerId: string; azimuthDeg: number; distanceM: number }[] {
    return this.#voices
      .filter((voice) => !voice.fadingOut && !voice.oneShot)
      .map(({ layer, position }) => ({ layerId: layer.id, ...position }));
  }

  /** Frames from an onset inside the engine to its sound at the output. */
  get latencyFrames(): number {
    return this.options.dry ? 0 : this.#master.latencyFrames;
  }

  /** State of the night, if one runs. The object is reused. */
  get night(): NightState | undefined {
    return this.#night?.state;
  }

  /** Whether the night has added an ambience layer. */
  get hasAmbience(): boolean {
    return this.#night?.hasAmbience ?? false;
  }

  /**
   * Starts a night: from here on level, evolution, ambience and wake sound follow the plan, counted in this engine's frames.
   * Create the engine with mode `sleep`, set the scene, start the night, then `start`. At `atSec` into its plan it has the
   * level, arc and path positions of that moment; gestures begin anew from the same seed. Allocates.
   * @param plan - a sanitized plan
   * @param options - position, speed, ambience
   */
  startNight(plan: NightPlan, options: NightOptions = {}): void {
    this.#night = new NightScheduler(plan, this.#requestedScene, this.options.sampleRate, options);
    this.#applyScene(this.#night.setScene(this.#requestedScene), 'edit');
    for (const voice of this.#voices) voice.skipPath(options.atSec ?? 0);
  }

  /**
   * Replaces the plan of the night that runs; its start and the sound stay.
   * @param plan - a sanitized plan
   */
  changeNight(plan: NightPlan): void {
    if (this.#night) this.#night.plan = plan;
  }

  /**
   * Seeks in the night that runs, without a step in level.
   * @param sec - where it should have stood `agoSec` ago, seconds of its plan
   * @param agoSec - age of that value, s
   */
  seekNight(sec: number, agoSec = 0): void {
    this.#night?.seekTo(sec, agoSec);
  }

  /**
   * Sets the scene. Allocates.
   * @param scene - restored: values in range, triggers known
   * @param transition - how it replaces the present one
   */
  setScene(scene: Scene, transition: SceneTransition = 'edit'): void {
    this.#requestedScene = scene;
    this.#applyScene(this.#night ? this.#night.setScene(scene) : scene, transition);
  }

  #applyScene(scene: Scene, transition: SceneTransition): void {
    if (this.#idle()) this.#releaseAll();
    const first = this.#voices.length === 0;
    const fadeSec = transition === 'blend' ? BLEND_SEC : EDIT_FADE_SEC;
    const previous = this.#voices;
    const reused = new Set<LayerVoice>();
    const next: LayerVoice[] = [];
    for (const layer of scene.layers) {
      const seed = combineSeeds(scene.seed, hashString(layer.id));
      const same = previous.find(
        (voice) =>
          transition === 'edit' &&
          !voice.oneShot &&
          !voice.fadingOut &&
          voice.seed === seed &&
          voice.layer.trigger === layer.trigger,
      );
      if (same) {
        same.layer = layer;
        reused.add(same);
        next.push(same);
      } else {
        next.push(this.#createVoice(layer, seed, first ? 0 : fadeSec, false));
      }
    }
    for (const voice of previous) {
      if (reused.has(voice)) continue;
      if (!voice.fadingOut && !voice.oneShot) voice.fadeOut(fadeSec);
      next.push(voice);
    }
    if (first) this.#masterGainDb = scene.master.gainDb;
    this.#voices = next;
    this.#limitFadingVoices();
    this.#scene = scene;
  }

  /**
   * Starts playing.
   * @param fadeSec - fade-in from the present level, s
   */
  start(fadeSec: number): void {
    this.#running = true;
    this.#fadeIn(fadeSec);
  }

  /**
   * Stops playing.
   * @param fadeSec - fade-out, s
   */
  stop(fadeSec: number): void {
    this.#running = false;
    for (const voice of this.#voices) if (voice.oneShot) voice.fadeOut(fadeSec);
    this.#fadeOut(fadeSec);
  }

  /**
   * Plays one single gesture of a layer and mutes the rest of the scene meanwhile.
   * @param layerId - id of the layer
   * @param nonce - another number, another gesture
   */
  auditionLayer(layerId: string, nonce: number): void {
    const layer = this.#scene.layers.find(({ id }) => id === layerId);
    if (!layer) return;
    for (const voice of this.#voices) if (voice.oneShot) voice.fadeOut(0.15);
    const seed = combineSeeds(combineSeeds(this.#scene.seed, hashString(layer.id)), nonce);
    const voice = this.#createVoice({ ...layer, muted: false }, seed, 0, true);
    voice.stopAfter(AUDITION_SEC);
    this.#voices.push(voice);
    if (!this.#running) this.#fadeIn(0.05);
  }

  /**
   * Renders the next frames. Never throws, never allocates in steady state.
   * @param left - filled
   * @param right - filled, of the same length
   */
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

  /**
   * Reads and removes the onsets since the last call.
   * @param onOnset - called for each; the object is reused
   */
  drainOnsets(onOnset: (onset: Onset) => void): void {
    this.#onsets.drain(onOnset);
  }

  /** Silent, and not about to start. */
  #idle(): boolean {
    return this.#fade === 0 && this.#fadeStep <= 0;
  }

  #releaseAll(): void {
    for (const voice of this.#voices) voice.release();
    this.#voices = [];
  }

  /** Many changes in a row: the oldest fading voices fade quickly, so that memory stays bounded. */
  #limitFadingVoices(): void {
    let excess = this.#voices.length - MAX_VOICES;
    for (let i = this.#voices.length - 1; i >= 0 && excess > 0; i--) {
      const voice = this.#voices[i];
      if (!voice?.fadingOut) continue;
      voice.fadeOut(0.05);
      excess -= 1;
    }
  }

  #auditioning(): boolean {
    for (const voice of this.#voices) if (voice.oneShot && !voice.finished) return true;
    return false;
  }

  #fadeIn(fadeSec: number): void {
    if (this.#idle()) this.#master.reset();
    this.#fadeStep = fadeSec > 0 ? 1 / (fadeSec * this.options.sampleRate) : 1;
  }

  #fadeOut(fadeSec: number): void {
    this.#fadeStep = -1 / (Math.max(fadeSec, 0.005) * this.options.sampleRate);
  }

  #createVoice(layer: Scene['layers'][number], seed: number, fadeSec: number, oneShot: boolean): LayerVoice {
    return new LayerVoice({
      kernels: this.#kernels,
      arena: this.#arena,
      sampleRate: this.options.sampleRate,
      mode: this.options.mode,
      loopSec: this.options.loopSec,
      lowPower: this.options.lowPower,
      layer,
      seed,
      fadeSec,
      oneShot,
    });
  }

  #renderBlock(): void {
    const space = this.#space;
    space.clear();
    if (this.#night?.advance()) this.#applyNightPhase(this.#night);
    if (this.#idle()) {
      this.#blockFrame += BLOCK_FRAMES;
      return;
    }
    const auditioning = this.#auditioning();
    if (this.#wasAuditioning && !auditioning && !this.#running) this.#fadeOut(0.05);
    this.#wasAuditioning = auditioning;
    for (const voice of this.#voices) {
      voice.render(auditioning && !voice.oneShot ? 0 : 1, this.#smoothing, this.#queueOnset);
      if (this.options.dry) voice.mixDry(space.left, space.right);
      else voice.spatialise(space, this.#scene.master.mono);
      this.rebuilt += voice.drainRebuilds();
    }
    this.#releaseFinished();
    if (!this.options.dry) {
      space.renderRoom(this.#scene.room);
      this.#masterGainDb += (this.#scene.master.gainDb - this.#masterGainDb) * this.#smoothing;
      this.#master.render(this.#masterGainDb, fadeGain(this.#fade));
    }
    this.#applyFade();
    if (this.#night) this.#applyNightGain(this.#night);
    this.#blockFrame += BLOCK_FRAMES;
  }

  #applyNightPhase(night: NightScheduler): void {
    const { phase } = night.state;
    if (phase === 'ended' && this.#running) this.stop(NIGHT_END_SEC);
    const { wakeScene } = night;
    if (phase === 'waking' && wakeScene && this.#scene !== wakeScene) this.#applyScene(wakeScene, 'blend');
  }

  /** After the master: a level that only falls, or rises over minutes, breaks none of its limits. */
  #applyNightGain({ gainFrom, gainTo }: NightScheduler): void {
    this.#kernels.scaleRamp(this.#space.left, gainFrom, gainTo, BLOCK_FRAMES);
    this.#kernels.scaleRamp(this.#space.right, gainFrom, gainTo, BLOCK_FRAMES);
  }

  readonly #queueOnset = (voice: LayerVoice, offsetFrames: number, strength: number, azimuthDeg: number): void => {
    const frame = this.#blockFrame + offsetFrames;
    this.#onsets.push(voice.layer.id, frame, strength, azimuthDeg, voice.position.distanceM);
  };

  /** Releases voices that have faded out. */
  #releaseFinished(): void {
    let anyFinished = false;
    for (const voice of this.#voices) anyFinished ||= voice.finished;
    if (!anyFinished) return;
    for (const voice of this.#voices) if (voice.finished) voice.release();
    this.#voices = this.#voices.filter((voice) => !voice.finished);
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

/** Position 0…1 along a fade → gain: half a cosine. */
function fadeGain(fade: number): number {
  return 0.5 - 0.5 * cos(Math.PI * fade);
}
