// Elapsed time across sleep of the device: monotonic clock, or wall clock where that has gone on.

/** A larger difference means that the wall clock was set. */
const MAX_SLEEP_SEC = 16 * 3600;

/** Both clocks at one moment. */
export interface ClockTimes {
  /** Counts on through sleep of the device, but may be set. */
  readonly wallMs: number;
  /** Cannot be set, but may stand still while the device sleeps. */
  readonly monotonicMs: number;
}

/**
 * Computes the time between two readings: never less than the monotonic clock shows, never absurdly more.
 * @param from - the earlier reading
 * @param to - the later reading
 * @returns seconds
 */
export function elapsedSec(from: ClockTimes, to: ClockTimes): number {
  const monotonicSec = Math.max(0, to.monotonicMs - from.monotonicMs) / 1000;
  const wallSec = (to.wallMs - from.wallMs) / 1000;
  return wallSec > monotonicSec && wallSec <= monotonicSec + MAX_SLEEP_SEC ? wallSec : monotonicSec;
}

/**
 * Reads both clocks.
 * @returns both times now, ms
 */
export function readClocks(): ClockTimes {
  return { wallMs: Date.now(), monotonicMs: performance.now() };
}
