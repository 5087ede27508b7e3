// The night: a plan is made safe, a moment is a pure function of plan and time, and the engine plays it by its own frames.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createAmbienceLayer,
  Engine,
  extendNight,
  LOW_LEVEL_DB,
  NIGHT_LIMITS,
  nightStateAt,
  renderChunks,
  sanitizeNightPlan,
  DEFAULT_NIGHT,
} from '../../src/synth/index.ts';
import type { NightPlan, ParamValues, Scene } from '../../src/synth/index.ts';
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';
import { NightScheduler } from '../../src/synth/night/nightScheduler.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import { describeNightWarning } from '../../src/ui/features/night/describeNightWarning.ts';
import { layerOf, sceneOf } from '../helpers/scene.ts';
import { centroidHz, rms } from '../helpers/features.ts';

const RATE = 48000;

function soundOf(trigger = 'tapping', params: ParamValues = {}): Scene {
  return sceneOf([layerOf(trigger, { params, place: { azimuthDeg: 60, closeness: 0.8, spread: 0.3 } })], { seed: 9 });
}

const plan = (change: Partial<NightPlan> = {}): NightPlan => ({ ...DEFAULT_NIGHT, ...change });

describe('a plan', () => {
  test('the usual one is left as it is', () => {
    expect(sanitizeNightPlan({})).toEqual({ plan: DEFAULT_NIGHT, warnings: [] });
    expect(sanitizeNightPlan(DEFAULT_NIGHT)).toEqual({ plan: DEFAULT_NIGHT, warnings: [] });
    expect(sanitizeNightPlan({ timerSec: null }).plan.timerSec).toBeNull();
  });

  test.each([
    [{ timerSec: 0 }, { timerSec: 60 }, /from 1 minute to 16 hours/],
    [{ timerSec: -600 }, { timerSec: 60 }, /The timer/],
    [{ timerSec: NaN }, { timerSec: 1800 }, /not a number: it became 30 minutes/],
    [{ timerSec: 360000 }, { timerSec: 57600 }, /it became 16 hours/],
    [{ timerSec: Infinity }, { timerSec: 1800 }, /not a number/],
    [{ timerSec: 300, fadeSec: 600 }, { timerSec: 300, fadeSec: 300 }, /cannot be longer than the timer/],
    [{ fadeSec: 1 }, { fadeSec: 60 }, /The fade goes from 1 minute to 1 hour: it became 1 minute/],
    [{ timerSec: null, fadeSec: 3601 }, { timerSec: null, fadeSec: 3600 }, /it became 1 hour\.$/],
    [{ wake: { atSec: 600, fadeSec: 300, scene: soundOf() } }, { wake: null }, /before the night is over/],
    [{ after: 'low' as const, lowUntilSec: 60 }, { lowUntilSec: null }, /end before it begins/],
  ])('%j is mended, in one line of words', (asked, expected, words) => {
    const safe = sanitizeNightPlan(asked);
    expect(safe.plan).toMatchObject(expected);
    expect(safe.warnings.map(describeNightWarning).join(' ')).toMatch(words);
  });

  test('what lies just within the limits is left as it is', () => {
    for (const asked of [
      { timerSec: 60, fadeSec: 60 },
      { timerSec: 16 * 3600, fadeSec: 3600, after: 'low' as const, lowUntilSec: 16 * 3600 },
    ]) {
      expect(sanitizeNightPlan(asked)).toEqual({ plan: plan(asked), warnings: [] });
    }
  });

  test('a quiet bed ends within sixteen hours', () => {
    const { plan: safe, warnings } = sanitizeNightPlan({ after: 'low', lowUntilSec: 50 * 3600 });
    expect(safe.lowUntilSec).toBe(16 * 3600);
    expect(warnings).toEqual([]);
  });

  test('a wake sound needs a bed to stay awake for', () => {
    const safe = sanitizeNightPlan({ wake: { atSec: 8 * 3600, fadeSec: 300, scene: soundOf() } });
    expect(safe.plan.after).toBe('low');
    expect(safe.warnings).toEqual([{ code: 'lowUntilWake' }]);
  });

  test('a quarter of an hour more moves the end and the fade', () => {
    const longer = extendNight(plan({ after: 'low', lowUntilSec: 1900 }), 900);
    expect(longer).toMatchObject({ timerSec: 2700, fadeSec: 600, lowUntilSec: 2700 });
    expect(nightStateAt(longer, 1900).phase).toBe('playing');
    expect(extendNight(plan({ timerSec: null }), 900).timerSec).toBeNull();
    expect(extendNight(plan({ timerSec: 16 * 3600 }), 900).timerSec).toBe(NIGHT_LIMITS.maxTimerSec);
  });
});

