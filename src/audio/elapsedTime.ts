// How far a night is when nothing plays: by the wall clock, unless somebody has turned it.

/** More than this between two looks is no night any more. */
const LONGEST_AWAY_SEC = 16 * 3600;

export interface Times {
  /** Counts on through sleep of the device, but may be set. */
  readonly wallMs: number;
  /** Cannot be set, but may stand still while the device sleeps. */
  readonly pageMs: number;
}

/** Seconds from one look to another: never less than the page has lived, never absurdly more. */
export function elapsedSec(from: Times, to: Times): number {
  const page = Math.max(0, to.pageMs - from.pageMs) / 1000;
  const wall = (to.wallMs - from.wallMs) / 1000;
  return wall > page && wall <= page + LONGEST_AWAY_SEC ? wall : page;
}

export function timesNow(): Times {
  return { wallMs: Date.now(), pageMs: performance.now() };
}
