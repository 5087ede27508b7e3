// How far a night is when nothing plays: by the wall clock, unless somebody has turned it.

/** More than this between two looks is no night any more. */
const MAX_SLEEP_SEC = 16 * 3600;

export interface ClockTimes {
  /** Counts on through sleep of the device, but may be set. */
  readonly wallMs: number;
  /** Cannot be set, but may stand still while the device sleeps. */
  readonly monotonicMs: number;
}

/** Seconds from one look to another: never less than the page has lived, never absurdly more. */
export function elapsedSec(from: ClockTimes, to: ClockTimes): number {
  const monotonicSec = Math.max(0, to.monotonicMs - from.monotonicMs) / 1000;
  const wallSec = (to.wallMs - from.wallMs) / 1000;
  return wallSec > monotonicSec && wallSec <= monotonicSec + MAX_SLEEP_SEC ? wallSec : monotonicSec;
}

export function readClocks(): ClockTimes {
  return { wallMs: Date.now(), monotonicMs: performance.now() };
}
