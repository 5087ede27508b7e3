import { beforeAll, describe, expect, test } from 'vitest';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';
import { Master } from '../../src/synth/master/master.ts';
import type { Mode } from '../../src/synth/scene.ts';

const BLOCK = 128;

/** What comes in at a time: left, right. `frame` counts samples. */
type Sound = (t: number, ear: 0 | 1, frame: number) => number;

interface Rig {
  rate?: number;
  mode?: Mode;
  gainDb?: (t: number) => number;
  /** Length of the start fade that the engine lays over the master. */
  fadeSec?: number;
}

interface Heard {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly meter: LoudnessMeter;
  readonly latencyFrames: number;
  /** Share of blocks with more than half a decibel taken away. */
  readonly active: number;
  readonly master: Master;
}

function createMaster(rate: number, mode: Mode) {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const left = arena.floats(BLOCK);
  const right = arena.floats(BLOCK);
  const master = new Master({ kernels, arena, sampleRate: rate, mode }, left, right);
  return { master, left: arena.view(left, BLOCK), right: arena.view(right, BLOCK) };
}

function listen(sound: Sound, seconds: number, { rate = 48000, mode = 'day', gainDb, fadeSec = 2 }: Rig = {}): Heard {
  const { master, left, right } = createMaster(rate, mode);
  const blocks = Math.floor((seconds * rate) / BLOCK);
  const heard = { left: new Float32Array(blocks * BLOCK), right: new Float32Array(blocks * BLOCK) };
  const meter = new LoudnessMeter(rate);
  let active = 0;
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK;
    for (let i = 0; i < BLOCK; i++) {
      const t = (start + i) / rate;
      left[i] = sound(t, 0, start + i);
      right[i] = sound(t, 1, start + i);
    }
    const fade = fadeSec > 0 ? 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, start / rate / fadeSec)) : 1;
    master.render(gainDb?.(start / rate) ?? 0, fade);
    if (master.reductionDb < -0.5) active += 1;
    for (let i = 0; i < BLOCK; i++) {
      left[i] = (left[i] ?? 0) * fade;
      right[i] = (right[i] ?? 0) * fade;
    }
    heard.left.set(left, start);
    heard.right.set(right, start);
    meter.push(left, right);
  }
  return { ...heard, meter, latencyFrames: master.latencyFrames, active: active / blocks, master };
}

/** Uniform noise, −1…1, the same at every call. */
function noise(frame: number, ear: number): number {
  let x = Math.imul(frame ^ (ear * 0x5bd1e995), 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  return ((x ^ (x >>> 13)) >>> 0) / 2147483648 - 1;
}

/** Decaying tones: `perSec` a second, out of nothing within `attackSec`. */
function taps(perSec: number, amplitude: number, { decaySec = 0.02, hz = 400, attackSec = 0.006 } = {}): Sound {
  return (t) => {
    const since = ((t * perSec) % 1) / perSec;
    const attack = attackSec > 0 ? Math.min(1, since / attackSec) : 1;
    return amplitude * attack * Math.exp(-since / decaySec) * Math.sin(2 * Math.PI * hz * since);
  };
}

const rms = (x: Float32Array, from = 0, to = x.length): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (x[i] ?? 0) ** 2;
  return Math.sqrt(sum / (to - from));
};
const db = (ratio: number): number => 20 * Math.log10(ratio);

const PROMISES = {
  day: { lufs: -23, truePeakDb: -3, emergenceDb: 12 },
  sleep: { lufs: -32, truePeakDb: -9, emergenceDb: 10 },
} as const;

function expectPromises(heard: Heard, mode: Mode, name: string): void {
  const { meter, left, right } = heard;
  const promise = PROMISES[mode];
  expect.soft(meter.integratedLufs(), `${name}: integrated`).toBeLessThanOrEqual(promise.lufs);
  expect.soft(meter.truePeakDb(), `${name}: true peak`).toBeLessThanOrEqual(promise.truePeakDb);
  expect.soft(meter.maxEmergenceDb(), `${name}: emergence`).toBeLessThanOrEqual(promise.emergenceDb - 0.5);
  expect.soft(meter.maxFlatEmergenceDb(), `${name}: flat emergence`).toBeLessThanOrEqual(promise.emergenceDb - 0.5);
  expect.soft(left.every(Number.isFinite) && right.every(Number.isFinite), `${name}: finite`).toBe(true);
}

