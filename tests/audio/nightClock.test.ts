// The night's time is the clock's, whatever happens to the sound: lost frames, slow devices, breaks, sleep, clocks that are set.
import { describe, expect, test } from 'vitest';
import { NightClock } from '../../src/audio/nightClock.ts';
import type { Interruption, NightReport } from '../../src/audio/nightTypes.ts';
import { nightStateAt, DEFAULT_ARC, DEFAULT_NIGHT } from '../../src/synth/index.ts';
import type { NightPlan, Scene } from '../../src/synth/index.ts';
import { NightScheduler } from '../../src/synth/night/nightScheduler.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';

/** The programme only counts frames: a low rate has fewer of them. */
const RATE = 8000;
const PLAN: NightPlan = { ...DEFAULT_NIGHT, timerSec: 3600 };
const NOTHING: Scene = {
  seed: 1,
  layers: [],
  room: { size: 0.3, amount: 0 },
  master: { gainDb: 0, mono: false },
  arc: { ...DEFAULT_ARC },
};

/** A page and the clocks it can read. */
function page(plan = PLAN, speed = 1) {
  const times = { wallMs: 1e12, monotonicMs: 5000 };
  const watch = new NightClock(() => ({ ...times }));
  watch.start(plan, { speed });
  const report = (sec: number): NightReport => ({ ...nightStateAt(plan, sec), ambience: false, underruns: 0 });
  return {
    watch,
    times,
    pass: (sec: number) => {
      times.wallMs += 1000 * sec;
      times.monotonicMs += 1000 * sec;
    },
    hear: (sec: number, agoSec = 0) => watch.onReport(report(sec), 0, agoSec),
  };
}

describe('where the night ought to stand', () => {
  test('its time begins with the sound, not with the press', () => {
    const { watch, pass, hear } = page();
    pass(20);
    expect(watch.startCommand(8, 0)).toMatchObject({ atSec: 0, clockSec: 0 });
    pass(1);
    expect(hear(1)).toBeNull();
  });

  test('an engine on time is left alone, also when its word comes late', () => {
    const { watch, pass, hear } = page();
    watch.startCommand(8, 0);
    for (let sec = 1; sec < 100; sec++) {
      pass(1);
      expect(hear(sec - 0.1)).toBeNull();
    }
    pass(4);
    expect(hear(99.1, 3.9)).toBeNull();
  });

  test('one that lost time, or runs ahead, is told where to stand', () => {
    const { watch, pass, hear } = page();
    watch.startCommand(8, 0);
    pass(60);
    expect(hear(59)).toBeCloseTo(60, 6);
    pass(1);
    expect(hear(61)).toBeNull();
    pass(1);
    expect(hear(62.5)).toBeCloseTo(62, 6);
  });

  test('a broken-off sound goes on where the clock says, and nothing is set right meanwhile', () => {
    const { watch, pass, hear } = page();
    const told: Interruption[] = [];
    watch.onInterruption((interruption) => told.push(interruption));
    watch.startCommand(8, 0);
    pass(10);
    hear(10);
    watch.onInterrupted('suspended');
    pass(300);
    expect(hear(10.2)).toBeNull(); // the old engine, before it hears of it
    expect(watch.startCommand(2.5, 11)).toMatchObject({ atSec: 310, clockSec: 11 });
    watch.onRecovered(300);
    expect(told).toEqual([{ cause: 'suspended', atSec: 10, backAfterSec: 300 }]);
  });

  test('a clock that is set, or daylight saving, changes nothing while it sounds', () => {
    const { watch, times, pass, hear } = page();
    watch.startCommand(8, 0);
    for (const setMs of [3600e3, -7200e3, 86400e3]) {
      times.wallMs += setMs;
      pass(1);
    }
    expect(hear(3)).toBeNull();
    expect(watch.startCommand(2, 3)?.atSec).toBeCloseTo(3, 6);
  });

  test('a device that slept counts the clock on the wall when the page wakes', () => {
    const { watch, times, pass, hear } = page();
    watch.startCommand(8, 0);
    pass(60);
    hear(60);
    times.wallMs += 1200e3;
    watch.onWake();
    pass(1);
    expect(hear(61)).toBeCloseTo(1261, 6);
  });

  test('a preview runs faster in every respect', () => {
    const { watch, pass, hear } = page(PLAN, 15);
    watch.startCommand(2, 0);
    pass(10);
    expect(hear(150)).toBeNull();
    pass(10);
    expect(hear(150, 10)).toBeNull();
    watch.onInterrupted('suspended');
    pass(4);
    expect(watch.startCommand(2, 20)?.atSec).toBeCloseTo(360, 6);
  });
});

