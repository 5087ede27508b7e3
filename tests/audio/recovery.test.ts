// The clock decides: every way the sound can break off, and the way back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INITIAL_RECOVERY, STALL_MS, step } from '../../src/audio/recovery.ts';
import type { RecoveryAction, RecoveryPhase, Recovery, RecoveryEvent } from '../../src/audio/recovery.ts';

const pulse = (atMs: number, clockSec: number, contextState = 'running'): RecoveryEvent => ({
  type: 'clockTick',
  atMs,
  clockSec,
  contextState,
});
const opened = (atMs: number, contextState = 'running'): RecoveryEvent => ({
  type: 'opened',
  atMs,
  clockSec: 0,
  contextState,
});

/** Runs events in order; answers where they lead and everything that was to be done. */
function run(
  events: readonly RecoveryEvent[],
  from: Recovery = INITIAL_RECOVERY,
): { state: Recovery; actions: RecoveryAction[] } {
  const actions: RecoveryAction[] = [];
  let state = from;
  for (const event of events) {
    const next = step(state, event);
    state = next.state;
    actions.push(...next.actions);
  }
  return { state, actions };
}

const SOUNDING = run([{ type: 'userGesture', atMs: 0 }, opened(100), pulse(500, 0.4)]).state;

test('a user gesture opens, an open graph begins, a moving clock is health', () => {
  const { state, actions } = run([{ type: 'userGesture', atMs: 0 }, opened(100), pulse(500, 0.4), pulse(1000, 0.9)]);
  expect(state).toMatchObject({ phase: 'playing', clockSec: 0.9, cause: null, failures: 0 });
  expect(actions).toEqual(['open', 'fadeIn']);
});

/** Every state, reached as it is in life. */
const STATES: Readonly<Record<RecoveryPhase, Recovery>> = {
  off: INITIAL_RECOVERY,
  opening: run([{ type: 'userGesture', atMs: 900 }]).state,
  playing: SOUNDING,
  interrupted: run([pulse(1000, 0.4, 'interrupted')], SOUNDING).state,
  resuming: run([pulse(1000, 0.4, 'suspended')], SOUNDING).state,
  reopening: run([{ type: 'broken', atMs: 1000, cause: 'engine failed' }], SOUNDING).state,
  blocked: run([pulse(1000, 0.4, 'suspended'), pulse(4000, 0.4, 'suspended')], SOUNDING).state,
  failed: run([
    { type: 'userGesture', atMs: 0 },
    { type: 'openFailed', atMs: 1 },
    pulse(1200, 0),
    { type: 'openFailed', atMs: 1300 },
  ]).state,
};

/** Every event, in or out of place. `still`: the clock stands, for a moment or for long, and the context claims this. */
const HAPPENINGS: Readonly<Record<string, (state: Recovery) => RecoveryEvent>> = {
  press: (state) => ({ type: 'userGesture', atMs: soon(state) }),
  stop: (state) => ({ type: 'stop', atMs: soon(state) }),
  opened: (state) => opened(soon(state)),
  'opened, held': (state) => opened(soon(state), 'suspended'),
  'open failed': (state) => ({ type: 'openFailed', atMs: soon(state) }),
  broken: (state) => ({ type: 'broken', atMs: soon(state), cause: 'device lost' }),
  hint: (state) => ({ type: 'suspicion', atMs: soon(state), cause: 'device changed' }),
  moves: (state) => pulse(soon(state), state.clockSec + 1),
  'still: running': (state) => pulse(soon(state), state.clockSec),
  'still long: running': (state) => pulse(late(state), state.clockSec),
  'still: suspended': (state) => pulse(soon(state), state.clockSec, 'suspended'),
  'still long: suspended': (state) => pulse(late(state), state.clockSec, 'suspended'),
  'still: interrupted': (state) => pulse(soon(state), state.clockSec, 'interrupted'),
  'still: closed': (state) => pulse(soon(state), state.clockSec, 'closed'),
};
const soon = (state: Recovery): number => Math.max(state.sinceMs, state.clockMovedAtMs) + 100;
const late = (state: Recovery): number => Math.max(state.sinceMs, state.clockMovedAtMs) + 3100;