const NASTY: readonly (readonly [string, Sound, Rig?])[] = [
  ['noise at +40 dB', (_t, ear, frame) => 100 * noise(frame, ear)],
  ['a sine at full scale', (t) => Math.sin(6000 * t)],
  ['a sine in one ear only', (t, ear) => (ear === 0 ? Math.sin(3000 * t) : 0)],
  ['a square wave with DC', (t) => 0.5 + Math.sign(Math.sin(200 * t))],
  ['steps every second', (t) => (Math.floor(t) % 2 === 0 ? 0.9 : -0.9)],
  ['a deep hum', (t) => 3 * Math.sin(2 * Math.PI * 25 * t)],
  ['fs/4 between the samples', (_t, _ear, frame) => 4 * Math.sin((Math.PI * frame) / 2 + Math.PI / 4)],
  ['bursts of noise after gaps', (t, ear, frame) => (t % 4 < 0.3 ? 10 * noise(frame, ear) : 0)],
  ['noise that grows 80 dB in a minute', (t, ear, frame) => 1e-3 * 10 ** (t / 4) * noise(frame, ear)],
  ['a murmur with one bang', (t, ear, frame) => (t > 7 && t < 7.05 ? 20 : 0.005) * noise(frame, ear)],
  ['a murmur with pairs of bangs 70 ms apart', (t, ear, frame) => ((t % 5) % 0.07 < 0.02 && t % 5 < 0.15 ? 5 : 0.005) * noise(frame, ear)],
  ['level jumps', taps(2, 0.3), { gainDb: (t) => (Math.floor(t) % 4 < 2 ? -24 : 6) }],
  ['rapid taps with an accent', (t) => taps(6, 0.05)(t, 0, 0) + taps(0.31, 2)(t, 0, 0)],
  ...[0.2, 1.6, 50].flatMap((perSec) => [
    [`taps, ${String(perSec)}/s`, taps(perSec, 1.5)] as const,
    [`single samples, ${String(perSec)}/s`, (_t: number, _ear: 0 | 1, frame: number) => (frame % Math.round(48000 / perSec) === 0 ? 50 : 0)] as const,
  ]),
]; // prettier-ignore

describe('the promises hold for', () => {
  for (const [name, sound, rig] of NASTY) {
    test(name, () => {
      expectPromises(listen(sound, 10, rig), 'day', 'day');
      expectPromises(listen(sound, 10, { ...rig, mode: 'sleep', fadeSec: 6 }), 'sleep', 'sleep');
    });
  }

  test('an event in the last moment before 3 s', () => {
    const sound: Sound = (t, ear, frame) => (t > 2.83 && t < 2.9 ? 0.08 * noise(frame, ear) : 0);
    expectPromises(listen(sound, 4), 'day', 'day');
    expectPromises(listen(sound, 4, { mode: 'sleep' }), 'sleep', 'sleep');
  });

  test.each([44100, 96000])('taps and noise at %i Hz', (rate) => {
    for (const mode of ['day', 'sleep'] as const) {
      expectPromises(
        listen((_t, ear, frame) => 100 * noise(frame, ear), 8, { rate, mode }),
        mode,
        'noise',
      );
      expectPromises(listen(taps(0.7, 2), 12, { rate, mode }), mode, 'taps');
      expectPromises(
        listen((t) => 5 * Math.sin(9000 * t), 6, { rate, mode }),
        mode,
        'sine',
      );
    }
  });
});