describe('a moment', () => {
  test.each([
    [plan(), 0, 'playing', 1800, 0],
    [plan(), 1199, 'playing', 601, 0],
    [plan(), 1201, 'fading', 599, -0.03],
    [plan(), 1500, 'fading', 300, -12.04],
    [plan(), 1800, 'ended', null, -Infinity],
    [plan({ timerSec: null }), 1e6, 'playing', null, 0],
    [plan({ after: 'low' }), 1500, 'fading', 300, LOW_LEVEL_DB / 2],
    [plan({ after: 'low' }), 20000, 'low', null, LOW_LEVEL_DB],
    [plan({ after: 'low', lowUntilSec: 7200 }), 7000, 'low', 200, LOW_LEVEL_DB - 7.04],
    [plan({ after: 'low', lowUntilSec: 7200 }), 7200, 'ended', null, -Infinity],
  ])('%#: at %d', (asked, sec, phase, leftSec, gainDb) => {
    const moment = nightStateAt(asked, sec);
    expect(moment).toMatchObject({ phase, leftSec });
    if (Number.isFinite(gainDb)) expect(moment.gainDb).toBeCloseTo(gainDb, 1);
    else expect(moment.gainDb).toBe(gainDb);
  });

  test('without a timer the arc is walked in an hour and a half, then stays', () => {
    const allNight = plan({ timerSec: null });
    expect([0, 45, 90, 600].map((minutes) => nightStateAt(allNight, 60 * minutes).arc)).toEqual([0, 0.5, 1, 1]);
    expect(nightStateAt({ ...allNight, arc: false }, 5400).arc).toBe(0);
  });

  test('a wake sound comes up over its fade, stays an hour, and leaves over its last five minutes', () => {
    const { plan: asked } = sanitizeNightPlan({ wake: { atSec: 7200, fadeSec: 300, scene: soundOf() } });
    expect(nightStateAt(asked, 7199)).toMatchObject({ phase: 'low', wake: 0 });
    expect(nightStateAt(asked, 7200)).toMatchObject({ phase: 'waking', wake: 0, gainDb: -30 });
    expect(nightStateAt(asked, 7350)).toMatchObject({ phase: 'waking', wake: 0.5, gainDb: -15 });
    expect(nightStateAt(asked, 7500)).toMatchObject({ phase: 'waking', wake: 1, gainDb: 0 });
    expect(nightStateAt(asked, 7200 + 3300).gainDb).toBe(0);
    expect(nightStateAt(asked, 7200 + 3450).gainDb).toBeCloseTo(-12.04, 2);
    expect(nightStateAt(asked, 7200 + 3600)).toMatchObject({ phase: 'ended', gainDb: -Infinity });
    // One object filled again and again tells nothing of the moment before.
    const into = nightStateAt(asked, 7500);
    expect(nightStateAt(asked, 10, into)).toEqual(nightStateAt(asked, 10));
  });

  const PLANS = fc
    .record({
      timerSec: fc.option(fc.integer({ min: -10, max: 50000 })),
      fadeSec: fc.integer({ min: -10, max: 5000 }),
      after: fc.constantFrom('silence' as const, 'low' as const),
      lowUntilSec: fc.option(fc.integer({ min: 0, max: 50000 })),
      arc: fc.boolean(),
      wake: fc.option(
        fc.record({ atSec: fc.integer({ min: 0, max: 50000 }), fadeSec: fc.nat(4000), scene: fc.constant(soundOf()) }),
      ),
    })
    .map((asked) => sanitizeNightPlan(asked).plan);

  test('falls without a step until it is silent, whatever was asked; only waking rises', () => {
    fc.assert(
      fc.property(PLANS, fc.nat(45000), (asked, from) => {
        let last = nightStateAt(asked, from);
        for (let i = 1; i <= 600; i++) {
          const now = nightStateAt(asked, from + 0.1 * i);
          const stepDb = now.gainDb - last.gainDb;
          const waking = now.phase === 'waking';
          const arcOutside = !(now.arc >= 0 && now.arc <= 1);
          const rises = !waking && !(now.gainDb <= last.gainDb + 1e-9);
          // What is under −45 dB of a night's level is under hearing.
          const falls = !waking && now.gainDb > -45 && !(-stepDb < 0.5);
          const jumps = waking && last.phase === 'waking' && last.gainDb > -45 && !(Math.abs(stepDb) < 0.5);
          if (arcOutside || rises || falls || jumps) expect({ now, last }).toBe('a steady fall');
          last = now;
        }
      }),
      { numRuns: 200 },
    );
  });

  test('the way from bed to wake sound has no step either', () => {
    const asked = sanitizeNightPlan({ timerSec: 1800, wake: { atSec: 20000, fadeSec: 60, scene: soundOf() } }).plan;
    let last = nightStateAt(asked, 19900).gainDb;
    for (let i = 1; i < 2000; i++) {
      const { gainDb } = nightStateAt(asked, 19900 + 0.1 * i);
      expect(Math.abs(gainDb - last)).toBeLessThan(0.5);
      last = gainDb;
    }
    expect(nightStateAt(asked, 20060)).toMatchObject({ phase: 'waking', wake: 1, gainDb: 0 });
  });
});

