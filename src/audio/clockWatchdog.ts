// When to look at the audio clock: along with the engine's reports while they come, by a timer once they stay away.
import type { Recovery } from './recovery.ts';

/** With reports coming, a look this often is enough. */
const LOOK_MS = 400;
/** A hidden page gets one report a second: later than this, it is late. */
const LATE_MS = 1300;
/** While something is wrong. */
const WATCH_MS = 500;
/** The context says that it stopped: by then its clock shows whether that is so. */
const SOON_MS = 60;

export class Heartbeat {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lookedAtMs = 0;
  readonly #look: () => void;

  /** `look` decides what to do, and then says here what comes next. */
  constructor(look: () => void) {
    this.#look = look;
  }

  /** A report came: no timer need wake the page. */
  heard(): void {
    if (this.#timer !== undefined && performance.now() - this.#lookedAtMs >= LOOK_MS) this.#look();
  }

  expect({ phase, retryAtMs }: Recovery, contextState: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (phase === 'off' || phase === 'failed') return;
    const nowMs = performance.now();
    this.#lookedAtMs = nowMs;
    let waitMs = WATCH_MS;
    if (phase === 'mending') waitMs = Math.max(0, retryAtMs - nowMs);
    else if (phase === 'sounding') waitMs = contextState === 'running' ? LATE_MS : SOON_MS;
    this.#timer = setTimeout(this.#look, waitMs);
  }
}
