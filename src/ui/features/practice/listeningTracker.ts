// When there was listening: begun, how often it broke off, ended. A night, a preview and trying out what was sent are not counted here.
import type { AudioHost } from '../../../audio/types.ts';
import { newId } from '../../../formats/text.ts';

export interface Listened {
  readonly id: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly interruptions: number;
}

interface Running {
  readonly id: string;
  readonly startedMs: number;
  interruptions: number;
  counts: boolean;
}

export interface ListeningEvents {
  /** Another sound is tried in place of the open one. */
  tryingOut(): boolean;
  /** `over` false: it goes on, but the page may not live to tell how it ends. */
  listened(listened: Listened, over: boolean): void;
}

export class Listening {
  readonly #events: ListeningEvents;
  #running: Running | null = null;
  #inNight = false;

  constructor(host: Pick<AudioHost, 'onState' | 'onNight' | 'onInterruption'>, events: ListeningEvents) {
    this.#events = events;
    host.onState((state) => {
      if (state === 'playing') this.#begin();
      else if (state === 'stopping' || state === 'resting' || state === 'idle' || state === 'failed') this.#end();
    });
    host.onNight((report) => {
      this.#inNight = report !== null;
      if (this.#inNight && this.#running) this.#running.counts = false;
    });
    host.onInterruption(() => {
      if (this.#running) this.#running.interruptions += 1;
    });
    if (typeof document === 'undefined') return;
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#tell(false);
    });
    addEventListener('pagehide', () => {
      this.#tell(false);
    });
  }

  #begin(): void {
    const counts = !this.#inNight && !this.#events.tryingOut();
    this.#running ??= { id: newId(), startedMs: Date.now(), interruptions: 0, counts };
  }

  #end(): void {
    this.#tell(true);
    this.#running = null;
  }

  #tell(over: boolean): void {
    if (!this.#running?.counts) return;
    const { id, startedMs, interruptions } = this.#running;
    // The clock may have been set back meanwhile.
    this.#events.listened({ id, startedMs, endedMs: Math.max(startedMs, Date.now()), interruptions }, over);
  }
}
