// Schedules a night on the engine’s clock: frames → state; scene → the scene as the night plays it (ambience, evolution, wake).
import { clamp, fromDb } from '../dsp/math.ts';
import type { Layer, Scene } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import { copyLayer, evolveLayer } from './nightEvolution.ts';
import { withAmbience } from './ambienceLayer.ts';
import { stateAt } from './nightState.ts';
import type { NightState } from './nightState.ts';
import type { NightPlan } from './plan.ts';

/** How a night is played. */
export interface NightOptions {
  /** Where in the plan it begins: 0, or where an interrupted night goes on. */
  readonly atSec?: number;
  /** Programme seconds per second, for a preview; the sound itself is not changed. */
  readonly speed?: number;
  /** Whether an ambience layer may be added to sparse sounds. */
  readonly ambience?: boolean;
}

/** Between two updates of the evolution; the level moves with every block. */
const EVOLUTION_STEP_SEC = 0.1;
/** When the plan is extended during the fade, the level rises no faster. */
const MAX_RISE_DB_PER_SEC = 3;
/** The level never falls faster, neither at the end of a fade nor after lost time. */
const MAX_FALL_DB_PER_SEC = 4.5;
/** A programme that is ahead of the clock slows down to this speed: a fade never goes back. */
const WAITING_SPEED = 0.5;
const MIN_GAIN = 1e-6;

/** Runs one night. Audio thread; only `setScene` allocates. */
export class NightScheduler {
  plan: NightPlan;
  readonly atSec: number;
  /** Linear level at the start and the end of the block. */
  gainFrom: number;
  gainTo: number;
  readonly #rise: number;
  readonly #fall: number;
  readonly #speed: number;
  readonly #framesPerSec: number;
  readonly #stepFrames: number;
  readonly #allowAmbience: boolean;
  #state: NightState;
  #frames = 0;
  /** Programme seconds ahead of the frames, and still to be waited for. */
  #shiftSec = 0;
  #aheadSec = 0;
  #untilStep = 0;
  /** As set, with its ambience; and the copies that evolve, layer by layer. */
  #scene: Scene;
  #layers: Layer[] = [];
  #hasAmbience = false;

  constructor(
    plan: NightPlan,
    scene: Scene,
    sampleRate: number,
    { atSec = 0, speed = 1, ambience = true }: NightOptions,
  ) {
    this.plan = plan;
    this.atSec = atSec;
    this.#speed = speed;
    this.#framesPerSec = sampleRate / speed;
    this.#stepFrames = Math.round(EVOLUTION_STEP_SEC * sampleRate);
    this.#allowAmbience = ambience;
    this.#rise = fromDb((MAX_RISE_DB_PER_SEC * BLOCK_FRAMES) / sampleRate);
    this.#fall = fromDb((-MAX_FALL_DB_PER_SEC * BLOCK_FRAMES) / sampleRate);
    this.#state = { ...stateAt(plan, atSec) };
    this.gainTo = gainOf(this.#state);
    this.gainFrom = this.gainTo;
    this.#scene = scene;
    this.setScene(scene);
  }

  get state(): NightState {
    return this.#state;
  }

  /** Whether an ambience layer was added. */
  get hasAmbience(): boolean {
    return this.#hasAmbience;
  }

  /**
   * Sets the scene. Allocates.
   * @param scene - as requested by the host
   * @returns the scene to play; its layers are updated by `advance`
   */
  setScene(scene: Scene): Scene {
    const allowed =
      this.#state.phase === 'playing' || this.#layers.length === 0 ? scene : applyMutes(this.#scene, scene);
    const played = this.#allowAmbience ? withAmbience(allowed) : allowed;
    this.#hasAmbience = played !== allowed;
    this.#scene = allowed;
    this.#layers = played.layers.map(copyLayer);
    this.#sources = played.layers;
    this.#evolve();
    return { ...played, layers: this.#layers };
  }

  /**
   * Advances by one block.
   * @returns true when the layers were updated
   */
  advance(): boolean {
    this.#frames += BLOCK_FRAMES;
    if (this.#aheadSec > 0) this.#waitForClock();
    stateAt(this.plan, this.#nowSec(), this.#state);
    this.gainFrom = this.gainTo;
    const gain = gainOf(this.#state);
    const lowest = this.gainFrom > MIN_GAIN ? this.gainFrom * this.#fall : 0;
    this.gainTo = clamp(gain, lowest, this.gainFrom * this.#rise + MIN_GAIN);
    this.#untilStep -= BLOCK_FRAMES;
    if (this.#untilStep > 0) return false;
    this.#untilStep += this.#stepFrames;
    this.#evolve();
    return true;
  }

  /**
   * Seeks: forward at once, back by waiting.
   * @param sec - where the programme should have stood `agoSec` ago, s
   * @param agoSec - age of that value, s
   */
  seekTo(sec: number, agoSec = 0): void {
    const behindSec = sec + this.#speed * agoSec - this.#nowSec();
    this.#aheadSec = Math.max(0, -behindSec);
    this.#shiftSec += Math.max(0, behindSec);
  }

  #nowSec(): number {
    return this.atSec + this.#frames / this.#framesPerSec + this.#shiftSec;
  }

  #waitForClock(): void {
    const sec = Math.min(this.#aheadSec, ((1 - WAITING_SPEED) * BLOCK_FRAMES) / this.#framesPerSec);
    this.#aheadSec -= sec;
    this.#shiftSec -= sec;
  }

  /** Scene of the wake sound. */
  get wakeScene(): Scene | undefined {
    return this.plan.wake?.scene;
  }

  #sources: readonly Layer[] = [];

  #evolve(): void {
    const { arc } = this.#scene;
    for (let i = 0; i < this.#layers.length; i++) {
      const from = this.#sources[i];
      const into = this.#layers[i];
      if (from && into) evolveLayer(from, arc, this.#state.arc, i, into);
    }
  }
}

/** Once the fade has begun a sound only gets quieter: only mutes are applied. */
function applyMutes(now: Scene, requested: Scene): Scene {
  const layers = now.layers.map((layer) => {
    const requestedLayer = requested.layers.find(({ id }) => id === layer.id);
    return { ...layer, muted: layer.muted || (requestedLayer?.muted ?? true) };
  });
  return { ...now, layers, master: { ...now.master, mono: requested.master.mono } };
}

function gainOf({ gainDb }: NightState): number {
  return gainDb === -Infinity ? 0 : fromDb(gainDb);
}
