// When to look at the audio clock: along with the engine's reports while they come, by a timer once they stay away.
import type { Recovery } from './recovery.ts';

/** With reports coming, a look this often is enough. */
const MIN_CHECK_INTERVAL_MS = 400;
/** A hidden page gets one report a second: later than this, it is late. */
const REPORT_TIMEOUT_MS = 1300;
/** While something is wrong. */
const RECOVERY_CHECK_MS = 500;
/** The context says that it stopped: by then its clock shows whether that is so. */
const STATE_CHANGE_CHECK_MS = 60;

export class ClockWatchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checkedAtMs = 0;
  readonly #check: () => void;

  /** `look` decides what to do, and then says here what comes next. */
  constructor(check: () => void) {
    this.#check = check;
  }

  /** A report came: no timer need wake the page. */
  onReport(): void {
    if (this.#timer !== undefined && performance.now() - this.#checkedAtMs >= MIN_CHECK_INTERVAL_MS) this.#check();
  }

  schedule({ phase, retryAtMs }: Recovery, contextState: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (phase === 'off' || phase === 'failed') return;
    const nowMs = performance.now();
    this.#checkedAtMs = nowMs;
    let delayMs = RECOVERY_CHECK_MS;
    if (phase === 'reopening') delayMs = Math.max(0, retryAtMs - nowMs);
    else if (phase === 'playing') delayMs = contextState === 'running' ? REPORT_TIMEOUT_MS : STATE_CHANGE_CHECK_MS;
    this.#timer = setTimeout(this.#check, delayMs);
  }
}