/** Phase and actions after each happening, in the order above; `.`: nothing changes and nothing is done. */
const TABLE: Readonly<Record<RecoveryPhase, string>> = {
  off: 'opening open | . | . | . | . | . | . | . | . | . | . | . | . | .',
  opening: '. | off | playing fadeIn | blocked | reopening | reopening close | . | . | . | . | . | . | . | .',
  playing:
    '. | off | playing fadeIn | blocked | reopening | reopening close | . | . | . | reopening close | resuming muteNow resume | resuming muteNow resume | interrupted muteNow | reopening close',
  interrupted:
    'opening open | off | playing fadeIn notifyRecovered | blocked | reopening | reopening close | . | playing fadeIn notifyRecovered | . | reopening close | resuming resume | resuming resume | . | reopening close',
  resuming:
    'resuming resume | off | playing fadeIn notifyRecovered | blocked | reopening | reopening close | . | playing fadeIn notifyRecovered | . | reopening close | . | blocked | interrupted | reopening close',
  reopening:
    'opening open | off | playing fadeIn notifyRecovered | blocked | . | . | . | opening open | opening open | opening open | opening open | opening open | opening open | opening open',
  blocked:
    'opening open | off | playing fadeIn notifyRecovered | . | reopening | reopening close | . | playing fadeIn notifyRecovered | . | . | . | . | interrupted | reopening close',
  failed: 'opening open | off | playing fadeIn | blocked | . | . | . | . | . | . | . | . | . | .',
};

const CELLS = (Object.keys(TABLE) as RecoveryPhase[]).flatMap((phase) =>
  TABLE[phase].split(' | ').map((cell, i) => [phase, Object.keys(HAPPENINGS)[i]!, cell] as const),
);

test('the table has every state and every event', () => {
  expect(CELLS).toHaveLength(Object.keys(STATES).length * Object.keys(HAPPENINGS).length);
  for (const [phase, state] of Object.entries(STATES)) expect(state.phase).toBe(phase);
});

test.each(CELLS)('%s, then %s: %s', (phase, happening, cell) => {
  const { state, actions } = step(STATES[phase], HAPPENINGS[happening]!(STATES[phase]));
  expect([state.phase, ...actions]).toEqual(cell === '.' ? [phase] : cell.split(' '));
});

test('from a clock that stands still to a new graph being opened it takes less than two seconds of looking', () => {
  const lateLookMs = 500 + 1300; // a hidden page looks when its report, due every second, is late
  const seen = step(SOUNDING, pulse(lateLookMs, 0.4));
  expect(seen.actions).toEqual(['close']);
  expect(seen.state.retryAtMs - SOUNDING.clockMovedAtMs).toBeLessThan(2000);
  expect(step(seen.state, pulse(seen.state.retryAtMs, 0)).actions).toEqual(['open']);
});

test('after a failure a new clock is given longer to start, and no longer once it is healthy', () => {
  const anew = run(
    [{ type: 'broken', atMs: 900, cause: 'engine failed' }, pulse(900, 0), opened(1000)],
    SOUNDING,
  ).state;
  expect(step(anew, pulse(1000 + STALL_MS, 0)).state.phase).toBe('playing');
  expect(step(anew, pulse(1000 + 2 * STALL_MS, 0)).state.phase).toBe('reopening');
  const healthy = run([pulse(1500, 0.5), pulse(40_000, 39)], anew).state;
  expect(step(healthy, pulse(40_000 + STALL_MS, 39)).state.phase).toBe('reopening');
});

describe('breaking off', () => {
  test.each<[string, RecoveryEvent[], string, RecoveryAction[], string | null]>([
    ['still for a moment', [pulse(1000, 0.4)], 'playing', [], null],
    ['the clock moves, whatever the state claims', [pulse(1000, 0.9, 'suspended')], 'playing', [], null],
    ['“running” with a frozen clock', [pulse(500 + STALL_MS, 0.4)], 'reopening', ['close'], 'clock stood still'],
    ['suspended behind our back', [pulse(1000, 0.4, 'suspended')], 'resuming', ['muteNow', 'resume'], 'suspended'],
    ['a call: resuming would break it', [pulse(1000, 0.4, 'interrupted')], 'interrupted', ['muteNow'], 'interrupted'],
    ['closed by the system', [pulse(1000, 0.4, 'closed')], 'reopening', ['close'], 'device lost'],
    [
      'the engine failed',
      [{ type: 'broken', atMs: 900, cause: 'engine failed' }],
      'reopening',
      ['close'],
      'engine failed',
    ],
    [
      'a frozen page says why the clock stood still',
      [{ type: 'suspicion', atMs: 600, cause: 'page frozen' }, pulse(90_000, 0.4)],
      'reopening',
      ['close'],
      'page frozen',
    ],
    ['stop', [{ type: 'stop', atMs: 900 }], 'off', [], null],
  ])('%s', (_name, events, phase, actions, cause) => {
    const now = run(events, SOUNDING);
    expect(now.state.phase).toBe(phase);
    expect(now.actions).toEqual(actions);
    expect(now.state.cause).toBe(cause);
  });
});