describe('a calm scene', () => {
  test('of plain tapping at the house level passes untouched', () => {
    const strength = (beat: number): number => 10 ** ((2 * noise(beat, 3)) / 20);
    const sound: Sound = (t) => strength(Math.floor(t * 1.6)) * taps(1.6, 0.25)(t, 0, 0);
    const heard = listen(sound, 30, { fadeSec: 0 });
    expect(heard.active).toBeLessThan(0.01);
    expect(heard.meter.integratedLufs()).toBeGreaterThan(-31.5);
    expect(heard.meter.integratedLufs()).toBeLessThan(-28.5);
    // Sample for sample the input, late and scaled by the slow level correction; the room tone stays far below.
    const { left, latencyFrames } = heard;
    const from = 20 * 48000;
    let cross = 0;
    let input = 0;
    for (let i = from; i < from + 2 * 48000; i++) {
      const x = sound((i - latencyFrames) / 48000, 0, i);
      cross += x * (left[i] ?? 0);
      input += x * x;
    }
    const gain = cross / input;
    expect(Math.abs(db(gain))).toBeLessThan(1.5);
    let rest = 0;
    for (let i = from; i < from + 2 * 48000; i++)
      rest += ((left[i] ?? 0) - gain * sound((i - latencyFrames) / 48000, 0, i)) ** 2;
    expect(db(Math.sqrt(rest / input))).toBeLessThan(-18);
  });

  test('of steady noise passes untouched', () => {
    const heard = listen((_t, ear, frame) => 0.031 * noise(frame, ear), 12);
    expect(heard.active).toBe(0);
    expect(Math.abs(heard.meter.integratedLufs() + 29)).toBeLessThan(0.5);
  });

  test('of sparse taps with long rests keeps its level for a minute', () => {
    // Four taps two seconds apart, then 2.5 s more.
    const sound: Sound = (t) => {
      const inPhrase = t % 10.5;
      const since = inPhrase < 8 ? inPhrase % 2 : inPhrase - 6;
      return 0.35 * Math.min(1, since / 0.006) * Math.exp(-since / 0.02) * Math.sin(2500 * since);
    };
    const { left, meter } = listen(sound, 63);
    const phrases = [0, 1, 2, 3, 4, 5].map((n) => db(rms(left, n * 10.5 * 48000, (n + 1) * 10.5 * 48000)));
    expect(Math.max(...phrases) - Math.min(...phrases)).toBeLessThan(3);
    expect(meter.maxEmergenceDb()).toBeLessThan(11.5);
    // The taps themselves stay clearly there: not squeezed by more than 6 dB.
    expect(meter.maxMomentaryLufs()).toBeGreaterThan(-33);
  });

  test('much louder or softer than the house comes slowly nearer to it', () => {
    const first = (heard: Heard): number => db(rms(heard.left, 3 * 48000, 5 * 48000));
    const last = (heard: Heard): number => db(rms(heard.left, 58 * 48000));
    const soft = listen((_t, ear, frame) => 0.012 * noise(frame, ear), 60);
    expect(last(soft) - first(soft)).toBeGreaterThan(2);
    expect(last(soft) - first(soft)).toBeLessThan(6.1);
    const loud = listen((_t, ear, frame) => 0.05 * noise(frame, ear), 60);
    expect(last(loud) - first(loud)).toBeLessThan(-2);
    expect(last(loud) - first(loud)).toBeGreaterThan(-6.1);
  });
});

