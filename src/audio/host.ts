// Live sound for the page: opens the graph at the first user gesture, sends scenes and nights, runs what the recovery decides.
import { EMPTY_SCENE } from '../synth/index.ts';
import type { NightPlan, Scene } from '../synth/index.ts';
import type { Graph } from './graph.ts';
import { ClockWatchdog } from './clockWatchdog.ts';
import type { AudioHost, HostFailure, HostReport, HostState, SceneTransition } from './types.ts';
import type { FromWorklet } from './messages.ts';
import { NightClock } from './nightClock.ts';
import type { Interruption, InterruptionCause, NightReport, NightStart } from './nightTypes.ts';
import { KeepAlive } from './platform/keepAlive.ts';
import { MediaControls } from './platform/mediaControls.ts';
import { watchPageLifecycle } from './platform/pageSignals.ts';
import { INITIAL_RECOVERY, step } from './recovery.ts';
import type { Recovery, RecoveryAction, RecoveryEvent, RecoveryPhase } from './recovery.ts';

const START_FADE_SEC = 2;
const NIGHT_FADE_SEC = 8;
/** After an interruption. */
const RECOVERY_FADE_SEC = 2.5;
const STOP_FADE_SEC = 0.04;
/** A graph that neither opens nor fails by then counts as failed. */
const OPEN_TIMEOUT_MS = 15_000;
/** After this long without a sound the context is suspended, so that the device may sleep. */
const SUSPEND_AFTER_MS = 15_000;

/** How the recovery's phases look from outside. */
const HOST_STATES: Readonly<Record<Exclude<RecoveryPhase, 'off'>, HostState>> = {
  opening: 'starting',
  playing: 'playing',
  interrupted: 'recovering',
  resuming: 'recovering',
  reopening: 'recovering',
  blocked: 'blocked',
  failed: 'failed',
};

/**
 * Creates the host; no audio is opened before the first user gesture.
 * @returns the host
 */
export function createHost(): AudioHost {
  return new Host();
}

class Host implements AudioHost {
  state: HostState = 'idle';
  failure: HostFailure | null = null;
  sampleRate = 48000;

