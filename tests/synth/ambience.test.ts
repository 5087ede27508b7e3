// Rain and noise: the chance, the drops and the bubbles are what their formulas say; the words on the sliders are true.
import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { DecayingSinePool } from '../../src/synth/dsp/decayingSinePool.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { decayRate } from '../../src/synth/dsp/math.ts';
import { Random } from '../../src/synth/dsp/random.ts';
import { Raindrops } from '../../src/synth/exciters/raindrops.ts';
import { PoissonProcess } from '../../src/synth/dsp/poissonProcess.ts';
import { renderScene } from '../../src/synth/index.ts';
import type { ParamValues, Scene } from '../../src/synth/index.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import { layerOf, renderDry, sceneOf } from '../helpers/scene.ts';
import { bandPowerDb, centroidHz, rms } from '../helpers/features.ts';
import { renderGrains } from '../reference/grains.ts';

const RATE = 48000;

describe('events', () => {
  test('is a Poisson process: mean and variance of the counts agree, moments are even, blocks do not know each other', () => {
    const events = new PoissonProcess(new Random(5));
    const counts: number[] = [];
    const moments: number[] = [];
    for (let block = 0; block < 20000; block++) {
      let count = 0;
      events.beginBlock(block, 300, 0.004);
      while (events.next()) {
        count += 1;
        moments.push(events.atSec);
      }
      counts.push(count);
    }
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(mean).toBeCloseTo(1.2, 1);
    expect(variance / mean).toBeGreaterThan(0.95);
    expect(variance / mean).toBeLessThan(1.05);
    expect(moments.reduce((sum, at) => sum + at, 0) / moments.length).toBeCloseTo(0.002, 4);
    let lag = 0;
    for (let i = 1; i < counts.length; i++) lag += (counts[i]! - mean) * (counts[i - 1]! - mean);
    expect(Math.abs(lag / counts.length / variance)).toBeLessThan(0.03);
  });

  test('any block can be asked for by itself, and never holds the draws of another', () => {
    const eventsOf = (number: number): number[] => {
      const events = new PoissonProcess(new Random(6));
      events.beginBlock(number, 2000, 0.005);
      const found: number[] = [];
      while (events.next()) found.push(events.id, events.atSec);
      return found;
    };
    expect(eventsOf(70000)).toEqual(eventsOf(70000));
    expect(eventsOf(70000)).not.toEqual(eventsOf(70001));
    const events = new PoissonProcess(new Random(6));
    events.beginBlock(1, 1e9, 1);
    let last = 0;
    while (events.next()) last = events.id;
    expect(last).toBeLessThan(128);
  });
});

test('raindrops: mean energy one, cut at both ends, heavier rain has larger drops', () => {
  for (const slope of [1.2, 2, 3]) {
    const drops = new Raindrops();
    drops.setParams(slope, 1);
    let energy = 0;
    let diameter = 0;
    const draws = 20000;
    for (let i = 0; i < draws; i++) {
      const mm = drops.diameterMm((i + 0.5) / draws);
      expect(mm).toBeGreaterThanOrEqual(0.8);
      expect(mm).toBeLessThanOrEqual(3.2);
      energy += drops.energy(mm);
      diameter += mm;
    }
    expect(energy / draws).toBeCloseTo(1, 1);
    expect(diameter / draws).toBeGreaterThan(0.8 + 0.5 / slope);
  }
});

test('a gliding sine follows its formula while it can be heard, and ends quietly whatever is asked', () => {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const pool = new DecayingSinePool({ kernels, arena, sampleRate: RATE }, { capacity: 8, buses: 1 });
  const view = arena.view(pool.bus(0), BLOCK_FRAMES);
  const t60Sec = 0.05;
  const decay = decayRate(t60Sec);
  pool.push({
    bus: 0,
    atFrames: 3.25,
    amplitude: 0.5,
    hz: 900,
    phase: 0.4,
    t60Sec,
    rampSec: 0.002,
    glidePerSec: 0.1 * decay,
  });
  const blocks = 8;
  const out = new Float32Array(blocks * BLOCK_FRAMES);
  for (let block = 0; block < blocks; block++) {
    pool.render();
    out.set(view, block * BLOCK_FRAMES);
  }
  const expected = renderGrains(
    [
      {
        at: 3.25,
        amplitude: 0.5,
        omega: (2 * Math.PI * 900) / RATE,
        phase: 0.4,
        decay: decay / RATE,
        rampFrames: 0.002 * RATE,
        glide: (0.1 * decay) / RATE,
      },
    ],
    out.length,
  );
  let error = 0;
  let power = 0;
  expected.forEach((value, i) => {
    error += (out[i]! - value) ** 2;
    power += value ** 2;
  });
  // The amplitude and the last turns stray a little, as the kernel says.
  expect(Math.sqrt(error / power)).toBeLessThan(0.12);

  for (const hz of [800, 2500, 3600, 5500]) {
    pool.push({ bus: 0, atFrames: 0, amplitude: 0.5, hz, phase: 1, t60Sec: 0.6, rampSec: 0.0005, glidePerSec: 40 });
    let peak = 0;
    for (let block = 0; block < 800; block++) {
      pool.render();
      for (const sample of view) peak = Math.max(peak, Math.abs(sample));
    }
    expect(peak, `${String(hz)} Hz`).toBeLessThan(1);
    expect(pool.active).toBe(0);
  }
});