describe('the level of a run', () => {
  const blockSec = BLOCK_FRAMES / RATE;
  /** Level at every tenth of a second, dB, while `meanwhile` may interfere. */
  function levels(
    asked: NightPlan,
    atSec: number,
    seconds: number,
    meanwhile?: (run: NightScheduler, sec: number) => void,
  ) {
    const run = new NightScheduler(asked, soundOf(), RATE, { atSec });
    const found: number[] = [];
    let next = 0;
    for (let sec = 0; sec < seconds; sec += blockSec) {
      meanwhile?.(run, sec);
      run.advance();
      if (sec < next) continue;
      next += 0.1;
      found.push(20 * Math.log10(run.gainTo + 1e-12));
    }
    return { run, found };
  }
  /** Largest step, dB; what lies 100 dB below the night's level is nothing on any device. */
  const steepest = (found: readonly number[]): number =>
    Math.max(...found.slice(1).map((db, i) => (found[i]! > -100 ? Math.abs(db - found[i]!) : 0)));

  test.each([60, 600, 3600])(
    'a fade of %d s falls, never by more than half a decibel in 100 ms, down to nothing',
    (fadeSec) => {
      const { found } = levels(plan({ timerSec: 3600, fadeSec }), 3600 - fadeSec - 5, fadeSec + 15);
      expect(steepest(found)).toBeLessThan(0.5);
      for (const [i, db] of found.slice(1).entries()) expect(db).toBeLessThanOrEqual(found[i]! + 1e-9);
      expect(found[10 * (fadeSec + 5)]!).toBeLessThan(-55); // on its second
    },
  );

  test('time that was lost is made good at once, without a step; time gained is waited for, and a fade never comes back', () => {
    const asked = plan({ timerSec: 1800, fadeSec: 600 });
    const lost = levels(asked, 1100, 30, (run, sec) => {
      if (run.state.sec < 1150 && sec > 10) run.seekTo(1500);
    });
    expect(lost.run.state.sec).toBeCloseTo(1520, 0);
    expect(steepest(lost.found)).toBeLessThan(0.5);
    expect(lost.found.at(-1)).toBeCloseTo(nightStateAt(asked, 1520).gainDb, 0);

    let told = false;
    const gained = levels(asked, 1700, 60, (run, sec) => {
      if (told || sec < 20) return;
      told = true;
      run.seekTo(1715);
    });
    expect(gained.run.state.sec).toBeCloseTo(1755, 1);
    for (const [i, db] of gained.found.slice(1).entries()) expect(db).toBeLessThanOrEqual(gained.found[i]! + 1e-9);
  });

  test('what was asked a while ago has moved on', () => {
    const run = new NightScheduler(plan(), soundOf(), RATE, { speed: 10 });
    run.seekTo(100, 2);
    run.seekTo(100, 2); // asked again before it could answer
    run.advance();
    expect(run.state.sec).toBeCloseTo(120, 0);
  });
});

