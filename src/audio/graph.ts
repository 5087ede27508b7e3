// Audio graph: engine worklet → gate → volume → destination, gate → analyser. The only file that knows tone and
// standardized-audio-context (tone creates its contexts with it). Loaded at the first user gesture.
import { Analyser } from 'tone/build/esm/component/analysis/Analyser.js';
import { createAudioContext } from 'tone/build/esm/core/context/AudioContext.js';
import { Context } from 'tone/build/esm/core/context/Context.js';
import 'tone/build/esm/core/context/Destination.js'; // side effect: gives contexts their destination
import { Gain } from 'tone/build/esm/core/context/Gain.js';
import { connect } from 'tone/build/esm/core/context/ToneAudioNode.js';
import { setContext } from 'tone/build/esm/core/Global.js';
import processorUrl from './worklet/engine.worklet.ts?worker&url';
import type { FromWorklet, ProcessorOptions, ToWorklet } from './messages.ts';
import type { InterruptionCause } from './nightTypes.ts';

const SAMPLE_RATE = 48000;
/** Output buffer: enough to ride out a busy page, short enough for sliders to feel alive. */
const LATENCY_SEC = 0.1;
const MIN_FADE_SEC = 0.03;
const VOLUME_GLIDE_SEC = 0.05;
/** A suspended context without a user gesture may keep `resume` pending for ever. */
const RESUME_TIMEOUT_MS = 1500;

declare global {
  interface Navigator {
    /** Audio Session API: Safari only. */
    readonly audioSession?: { type: string };
  }
  interface AudioContext {
    /** Chromium only. */
    readonly playbackStats?: { readonly underrunEvents: number };
  }
}

/** What a graph reports to its host. */
export interface GraphEvents {
  onMessage(message: FromWorklet): void;
  /** The processor died or the context reported an error. */
  onBroken(cause: InterruptionCause): void;
  onContextState(state: string): void;
}

/** An open graph. */
export interface Graph {
  /** Hz. */
  readonly sampleRate: number;
  /** The context's clock: stands still when the sound does, whatever its state claims. */
  clockSec(): number;
  contextState(): string;
  send(message: ToWorklet): void;
  resume(): Promise<void>;
  /** Lets the audio device sleep; the engine's state stays. */
  suspend(): void;
  /** Travel of the slider, 0…1. */
  setVolume(volume: number): void;
  /** Fades the gate out over `fadeSec` (30 ms at least), from its present gain. */
  fadeGateOut(fadeSec: number): void;
  /** Closes the gate from the next sample on, also while the context is suspended: it may resume any moment. */
  muteNow(): void;
  /** Fades the gate in over `fadeSec` (30 ms at least). */
  fadeGateIn(fadeSec: number): void;
  /** Buffer underruns so far; null where the browser does not count them. */
  underruns(): number | null;
  readSpectrum(out: Float32Array): void;
  close(): void;
}

/**
 * Opens a graph. Call inside a user gesture: the resume is requested before anything is awaited.
 * @param options - what the processor starts with
 * @param events - what the graph reports
 * @returns the graph; its context may still be suspended
 */
export async function openGraph(options: ProcessorOptions, events: GraphEvents): Promise<Graph> {
  // iOS: play like a music app, in the background and with the mute switch on.
  if (navigator.audioSession) navigator.audioSession.type = 'playback';
  const audioContext = openAudioContext();
  const context = new Context({ context: audioContext, clockSource: 'offline', lookAhead: 0 });
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
  audioContext.onstatechange = () => {
    events.onContextState(audioContext.state);
  };
  const native = findNativeContext(audioContext);
  native?.addEventListener('error', () => {
    events.onBroken('device lost');
  });
  const fadeGateTo = (gain: number, fadeSec: number): void => {
    const nowSec = audioContext.currentTime;
    gate.gain.cancelAndHoldAtTime(nowSec);
    gate.gain.linearRampToValueAtTime(gain, nowSec + Math.max(fadeSec, MIN_FADE_SEC));
  };
  await Promise.race([resumed, new Promise((resolve) => setTimeout(resolve, RESUME_TIMEOUT_MS))]);
  return {
    sampleRate: audioContext.sampleRate,
    clockSec: () => audioContext.currentTime,
    contextState: () => audioContext.state,
    send: (message) => {
      node.port.postMessage(message);
    },
    resume: () => audioContext.resume(),
    suspend: () => {
      void audioContext.suspend().catch(() => undefined); // closed meanwhile: nothing left to suspend
    },
    setVolume: (value) => {
      volume.gain.rampTo(value * value, VOLUME_GLIDE_SEC); // quieter halves get more of the travel, as ears expect
    },
    fadeGateOut: (fadeSec) => {
      fadeGateTo(0, fadeSec);
    },
    muteNow: () => {
      gate.gain.cancelScheduledValues(0);
      gate.gain.setValueAtTime(0, audioContext.currentTime);
    },
    fadeGateIn: (fadeSec) => {
      fadeGateTo(1, fadeSec);
    },
    underruns: () => native?.playbackStats?.underrunEvents ?? null,
    readSpectrum: (out) => {
      out.set(analyser.getValue());
    },
    close: () => {
      node.port.onmessage = null;
      node.onprocessorerror = null;
      audioContext.onstatechange = null;
      node.disconnect();
      gate.dispose();
      volume.dispose();
      analyser.dispose();
      void audioContext.close().catch(() => undefined); // already closed by the system: nothing left to do
    },
  };
}

function openAudioContext(): AudioContext {
  try {
    return createAudioContext({ latencyHint: LATENCY_SEC, sampleRate: SAMPLE_RATE });
  } catch {
    return createAudioContext({ latencyHint: LATENCY_SEC }); // old Safari refuses a rate that is not the device's
  }
}

/** The browser's own context, for what standardized-audio-context does not wrap; undefined should its internals change. */
function findNativeContext(wrapper: AudioContext): AudioContext | undefined {
  const native: unknown = Reflect.get(wrapper, '_nativeAudioContext');
  return native instanceof AudioContext ? native : undefined;
}
