// What to do when the sound breaks off: state + event → state + what the host is to do. Pure: the host does it.
import type { InterruptionCause } from './nightTypes.ts';

/**
 * off: nothing wanted · opening: a graph is being opened · sounding: the clock moves · waiting: the system holds the sound (a
 * call), it will say when · resuming: asked the context to go on · mending: the graph is gone, the next try comes ·
 * blocked: only a press can help now · failed: given up, see the words.
 */
export type RecoveryPhase =
  'off' | 'opening' | 'playing' | 'interrupted' | 'resuming' | 'reopening' | 'blocked' | 'failed';

export interface Recovery {
  readonly phase: RecoveryPhase;
  /** The audio clock when it was last seen moving, and the page's time then. */
  readonly clockSec: number;
  readonly clockMovedAtMs: number;
  /** When this phase was entered. */
  readonly sinceMs: number;
  /** Tries that failed one after the other, and when the next one is due. */
  readonly failures: number;
  readonly retryAtMs: number;
  /** Why the sound is away, and since when; null while it sounds. */
  readonly cause: InterruptionCause | null;
  readonly interruptedAtMs: number;
  /** A sound had been heard before: what follows is a recovery, not a start. */
  readonly hasPlayed: boolean;
}

export type RecoveryEvent =
  | { readonly type: 'userGesture'; readonly atMs: number }
  | { readonly type: 'stop'; readonly atMs: number }
  /** Asked several times a second: the clock that cannot lie, and what the context claims. */
  | { readonly type: 'clockTick'; readonly atMs: number; readonly clockSec: number; readonly contextState: string }
  | { readonly type: 'opened'; readonly atMs: number; readonly clockSec: number; readonly contextState: string }
  | { readonly type: 'openFailed'; readonly atMs: number }
  /** The engine or the context said that it is broken. */
  | { readonly type: 'broken'; readonly atMs: number; readonly cause: InterruptionCause }
  /** The page lay frozen or the device changed: if the clock stands still now, this is why. */
  | { readonly type: 'suspicion'; readonly atMs: number; readonly cause: InterruptionCause };

/** open: a graph, after closing the old one · begin: fade the sound in · mute: at once, it may come back any moment. */
export type RecoveryAction = 'open' | 'fadeIn' | 'resume' | 'close' | 'muteNow' | 'notifyRecovered';

export interface RecoveryStep {
  readonly state: Recovery;
  readonly actions: readonly RecoveryAction[];
}

/** How long a clock that claims to run may stand still. */
export const STALL_MS = 1200;
/** A busy device starts a new clock late: after each failure it is given longer, up to so many times. */
const MAX_STALL_FACTOR = 4;
/** A resume that has not worked by then needs a press. */
const RESUME_TIMEOUT_MS = 3000;
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;
/** After sounding so long, failures are forgotten. */
const HEALTHY_MS = 30_000;
/** Tries at the very start, before anything was heard, until it counts as impossible. */
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
    // A held context must not be resumed, and a blocked one may be past it: a fresh one, opened inside the press, plays.
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

/** It sounded, and the clock stands still. */
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

/** It has broken off already: what the context says decides what comes next. */
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
  // It claims to run and does not: after a call some systems leave it so for good.
  if (state.phase !== 'blocked' && atMs - state.sinceMs >= STALL_MS) return onBroken(state, atMs, 'clock stood still');
  return result(state, []);
}
