// Recovery of interrupted sound as a state machine: state + event → state + actions for the host. Pure.
import type { InterruptionCause } from './nightTypes.ts';

/**
 * off: nothing requested · opening: a graph is being opened · playing: the clock moves · interrupted: the system holds the
 * sound (a call) and will report its end · resuming: `resume` was called · reopening: the graph is gone, the next try is due ·
 * blocked: needs a user gesture · failed: given up.
 */
export type RecoveryPhase =
  'off' | 'opening' | 'playing' | 'interrupted' | 'resuming' | 'reopening' | 'blocked' | 'failed';

/** State of the recovery. */
export interface Recovery {
  readonly phase: RecoveryPhase;
  /** The audio clock when it was last seen moving, and the page's time then. */
  readonly clockSec: number;
  readonly clockMovedAtMs: number;
  /** When this phase was entered. */
  readonly sinceMs: number;
  /** Failures one after the other, and when the next try is due. */
  readonly failures: number;
  readonly retryAtMs: number;
  /** Why the sound broke off, and since when; null while it plays. */
  readonly cause: InterruptionCause | null;
  readonly interruptedAtMs: number;
  /** It has played before: what follows is a recovery, not a start. */
  readonly hasPlayed: boolean;
}

/** What may happen to the sound. */
export type RecoveryEvent =
  | { readonly type: 'userGesture'; readonly atMs: number }
  | { readonly type: 'stop'; readonly atMs: number }
  /** Several times a second: the audio clock, and what the context claims. */
  | { readonly type: 'clockTick'; readonly atMs: number; readonly clockSec: number; readonly contextState: string }
  | { readonly type: 'opened'; readonly atMs: number; readonly clockSec: number; readonly contextState: string }
  | { readonly type: 'openFailed'; readonly atMs: number }
  /** The engine or the context reported an error. */
  | { readonly type: 'broken'; readonly atMs: number; readonly cause: InterruptionCause }
  /** The page was frozen or the device changed: if the clock stands still now, this is why. */
  | { readonly type: 'suspicion'; readonly atMs: number; readonly cause: InterruptionCause };

/** open: a graph, after closing the old one · fadeIn: start the sound · muteNow: it may come back any moment. */
export type RecoveryAction = 'open' | 'fadeIn' | 'resume' | 'close' | 'muteNow' | 'notifyRecovered';

/** Result of `step`. */
export interface RecoveryStep {
  readonly state: Recovery;
  readonly actions: readonly RecoveryAction[];
}

/** How long a clock that claims to run may stand still. */
export const STALL_MS = 1200;
/** A busy device starts a new clock late: after each failure the limit grows, up to so many times. */
const MAX_STALL_FACTOR = 4;
/** A resume that has not worked by then needs a user gesture. */
const RESUME_TIMEOUT_MS = 3000;
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;
/** After playing so long, failures no longer count. */
const HEALTHY_MS = 30_000;
/** Tries at the very start, before anything was played, until it counts as impossible. */
const MAX_START_TRIES = 2;

export const INITIAL_RECOVERY: Recovery = {
  phase: 'off',
  clockSec: 0,
  clockMovedAtMs: 0,
  sinceMs: 0,
  failures: 0,
  retryAtMs: 0,
  cause: null,
  interruptedAtMs: 0,
  hasPlayed: false,
};

/**
 * Computes the next state.
 * @param state - the present state
 * @param event - what happened
 * @returns the next state, and what the host does now, in this order
 */
export function step(state: Recovery, event: RecoveryEvent): RecoveryStep {
  switch (event.type) {
    case 'stop':
      return result({ ...INITIAL_RECOVERY, sinceMs: event.atMs }, []);
    case 'userGesture':
      return onUserGesture(state, event.atMs);
    case 'opened':
      return onOpened(state, event);
    case 'openFailed':
      return onOpenFailed(state, event.atMs);
    case 'broken':
      return onBroken(state, event.atMs, event.cause);
    case 'suspicion':
      return state.phase === 'playing' ? result({ ...state, cause: event.cause }, []) : result(state, []);
    case 'clockTick':
      return onClockTick(state, event);
  }
}

type ClockTick = Extract<RecoveryEvent, { readonly type: 'clockTick' }>;

function result(state: Recovery, actions: readonly RecoveryAction[]): RecoveryStep {
  return { state, actions };
}

function enter(state: Recovery, phase: RecoveryPhase, atMs: number): Recovery {
  return { ...state, phase, sinceMs: atMs };
}

function onUserGesture(state: Recovery, atMs: number): RecoveryStep {
  switch (state.phase) {
    case 'playing':
    case 'opening':
      return result(state, []);
    case 'resuming':
      return result(state, ['resume']);
    // An interrupted context must not be resumed, and a blocked one may never be: a new one, opened in the gesture, plays.
    case 'interrupted':
    case 'blocked':
    case 'reopening':
    case 'off':
    case 'failed':
      return result(enter({ ...state, failures: 0 }, 'opening', atMs), ['open']);
  }
}