function soundOf(id: string, params: ParamValues, seed = 4): Scene {
  return sceneOf([layerOf(id, { params, place: { azimuthDeg: 0, closeness: 0.5, spread: 1 } })], {
    seed,
    room: { size: 0.3, amount: 0 },
  });
}

function dry(id: string, params: ParamValues, seconds: number): Float32Array {
  return renderDry(soundOf(id, params), seconds);
}

/** How far peaks of 5 ms stand out: 99th percentile of their level over the mean, dB. */
function prominenceDb(samples: Float32Array): number {
  const levels: number[] = [];
  for (let at = 0; at + 240 <= samples.length; at += 240) levels.push(rms(samples.subarray(at, at + 240)));
  levels.sort((a, b) => a - b);
  return 20 * Math.log10(levels[Math.floor(0.99 * levels.length)]! / rms(samples));
}

describe('soft rain', () => {
  test('nearness and crispness make drops stand out, a wash does not', () => {
    const wash = prominenceDb(dry('softRain', { nearness: 0, crispness: 0 }, 12));
    const drops = prominenceDb(dry('softRain', { nearness: 1, crispness: 1 }, 12));
    expect(wash).toBeLessThan(4.5);
    expect(drops).toBeGreaterThan(wash + 2);
  });

  test('what it falls on can be told: a tent is darker than earth, earth than a window', () => {
    const hz = (surface: string): number => centroidHz(dry('softRain', { surface }, 8), RATE);
    expect(hz('canvas')).toBeLessThan(hz('earth') * 0.95);
    expect(hz('earth')).toBeLessThan(hz('window') * 0.8);
  });

  test('gusts come over tens of seconds and stay within a few decibels', () => {
    const samples = dry('softRain', { steadiness: 0, nearness: 0.2 }, 120);
    const levels: number[] = [];
    for (let at = 0; at + 4 * RATE <= samples.length; at += 4 * RATE) {
      levels.push(20 * Math.log10(rms(samples.subarray(at, at + 4 * RATE))));
    }
    const spread = Math.max(...levels) - Math.min(...levels);
    expect(spread).toBeGreaterThan(1.5);
    expect(spread).toBeLessThan(9);
  });
});

describe('soft noise', () => {
  test('brightness tilts an even slope: each octave band lies below the one before it, less so when bright', () => {
    const slope = (brightness: number): number => {
      const bands = bandPowerDb(dry('softNoise', { brightness, softness: 0.2 }, 10), RATE);
      return bands[bands.length - 2]! - bands[2]!;
    };
    expect(slope(0)).toBeLessThan(slope(0.5) - 4);
    expect(slope(0.5)).toBeLessThan(slope(1) - 4);
    expect(slope(1)).toBeLessThan(6);
  });

  test('the swell rises and falls by about two decibels over its period', () => {
    const samples = dry('softNoise', { pace: 0.05, steadiness: 1, swell: 0.57, surprise: 0 }, 60);
    const levels: number[] = [];
    for (let at = 0; at + RATE <= samples.length; at += RATE) {
      levels.push(20 * Math.log10(rms(samples.subarray(at, at + RATE))));
    }
    const spread = Math.max(...levels) - Math.min(...levels);
    expect(spread).toBeGreaterThan(3);
    expect(spread).toBeLessThan(6);
  });

  test('width takes the two sides apart', () => {
    const coherence = (width: number): number => {
      const { left, right } = renderScene(
        { ...soundOf('softNoise', { width }), room: { size: 0.3, amount: 0 } },
        { seconds: 8, fadeSec: 0 },
      );
      let cross = 0;
      left.forEach((sample, i) => (cross += sample * right[i]!));
      return cross / left.length / (rms(left) * rms(right));
    };
    expect(coherence(0)).toBeGreaterThan(0.9);
    expect(coherence(1)).toBeLessThan(coherence(0) - 0.3);
  });
});
