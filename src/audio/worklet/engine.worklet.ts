import { Engine } from '../../synth/engine.ts';
import type { Onset } from '../../synth/onsetLog.ts';
import { warmUp } from '../../synth/warmUp.ts';
import type { FromWorklet, OnsetReport, ProcessorOptions, ToWorklet } from '../messages.ts';

// The audio thread: one engine, its messages, and a report thirty times a second. Exports nothing (the loader forbids it).
// (Below the imports, because the loader wants them first, bare of comments.)

const REPORTS_PER_SEC = 30;
/** At rest one is enough. */
const REST_REPORT_SEC = 1;

class EngineProcessor extends AudioWorkletProcessor {
  readonly #engine: Engine;
  #sinceReport = 0;
  #onsets: OnsetReport[] = [];
  #broken = false;
  #saidSounding = false;

  constructor(options: AudioWorkletNodeOptions) {
    super();
    const { scene, mode, startFadeSec } = options.processorOptions as ProcessorOptions;
    warmUp(scene, { sampleRate, mode });
    this.#engine = new Engine({ sampleRate, mode });
    this.#engine.setScene(scene);
    if (startFadeSec !== undefined) this.#engine.start(startFadeSec);
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => {
      this.#guard(() => {
        this.#obey(data);
      });
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const left = outputs[0]?.[0];
    const right = outputs[0]?.[1] ?? left;
    if (!left || !right || this.#broken) return true;
    try {
      this.#engine.process(left, right);
    } catch (error) {
      left.fill(0);
      right.fill(0);
      this.#fail(error);
      return true;
    }
    this.#sinceReport += left.length;
    // The report that says "silent now" comes without delay; then they become rare.
    const sounding = !this.#engine.silent;
    const waitSec = sounding || this.#saidSounding ? 1 / REPORTS_PER_SEC : REST_REPORT_SEC;
    if (this.#sinceReport >= sampleRate * waitSec) {
      this.#sinceReport = 0;
      this.#saidSounding = sounding;
      this.#report();
    }
    return true;
  }

  #obey(message: ToWorklet): void {
    if (message.type === 'scene') this.#engine.setScene(message.scene, message.change);
    else if (message.type === 'start') this.#engine.start(message.fadeSec);
    else if (message.type === 'stop') this.#engine.stop(message.fadeSec);
    else this.#engine.hearOne(message.layerId, message.nonce);
  }

  #report(): void {
    const engine = this.#engine;
    engine.takeOnsets(this.#collect);
    const message: FromWorklet = {
      type: 'report',
      frame: engine.frame,
      onsets: this.#onsets,
      momentaryLufs: engine.momentaryLufs,
      truePeakDb: engine.truePeakDb,
      positions: engine.positions(),
      rebuilt: engine.rebuilt,
      sounding: !engine.silent,
    };
    this.port.postMessage(message);
    this.#onsets = [];
  }

  readonly #collect = (onset: Onset): void => {
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

  /** Tells the page, which rebuilds this node; until then, silence. */
  #fail(error: unknown): void {
    this.#broken = true;
    const message: FromWorklet = { type: 'failed', message: error instanceof Error ? error.message : String(error) };
    this.port.postMessage(message);
  }
}

registerProcessor('hushcraft', EngineProcessor);