describe('in the engine', () => {
  /** A minute's timer played at once: level of every tenth of a second, and the phases met. */
  function play(asked: NightPlan, seconds: number, options: { atSec?: number; speed?: number } = {}, block = 4800) {
    const engine = new Engine({ sampleRate: RATE, mode: 'sleep' });
    engine.setScene(soundOf('softNoise', { swell: 0, surprise: 0, steadiness: 1 }));
    engine.startNight(asked, options);
    engine.start(1);
    const left = new Float32Array(Math.round(seconds * RATE));
    const right = new Float32Array(left.length);
    const phases: string[] = [];
    for (let at = 0; at < left.length; at += block) {
      engine.process(left.subarray(at, at + block), right.subarray(at, at + block));
      const phase = engine.night?.phase ?? '';
      if (phases.at(-1) !== phase) phases.push(phase);
    }
    return { engine, left, phases };
  }

  test('a timer ends on its second: the fade falls, nothing comes after', () => {
    const { left, phases, engine } = play(plan({ timerSec: 60, fadeSec: 60 }), 66);
    expect(phases).toEqual(['fading', 'ended']);
    const db = (from: number, to: number): number =>
      20 * Math.log10(rms(left.subarray(from * RATE, to * RATE)) + 1e-12);
    for (let sec = 4; sec < 54; sec += 10) expect(db(sec + 10, sec + 12)).toBeLessThan(db(sec, sec + 2));
    expect(db(58, 59)).toBeLessThan(db(4, 6) - 45);
    expect(rms(left.subarray(63 * RATE))).toBe(0);
    expect(engine.silent).toBe(true);
    expect(engine.night!.sec).toBeCloseTo(66, 1);
  });

  test('samples do not depend on the host’s block size', () => {
    const whole = play(plan({ timerSec: 60, fadeSec: 60 }), 8).left;
    expect(play(plan({ timerSec: 60, fadeSec: 60 }), 8, {}, 300).left).toEqual(whole);
  });

  test('eight hours are eight hours: the programme counts frames, and nothing else', () => {
    const asked = plan({ timerSec: 8 * 3600 });
    const { engine } = play(asked, 12, { atSec: 8 * 3600 - 606 });
    expect(engine.night).toMatchObject({ phase: 'fading' });
    expect(engine.night!.leftSec).toBeCloseTo(594, 1);
  });

  test('goes on where it was interrupted, and faster as a preview', () => {
    const asked = plan({ timerSec: 1800, fadeSec: 600 });
    expect(play(asked, 2, { atSec: 1500 }).engine.night!.gainDb).toBeCloseTo(-12.1, 0);
    const { engine, phases } = play(asked, 31, { speed: 60 });
    expect(phases).toEqual(['playing', 'fading', 'ended']);
    expect(engine.night!.sec).toBeGreaterThan(1800);
  });

  test('more time brings the level back gently, edits of the fade wait, mutes do not', () => {
    const asked = plan({ timerSec: 120, fadeSec: 60 });
    const engine = new Engine({ sampleRate: RATE, mode: 'sleep' });
    const scene = soundOf('softNoise', { brightness: 0.2 });
    engine.setScene(scene);
    engine.startNight(asked, { atSec: 110 });
    engine.start(0);
    const run = (seconds: number): Float32Array => {
      const left = new Float32Array(seconds * RATE);
      engine.process(left, new Float32Array(left.length));
      return left;
    };
    run(2);
    const dark = centroidHz(run(2), RATE);
    const bright = structuredClone(scene);
    bright.layers[0]!.params['brightness'] = 1;
    engine.setScene(bright);
    expect(centroidHz(run(2), RATE)).toBeLessThan(dark * 1.3);
    engine.changeNight(extendNight(asked, 900));
    const before = rms(run(1));
    expect(rms(run(1))).toBeLessThan(before * 1.7);
    run(12);
    expect(engine.night!.phase).toBe('playing');
    engine.setScene({ ...bright, layers: [{ ...bright.layers[0]!, muted: true }] });
    run(2);
    expect(rms(run(1))).toBeLessThan(0.002);
  });

  test('the arc slows, darkens and moves away; without it nothing moves', () => {
    const arced = {
      ...soundOf('brushing', { pace: 0.9 }),
      arc: { slower: 1, thinner: 0, darker: 1, farther: 1, stiller: 0 },
    };
    const hear = (arc: boolean) => {
      const engine = new Engine({ sampleRate: RATE, mode: 'sleep' });
      engine.setScene(arced);
      engine.startNight(plan({ timerSec: 3600, arc }), { atSec: 2990, ambience: false });
      engine.start(0);
      const left = new Float32Array(20 * RATE);
      engine.process(left, new Float32Array(left.length));
      let onsets = 0;
      engine.drainOnsets(() => (onsets += 1));
      return { onsets, hz: centroidHz(left.subarray(8 * RATE), RATE), away: engine.positions()[0]!.distanceM };
    };
    const still = hear(false);
    const walked = hear(true);
    expect(walked.onsets).toBeLessThan(still.onsets * 0.75);
    expect(walked.hz).toBeLessThan(still.hz * 0.9);
    expect(walked.away).toBeGreaterThan(still.away * 1.5);
  });

  test('the wake sound takes over', () => {
    const wake = { atSec: 61, fadeSec: 60, scene: soundOf('softNoise', { brightness: 1 }) };
    const { plan: asked } = sanitizeNightPlan({ timerSec: 60, fadeSec: 60, wake });
    const { phases, left } = play(asked, 140);
    expect(phases).toEqual(['fading', 'low', 'waking']);
    expect(centroidHz(left.subarray(125 * RATE), RATE)).toBeGreaterThan(
      2 * centroidHz(left.subarray(5 * RATE, 20 * RATE), RATE),
    );
  });

  test.each(['tapping', 'brushing', 'softRain', 'softNoise'])(
    'low, far and at the end of its arc, %s is still sound to the browser',
    (trigger) => {
      const scene = soundOf(trigger);
      const far = { ...scene.layers[0]!, place: { ...scene.layers[0]!.place, closeness: 0 } };
      const engine = new Engine({ sampleRate: RATE, mode: 'sleep' });
      engine.setScene({ ...scene, layers: [far], arc: { slower: 1, thinner: 1, darker: 1, farther: 1, stiller: 1 } });
      engine.startNight(plan({ after: 'low' }), { atSec: 7200 });
      engine.start(1);
      const [left, right] = [new Float32Array(3 * RATE), new Float32Array(3 * RATE)];
      engine.process(left, right);
      for (let i = 0; i < 5; i++) {
        engine.process(left, right);
        // Chromium's gate, and what the volume slider takes where it usually stands.
        expect(Math.hypot(rms(left), rms(right)) / Math.SQRT2).toBeGreaterThan(2 / 4096);
      }
    },
  );

  test('sleep limits are in force from the first sample', () => {
    const meter = new LoudnessMeter(RATE);
    for (const piece of renderChunks(soundOf('tapping', { softness: 0 }), { seconds: 40, night: plan() })) {
      meter.push(piece.left, piece.right);
    }
    expect(meter.truePeakDb()).toBeLessThan(-9);
    expect(meter.maxEmergenceDb()).toBeLessThan(10);
    expect(meter.integratedLufs()).toBeLessThan(-32);
  });
});

