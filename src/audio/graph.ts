// One open audio graph: context → engine worklet → volume → analyser → out. Loaded only at the first press.
import { AudioContext as SacAudioContext } from 'standardized-audio-context';
import type { IAudioContext } from 'standardized-audio-context';
import { Analyser } from 'tone/build/esm/component/analysis/Analyser.js';
import { Context } from 'tone/build/esm/core/context/Context.js';
import 'tone/build/esm/core/context/Destination.js'; // side effect: gives contexts their destination
import { Gain } from 'tone/build/esm/core/context/Gain.js';
import { connect } from 'tone/build/esm/core/context/ToneAudioNode.js';
import { setContext } from 'tone/build/esm/core/Global.js';
import processorUrl from './worklet/engine.worklet.ts?worker&url';
import type { FromWorklet, ProcessorOptions, ToWorklet } from './messages.ts';
import type { InterruptionCause } from './nightTypes.ts';
import { nativeContext } from './nativeContext.ts';

const SAMPLE_RATE = 48000;
/** Seconds of output buffer: enough to ride out a busy page, short enough for sliders to feel alive. */
const LATENCY_SEC = 0.1;
const MIN_FADE_SEC = 0.03;

export interface GraphEvents {
  onMessage(message: FromWorklet): void;
  /** The processor died or the context reported an error. */
  onBroken(cause: InterruptionCause): void;
  onContextState(state: string): void;
}

export interface Graph {
  readonly sampleRate: number;
  /** The context's clock: stands still when the sound does, whatever its state claims. */
  clockSec(): number;
  contextState(): string;
  send(message: ToWorklet): void;
  resume(): Promise<void>;
  /** Lets the device rest; the state stays. */
  suspend(): void;
  /** Travel of the slider, 0…1. */
  setVolume(volume: number): void;
  /** Closes the gate over `fadeSec` (30 ms at least), from wherever it stands. */
  fadeGateOut(fadeSec: number): void;
  /** Closed from the next sample on, also while the context stands still: it may come back any moment. */
  muteNow(): void;
  /** Opens the gate again over `fadeSec`. */
  fadeGateIn(fadeSec: number): void;
  /** Dropouts so far, where the browser counts them. */
  underruns(): number | null;
  readSpectrum(out: Float32Array): void;
  close(): void;
}

/** Opens the graph. Call inside a press: the resume is asked for before anything is awaited. */
export async function openGraph(options: ProcessorOptions, events: GraphEvents): Promise<Graph> {
  if ('audioSession' in navigator) {
    // iOS: play like a music app, in the background and with the mute switch on.
    (navigator.audioSession as { type: string }).type = 'playback';
  }
  const raw = openContext();
  const context = new Context({ context: raw as never, clockSource: 'offline', lookAhead: 0 } as never);
  const resumed = context.resume();
  setContext(context);
  await context.addAudioWorkletModule(processorUrl);
  const node = context.createAudioWorkletNode('hushcraft', {
    numberOfInputs: 0,
    numberOfOutputs: 1,
    outputChannelCount: [2],
    processorOptions: options,
  });
  node.onprocessorerror = () => {
    events.onBroken('engine failed');
  };
  node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
    events.onMessage(data);
  };
  const gate = new Gain({ context, gain: 1 });
  const volume = new Gain({ context, gain: 0.7 });
  const analyser = new Analyser({ context, type: 'fft', size: 1024, smoothing: 0.3 });
  connect(node, gate);
  gate.connect(volume);
  volume.connect(context.destination);
  gate.connect(analyser);
  raw.onstatechange = () => {
    events.onContextState(raw.state);
  };
  nativeContext(raw)?.addEventListener('error', () => {
    events.onBroken('device lost');
  });
  await Promise.race([resumed, new Promise((done) => setTimeout(done, RESUME_TIMEOUT_MS))]);
  return {
    sampleRate: raw.sampleRate,
    clockSec: () => raw.currentTime,
    contextState: () => raw.state,
    send: (message) => {
      node.port.postMessage(message);
    },
    resume: () => raw.resume(),
    suspend: () => {
      void raw.suspend().catch(() => undefined); // closed meanwhile: nothing left to rest
    },
    setVolume: (value) => {
      volume.gain.rampTo(value * value, 0.05); // quieter halves get more of the travel, as ears expect
    },
    fadeGateOut: (fadeSec) => {
      const now = raw.currentTime;
      gate.gain.cancelAndHoldAtTime(now);
      gate.gain.linearRampToValueAtTime(0, now + Math.max(fadeSec, MIN_FADE_SEC));
    },
    muteNow: () => {
      gate.gain.cancelScheduledValues(0);
      gate.gain.setValueAtTime(0, raw.currentTime);
    },
    fadeGateIn: (fadeSec) => {
      const now = raw.currentTime;
      gate.gain.cancelAndHoldAtTime(now);
      gate.gain.linearRampToValueAtTime(1, now + Math.max(fadeSec, MIN_FADE_SEC));
    },
    underruns: () => {
      const stats = (nativeContext(raw) as { playbackStats?: { underrunEvents: number } } | undefined)?.playbackStats;
      return stats?.underrunEvents ?? null;
    },
    readSpectrum: (out) => {
      out.set(analyser.getValue());
    },
    close: () => {
      node.port.onmessage = null;
      node.onprocessorerror = null;
      raw.onstatechange = null;
      node.disconnect();
      gate.dispose();
      volume.dispose();
      analyser.dispose();
      void raw.close().catch(() => undefined); // already closed by the system: nothing left to do
    },
  };
}

/** A suspended context without a press may keep `resume` pending for ever. */
const RESUME_TIMEOUT_MS = 1500;

function openContext(): IAudioContext {
  try {
    return new SacAudioContext({ latencyHint: LATENCY_SEC, sampleRate: SAMPLE_RATE });
  } catch {
    return new SacAudioContext({ latencyHint: LATENCY_SEC }); // old Safari refuses a rate that is not the device's
  }
}