function onOpened(state: Recovery, event: Extract<RecoveryEvent, { readonly type: 'opened' }>): RecoveryStep {
  if (state.phase === 'off') return result(state, []);
  const { atMs, clockSec, contextState } = event;
  const fresh = { ...state, clockSec, clockMovedAtMs: atMs };
  if (contextState !== 'running') return result(enter(fresh, 'blocked', atMs), []);
  return result(enter({ ...fresh, hasPlayed: true, cause: null }, 'playing', atMs), recoveredActions(state));
}

function recoveredActions(state: Recovery): RecoveryAction[] {
  return state.cause !== null && state.hasPlayed ? ['fadeIn', 'notifyRecovered'] : ['fadeIn'];
}

function onOpenFailed(state: Recovery, atMs: number): RecoveryStep {
  if (state.phase === 'off') return result(state, []);
  const failures = state.failures + 1;
  if (!state.hasPlayed && failures >= MAX_START_TRIES) return result(enter({ ...state, failures }, 'failed', atMs), []);
  const cause = state.cause ?? 'could not load';
  return result(enter({ ...state, cause, failures, retryAtMs: atMs + retryDelayMs(failures) }, 'reopening', atMs), []);
}

function onBroken(state: Recovery, atMs: number, cause: InterruptionCause): RecoveryStep {
  if (state.phase === 'off' || state.phase === 'failed' || state.phase === 'reopening') return result(state, []);
  const since = state.phase === 'playing' ? { cause: state.cause ?? cause, interruptedAtMs: atMs } : {};
  const retryAtMs = atMs + (state.failures === 0 ? 0 : retryDelayMs(state.failures));
  const next = { ...state, ...since, failures: state.failures + 1, retryAtMs };
  return result(enter({ ...next, cause: next.cause ?? cause }, 'reopening', atMs), ['close']);
}

function retryDelayMs(failures: number): number {
  return Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * Math.pow(2, failures - 1));
}

function onClockTick(state: Recovery, event: ClockTick): RecoveryStep {
  const { atMs, clockSec } = event;
  const moved = clockSec > state.clockSec;
  switch (state.phase) {
    case 'off':
    case 'opening':
    case 'failed':
      return result(state, []);
    case 'reopening':
      return atMs >= state.retryAtMs ? result(enter(state, 'opening', atMs), ['open']) : result(state, []);
    case 'playing':
      return moved ? result(whileMoving(state, event), []) : onStalled(state, event);
    case 'interrupted':
    case 'resuming':
    case 'blocked':
      if (moved) {
        const now = { ...state, clockSec, clockMovedAtMs: atMs, hasPlayed: true, cause: null };
        return result(enter(now, 'playing', atMs), recoveredActions(state));
      }
      return whileInterrupted(state, event);
  }
}

function whileMoving(state: Recovery, { atMs, clockSec }: ClockTick): Recovery {
  const failures = atMs - state.sinceMs > HEALTHY_MS ? 0 : state.failures;
  return { ...state, clockSec, clockMovedAtMs: atMs, failures, cause: null };
}

/** It was playing, and the clock stands still. */
function onStalled(state: Recovery, event: ClockTick): RecoveryStep {
  const { atMs, contextState } = event;
  const interrupted = (cause: InterruptionCause): Recovery => ({
    ...state,
    cause: state.cause ?? cause,
    interruptedAtMs: state.clockMovedAtMs,
  });
  if (contextState === 'closed') return onBroken(state, atMs, 'device lost');
  if (contextState === 'interrupted')
    return result(enter(interrupted('interrupted'), 'interrupted', atMs), ['muteNow']);
  if (contextState === 'suspended')
    return result(enter(interrupted('suspended'), 'resuming', atMs), ['muteNow', 'resume']);
  if (atMs - state.clockMovedAtMs < STALL_MS * Math.min(1 + state.failures, MAX_STALL_FACTOR)) return result(state, []);
  return onBroken({ ...state, interruptedAtMs: state.clockMovedAtMs }, atMs, 'clock stood still');
}

/** Already interrupted: the context’s state decides what comes next. */
function whileInterrupted(state: Recovery, event: ClockTick): RecoveryStep {
  const { atMs, contextState } = event;
  if (contextState === 'closed') return onBroken(state, atMs, 'device lost');
  if (contextState === 'interrupted') {
    return state.phase === 'interrupted' ? result(state, []) : result(enter(state, 'interrupted', atMs), []);
  }
  if (contextState === 'suspended') {
    if (state.phase === 'interrupted') return result(enter(state, 'resuming', atMs), ['resume']);
    if (state.phase === 'resuming' && atMs - state.sinceMs >= RESUME_TIMEOUT_MS)
      return result(enter(state, 'blocked', atMs), []);
    return result(state, []);
  }
  // It claims to run and does not: after a call some systems leave it so.
  if (state.phase !== 'blocked' && atMs - state.sinceMs >= STALL_MS) return onBroken(state, atMs, 'clock stood still');
  return result(state, []);
}
