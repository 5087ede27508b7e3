// Live sound for the page: opens the graph at the first press, sends scenes, watches the clock, repairs what breaks.
import { USUAL_ARC } from '../synth/index.ts';
import type { Scene } from '../synth/index.ts';
import type { Graph } from './graph.ts';
import { judge } from './health.ts';
import type { Pulse } from './health.ts';
import type { AudioHost, Change, HostReport, HostState } from './interface.ts';
import type { FromWorklet } from './messages.ts';

const START_FADE_SEC = 2;
const STOP_FADE_SEC = 0.04;
const HEALTH_MS = 1000;
/** After this long without a sound the device may sleep. */
const REST_MS = 15_000;
const MAX_BACKOFF_MS = 30000;
const EMPTY: Scene = {
  seed: 0,
  layers: [],
  room: { size: 0.3, amount: 0 },
  master: { gainDb: 0, mono: false },
  arc: { ...USUAL_ARC },
};

const NO_AUDIO =
  'This browser does not offer Web Audio here (a locked-down mode may have switched it off). Your sounds are safe.';
const NO_START = 'The sound could not be started. Your sounds are safe. Reload the page, or try another browser.';

export function createHost(): AudioHost {
  return new Host();
}

class Host implements AudioHost {
  state: HostState = 'idle';
  problem = '';
  sampleRate = 48000;

  #graph: Graph | undefined;
  #opening: Promise<Graph | undefined> | undefined;
  #scene: Scene = EMPTY;
  #change: Change = 'edit';
  #sendQueued = false;
  #volume = 0.7;
  #wanted = false;
  /** Sound has been reported since the last press (measured by the bench). */
  #heard = false;
  #nonce = 0;
  #soundedAtMs = 0;
  #pulse: Pulse | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #backoffMs = HEALTH_MS;
  readonly #stateListeners = new Set<(state: HostState) => void>();
  readonly #reportListeners = new Set<(report: HostReport) => void>();

