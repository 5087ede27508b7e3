// The night's pure parts: times of day across a change of the clocks, what was kept and may be damaged, words for the morning.
import process from 'node:process';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { NIGHT_LIMITS, nightStateAt, DEFAULT_NIGHT } from '../../src/synth/index.ts';
import type { Scene } from '../../src/synth/index.ts';
import { resolvePlan, readChoices, USUAL_CHOICES } from '../../src/ui/features/night/nightChoices.ts';
import type { NightChoices } from '../../src/ui/features/night/nightChoices.ts';
import { clockOf, secondsUntil } from '../../src/ui/features/night/timeOfDay.ts';
import { readNightLog, describeNight } from '../../src/ui/features/night/nightLog.ts';
import type { NightLog } from '../../src/ui/features/night/nightLog.ts';
import { isResumable, parseCheckpoint } from '../../src/ui/features/night/nightCheckpoint.ts';

const HOUR = 3600;
const { TZ } = process.env;
process.env['TZ'] = 'Europe/Berlin';
afterAll(() => {
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

const scene = FACTORY[0]!.scene;
const wakeId = FACTORY[1]!.id;
const sceneOf = (id: string): Scene | undefined => FACTORY.find((preset) => preset.id === id)?.scene;
const evening = new Date(2026, 10, 24, 23, 0);

function chosen(change: Partial<NightChoices>): NightChoices {
  return { ...USUAL_CHOICES, ...change };
}

describe('a time of day', () => {
  test.each([
    ['an evening like any other', '2026-11-24T23:00:00+01:00', '06:30', 7.5],
    ['later today', '2026-11-24T21:00:00+01:00', '23:15', 2.25],
    ['exactly now: tomorrow', '2026-11-24T21:00:00+01:00', '21:00', 24],
    ['one hour of the night is left out', '2026-03-28T22:30:00+01:00', '06:30', 7],
    ['one hour of the night comes twice', '2026-10-24T22:30:00+02:00', '06:30', 9],
    ['a time that this night does not have', '2026-03-28T22:30:00+01:00', '02:30', 4],
    ['a time that this night has twice: the first', '2026-10-24T22:30:00+02:00', '02:30', 4],
    ['between the two: the second', '2026-10-25T02:45:00+02:00', '02:30', 0.75],
    ['in the second hour, later in it', '2026-10-25T02:15:00+01:00', '02:30', 0.25],
    ['one digit is enough', '2026-11-24T23:00:00+01:00', ' 6:30 ', 7.5],
  ])('%s', (_what, now, clock, hours) => {
    expect(secondsUntil(clock, new Date(now))).toBe(hours * HOUR);
  });

  test.each(['', '24:00', '06:60', '6', '-1:30', 'noon', '06:30:00', '06.30'])('“%s” is none', (clock) => {
    expect(secondsUntil(clock, evening)).toBeNull();
  });

  test('is shown as it is said', () => {
    expect(clockOf(new Date('2026-11-24T05:07:00+01:00'))).toBe('05:07');
  });
});

describe('choices', () => {
  test('come back from the store as they were', () => {
    const kept = chosen({
      timer: { kind: 'until', clock: '05:45' },
      low: true,
      lowUntil: '07:00',
      arc: false,
      wake: { presetId: wakeId, clock: '07:10', fadeMinutes: 10 },
    });
    expect(readChoices(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  test('whatever lies in the store, there is a night that can be played', () => {
    const field = fc.oneof(
      fc.double(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.dictionary(fc.string(), fc.anything()),
    );
    const timer = fc.record({ kind: fc.constantFrom('minutes', 'until', 'all', 'x'), minutes: field, clock: field });
    const wake = fc.record({
      presetId: fc.oneof(field, fc.constant(wakeId)),
      clock: fc.oneof(field, fc.constant('07:00')),
      fadeMinutes: field,
    });
    const kept = fc.record({
      timer: fc.oneof(field, timer),
      fadeMinutes: field,
      low: field,
      lowUntil: field,
      arc: field,
      wake: fc.oneof(field, wake),
    });
    fc.assert(
      fc.property(fc.oneof(kept, fc.anything()), (value) => {
        const { plan } = resolvePlan(readChoices(value), evening, sceneOf);
        const { timerSec, fadeSec } = plan;
        expect(fadeSec).toBeGreaterThanOrEqual(NIGHT_LIMITS.minFadeSec);
        expect(fadeSec).toBeLessThanOrEqual(timerSec ?? NIGHT_LIMITS.maxFadeSec);
        if (timerSec !== null) expect(timerSec).toBeLessThanOrEqual(NIGHT_LIMITS.maxTimerSec);
        expect(Number.isFinite(nightStateAt(plan, 30).gainDb)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('half an hour with ten minutes of fade is what a person gets who chooses nothing', () => {
    expect(resolvePlan(USUAL_CHOICES, evening, sceneOf)).toEqual({ plan: DEFAULT_NIGHT, words: [] });
  });

  test('until a time, over the night that is an hour longer', () => {
    const now = new Date('2026-10-24T22:00:00+02:00');
    const { plan, words } = resolvePlan(chosen({ timer: { kind: 'until', clock: '06:00' } }), now, sceneOf);
    expect(plan.timerSec).toBe(9 * HOUR);
    expect(words).toEqual([]);
  });

  test.each<[string, Partial<NightChoices>, RegExp]>([
    ['a fade longer than the timer', { timer: { kind: 'minutes', minutes: 10 }, fadeMinutes: 30 }, /cannot be longer/],
    ['no time at all', { timer: { kind: 'minutes', minutes: 0 } }, /it became 1 minute/],
    ['less than none', { timer: { kind: 'minutes', minutes: -5 } }, /it became 1 minute/],
    ['no number', { timer: { kind: 'minutes', minutes: Number.NaN } }, /not a number: it became 30 minutes/],
    ['a hundred hours', { timer: { kind: 'minutes', minutes: 6000 } }, /it became 16 hours/],
    ['no time to play until', { timer: { kind: 'until', clock: '' } }, /not a time of day/],
    ['a wake sound that is gone', { wake: { presetId: 'gone', clock: '07:00', fadeMinutes: 5 } }, /no longer here/],
    [
      'a wake time that is none',
      { wake: { presetId: wakeId, clock: 'late', fadeMinutes: 5 } },
      /nothing will wake you/,
    ],
    ['a bed that ends at no time', { low: true, lowUntil: '77:00' }, /stays until you stop it/],
  ])('%s: it is said, and a night comes of it', (_what, change, said) => {
    const { plan, words } = resolvePlan(chosen(change), evening, sceneOf);
    expect(words.join(' ')).toMatch(said);
    expect(nightStateAt(plan, 0).phase).not.toBe('ended');
  });

  test('a wake sound of which nothing may be heard is said', () => {
    const muted = { ...scene, layers: scene.layers.map((layer) => ({ ...layer, muted: true })) };
    const wake = { presetId: wakeId, clock: '07:00', fadeMinutes: 5 };
    const { plan, words } = resolvePlan(chosen({ wake }), evening, () => muted);
    expect(plan.wake).toBeNull();
    expect(words.join(' ')).toMatch(/among what you never want to hear: nothing will wake you/);
  });

  test('a gentle waking keeps a bed until then', () => {
    const { plan } = resolvePlan(
      chosen({ wake: { presetId: wakeId, clock: '07:00', fadeMinutes: 5 } }),
      evening,
      sceneOf,
    );
    expect(plan.wake).toMatchObject({ atSec: 8 * HOUR, fadeSec: 300, scene: sceneOf(wakeId) });
    expect(plan.after).toBe('low');
    expect(nightStateAt(plan, 7 * HOUR).phase).toBe('low');
    expect(nightStateAt(plan, 8 * HOUR + 10).phase).toBe('waking');
  });
});

describe('a night that was cut off', () => {
  const startedMs = evening.getTime();
  const plan = { ...DEFAULT_NIGHT, timerSec: 1800 };
  const run = { startedMs, aliveMs: startedMs + 300_000, plan, scene, presetId: null, name: 'Mine' };
  const at = (minutes: number): number => startedMs + minutes * 60_000;

  test('can be gone on with as long as it would still play', () => {
    expect(parseCheckpoint(JSON.parse(JSON.stringify(run)))).toEqual(run);
    expect(isResumable(run, at(10))).toBe(true);
    expect(isResumable(run, at(31))).toBe(false);
    expect(isResumable(run, at(-10))).toBe(false);
  });

  test('its wake sound comes back with it', () => {
    const wake = { atSec: 8 * HOUR, fadeSec: 300, scene: sceneOf(wakeId)! };
    const waking = { ...run, plan: { ...plan, after: 'low' as const, wake } };
    expect(parseCheckpoint(JSON.parse(JSON.stringify(waking)))).toEqual(waking);
    expect(
      parseCheckpoint({ ...waking, plan: { ...waking.plan, wake: { ...wake, fadeSec: 'slowly' } } })?.plan.wake,
    ).toBeNull();
  });

  test('at once, and up to eight hours after it was last heard', () => {
    const endless = { ...run, plan: { ...plan, timerSec: null } };
    expect(isResumable(endless, run.aliveMs)).toBe(true);
    expect(isResumable(endless, run.aliveMs + 8 * 3600_000 - 1)).toBe(true);
    expect(isResumable(endless, run.aliveMs + 8 * 3600_000)).toBe(false);
  });

  test('all night: until the morning, not the day after', () => {
    const endless = { ...run, plan: { ...plan, timerSec: null } };
    expect(isResumable(endless, at(300))).toBe(true);
    expect(isResumable(endless, at(24 * 60))).toBe(false);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['text', 'night'],
    ['no start', { ...run, startedMs: 'then' }],
    ['a start that is no number', { ...run, startedMs: Number.NaN }],
    ['last heard before it began', { ...run, aliveMs: at(-1) }],
    ['no plan', { ...run, plan: 3 }],
    ['no scene that could be read', { ...run, scene: { layers: 'none' } }],
  ])('%s: not offered', (_what, kept) => {
    expect(parseCheckpoint(kept)).toBeNull();
  });

  test('a wake sound that cannot be read is left out, the night goes on', () => {
    const damaged = { ...run, plan: { ...plan, after: 'low', wake: { atSec: 9000, fadeSec: 300, scene: {} } } };
    expect(parseCheckpoint(damaged)?.plan.wake).toBeNull();
  });
});

describe('the morning’s line', () => {
  const log: NightLog = {
    startedMs: new Date('2026-11-24T23:10:00+01:00').getTime(),
    endedMs: new Date('2026-11-25T06:42:00+01:00').getTime(),
    presetId: null,
    name: 'Slow glass, left',
    timerMinutes: null,
    how: 'stopped',
    interruptions: [],
    underruns: 0,
  };
  const call = { cause: 'interrupted', backAfterSec: 3 } as const;

  test.each<[Partial<NightLog>, RegExp]>([
    [{}, /^Played from 23:10 to 06:42\./],
    [{ interruptions: [call] }, /Broke off once, for 3 seconds: a call or an alarm took over\./],
    [{ interruptions: [call, { cause: 'suspended', backAfterSec: 200 }] }, /Broke off 2 times, for 3 minutes\./],
    [{ how: 'closed' }, /Then the page was closed\.$/],
  ])('%j', (change, said) => {
    expect(describeNight({ ...log, ...change })).toMatch(said);
  });

  test.each<[string, Record<string, unknown>, Partial<NightLog>]>([
    ['ended by its timer', { how: 'timer' }, { how: 'timer' }],
    ['ended with the page', { how: 'closed' }, { how: 'closed' }],
    ['ended somehow', { how: 'exploded' }, { how: 'stopped' }],
    ['dropouts counted', { underruns: 2 }, { underruns: 2 }],
    ['dropouts that cannot be', { underruns: -1 }, { underruns: null }],
    ['dropouts that are no number', { underruns: '3' }, { underruns: null }],
    [
      'back at once',
      { interruptions: [{ ...call, backAfterSec: 0 }] },
      { interruptions: [{ ...call, backAfterSec: 0 }] },
    ],
    [
      'back before it was away',
      { interruptions: [{ ...call, backAfterSec: -1 }] },
      { interruptions: [{ ...call, backAfterSec: null }] },
    ],
    ['a timer', { timerMinutes: 45 }, { timerMinutes: 45 }],
    ['a timer of nothing', { timerMinutes: 0 }, { timerMinutes: null }],
    ['a long name', { name: 'x'.repeat(300) }, { name: 'x'.repeat(200) }],
  ])('%s: read as what it is', (_what, change, expected) => {
    expect(readNightLog({ ...log, ...change })).toEqual({ ...log, ...expected });
  });

  test.each([{ startedMs: 0 }, { startedMs: -5 }, { endedMs: 9e15 }, { startedMs: '1' }])('%j: no night', (change) => {
    expect(readNightLog({ ...log, ...change })).toBeNull();
  });

  test('a damaged entry gives no line, a half damaged one what is left of it', () => {
    expect(readNightLog(JSON.parse(JSON.stringify({ ...log, interruptions: [call] })))).toEqual({
      ...log,
      interruptions: [call],
    });
    expect(readNightLog({ ...log, endedMs: 5 })).toBeNull();
    expect(readNightLog('night')).toBeNull();
    expect(readNightLog({ ...log, interruptions: [{ cause: 'toString', backAfterSec: 1 }, 7] })?.interruptions).toEqual(
      [],
    );
  });
});
