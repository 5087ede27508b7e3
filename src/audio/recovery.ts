// What to do when the sound breaks off: state + event → state + what the host is to do. Pure: the host does it.
import type { InterruptionCause } from './nightTypes.ts';

/**
 * off: nothing wanted · opening: a graph is being opened · sounding: the clock moves · waiting: the system holds the sound (a
 * call), it will say when · resuming: asked the context to go on · mending: the graph is gone, the next try comes ·
 * blocked: only a press can help now · failed: given up, see the words.
 */
export type Phase = 'off' | 'opening' | 'sounding' | 'waiting' | 'resuming' | 'mending' | 'blocked' | 'failed';

export interface Recovery {
  readonly phase: Phase;
  /** The audio clock when it was last seen moving, and the page's time then. */
  readonly clockSec: number;
  readonly movedAtMs: number;
  /** When this phase was entered. */
  readonly sinceMs: number;
  /** Tries that failed one after the other, and when the next one is due. */
  readonly tries: number;
  readonly retryAtMs: number;
  /** Why the sound is away, and since when; null while it sounds. */
  readonly cause: InterruptionCause | null;
  readonly brokeAtMs: number;
  /** A sound had been heard before: what follows is a recovery, not a start. */
  readonly sounded: boolean;
}

export type RecoveryEvent =
  | { readonly type: 'press'; readonly atMs: number }
  | { readonly type: 'stop'; readonly atMs: number }
  /** Asked several times a second: the clock that cannot lie, and what the context claims. */
  | { readonly type: 'pulse'; readonly atMs: number; readonly clockSec: number; readonly contextState: string }
  | { readonly type: 'opened'; readonly atMs: number; readonly clockSec: number; readonly contextState: string }
  | { readonly type: 'openFailed'; readonly atMs: number }
  /** The engine or the context said that it is broken. */
  | { readonly type: 'broken'; readonly atMs: number; readonly cause: InterruptionCause }
  /** The page lay frozen or the device changed: if the clock stands still now, this is why. */
  | { readonly type: 'hint'; readonly atMs: number; readonly cause: InterruptionCause };

/** open: a graph, after closing the old one · begin: fade the sound in · mute: at once, it may come back any moment. */
export type Action = 'open' | 'begin' | 'resume' | 'close' | 'mute' | 'tellBack';

export interface Step {
  readonly state: Recovery;
  readonly actions: readonly Action[];
}

/** How long a clock that claims to run may stand still. */
export const STALL_MS = 1200;
/** A busy device starts a new clock late: after each failure it is given longer, up to so many times. */
const MOST_PATIENCE = 4;
/** A resume that has not worked by then needs a press. */
const RESUME_MS = 3000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** After sounding so long, failures are forgotten. */
const HEALTHY_MS = 30_000;
/** Tries at the very start, before anything was heard, until it counts as impossible. */
const START_TRIES = 2;

export const OFF: Recovery = {
  phase: 'off',
  clockSec: 0,
  movedAtMs: 0,
  sinceMs: 0,
  tries: 0,
  retryAtMs: 0,
  cause: null,
  brokeAtMs: 0,
  sounded: false,
};

export function step(state: Recovery, event: RecoveryEvent): Step {
  switch (event.type) {
    case 'stop':
      return to({ ...OFF, sinceMs: event.atMs }, []);
    case 'press':
      return press(state, event.atMs);
    case 'opened':
      return opened(state, event);
    case 'openFailed':
      return openFailed(state, event.atMs);
    case 'broken':
      return broken(state, event.atMs, event.cause);
    case 'hint':
      return state.phase === 'sounding' ? to({ ...state, cause: event.cause }, []) : to(state, []);
    case 'pulse':
      return pulse(state, event);
  }
}

type Pulse = Extract<RecoveryEvent, { readonly type: 'pulse' }>;

function to(state: Recovery, actions: readonly Action[]): Step {
  return { state, actions };
}

function enter(state: Recovery, phase: Phase, atMs: number): Recovery {
  return { ...state, phase, sinceMs: atMs };
}

function press(state: Recovery, atMs: number): Step {
  switch (state.phase) {
    case 'sounding':
    case 'opening':
      return to(state, []);
    case 'resuming':
      return to(state, ['resume']);
    // A held context must not be resumed, and a blocked one may be past it: a fresh one, opened inside the press, plays.
    case 'waiting':
    case 'blocked':
    case 'mending':
    case 'off':
    case 'failed':
      return to(enter({ ...state, tries: 0 }, 'opening', atMs), ['open']);
  }
}