describe('startle', () => {
  /** 10 to 90 % of the first peak after `at`, in ms, of a tone of `hz`: magnitude from the sample a quarter period on. */
  function riseMs(x: Float32Array, hz: number, from: number, to: number): number {
    const quarter = Math.round(48000 / hz / 4);
    const envelope: number[] = [];
    // The second difference takes the dark room tone away.
    const bend = (i: number): number => (x[i] ?? 0) - 2 * (x[i - 1] ?? 0) + (x[i - 2] ?? 0);
    for (let i = from; i < to; i++) envelope.push(Math.hypot(bend(i), bend(i + quarter)));
    const top = Math.max(...envelope);
    const end = envelope.findIndex((e) => e >= 0.9 * top);
    let start = end;
    while (start > 0 && (envelope[start] ?? 0) > 0.1 * top) start--;
    return (end - start) / 48;
  }

  test.each(['day', 'sleep'] as const)('too fast onsets are softened: %s', (mode) => {
    const needed = mode === 'day' ? 2 : 5;
    for (const decaySec of [10, 0.05, 0.01]) {
      const tap = taps(0.8, 0.3, { hz: 6000, decaySec, attackSec: 0 });
      const { left, latencyFrames } = listen((t, ear, frame) => (t % 1.25 < 0.15 ? tap(t, ear, frame) : 0), 7.4, {
        mode,
      });
      const from = 6.25 * 48000 + latencyFrames - 480;
      expect(riseMs(left, 6000, from, from + 4800)).toBeGreaterThanOrEqual(needed);
    }
  });

  test('slow onsets pass as they are', () => {
    const tap = taps(1.6, 0.2, { hz: 2000, decaySec: 0.03, attackSec: 0.007 });
    const { left, latencyFrames } = listen(tap, 8, { fadeSec: 0 });
    const from = 5 * 48000;
    let worst = 0;
    let gain = 0;
    for (let i = from; i < from + 4800; i++) gain = Math.max(gain, Math.abs(left[i + latencyFrames] ?? 0));
    let peak = 0;
    for (let i = from; i < from + 4800; i++) peak = Math.max(peak, Math.abs(tap(i / 48000, 0, i)));
    gain /= peak;
    for (let i = from; i < from + 1200; i++) {
      worst = Math.max(worst, Math.abs((left[i + latencyFrames] ?? 0) - gain * tap(i / 48000, 0, i)));
    }
    expect(worst / (gain * peak)).toBeLessThan(0.1); // the room tone
  });

  test('after a quiet the first event is softer, the second a little', () => {
    // Eight seconds of taps, four of nothing, taps again.
    const tap = taps(2, 0.15);
    const sound: Sound = (t, ear, frame) => (t % 12 < 8 ? tap(t, ear, frame) : 0);
    const { left, latencyFrames } = listen(sound, 18, { fadeSec: 0 });
    const level = (t: number): number => {
      const at = Math.round(t * 48000) + latencyFrames;
      return db(rms(left, at, at + 0.1 * 48000));
    };
    const before = level(7.5);
    expect(level(12) - before).toBeLessThan(-5);
    expect(level(12.5) - before).toBeLessThan(-2);
    expect(level(12.5) - level(12)).toBeGreaterThan(1);
    expect(level(14) - before).toBeGreaterThan(-2);
  });

  test('a bed lies under sparse sounds, and is louder the sparser they are', () => {
    const floor = (heard: Heard, from: number): number => db(rms(heard.left, from * 48000, (from + 0.3) * 48000));
    const sparse = floor(listen(taps(0.5, 0.4), 40), 39.5);
    const silent = floor(
      listen(() => 0, 18),
      17,
    );
    expect(sparse).toBeGreaterThan(silent + 5);
    expect(sparse).toBeLessThan(-42);
    const gone = listen(() => 0, 40).left;
    expect(rms(gone, 39 * 48000)).toBe(0);
  });
});