  async play(): Promise<void> {
    this.#wanted = true;
    this.#heard = false;
    performance.mark('hushcraft:press');
    if (!this.#graph) this.#enter('starting');
    const graph = await this.#open();
    if (!graph || this.#givenUp()) return;
    this.#begin(graph);
  }

  stop(): void {
    this.#wanted = false;
    this.#stopWatching();
    if (!this.#graph) {
      if (this.state !== 'failed') this.#enter('idle');
      return;
    }
    this.#graph.shut();
    this.#graph.send({ type: 'stop', fadeSec: STOP_FADE_SEC });
    this.#enter('stopping');
  }

  setScene(scene: Scene, change: Change): void {
    this.#scene = scene;
    if (change === 'blend') this.#change = 'blend';
    if (this.#sendQueued) return;
    this.#sendQueued = true;
    const send = (): void => {
      this.#sendQueued = false;
      this.#graph?.send({ type: 'scene', scene: this.#scene, change: this.#change });
      this.#change = 'edit';
    };
    // One batch a frame; a hidden page gets no frames, but its edits (another tab, a keyboard shortcut) still count.
    if (document.hidden) setTimeout(send, 0);
    else requestAnimationFrame(send);
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    this.#graph?.setVolume(loudnessCurve(volume));
  }

  async hearOne(layerId: string): Promise<void> {
    if (!this.#graph) this.#enter('starting');
    const graph = await this.#open();
    if (!graph) return;
    graph.open();
    this.#nonce += 1;
    graph.send({ type: 'scene', scene: this.#scene, change: 'edit' });
    graph.send({ type: 'hearOne', layerId, nonce: this.#nonce });
    if (this.state === 'starting' || this.state === 'idle') this.#enter('resting');
  }

  onState(listener: (state: HostState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onReport(listener: (report: HostReport) => void): () => void {
    this.#reportListeners.add(listener);
    return () => this.#reportListeners.delete(listener);
  }

  readSpectrum(out: Float32Array): boolean {
    if (!this.#graph || this.state !== 'playing') return false;
    this.#graph.readSpectrum(out);
    return true;
  }

  #enter(state: HostState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  /** Stop was pressed while the sound was still being prepared. */
  #givenUp(): boolean {
    return !this.#wanted;
  }

  /** One graph at a time, however often play is pressed. */
  async #open(): Promise<Graph | undefined> {
    if (this.#graph) {
      if (this.#graph.contextState() === 'suspended') await this.#graph.resume().catch(() => undefined);
      return this.#graph;
    }
    this.#opening ??= this.#openFresh();
    const graph = await this.#opening;
    this.#opening = undefined;
    return graph;
  }

  async #openFresh(): Promise<Graph | undefined> {
    if (typeof AudioContext === 'undefined') {
      this.#fail(NO_AUDIO);
      return undefined;
    }
    try {
      const { openGraph } = await import('./graph.ts');
      const graph = await openGraph(
        { scene: this.#scene, mode: 'day' },
        {
          onMessage: (message) => {
            this.#hear(message);
          },
          onBroken: () => {
            this.#rebuild();
          },
          onContextState: () => {
            this.#check();
          },
        },
      );
      graph.setVolume(loudnessCurve(this.#volume));
      this.#graph = graph;
      this.sampleRate = graph.sampleRate;
      return graph;
    } catch (error) {
      console.error(error);
      this.#fail(NO_START);
      return undefined;
    }
  }

  #begin(graph: Graph): void {
    if (graph.contextState() !== 'running') {
      this.#enter('blocked');
      return;
    }
    graph.open();
    graph.send({ type: 'scene', scene: this.#scene, change: this.#change });
    this.#change = 'edit';
    graph.send({ type: 'start', fadeSec: START_FADE_SEC });
    this.#enter('playing');
    this.#watch(graph);
  }

  #hear(message: FromWorklet): void {
    if (message.type === 'failed') {
      console.error('engine:', message.message);
      this.#rebuild();
      return;
    }
    if (this.state === 'stopping' && !message.sounding) this.#enter('resting');
    if (message.sounding) this.#soundedAtMs = performance.now();
    else if (this.state === 'resting' && performance.now() - this.#soundedAtMs > REST_MS) this.#graph?.suspend();
    if (message.sounding && !this.#heard) {
      this.#heard = true;
      performance.mark('hushcraft:sound');
    }
    for (const listener of this.#reportListeners) listener(message);
  }

  #watch(graph: Graph): void {
    this.#stopWatching();
    this.#pulse = this.#takePulse(graph);
    this.#timer = setInterval(() => {
      this.#check();
    }, HEALTH_MS);
  }

  #stopWatching(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #takePulse(graph: Graph): Pulse {
    return {
      atMs: performance.now(),
      clockSec: graph.clockSec(),
      contextState: graph.contextState(),
      visible: !document.hidden,
    };
  }

  #check(): void {
    const graph = this.#graph;
    if (!graph || !this.#wanted || !this.#pulse) return;
    const now = this.#takePulse(graph);
    const verdict = judge(this.#pulse, now);
    if (verdict === 'healthy') {
      this.#pulse = now;
      this.#backoffMs = HEALTH_MS;
      if (this.state === 'recovering' || this.state === 'blocked') this.#begin(graph);
    } else if (verdict === 'resume') {
      this.#enter('recovering');
      void graph.resume().catch(() => undefined); // refused without a press: the next check says so
      if (now.atMs - this.#pulse.atMs > MAX_BACKOFF_MS / 10) this.#enter('blocked');
    } else if (verdict === 'rebuild') {
      this.#rebuild();
    }
  }

  /** Throws the graph away and opens a new one, later each time it fails again. */
  #rebuild(): void {
    this.#graph?.close();
    this.#graph = undefined;
    this.#stopWatching();
    if (!this.#wanted) {
      this.#enter('idle');
      return;
    }
    this.#enter('recovering');
    const waitMs = this.#backoffMs - HEALTH_MS;
    this.#backoffMs = Math.min(this.#backoffMs * 2, MAX_BACKOFF_MS);
    setTimeout(() => {
      if (this.#wanted && !this.#graph) void this.play();
    }, waitMs);
  }

  #fail(problem: string): void {
    this.#wanted = false;
    this.problem = problem;
    this.#enter('failed');
  }
}

/** Slider travel → gain: quieter halves get more of the travel, as ears expect. */
function loudnessCurve(volume: number): number {
  return volume * volume;
}