function opened(state: Recovery, event: Extract<RecoveryEvent, { readonly type: 'opened' }>): Step {
  if (state.phase === 'off') return to(state, []);
  const { atMs, clockSec, contextState } = event;
  const fresh = { ...state, clockSec, movedAtMs: atMs };
  if (contextState !== 'running') return to(enter(fresh, 'blocked', atMs), []);
  return to(enter({ ...fresh, sounded: true, cause: null }, 'sounding', atMs), back(state));
}

function back(state: Recovery): Action[] {
  return state.cause !== null && state.sounded ? ['begin', 'tellBack'] : ['begin'];
}

function openFailed(state: Recovery, atMs: number): Step {
  if (state.phase === 'off') return to(state, []);
  const tries = state.tries + 1;
  if (!state.sounded && tries >= START_TRIES) return to(enter({ ...state, tries }, 'failed', atMs), []);
  const cause = state.cause ?? 'could not load';
  return to(enter({ ...state, cause, tries, retryAtMs: atMs + waitMs(tries) }, 'mending', atMs), []);
}

function broken(state: Recovery, atMs: number, cause: InterruptionCause): Step {
  if (state.phase === 'off' || state.phase === 'failed' || state.phase === 'mending') return to(state, []);
  const since = state.phase === 'sounding' ? { cause: state.cause ?? cause, brokeAtMs: atMs } : {};
  const retryAtMs = atMs + (state.tries === 0 ? 0 : waitMs(state.tries));
  const next = { ...state, ...since, tries: state.tries + 1, retryAtMs };
  return to(enter({ ...next, cause: next.cause ?? cause }, 'mending', atMs), ['close']);
}

function waitMs(tries: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * Math.pow(2, tries - 1));
}

function pulse(state: Recovery, event: Pulse): Step {
  const { atMs, clockSec } = event;
  const moved = clockSec > state.clockSec;
  switch (state.phase) {
    case 'off':
    case 'opening':
    case 'failed':
      return to(state, []);
    case 'mending':
      return atMs >= state.retryAtMs ? to(enter(state, 'opening', atMs), ['open']) : to(state, []);
    case 'sounding':
      return moved ? to(healthy(state, event), []) : stalled(state, event);
    case 'waiting':
    case 'resuming':
    case 'blocked':
      if (moved) {
        const now = { ...state, clockSec, movedAtMs: atMs, sounded: true, cause: null };
        return to(enter(now, 'sounding', atMs), back(state));
      }
      return away(state, event);
  }
}

function healthy(state: Recovery, { atMs, clockSec }: Pulse): Recovery {
  const tries = atMs - state.sinceMs > HEALTHY_MS ? 0 : state.tries;
  return { ...state, clockSec, movedAtMs: atMs, tries, cause: null };
}

/** It sounded, and the clock stands still. */
function stalled(state: Recovery, event: Pulse): Step {
  const { atMs, contextState } = event;
  const broke = (cause: InterruptionCause): Recovery => ({
    ...state,
    cause: state.cause ?? cause,
    brokeAtMs: state.movedAtMs,
  });
  if (contextState === 'closed') return broken(state, atMs, 'device lost');
  if (contextState === 'interrupted') return to(enter(broke('interrupted'), 'waiting', atMs), ['mute']);
  if (contextState === 'suspended') return to(enter(broke('suspended'), 'resuming', atMs), ['mute', 'resume']);
  if (atMs - state.movedAtMs < STALL_MS * Math.min(1 + state.tries, MOST_PATIENCE)) return to(state, []);
  return broken({ ...state, brokeAtMs: state.movedAtMs }, atMs, 'clock stood still');
}

/** It has broken off already: what the context says decides what comes next. */
function away(state: Recovery, event: Pulse): Step {
  const { atMs, contextState } = event;
  if (contextState === 'closed') return broken(state, atMs, 'device lost');
  if (contextState === 'interrupted') {
    return state.phase === 'waiting' ? to(state, []) : to(enter(state, 'waiting', atMs), []);
  }
  if (contextState === 'suspended') {
    if (state.phase === 'waiting') return to(enter(state, 'resuming', atMs), ['resume']);
    if (state.phase === 'resuming' && atMs - state.sinceMs >= RESUME_MS) return to(enter(state, 'blocked', atMs), []);
    return to(state, []);
  }
  // It claims to run and does not: after a call some systems leave it so for good.
  if (state.phase !== 'blocked' && atMs - state.sinceMs >= STALL_MS) return broken(state, atMs, 'clock stood still');
  return to(state, []);
}
