// Live sound for the page: opens the graph at the first press, sends scenes and nights, and does what the recovery decides.
import { DEFAULT_ARC } from '../synth/index.ts';
import type { NightPlan, Scene } from '../synth/index.ts';
import type { Graph } from './graph.ts';
import { Heartbeat } from './clockWatchdog.ts';
import type { AudioHost, Change, HostReport, HostState } from './types.ts';
import { NO_AUDIO, NO_START, STATES } from './hostStates.ts';
import type { FromWorklet } from './messages.ts';
import { NightWatch } from './nightClock.ts';
import type { Interruption, InterruptionCause, NightReport, NightStart } from './nightTypes.ts';
import { KeepAlive } from './platform/keepAlive.ts';
import { MediaControls } from './platform/mediaControls.ts';
import { watchPage } from './platform/pageSignals.ts';
import { OFF, step } from './recovery.ts';
import type { Action, Recovery, RecoveryEvent } from './recovery.ts';

const START_FADE_SEC = 2;
const NIGHT_FADE_SEC = 8;
/** After an interruption: gently, yet soon. */
const BACK_FADE_SEC = 2.5;
const STOP_FADE_SEC = 0.04;
/** What neither opens nor fails by then is given up, and tried anew. */
const OPEN_PATIENCE_MS = 15_000;
/** After this long without a sound the device may sleep. */
const REST_MS = 15_000;
const EMPTY: Scene = {
  seed: 0,
  layers: [],
  room: { size: 0.3, amount: 0 },
  master: { gainDb: 0, mono: false },
  arc: { ...DEFAULT_ARC },
};

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
  #lowPower = false;
  #recovery: Recovery = OFF;
  /** Sound has been reported since the last press (measured by the bench). */
  #heard = false;
  #nonce = 0;
  #soundedAtMs = 0;
  readonly #heart = new Heartbeat(() => {
    this.#pulse();
  });
  readonly #watch = new NightWatch();
  readonly #alive = new KeepAlive();
  readonly #controls: MediaControls;
  readonly #stateListeners = new Set<(state: HostState) => void>();
  readonly #reportListeners = new Set<(report: HostReport) => void>();

  constructor() {
    this.#controls = new MediaControls({
      play: () => void this.#begin(),
      stop: () => {
        this.stop();
      },
    });
    watchPage({
      onHidden: (hidden) => {
        this.#graph?.send({ type: 'hidden', hidden });
        if (hidden) return;
        this.#watch.woke();
        this.#pulse();
      },
      onThawed: () => {
        this.#watch.woke();
        this.#hint('page frozen');
      },
      onDevice: () => {
        this.#hint('device changed');
      },
    });
  }

  get night(): NightReport | null {
    return this.#watch.report;
  }

  async play(): Promise<void> {
    this.#watch.end();
    await this.#begin();
  }

  async goOn(): Promise<void> {
    await this.#begin();
  }

  async playNight(plan: NightPlan, start: NightStart = {}): Promise<void> {
    this.#watch.begin(plan, start);
    await this.#begin();
  }

  changeNight(plan: NightPlan): void {
    this.#watch.change(plan);
    this.#graph?.send({ type: 'plan', plan });
  }

  stop(fadeSec = STOP_FADE_SEC): void {
    this.#decide({ type: 'stop', atMs: performance.now() });
    this.#rest(fadeSec);
  }

  setScene(scene: Scene, change: Change): void {
    this.#scene = scene;
    if (change === 'blend') this.#change = 'blend';
    if (this.#sendQueued) return;
    this.#sendQueued = true;
    const send = (): void => {
      this.#sendQueued = false;
      this.#sendScene();
    };
    // One batch a frame; a hidden page gets no frames, but its edits (another tab, a keyboard shortcut) still count.
    if (document.hidden) setTimeout(send, 0);
    else requestAnimationFrame(send);
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    this.#graph?.setVolume(volume);
  }

  setTitle(title: string): void {
    this.#controls.setTitle(title);
  }

  setLowPower(lowPower: boolean): void {
    this.#lowPower = lowPower;
    this.#graph?.send({ type: 'lowPower', lowPower });
  }

  async hearOne(layerId: string): Promise<void> {
    if (!this.#graph) this.#enter('starting');
    const graph = await this.#open();
    if (!graph) return;
    graph.open(0);
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

  onNight(listener: (report: NightReport | null) => void): () => void {
    return this.#watch.onNight(listener);
  }

  onInterruption(listener: (interruption: Interruption) => void): () => void {
    return this.#watch.onInterruption(listener);
  }

  readSpectrum(out: Float32Array): boolean {
    if (!this.#graph || this.state !== 'playing') return false;
    this.#graph.readSpectrum(out);
    return true;
  }

  /** Call inside the press. */
  async #begin(): Promise<void> {
    this.#heard = false;
    performance.mark('hushcraft:press');
    this.#alive.start();
    if (this.#recovery.phase === 'sounding') this.#fadeIn(START_FADE_SEC);
    this.#decide({ type: 'press', atMs: performance.now() });
    await this.#opening;
  }

  #rest(fadeSec: number): void {
    this.#alive.stop();
    this.#controls.stopped();
    this.#watch.end();
    if (!this.#graph) {
      if (this.state !== 'failed') this.#enter('idle');
      return;
    }
    this.#graph.shut(fadeSec);
    this.#graph.send({ type: 'stop', fadeSec });
    this.#enter('stopping');
  }

  #decide(event: RecoveryEvent): void {
    const { state, actions } = step(this.#recovery, event);
    const before = this.#recovery;
    this.#recovery = state;
    const broke = before.phase === 'sounding' && state.phase !== 'sounding';
    if (broke && state.cause !== null) this.#watch.broke(state.cause);
    for (const action of actions) this.#act(action, before);
    if (state.phase === 'failed') this.#fail(NO_START);
    else if (state.phase !== 'off' && state.phase !== before.phase) {
      const mending = state.phase === 'opening' && state.cause !== null;
      const ready = state.phase === 'opening' && this.#graph !== undefined;
      if (!ready) this.#enter(mending ? 'recovering' : STATES[state.phase]);
    }
    this.#heart.expect(this.#recovery, this.#clock().contextState);
  }

  #act(action: Action, before: Recovery): void {
    const graph = this.#graph;
    if (action === 'open') void this.#reopen();
    else if (action === 'begin') this.#fadeIn(before.sounded ? BACK_FADE_SEC : undefined);
    else if (action === 'resume')
      void graph?.resume().catch(() => undefined); // refused without a press: the pulse tells
    else if (action === 'mute') graph?.mute();
    else if (action === 'tellBack') this.#watch.back((performance.now() - before.brokeAtMs) / 1000);
    else this.#close();
  }

  #close(): void {
    this.#graph?.close();
    this.#graph = undefined;
  }

  /** Opens a graph, or takes the one there is if it still runs. */
  async #reopen(): Promise<void> {
    const graph = await this.#open();
    const atMs = performance.now();
    this.#decide(graph ? { type: 'opened', atMs, ...this.#clock() } : { type: 'openFailed', atMs });
  }

  /** One graph at a time, however often it is asked for. */
  async #open(): Promise<Graph | undefined> {
    const graph = this.#graph;
    if (graph?.contextState() === 'suspended') await Promise.race([graph.resume().catch(() => undefined), pause(1000)]);
    if (graph?.contextState() === 'running') return graph;
    this.#close();
    this.#opening ??= this.#openFresh();
    const fresh = await this.#opening;
    this.#opening = undefined;
    return fresh;
  }

  async #openFresh(): Promise<Graph | undefined> {
    if (typeof AudioContext === 'undefined') {
      this.#decide({ type: 'stop', atMs: performance.now() });
      this.#fail(NO_AUDIO);
      return undefined;
    }
    try {
      const { openGraph } = await import('./graph.ts');
      const mode = this.#watch.plan ? 'sleep' : 'day';
      const opening = openGraph(
        { scene: this.#scene, mode, lowPower: this.#lowPower },
        {
          onMessage: (message) => {
            this.#hear(message);
          },
          onBroken: (cause) => {
            this.#decide({ type: 'broken', atMs: performance.now(), cause });
          },
          onContextState: () => {
            this.#pulse();
          },
        },
      );
      const graph = await Promise.race([opening, pause(OPEN_PATIENCE_MS)]);
      if (!graph) {
        // Should it come after all, nobody waits for it.
        void opening.then(
          (late) => {
            late.close();
          },
          () => undefined,
        );
        throw new Error('The sound did not open in time.');
      }
      graph.setVolume(this.#volume);
      graph.send({ type: 'hidden', hidden: document.hidden });
      this.#graph = graph;
      this.sampleRate = graph.sampleRate;
      return graph;
    } catch (error) {
      console.error(error);
      return undefined;
    }
  }

  #fadeIn(fadeSec: number | undefined): void {
    const graph = this.#graph;
    if (!graph) return;
    this.#sendScene();
    const order = this.#watch.order(fadeSec ?? NIGHT_FADE_SEC, graph.clockSec());
    if (order) graph.send({ type: 'night', order });
    else graph.send({ type: 'start', fadeSec: fadeSec ?? START_FADE_SEC });
    graph.open(fadeSec ?? 0);
    this.#controls.playing();
  }

  #sendScene(): void {
    this.#graph?.send({ type: 'scene', scene: this.#scene, change: this.#change });
    this.#change = 'edit';
  }

  #hint(cause: InterruptionCause): void {
    this.#decide({ type: 'hint', atMs: performance.now(), cause });
    this.#pulse();
  }

  #pulse(): void {
    const { clockSec, contextState } = this.#clock();
    this.#decide({ type: 'pulse', atMs: performance.now(), clockSec, contextState });
  }

  #hear(message: FromWorklet): void {
    this.#heart.heard();
    if (message.type === 'failed') {
      console.error('engine:', message.message);
      this.#decide({ type: 'broken', atMs: performance.now(), cause: 'engine failed' });
      return;
    }
    if (this.state === 'stopping' && !message.sounding) this.#enter('resting');
    if (message.sounding) this.#soundedAtMs = performance.now();
    else if (this.state === 'resting' && performance.now() - this.#soundedAtMs > REST_MS) this.#graph?.suspend();
    if (message.sounding && !this.#heard) {
      this.#heard = true;
      performance.mark('hushcraft:sound');
    }
    if (message.night && this.state === 'playing') this.#hearNight(message.night, message.clockSec);
    for (const listener of this.#reportListeners) listener(message);
  }

  #hearNight(night: Parameters<NightWatch['hear']>[0], clockSec: number): void {
    const now = this.#clock().clockSec;
    const sec = this.#watch.hear(night, this.#graph?.underruns() ?? null, Math.max(0, now - clockSec));
    if (sec !== null) this.#graph?.send({ type: 'nightAt', sec, clockSec: now });
    this.#controls.position(night.sec, this.#watch.plan?.timerSec ?? null);
    if (night.phase === 'ended') this.stop();
  }

  #clock(): { readonly clockSec: number; readonly contextState: string } {
    const graph = this.#graph;
    return graph
      ? { clockSec: graph.clockSec(), contextState: graph.contextState() }
      : { clockSec: 0, contextState: 'none' };
  }

  #enter(state: HostState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  #fail(problem: string): void {
    this.#alive.stop();
    this.problem = problem;
    this.#enter('failed');
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
