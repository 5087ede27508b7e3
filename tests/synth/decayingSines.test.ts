import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { DecayingNoiseBands } from '../../src/synth/dsp/decayingNoiseBands.ts';
import { DecayingSinePool } from '../../src/synth/dsp/decayingSinePool.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { Random } from '../../src/synth/dsp/random.ts';
import { decayRate } from '../../src/synth/dsp/math.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import { bandPowerDb, rms } from '../helpers/features.ts';
import { renderGrains } from '../reference/grains.ts';
import type { ReferenceGrain } from '../reference/grains.ts';

const RATE = 48000;

function rig(capacity = 64, buses = 1, sampleRate = RATE) {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const pool = new DecayingSinePool({ kernels, arena, sampleRate }, { capacity, buses });
  const views = Array.from({ length: buses }, (_, bus) => arena.view(pool.bus(bus), BLOCK_FRAMES));
  return { kernels, arena, pool, views };
}

const scattered = new Random(77);
const scatter = (i: number): number => scattered.uniform(i);

describe('the pool of decaying sines', () => {
  test('is its formula: any frequency, decay, ramp and fractional start', () => {
    const blocks = 24;
    const { pool, views } = rig();
    const expected: ReferenceGrain[] = [];
    const out = new Float32Array(blocks * BLOCK_FRAMES);
    for (let block = 0; block < blocks; block++) {
      for (let i = 0; block < 16 && i < 3; i++) {
        const n = 3 * block + i;
        const at = scatter(n) * (BLOCK_FRAMES - 0.01);
        const hz = 60 * 200 ** scatter(n + 100);
        const t60Sec = 0.001 * 60 ** scatter(n + 200);
        const rampSec = 0.00002 * 200 ** scatter(n + 300);
        const phase = 7 * scatter(n + 400);
        const amplitude = 0.02 + scatter(n + 500);
        pool.push({ bus: 0, atFrames: at, amplitude, hz, phase, t60Sec, rampSec, glidePerSec: 0 });
        expected.push({
          at: block * BLOCK_FRAMES + at,
          amplitude,
          omega: (2 * Math.PI * hz) / RATE,
          phase,
          decay: decayRate(t60Sec) / RATE,
          rampFrames: rampSec * RATE,
        });
      }
      pool.render();
      out.set(views[0]!, block * BLOCK_FRAMES);
    }
    const reference = renderGrains(expected, out.length);
    let error = 0;
    let power = 0;
    reference.forEach((value, i) => {
      error += (out[i]! - value) ** 2;
      power += value ** 2;
    });
    expect(power).toBeGreaterThan(1);
    expect(10 * Math.log10(error / power)).toBeLessThan(-85);
  });

  test('falls silent, then costs and sounds nothing; buses stay apart', () => {
    const { pool, views } = rig(8, 2);
    pool.push({
      bus: 1,
      atFrames: 3.5,
      amplitude: 0.5,
      hz: 1000,
      phase: 0,
      t60Sec: 0.02,
      rampSec: 0.0005,
      glidePerSec: 0,
    });
    pool.render();
    expect(rms(views[0]!)).toBe(0);
    expect(rms(views[1]!)).toBeGreaterThan(0.01);
    for (let block = 0; block < 60; block++) pool.render();
    expect(pool.active).toBe(0);
    expect(rms(views[1]!)).toBe(0);
  });

  test('a full pool gives up its quietest grain, never a louder one', () => {
    const { pool, views } = rig(4);
    for (const amplitude of [0.5, 0.4, 0.001, 0.3])
      pool.push({ bus: 0, atFrames: 0, amplitude, hz: 500, phase: 0, t60Sec: 1, rampSec: 0.0001, glidePerSec: 0 });
    pool.render();
    const before = rms(views[0]!);
    pool.push({
      bus: 0,
      atFrames: 0,
      amplitude: 0.0005,
      hz: 3000,
      phase: 0,
      t60Sec: 1,
      rampSec: 0.0001,
      glidePerSec: 0,
    }); // quieter than all: dropped
    pool.push({ bus: 0, atFrames: 0, amplitude: 0.45, hz: 3000, phase: 0, t60Sec: 1, rampSec: 0.0001, glidePerSec: 0 }); // takes the place of 0.001
    pool.render();
    expect(pool.active).toBe(4);
    const high = bandPowerOf(views[0]!, 3000) / bandPowerOf(views[0]!, 500);
    expect(high).toBeGreaterThan(0.05);
    expect(rms(views[0]!)).toBeGreaterThan(0.8 * before);
  });

  test('a crowd of them starts anywhere in time without preferring the sample grid', () => {
    // The same sine, half a sample later: the phase at 6 kHz must turn by 6000 · ½ / 48000 of a circle.
    const phases = [10, 10.5].map((at) => {
      const { pool, views } = rig();
      pool.push({
        bus: 0,
        atFrames: at,
        amplitude: 0.5,
        hz: 6000,
        phase: 0,
        t60Sec: 0.05,
        rampSec: 0.0004,
        glidePerSec: 0,
      });
      pool.render();
      return phaseOf(views[0]!.subarray(48, 112), 6000);
    });
    const turned = (phases[0]! - phases[1]! + 2 * Math.PI) % (2 * Math.PI);
    expect(turned).toBeCloseTo((2 * Math.PI * 6000 * 0.5) / RATE, 2);
  });
});

