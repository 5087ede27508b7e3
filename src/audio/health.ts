// Decides from the clock alone whether sound still flows: `state === 'running'` can lie.

export interface Pulse {
  /** Page time, ms. */
  readonly atMs: number;
  /** The audio context's clock, s. */
  readonly clockSec: number;
  readonly contextState: string;
  readonly visible: boolean;
}

export type Verdict = 'healthy' | 'wait' | 'resume' | 'rebuild';

/** How long the clock may stand still before it counts as dead. */
const STALL_MS = 2000;

/** Compares two pulses, the older taken while sound was flowing. */
export function judge(before: Pulse, now: Pulse): Verdict {
  if (now.clockSec > before.clockSec) return 'healthy';
  if (now.contextState === 'closed') return 'rebuild';
  // Resuming an interrupted context (a phone call) breaks it for good on some systems: wait for the system.
  if (now.contextState === 'interrupted') return 'wait';
  if (now.contextState === 'suspended') return 'resume';
  return now.atMs - before.atMs >= STALL_MS ? 'rebuild' : 'wait';
}
