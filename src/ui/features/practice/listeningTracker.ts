// Listening tracker: start, interruptions and end of each time of listening. Nights and previews do not count.
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
  /** Another scene is previewed in place of the open one. */
  isPreview(): boolean;
  /** `ended` false: it goes on, but the page may be closed before it ends. */
  onListened(listened: Listened, ended: boolean): void;
}

/** Reports every time of listening outside nights and previews. */
export class ListeningTracker {
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
      if (document.visibilityState === 'hidden') this.#report(false);
    });
    addEventListener('pagehide', () => {
      this.#report(false);
    });
  }

  #begin(): void {
    const counts = !this.#inNight && !this.#events.isPreview();
    this.#running ??= { id: newId(), startedMs: Date.now(), interruptions: 0, counts };
  }

  #end(): void {
    this.#report(true);
    this.#running = null;
  }

  #report(ended: boolean): void {
    if (!this.#running?.counts) return;
    const { id, startedMs, interruptions } = this.#running;
    // The clock may have been set back meanwhile.
    this.#events.onListened({ id, startedMs, endedMs: Math.max(startedMs, Date.now()), interruptions }, ended);
  }
}