describe('the signal path', () => {
  test.each([44100, 48000, 96000])('is exactly latencyFrames long at %i Hz', (rate) => {
    const at = 2 * rate + 17;
    for (const mode of ['day', 'sleep'] as const) {
      // One dip in the middle of noise: found again by correlation.
      const sound: Sound = (_t, _ear, frame) => 0.05 * noise(frame, 0);
      const { left, latencyFrames } = listen(sound, 3, { rate, mode, fadeSec: 0 });
      let best = 0;
      let bestLag = 0;
      for (let lag = latencyFrames - 20; lag <= latencyFrames + 20; lag++) {
        let sum = 0;
        for (let i = at; i < at + 4000; i++) sum += sound(0, 0, i) * (left[i + lag] ?? 0);
        if (sum > best) [best, bestLag] = [sum, lag];
      }
      expect(bestLag).toBe(latencyFrames);
    }
  });

  test('sounds the same at every sample rate', () => {
    const levels = [44100, 48000, 96000].map((rate) => listen(taps(1.1, 0.8), 20, { rate }).meter.integratedLufs());
    for (const level of levels) expect(Math.abs(level - (levels[1] ?? 0))).toBeLessThan(0.3);
  });

  test('is the same to the bit each time, and after a reset', () => {
    const sound: Sound = (t, ear, frame) => taps(1.3, 0.7)(t, ear, frame) + 0.01 * noise(frame, ear);
    const { master, left, right } = createMaster(48000, 'day');
    const play = (): Float32Array => {
      const out = new Float32Array(200 * BLOCK);
      for (let block = 0; block < 200; block++) {
        for (let i = 0; i < BLOCK; i++) {
          left[i] = right[i] = 1e-3 * sound((block * BLOCK + i) / 48000, 0, block * BLOCK + i);
        }
        master.render(0);
        out.set(left, block * BLOCK);
      }
      return out;
    };
    const first = play();
    master.reset();
    const again = play();
    const fresh = createMaster(48000, 'day');
    expect(fresh.master.latencyFrames).toBe(master.latencyFrames);
    expect(again.length).toBe(first.length);
    let worst = 0;
    first.forEach((x, i) => (worst = Math.max(worst, Math.abs(x - (again[i] ?? 0)))));
    expect(worst).toBeLessThan(1e-6); // the slow level correction goes on
    expect(listen(sound, 2).left).toEqual(listen(sound, 2).left);
  });

  test('level changes make no step', () => {
    const hz = 200;
    const sine: Sound = (t) => 0.05 * Math.sin(2 * Math.PI * hz * t);
    const bend = (x: Float32Array): number => {
      let worst = 0;
      for (let i = 48000; i < x.length; i++) {
        worst = Math.max(worst, Math.abs((x[i] ?? 0) - 2 * (x[i - 1] ?? 0) + (x[i - 2] ?? 0)));
      }
      return worst;
    };
    // Room tone bends too: it is the yardstick's floor.
    const steady = bend(listen(sine, 4).left);
    const jumping = bend(listen(sine, 4, { gainDb: (t) => (Math.floor(4 * t) % 2 === 0 ? 0 : -24) }).left);
    expect(jumping).toBeLessThan(1.3 * steady);
  });

  test('broken samples are mended at once, and the sound is back', () => {
    const sine: Sound = (t) => 0.05 * Math.sin(2000 * t);
    for (const broken of [NaN, Infinity, -Infinity, 1e30]) {
      const sound: Sound = (t, ear, frame) =>
        frame > 144000 && frame < 144400 && frame % 3 === ear ? broken : sine(t, ear, frame);
      const heard = listen(sound, 5);
      const clean = listen(sine, 5);
      expectPromises(heard, 'day', String(broken));
      const from = 144400 + heard.latencyFrames + 4800;
      for (let i = from; i < from + 4800; i++) {
        expect(Math.abs((heard.left[i] ?? 0) - (clean.left[i] ?? 0))).toBeLessThan(0.003);
      }
    }
  });

  test('takes out DC', () => {
    const { left } = listen((t) => 0.4 + 0.02 * Math.sin(3000 * t), 6);
    let mean = 0;
    for (let i = 4 * 48000; i < left.length; i++) mean += left[i] ?? 0;
    expect(db(Math.abs(mean / (left.length - 4 * 48000)) + 1e-9)).toBeLessThan(-70);
  });

  test('shows loudness and true peak of what goes out', () => {
    const { master, left, right } = listen((t) => 0.03 * Math.sin(6283 * t), 5);
    const meter = new LoudnessMeter(48000);
    meter.push(left.subarray(4 * 48000), right.subarray(4 * 48000));
    expect(Math.abs(master.momentaryLufs - meter.momentaryLufs)).toBeLessThan(0.1);
    expect(Math.abs(master.truePeakDb - meter.truePeakDb())).toBeLessThan(1);
  });
});

describe('the limiter', () => {
  let loud: Heard;
  beforeAll(() => {
    // Fast hits on a loud murmur: the guard lets the level be, the peaks are the limiter's.
    const sound: Sound = (t, ear, frame) =>
      0.02 * noise(frame, ear) + taps(3, 2, { decaySec: 0.003, hz: 5000, attackSec: 0.006 })(t, ear, frame);
    loud = listen(sound, 10);
  });
  test('holds the true peak', () => {
    expect(loud.meter.truePeakDb()).toBeLessThan(-3);
  });
});
