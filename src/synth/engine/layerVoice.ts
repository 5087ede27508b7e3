// One layer: trigger voice → tilt → space, with smoothed parameters and fades.
import type { Arena, ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { fromDb, sin } from '../dsp/math.ts';
import { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';
import { LoopVoice } from '../loop/loopVoice.ts';
import type { ParamValues } from '../params.ts';
import type { Layer, Mode, Place } from '../scene.ts';
import { LayerSpace } from '../space/space.ts';
import type { Space } from '../space/space.ts';
import { Tilt } from '../space/tilt.ts';
import { findTrigger } from '../triggers/index.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { Block, Emitter, Trigger, Voice } from '../trigger.ts';

interface LayerVoiceOptions {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly sampleRate: number;
  readonly mode: Mode;
  readonly loopSec: number;
  readonly lowPower: boolean;
  readonly layer: Layer;
  /** Seed of this layer's random streams. */
  readonly seed: number;
  readonly fadeSec: number;
  readonly oneShot: boolean;
}

/** A sample beyond this is invalid. */
const MAX_SAMPLE = 1e4;
const MAX_REBUILDS = 8;
/** Below this difference a parameter is set to its target. */
const SNAP_DISTANCE = 1e-6;
/** A single gesture is over after this long of silence. */
const ONE_SHOT_SILENCE_SEC = 0.4;
const SILENT_ENERGY = 1e-10;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type OnsetCallback = (voice: LayerVoice, offsetFrames: number, strength: number, azimuthDeg: number) => void;

/** Runs one layer’s voice, smooths its parameters and place, and rebuilds the voice should it write an invalid sample. */
export class LayerVoice {
  /** The layer as last set; values and place are smoothed towards it. */
  layer: Layer;
  readonly seed: number;
  readonly oneShot: boolean;
  fadingOut = false;
  /** Where the layer is heard now, for the visualisation. */
  readonly position = { azimuthDeg: 0, distanceM: 1 };

  readonly #options: LayerVoiceOptions;
  readonly #trigger: Trigger;
  readonly #scope: ArenaScope;
  readonly #block: Mutable<Block>;
  readonly #emitters: Emitter[] = [];
  readonly #values: ParamValues;
  readonly #numberIds: string[] = [];
  readonly #choiceIds: string[] = [];
  readonly #place: Place;
  readonly #space: LayerSpace;
  readonly #tilt: Tilt;
  readonly #spaceInput: {
    -readonly [K in keyof Parameters<LayerSpace['render']>[1]]: Parameters<LayerSpace['render']>[1][K];
  };
  #voice: Voice<never>;
  #voiceScope: ArenaScope;
  #gain = 0;
  #gainFrom = 0;
  #gainTo = 0;
  /** Position 0…1 along the fade, moving by `#fadeStep` a block. */
  #fade: number;
  #fadeStep: number;
  #ageFrames = 0;
  /** Silence of a single gesture so far; −1 until it begins. */
  #quietFrames = -1;
  #stopAtFrame = Infinity;
  #totalRebuilds = 0;
  #newRebuilds = 0;

  /**
   * @param options - layer, seed, fade and engine context
   * @throws RangeError when the trigger is unknown or memory runs out
   */
  constructor(options: LayerVoiceOptions) {
    const { kernels, arena, sampleRate, loopSec, layer, fadeSec } = options;
    const trigger = findTrigger(layer.trigger);
    if (!trigger) throw new RangeError(`There is no trigger "${layer.trigger}".`);
    this.#options = options;
    this.#trigger = trigger;
    this.layer = layer;
    this.seed = options.seed;
    this.oneShot = options.oneShot;
    this.#scope = arena.scope();
    for (let i = 0; i < trigger.emitters; i++) {
      const offset = trigger.emitters === 1 ? 0 : 1 - (2 * i) / (trigger.emitters - 1);
      this.#emitters.push({ out: this.#scope.floats(BLOCK_FRAMES), offset });
    }
    this.#values = { ...layer.params };
    for (const [id, spec] of Object.entries(trigger.params)) {
      (spec.kind === 'number' ? this.#numberIds : this.#choiceIds).push(id);
    }
    this.#place = { ...layer.place };
    const context = { kernels, arena: this.#scope, sampleRate, lowPower: options.lowPower };
    this.#space = new LayerSpace(context, trigger.emitters, new Random(this.seed).stream('space'), loopSec);
    this.#space.motion.advance(layer.place, 0, 0);
    this.#tilt = new Tilt(context);
    this.#updatePosition();
    this.#block = {
      frame: 0,
      timeSec: 0,
      frames: BLOCK_FRAMES,
      emitters: this.#emitters,
      loopGain: 1,
      onset: (offsetFrames, strength, emitter) => {
        const offset = this.#emitters[emitter]?.offset ?? 0;
        this.#onOnset(this, offsetFrames, strength, this.#space.azimuthOf(offset, this.#place.spread));
      },
    };
    this.#voiceScope = arena.scope();
    this.#voice = this.#createVoice();
    this.#gain = this.#targetGain();
    this.#fade = fadeSec > 0 ? 0 : 1;
    this.#fadeStep = fadeSec > 0 ? BLOCK_FRAMES / (fadeSec * sampleRate) : 0;
    this.#gainTo = this.#fade === 1 ? this.#gain : 0;
    this.#spaceInput = {
      emitters: this.#emitters,
      place: this.#place,
      strokePosition: 0,
      brightness: 0.5,
      gainFrom: 0,
      gainTo: 0,
      timeSec: 0,
      mono: false,
    };
  }

  get finished(): boolean {
    return (this.fadingOut && this.#fade <= 0) || this.#ageFrames >= this.#stopAtFrame;
  }

  fadeOut(fadeSec: number): void {
    this.fadingOut = true;
    this.#fadeStep = -BLOCK_FRAMES / (fadeSec * this.#options.sampleRate);
  }

  stopAfter(sec: number): void {
    this.#stopAtFrame = this.#ageFrames + sec * this.#options.sampleRate;
  }

  /** Advances the path by `seconds` before anything is heard. */
  skipPath(seconds: number): void {
    this.#space.motion.skipAhead(this.layer.place, seconds);
  }

  /**
   * Renders one block into the emitters.
   * @param duck - 0…1, scales the layer's level (smoothed)
   * @param smoothing - share of the way to its target that each value goes in a block
   * @param onOnset - called for each onset
   */
  render(duck: number, smoothing: number, onOnset: OnsetCallback): void {
    this.#onOnset = onOnset;
    this.#smoothTowardsLayer(duck, smoothing);
    const { kernels, sampleRate } = this.#options;
    for (const emitter of this.#emitters) kernels.clear(emitter.out, BLOCK_FRAMES);
    if (this.#gainFrom > 1e-6 || this.#gainTo > 1e-6) {
      this.#voice.render(this.#block, this.#values as never);
      for (const emitter of this.#emitters) {
        if (kernels.clearIfInvalid(emitter.out, MAX_SAMPLE, BLOCK_FRAMES) === 1) this.#rebuild();
      }
      this.#tilt.render(this.#emitters, this.#brightness());
      if (this.oneShot) this.#detectEnd();
      // A silent voice stands still, so that it has no missed events to catch up with.
      this.#block.frame += BLOCK_FRAMES;
      this.#block.timeSec = this.#block.frame / sampleRate;
    }
    this.#ageFrames += BLOCK_FRAMES;
  }

  /** Ends a single gesture when it has sounded and is silent again. */
  #detectEnd(): void {
    let energy = 0;
    for (const { out } of this.#emitters) energy += this.#options.kernels.energy(out, BLOCK_FRAMES);
    if (energy > SILENT_ENERGY) this.#quietFrames = 0;
    else if (this.#quietFrames >= 0) this.#quietFrames += BLOCK_FRAMES;
    if (this.#quietFrames > ONE_SHOT_SILENCE_SEC * this.#options.sampleRate) this.#stopAtFrame = this.#ageFrames;
  }

  /** Adds the emitters to both channels alike, at the layer's gain. */
  mixDry(left: Ptr, right: Ptr): void {
    const { kernels } = this.#options;
    for (const { out } of this.#emitters) {
      kernels.addRamp(out, left, this.#gainFrom, this.#gainTo, BLOCK_FRAMES);
      kernels.addRamp(out, right, this.#gainFrom, this.#gainTo, BLOCK_FRAMES);
    }
  }

  spatialise(space: Space, mono: boolean): void {
    const input = this.#spaceInput;
    input.strokePosition = this.#voice.strokePosition;
    input.brightness = this.#brightness();
    input.gainFrom = this.#gainFrom;
    input.gainTo = this.#gainTo;
    input.timeSec = this.#block.timeSec;
    input.mono = mono;
    this.#space.render(space, input);
    this.#updatePosition();
  }

  #updatePosition(): void {
    this.position.azimuthDeg = this.#space.motion.azimuthDeg;
    this.position.distanceM = this.#space.motion.distanceM;
  }

  /** Returns how often the voice was rebuilt since the last call. */
  drainRebuilds(): number {
    const count = this.#newRebuilds;
    this.#newRebuilds = 0;
    return count;
  }

  release(): void {
    this.#scope.releaseAll();
    this.#voiceScope.releaseAll();
  }

  #onOnset: OnsetCallback = () => undefined;

  #createVoice(): Voice<never> {
    const { kernels, sampleRate, mode, loopSec, lowPower } = this.#options;
    const random = new Random(this.seed);
    const context = {
      kernels,
      arena: this.#voiceScope,
      sampleRate,
      random,
      mode,
      oneShot: this.oneShot,
      loopSec,
      lowPower,
    };
    return loopSec < Infinity ? new LoopVoice(this.#trigger, context) : this.#trigger.create(context);
  }

  /** Recreates an invalid voice as a whole: its filters can hold a NaN for ever. */
  #rebuild(): void {
    for (const emitter of this.#emitters) this.#options.kernels.clear(emitter.out, BLOCK_FRAMES);
    this.#newRebuilds += 1;
    this.#totalRebuilds += 1;
    this.#voiceScope.releaseAll();
    this.#block.frame = 0;
    if (this.#totalRebuilds > MAX_REBUILDS) {
      this.#voice = { strokePosition: 0, render: () => undefined };
      return;
    }
    this.#voice = this.#createVoice();
  }

  #brightness(): number {
    return (this.#values['brightness'] as number | undefined) ?? 0.5;
  }

  #targetGain(): number {
    return this.layer.muted ? 0 : fromDb(this.layer.gainDb);
  }

  #smoothTowardsLayer(duck: number, smoothing: number): void {
    const { params, place } = this.layer;
    for (const id of this.#numberIds) {
      const now = this.#values[id] as number;
      const target = params[id] as number;
      if (now !== target) this.#values[id] = smoothStepTo(now, target, smoothing);
    }
    for (const id of this.#choiceIds) this.#values[id] = params[id] ?? '';
    const current = this.#place;
    let deltaDeg = place.azimuthDeg - current.azimuthDeg; // the shorter way round
    if (deltaDeg > 180) deltaDeg -= 360;
    else if (deltaDeg < -180) deltaDeg += 360;
    if (deltaDeg !== 0) current.azimuthDeg = smoothStepTo(current.azimuthDeg, current.azimuthDeg + deltaDeg, smoothing);
    current.elevationDeg = smoothStepTo(current.elevationDeg, place.elevationDeg, smoothing);
    current.closeness = smoothStepTo(current.closeness, place.closeness, smoothing);
    current.spread = smoothStepTo(current.spread, place.spread, smoothing);
    current.periodSec = smoothStepTo(current.periodSec, place.periodSec, smoothing);
    current.path = place.path;
    this.#gain += (this.#targetGain() * duck - this.#gain) * smoothing;
    this.#fade += this.#fadeStep;
    if (this.#fade >= 1) {
      this.#fade = 1;
      if (this.#fadeStep > 0) this.#fadeStep = 0;
    } else if (this.#fade < 0) this.#fade = 0;
    this.#gainFrom = this.#gainTo;
    this.#gainTo = this.#gain * sin((Math.PI / 2) * this.#fade); // equal power: sin up, cos down
  }
}

/** One step of exponential smoothing; lands exactly, so that a value at rest is never written again. */
function smoothStepTo(now: number, target: number, smoothing: number): number {
  const next = now + (target - now) * smoothing;
  return Math.abs(target - next) < SNAP_DISTANCE ? target : next;
}