describe('decaying noise bands', () => {
  test('steady feed has the power and colour asked for, at every sample rate', () => {
    const spectra = [44100, 48000, 96000].map((rate) => {
      const { arena, kernels } = rig(4, 1, rate);
      const noise = new DecayingNoiseBands({ kernels, arena, sampleRate: rate }, 5);
      const out = arena.floats(BLOCK_FRAMES);
      const view = arena.view(out, BLOCK_FRAMES);
      [250, 1000, 3000, 6000].forEach((hz, band) => {
        noise.setBand(band, { hz, q: 0.7, t60Sec: 0.05, riseSec: 0.001 });
        noise.setFeed(band, 0.01 / (band + 1));
      });
      const samples = new Float32Array(rate * 4);
      for (let at = 0; at + BLOCK_FRAMES <= samples.length; at += BLOCK_FRAMES) {
        kernels.clear(out, BLOCK_FRAMES);
        noise.render(out);
        samples.set(view, at);
      }
      const power = rms(samples.subarray(rate / 2)) ** 2;
      expect(power / (0.01 * (1 + 1 / 2 + 1 / 3 + 1 / 4))).toBeGreaterThan(0.9);
      expect(power / (0.01 * (1 + 1 / 2 + 1 / 3 + 1 / 4))).toBeLessThan(1.1);
      return bandPowerDb(samples, rate);
    });
    spectra[1]!.forEach((db, band) => {
      expect(Math.abs(db - spectra[0]![band]!)).toBeLessThan(1.5);
      expect(Math.abs(db - spectra[2]![band]!)).toBeLessThan(1.5);
    });
  });

  test('a strike brings its energy and decays by 60 dB in its time', () => {
    const { arena, kernels } = rig();
    const noise = new DecayingNoiseBands({ kernels, arena, sampleRate: RATE }, 9);
    for (let band = 0; band < 4; band++) noise.setBand(band, { hz: 2000, q: 0.7, t60Sec: 0.1, riseSec: 0.0005 });
    const out = arena.floats(BLOCK_FRAMES);
    const view = arena.view(out, BLOCK_FRAMES);
    const energies = new Float64Array(160);
    // Many strikes, apart enough to be heard one by one: their mean decay.
    for (let strike = 0; strike < 200; strike++) {
      noise.excite(strike % 4, 0, 1e-3);
      for (let block = 0; block < energies.length; block++) {
        kernels.clear(out, BLOCK_FRAMES);
        noise.render(out);
        energies[block]! += (rms(view) ** 2 * BLOCK_FRAMES) / RATE / 200;
      }
    }
    const total = energies.reduce((sum, value) => sum + value, 0);
    expect(total / 1e-3).toBeGreaterThan(0.85);
    expect(total / 1e-3).toBeLessThan(1.15);
    const from = 3;
    const to = from + Math.round((0.03 * RATE) / BLOCK_FRAMES);
    const fallDb = 10 * Math.log10(energies[from]! / energies[to]!);
    const expectedDb = (60 * (to - from) * BLOCK_FRAMES) / RATE / 0.1;
    expect(Math.abs(fallDb - expectedDb)).toBeLessThan(1.5);
    // And it comes to rest.
    for (let block = 0; block < 200; block++) noise.render(out);
    kernels.clear(out, BLOCK_FRAMES);
    noise.render(out);
    expect(rms(view)).toBe(0);
  });
});

function correlate(samples: Float32Array, hz: number): [number, number] {
  let re = 0;
  let im = 0;
  samples.forEach((value, i) => {
    re += value * Math.cos((2 * Math.PI * hz * i) / RATE);
    im += value * Math.sin((2 * Math.PI * hz * i) / RATE);
  });
  return [re, im];
}

function bandPowerOf(samples: Float32Array, hz: number): number {
  const [re, im] = correlate(samples, hz);
  return re * re + im * im;
}

function phaseOf(samples: Float32Array, hz: number): number {
  const [re, im] = correlate(samples, hz);
  return Math.atan2(re, im);
}
