// Watchdog of the audio clock: checks with the engine’s reports while they come, by a timer once they stay away.
import type { Recovery } from './recovery.ts';

/** Between two checks while reports come. */
const MIN_CHECK_INTERVAL_MS = 400;
/** A hidden page gets one report a second: no report for longer than this is suspicious. */
const REPORT_TIMEOUT_MS = 1300;
/** Between two checks while the sound is interrupted. */
const RECOVERY_CHECK_MS = 500;
/** The context reported a stop: by then its clock shows whether that is true. */
const STATE_CHANGE_CHECK_MS = 60;

/** Decides when the audio clock is checked. Main thread. */
export class ClockWatchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checkedAtMs = 0;
  readonly #check: () => void;

  /**
   * @param check - reads the clock, dispatches what it means, then calls `schedule`
   */
  constructor(check: () => void) {
    this.#check = check;
  }

  /** The engine reported: checks now if it is time to, so that no timer has to wake the page. */
  onReport(): void {
    if (this.#timer !== undefined && performance.now() - this.#checkedAtMs >= MIN_CHECK_INTERVAL_MS) this.#check();
  }

  /**
   * Sets the timer for the next check.
   * @param recovery - the state after this check
   * @param contextState - what the audio context claims
   */
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