describe('coming back', () => {
  test('a suspended context that goes on fades in, and says so', () => {
    const { state, actions } = run([pulse(1000, 0.4, 'suspended'), pulse(1500, 0.6)], SOUNDING);
    expect(state).toMatchObject({ phase: 'playing', cause: null });
    expect(actions).toEqual(['muteNow', 'resume', 'fadeIn', 'notifyRecovered']);
  });

  test('one that does not within three seconds wants a press, and then plays', () => {
    const away = run([pulse(1000, 0.4, 'suspended'), pulse(4000, 0.4, 'suspended')], SOUNDING);
    expect(away.state.phase).toBe('blocked');
    const { state, actions } = run([{ type: 'userGesture', atMs: 9000 }, opened(9100)], away.state);
    expect(state.phase).toBe('playing');
    expect(actions).toEqual(['open', 'fadeIn', 'notifyRecovered']);
  });

  test('after a call: the system lets go, or claims to and does not', () => {
    const call = run([pulse(1000, 0.4, 'interrupted'), pulse(60_000, 0.4, 'interrupted')], SOUNDING);
    expect(call.state.phase).toBe('interrupted');
    expect(run([pulse(61_000, 0.6)], call.state).state.phase).toBe('playing');
    expect(run([pulse(61_000, 0.4, 'suspended')], call.state).actions).toEqual(['resume']);
    expect(run([pulse(61_000, 0.4)], call.state).state.phase).toBe('reopening');
  });

  test('a broken engine is replaced at once, then ever later, never later than half a minute; health forgives', () => {
    let state = SOUNDING;
    let atMs = 1000;
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      state = step(state, { type: 'broken', atMs, cause: 'engine failed' }).state;
      waits.push(state.retryAtMs - atMs);
      atMs = state.retryAtMs;
      const retry = step(state, pulse(atMs, 0));
      expect(retry.actions).toEqual(['open']);
      state = step(retry.state, opened(atMs)).state;
      expect(state.phase).toBe('playing');
    }
    expect(waits).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    state = run([pulse(atMs + 40_000, 40)], state).state;
    expect(state.failures).toBe(0);
  });

  test('an engine that cannot be loaded: at the start words, in the night another try', () => {
    const start = run([
      { type: 'userGesture', atMs: 0 },
      { type: 'openFailed', atMs: 100 },
      pulse(1200, 0),
      { type: 'openFailed', atMs: 1300 },
    ]);
    expect(start.state.phase).toBe('failed');
    const night = run(
      [{ type: 'broken', atMs: 1000, cause: 'device lost' }, pulse(1000, 0), { type: 'openFailed', atMs: 1100 }],
      SOUNDING,
    );
    expect(night.state).toMatchObject({ phase: 'reopening', cause: 'device lost' });
  });

  test('a stop while it is being mended stays a stop', () => {
    const mending = run([{ type: 'broken', atMs: 1000, cause: 'engine failed' }, pulse(1000, 0)], SOUNDING);
    const { state, actions } = run([{ type: 'stop', atMs: 1100 }, opened(1200), pulse(2000, 1)], mending.state);
    expect(state.phase).toBe('off');
    expect(actions).toEqual([]);
  });
});

const EVENTS = fc.oneof(
  fc.record({ type: fc.constant('userGesture' as const), gapMs: fc.nat(5000) }),
  fc.record({ type: fc.constant('stop' as const), gapMs: fc.nat(5000) }),
  fc.record({
    type: fc.constant('clockTick' as const),
    gapMs: fc.nat(5000),
    clockSec: fc.nat(20),
    contextState: fc.constantFrom('running', 'suspended', 'interrupted', 'closed'),
  }),
  fc.record({
    type: fc.constant('opened' as const),
    gapMs: fc.nat(5000),
    clockSec: fc.nat(20),
    contextState: fc.constantFrom('running', 'suspended'),
  }),
  fc.record({ type: fc.constant('openFailed' as const), gapMs: fc.nat(5000) }),
  fc.record({
    type: fc.constant('broken' as const),
    gapMs: fc.nat(5000),
    cause: fc.constant('engine failed' as const),
  }),
  fc.record({
    type: fc.constant('suspicion' as const),
    gapMs: fc.nat(5000),
    cause: fc.constant('device changed' as const),
  }),
);

test('whatever happens in whatever order, there is a way back to sound', () => {
  fc.assert(
    fc.property(fc.array(EVENTS, { maxLength: 40 }), (events) => {
      let atMs = 0;
      let state = INITIAL_RECOVERY;
      for (const { gapMs, ...event } of events) {
        atMs += gapMs;
        const next = step(state, { ...event, atMs });
        // Never ask a context that the system holds to go on.
        if (event.type === 'clockTick' && event.contextState === 'interrupted')
          expect(next.actions).not.toContain('resume');
        if (next.state.phase === 'off') expect(next.actions).toEqual([]);
        state = next.state;
      }
      atMs += 60_000;
      for (let i = 0; i < 4 && state.phase !== 'playing'; i++) {
        atMs += 60_000;
        const pressed = step(state, { type: 'userGesture', atMs });
        state = pressed.state;
        if (pressed.actions.includes('open') || state.phase === 'opening') state = step(state, opened(atMs)).state;
        else state = step(state, pulse(atMs, 1e6 + i)).state;
      }
      expect(state.phase).toBe('playing');
    }),
    { numRuns: 1000 },
  );
});
