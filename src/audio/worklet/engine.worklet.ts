import { Engine } from '../../synth/engine/engine.ts';
import type { Onset } from '../../synth/engine/onsetQueue.ts';
import { warmUp } from '../../synth/engine/warmUp.ts';
import type { FromWorklet, NightStartCommand, OnsetReport, ProcessorOptions, ToWorklet } from '../messages.ts';

// Audio worklet: one engine in day mode, another in a night, their messages and reports. Exports nothing (the loader forbids it).
// (Below the imports, because the loader wants them first.)

const REPORTS_PER_SEC = 30;
/** While silent or hidden. */
const IDLE_REPORT_SEC = 1;
/** An engine that is replaced fades out over this time. */
const REPLACE_FADE_SEC = 0.05;

class EngineProcessor extends AudioWorkletProcessor {
  #engine: Engine;
  /** The replaced engine, until it has faded out. */
  #fadingOutEngine: Engine | undefined;
  #scene: ProcessorOptions['scene'];
  #lowPower: boolean;
  #sinceReport = 0;
  #onsets: OnsetReport[] = [];
  #failed = false;
  #hidden = false;
  #reportedSounding = false;
  #mixLeft = new Float32Array(128);
  #mixRight = new Float32Array(128);

  constructor(options: AudioWorkletNodeOptions) {
    super();
    const { scene, mode, startFadeSec, lowPower = false } = options.processorOptions as ProcessorOptions;
    this.#scene = scene;
    this.#lowPower = lowPower;
    warmUp(scene, { sampleRate, mode, lowPower });
    this.#engine = new Engine({ sampleRate, mode, lowPower });
    this.#engine.setScene(scene);
    if (startFadeSec !== undefined) this.#engine.start(startFadeSec);
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => {
      this.#guard(() => {
        this.#handleMessage(data);
      });
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const left = outputs[0]?.[0];
    const right = outputs[0]?.[1] ?? left;
    if (!left || !right || this.#failed) return true;
    try {
      this.#engine.process(left, right);
      if (this.#fadingOutEngine) this.#mixFadingOut(this.#fadingOutEngine, left, right);
    } catch (error) {
      left.fill(0);
      right.fill(0);
      this.#fail(error);
      return true;
    }
    this.#sinceReport += left.length;
    // The report that it is silent now comes without delay; then they become rare.
    const sounding = !this.#engine.silent;
    const often = (sounding && !this.#hidden) || (this.#reportedSounding && !sounding);
    if (this.#sinceReport >= sampleRate * (often ? 1 / REPORTS_PER_SEC : IDLE_REPORT_SEC)) {
      this.#sinceReport = 0;
      this.#reportedSounding = sounding;
      this.#report();
    }
    return true;
  }

  #handleMessage(message: ToWorklet): void {
    switch (message.type) {
      case 'scene':
        this.#scene = message.scene;
        this.#engine.setScene(message.scene, message.transition);
        break;
      case 'start':
        if (this.#engine.night) this.#replaceEngine(new Engine({ sampleRate, mode: 'day', lowPower: this.#lowPower }));
        this.#engine.start(message.fadeSec);
        break;
      case 'stop':
        this.#engine.stop(message.fadeSec);
        break;
      case 'auditionLayer':
        this.#engine.auditionLayer(message.layerId, message.nonce);
        break;
      case 'night':
        this.#playNight(message.command);
        break;
      case 'plan':
        this.#engine.changeNight(message.plan);
        break;
      case 'nightAt':
        this.#engine.seekNight(message.sec, currentTime - message.clockSec);
        break;
      case 'hidden':
        this.#hidden = message.hidden;
        break;
      case 'lowPower':
        this.#lowPower = message.lowPower;
        break;
    }
  }

  #playNight({ plan, atSec, clockSec, speed, ambience: bed, fadeSec }: NightStartCommand): void {
    if (
      this.#engine.options.mode !== 'sleep' ||
      this.#engine.options.lowPower !== this.#lowPower ||
      this.#engine.silent
    ) {
      this.#replaceEngine(new Engine({ sampleRate, mode: 'sleep', lowPower: this.#lowPower }));
    }
    this.#engine.startNight(plan, { atSec: atSec + speed * (currentTime - clockSec), speed, ambience: bed });
    this.#engine.start(fadeSec);
  }

  #replaceEngine(engine: Engine): void {
    engine.setScene(this.#scene);
    this.#engine.stop(REPLACE_FADE_SEC);
    this.#fadingOutEngine = this.#engine.silent ? undefined : this.#engine;
    this.#engine = engine;
  }

  #mixFadingOut(engine: Engine, left: Float32Array, right: Float32Array): void {
    if (this.#mixLeft.length !== left.length) {
      this.#mixLeft = new Float32Array(left.length);
      this.#mixRight = new Float32Array(left.length);
    }
    engine.process(this.#mixLeft, this.#mixRight);
    for (let i = 0; i < left.length; i++) {
      left[i] = (left[i] ?? 0) + (this.#mixLeft[i] ?? 0);
      right[i] = (right[i] ?? 0) + (this.#mixRight[i] ?? 0);
    }
    if (engine.silent) this.#fadingOutEngine = undefined;
  }

  #report(): void {
    const engine = this.#engine;
    engine.drainOnsets(this.#queueOnset);
    const message: FromWorklet = {
      type: 'report',
      frame: engine.frame,
      clockSec: currentTime,
      onsets: this.#onsets,
      momentaryLufs: engine.momentaryLufs,
      truePeakDb: engine.truePeakDb,
      positions: engine.positions(),
      rebuilt: engine.rebuilt,
      sounding: !engine.silent,
      night: engine.night ? { ...engine.night, ambience: engine.hasAmbience } : null,
    };
    this.port.postMessage(message);
    this.#onsets = [];
  }

  readonly #queueOnset = (onset: Onset): void => {
    if (this.#hidden) return;
    const delayFrames = onset.frame + this.#engine.latencyFrames - this.#engine.frame;
    this.#onsets.push({
      layerId: onset.layerId,
      delaySec: Math.max(0, delayFrames / sampleRate),
      strength: onset.strength,
      azimuthDeg: onset.azimuthDeg,
      distanceM: onset.distanceM,
    });
  };

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Reports to the page, which rebuilds this node; until then, silence. */
  #fail(error: unknown): void {
    this.#failed = true;
    const message: FromWorklet = { type: 'failed', message: error instanceof Error ? error.message : String(error) };
    this.port.postMessage(message);
  }
}

registerProcessor('hushcraft', EngineProcessor);