  #graph: Graph | undefined;
  #opening: Promise<Graph | undefined> | undefined;
  #scene: Scene = EMPTY_SCENE;
  #transition: SceneTransition = 'edit';
  #sendQueued = false;
  #volume = 0.7;
  #lowPower = false;
  #recovery: Recovery = INITIAL_RECOVERY;
  /** Sound has been reported since the last user gesture (the bench measures it). */
  #soundReported = false;
  #nonce = 0;
  #lastSoundAtMs = 0;
  readonly #watchdog = new ClockWatchdog(() => {
    this.#checkClock();
  });
  readonly #nightClock = new NightClock();
  readonly #keepAlive = new KeepAlive();
  readonly #controls: MediaControls;
  readonly #stateListeners = new Set<(state: HostState) => void>();
  readonly #reportListeners = new Set<(report: HostReport) => void>();

  constructor() {
    this.#controls = new MediaControls({
      play: () => void this.#startPlayback(),
      stop: () => {
        this.stop();
      },
    });
    watchPageLifecycle({
      onHidden: (hidden) => {
        this.#graph?.send({ type: 'hidden', hidden });
        if (hidden) return;
        this.#nightClock.onWake();
        this.#checkClock();
      },
      onResumed: () => {
        this.#nightClock.onWake();
        this.#suspect('page frozen');
      },
      onDeviceChange: () => {
        this.#suspect('device changed');
      },
    });
  }

  get night(): NightReport | null {
    return this.#nightClock.report;
  }

  async play(): Promise<void> {
    this.#nightClock.end();
    await this.#startPlayback();
  }

  async resume(): Promise<void> {
    await this.#startPlayback();
  }

  async playNight(plan: NightPlan, start: NightStart = {}): Promise<void> {
    this.#nightClock.start(plan, start);
    await this.#startPlayback();
  }

  changeNight(plan: NightPlan): void {
    this.#nightClock.changePlan(plan);
    this.#graph?.send({ type: 'plan', plan });
  }

  stop(fadeSec = STOP_FADE_SEC): void {
    this.#dispatch({ type: 'stop', atMs: performance.now() });
    this.#stopNow(fadeSec);
  }

  setScene(scene: Scene, transition: SceneTransition): void {
    this.#scene = scene;
    if (transition === 'blend') this.#transition = 'blend';
    if (this.#sendQueued) return;
    this.#sendQueued = true;
    const send = (): void => {
      this.#sendQueued = false;
      this.#sendScene();
    };
    // One message a frame; a hidden page gets no frames, but its edits (another tab, a keyboard shortcut) still count.
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

  async auditionLayer(layerId: string): Promise<void> {
    if (!this.#graph) this.#setState('starting');
    const graph = await this.#open();
    if (!graph) return;
    graph.fadeGateIn(0);
    this.#nonce += 1;
    graph.send({ type: 'scene', scene: this.#scene, transition: 'edit' });
    graph.send({ type: 'auditionLayer', layerId, nonce: this.#nonce });
    if (this.state === 'starting' || this.state === 'idle') this.#setState('resting');
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
    return this.#nightClock.onNight(listener);
  }

  onInterruption(listener: (interruption: Interruption) => void): () => void {
    return this.#nightClock.onInterruption(listener);
  }

  readSpectrum(out: Float32Array): boolean {
    if (!this.#graph || this.state !== 'playing') return false;
    this.#graph.readSpectrum(out);
    return true;
  }

  /** Call inside a user gesture. */
  async #startPlayback(): Promise<void> {
    this.#soundReported = false;
    performance.mark('hushcraft:press');
    this.#keepAlive.start();
    if (this.#recovery.phase === 'playing') this.#fadeIn(START_FADE_SEC);
    this.#dispatch({ type: 'userGesture', atMs: performance.now() });
    await this.#opening;
  }

  #stopNow(fadeSec: number): void {
    this.#keepAlive.stop();
    this.#controls.setStopped();
    this.#nightClock.end();
    if (!this.#graph) {
      if (this.state !== 'failed') this.#setState('idle');
      return;
    }
    this.#graph.fadeGateOut(fadeSec);
    this.#graph.send({ type: 'stop', fadeSec });
    this.#setState('stopping');
  }

  #dispatch(event: RecoveryEvent): void {
    const { state, actions } = step(this.#recovery, event);
    const previous = this.#recovery;
    this.#recovery = state;
    const interrupted = previous.phase === 'playing' && state.phase !== 'playing';
    if (interrupted && state.cause !== null) this.#nightClock.onInterrupted(state.cause);
    for (const action of actions) this.#runAction(action, previous);
    if (state.phase === 'failed') this.#fail('startFailed');
    else if (state.phase !== 'off' && state.phase !== previous.phase) {
      const reopening = state.phase === 'opening' && state.cause !== null;
      const ready = state.phase === 'opening' && this.#graph !== undefined;
      if (!ready) this.#setState(reopening ? 'recovering' : HOST_STATES[state.phase]);
    }
    this.#watchdog.schedule(this.#recovery, this.#readClock().contextState);
  }

  #runAction(action: RecoveryAction, previous: Recovery): void {
    const graph = this.#graph;
    if (action === 'open') void this.#openAndReport();
    else if (action === 'fadeIn') this.#fadeIn(previous.hasPlayed ? RECOVERY_FADE_SEC : undefined);
    else if (action === 'resume')
      void graph?.resume().catch(() => undefined); // refused without a user gesture: the next clock tick shows it
    else if (action === 'muteNow') graph?.muteNow();
    else if (action === 'notifyRecovered')
      this.#nightClock.onRecovered((performance.now() - previous.interruptedAtMs) / 1000);
    else this.#close();
  }

  #close(): void {
    this.#graph?.close();
    this.#graph = undefined;
  }

  /** Opens a graph, or uses the present one if it still runs. */
  async #openAndReport(): Promise<void> {
    const graph = await this.#open();
    const atMs = performance.now();
    this.#dispatch(graph ? { type: 'opened', atMs, ...this.#readClock() } : { type: 'openFailed', atMs });
  }

  /** One graph at a time, however often it is requested. */
  async #open(): Promise<Graph | undefined> {
    const graph = this.#graph;
    if (graph?.contextState() === 'suspended') await Promise.race([graph.resume().catch(() => undefined), delay(1000)]);
    if (graph?.contextState() === 'running') return graph;
    this.#close();
    this.#opening ??= this.#openNewGraph();
    const fresh = await this.#opening;
    this.#opening = undefined;
    return fresh;
  }

  async #openNewGraph(): Promise<Graph | undefined> {
    if (typeof AudioContext === 'undefined') {
      this.#dispatch({ type: 'stop', atMs: performance.now() });
      this.#fail('noWebAudio');
      return undefined;
    }
    try {
      const { openGraph } = await import('./graph.ts');
      const mode = this.#nightClock.plan ? 'sleep' : 'day';
      const opening = openGraph(
        { scene: this.#scene, mode, lowPower: this.#lowPower },
        {
          onMessage: (message) => {
            this.#onWorkletMessage(message);
          },
          onBroken: (cause) => {
            this.#dispatch({ type: 'broken', atMs: performance.now(), cause });
          },
          onContextState: () => {
            this.#checkClock();
          },
        },
      );
      const graph = await Promise.race([opening, delay(OPEN_TIMEOUT_MS)]);
      if (!graph) {
        // Should it open after all, nobody waits for it any more.
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
    const command = this.#nightClock.startCommand(fadeSec ?? NIGHT_FADE_SEC, graph.clockSec());
    if (command) graph.send({ type: 'night', command });
    else graph.send({ type: 'start', fadeSec: fadeSec ?? START_FADE_SEC });
    graph.fadeGateIn(fadeSec ?? 0);
    this.#controls.setPlaying();
  }

  #sendScene(): void {
    this.#graph?.send({ type: 'scene', scene: this.#scene, transition: this.#transition });
    this.#transition = 'edit';
  }

  #suspect(cause: InterruptionCause): void {
    this.#dispatch({ type: 'suspicion', atMs: performance.now(), cause });
    this.#checkClock();
  }

  #checkClock(): void {
    const { clockSec, contextState } = this.#readClock();
    this.#dispatch({ type: 'clockTick', atMs: performance.now(), clockSec, contextState });
  }

  #onWorkletMessage(message: FromWorklet): void {
    this.#watchdog.onReport();
    if (message.type === 'failed') {
      console.error('engine:', message.message);
      this.#dispatch({ type: 'broken', atMs: performance.now(), cause: 'engine failed' });
      return;
    }
    if (this.state === 'stopping' && !message.sounding) this.#setState('resting');
    if (message.sounding) this.#lastSoundAtMs = performance.now();
    else if (this.state === 'resting' && performance.now() - this.#lastSoundAtMs > SUSPEND_AFTER_MS)
      this.#graph?.suspend();
    if (message.sounding && !this.#soundReported) {
      this.#soundReported = true;
      performance.mark('hushcraft:sound');
    }
    if (message.night && this.state === 'playing') this.#onNightReport(message.night, message.clockSec);
    for (const listener of this.#reportListeners) listener(message);
  }

  #onNightReport(night: Parameters<NightClock['onReport']>[0], clockSec: number): void {
    const now = this.#readClock().clockSec;
    const sec = this.#nightClock.onReport(night, this.#graph?.underruns() ?? null, Math.max(0, now - clockSec));
    if (sec !== null) this.#graph?.send({ type: 'nightAt', sec, clockSec: now });
    this.#controls.setPosition(night.sec, this.#nightClock.plan?.timerSec ?? null);
    if (night.phase === 'ended') this.stop();
  }

  #readClock(): { readonly clockSec: number; readonly contextState: string } {
    const graph = this.#graph;
    return graph
      ? { clockSec: graph.clockSec(), contextState: graph.contextState() }
      : { clockSec: 0, contextState: 'none' };
  }

  #setState(state: HostState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  #fail(failure: HostFailure): void {
    this.#keepAlive.stop();
    this.failure = failure;
    this.#setState('failed');
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