describe('what is told of it', () => {
  test('an engine that was not yet given the night is not set right', () => {
    const { pass, hear } = page();
    pass(60);
    expect(hear(0)).toBeNull();
    pass(60);
    expect(hear(300)).toBeNull();
  });

  test('the order carries what was chosen, or what is usual', () => {
    const usual = new NightClock();
    expect(usual.startCommand(8, 0)).toBeUndefined();
    usual.start(PLAN, {});
    expect(usual.startCommand(8, 3)).toEqual({
      plan: PLAN,
      atSec: 0,
      clockSec: 3,
      speed: 1,
      ambience: true,
      fadeSec: 8,
    });
    const chosen = new NightClock();
    chosen.start(PLAN, { atSec: 90, speed: 15, ambience: false });
    expect(chosen.startCommand(2, 0)).toMatchObject({ atSec: 90, speed: 15, ambience: false });
  });

  test('listeners hear of it once a second, of a new phase at once, and of its end', () => {
    const { watch, pass, hear } = page();
    const told: (string | null)[] = [];
    watch.onNight((report) => told.push(report && `${report.phase} ${report.sec.toFixed(1)}`));
    watch.startCommand(8, 0);
    for (let tenth = 1; tenth <= 25; tenth++) {
      pass(0.1);
      hear(tenth / 10);
    }
    expect(told).toEqual(['playing 0.1', 'playing 1.1', 'playing 2.1']);
    hear(3000.5); // into the fade, within the same second
    expect(told.at(-1)).toBe('fading 3000.5');
    watch.end();
    expect(told.at(-1)).toBeNull();
    expect(told).toHaveLength(5);
  });
});

test('eight hours with a slow device, dropouts and a page that is let run once a minute: the end comes within a second', () => {
  const endSec = 8 * 3600;
  const plan: NightPlan = { ...DEFAULT_NIGHT, timerSec: endSec };
  const run = new NightScheduler(plan, NOTHING, RATE, {});
  const { watch, pass, hear } = page(plan);
  watch.startCommand(8, 0);
  const blocks = (sec: number): number => Math.round((sec * RATE) / BLOCK_FRAMES);
  let endedAtSec = 0;
  let furthest = 0;
  for (let minute = 1; endedAtSec === 0 && minute < 500; minute++) {
    // 400 parts in a million slow, and every quarter of an hour 300 ms are lost.
    const playedSec = 60 * (1 - 4e-4) - (minute % 15 === 0 ? 0.3 : 0);
    const count = blocks(playedSec);
    for (let i = 0; i < count; i++) {
      run.advance();
      if (endedAtSec === 0 && run.state.phase === 'ended') endedAtSec = 60 * (minute - 1) + (60 * (i + 1)) / count;
    }
    pass(60);
    furthest = Math.max(furthest, Math.abs(run.state.sec - 60 * minute));
    const sec = hear(run.state.sec);
    if (sec !== null) run.seekTo(sec);
  }
  expect(Math.abs(endedAtSec - endSec)).toBeLessThan(1);
  expect(furthest).toBeLessThan(1);
  expect(furthest).toBeGreaterThan(0.25); // there was something to set right
});