describe('the bed under sparse sounds', () => {
  test('lies under taps and slow gestures, not under rain', () => {
    expect(createAmbienceLayer(soundOf('tapping'))).not.toBeNull();
    expect(createAmbienceLayer(soundOf('brushing', { pace: 0.3 }))).not.toBeNull();
    expect(createAmbienceLayer(soundOf('brushing', { pace: 0.7 }))).toBeNull();
    expect(createAmbienceLayer(soundOf('softRain'))).toBeNull();
    expect(createAmbienceLayer(soundOf('softNoise'))).toBeNull();
    expect(createAmbienceLayer({ ...soundOf(), layers: [] })).toBeNull();
    const both = soundOf('tapping');
    const rain = { ...soundOf('softRain').layers[0]!, id: 'rain' };
    expect(createAmbienceLayer({ ...both, layers: [...both.layers, rain] })).toBeNull();
    expect(createAmbienceLayer({ ...both, layers: [...both.layers, { ...rain, muted: true }] })).not.toBeNull();
  });

  test('is heard in the gaps, quietly, unless it is not wanted', () => {
    const quietest = (bed: boolean): number => {
      const engine = new Engine({ sampleRate: RATE, mode: 'sleep' });
      engine.setScene(soundOf('tapping', { pace: 0.6, steadiness: 1 }));
      engine.startNight(plan(), { ambience: bed });
      expect(engine.hasAmbience).toBe(bed);
      engine.start(2);
      const left = new Float32Array(30 * RATE);
      engine.process(left, new Float32Array(left.length));
      const levels: number[] = [];
      for (let at = 10 * RATE; at + 9600 <= left.length; at += 9600) levels.push(rms(left.subarray(at, at + 9600)));
      return 20 * Math.log10(levels.sort((a, b) => a - b)[5]!);
    };
    const without = quietest(false);
    const withBed = quietest(true);
    expect(withBed).toBeGreaterThan(without + 1.5);
    expect(withBed).toBeLessThan(-40);
  });
});
