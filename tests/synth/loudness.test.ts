import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { Random } from '../../src/synth/dsp/random.ts';
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';
import { kWeighting, setKWeighting } from '../../src/synth/master/weighting.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';

/** Half of what EBU Tech 3341 allows, in LU. */
const CLOSE = 0.05;
const RATES = [44100, 48000, 96000];

/** [seconds, peak level in dBFS] one after another: a sine in both channels, its phase running on. */
type Segments = readonly (readonly [number, number])[];

function tone(rate: number, segments: Segments, hz = 1000): Float32Array {
  const total = segments.reduce((sum, [seconds]) => sum + Math.round(seconds * rate), 0);
  const out = new Float32Array(total);
  let at = 0;
  for (const [seconds, db] of segments) {
    const amplitude = 10 ** (db / 20);
    const end = at + Math.round(seconds * rate);
    for (; at < end; at++) out[at] = amplitude * Math.sin((2 * Math.PI * hz * at) / rate);
  }
  return out;
}

function measure(signal: Float32Array, rate: number, piece = 4096, right = signal): LoudnessMeter {
  const meter = new LoudnessMeter(rate);
  for (let at = 0; at < signal.length; at += piece) {
    meter.push(signal.subarray(at, at + piece), right.subarray(at, at + piece));
  }
  return meter;
}

/** Sections one after the other, direct form I in doubles. */
function chain(sections: readonly ReturnType<typeof kWeighting>['shelf'][]): (sample: number) => number {
  const states = sections.map(() => [0, 0, 0, 0]);
  return (sample) =>
    sections.reduce((x, { b0, b1, b2, a1, a2 }, i) => {
      const [x1, x2, y1, y2] = states[i] as [number, number, number, number];
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      states[i] = [x, x1, y, y1];
      return y;
    }, sample);
}

const repeat = (times: number, segments: Segments): Segments => Array.from({ length: times }, () => segments).flat();

describe('K-weighting', () => {
  test('is the printed standard at 48 kHz', () => {
    const { shelf, highPass } = kWeighting(48000);
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 9);
    expect(shelf.b1).toBeCloseTo(-2.69169618940638, 9);
    expect(shelf.b2).toBeCloseTo(1.19839281085285, 9);
    expect(shelf.a1).toBeCloseTo(-1.69065929318241, 9);
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 9);
    expect([highPass.b0, highPass.b1, highPass.b2]).toEqual([1, -2, 1].map((b) => expect.closeTo(b, 9) as number));
    expect(highPass.a1).toBeCloseTo(-1.99004745483398, 8);
    expect(highPass.a2).toBeCloseTo(0.99007225036621, 8);
  });

  test.each(RATES)('weighs 100 Hz, 1 kHz and 10 kHz alike at %i Hz', (rate) => {
    for (const [hz, gainDb] of [
      [100, -1.133],
      [997, 0.691],
      [10000, 4.042],
    ] as const) {
      // A sine of −20 dBFS in both ears has a mean square of −20 dB.
      const meter = measure(tone(rate, [[2, -20]], hz), rate);
      expect(meter.maxMomentaryLufs()).toBeCloseTo(-20.691 + gainDb, hz > 5000 ? 0 : 1);
    }
  });

  test.each(RATES)('block by block, at %i Hz, it is what double precision in the printed form gives', (rate) => {
    const kernels = instantiateKernels();
    const arena = new Arena(kernels).scope();
    const state = arena.alloc(kernels.LOUDNESS_BYTES);
    setKWeighting(kernels, state, rate);
    const input = arena.floats(BLOCK_FRAMES);
    const samples = arena.view(input, BLOCK_FRAMES);
    const { shelf, highPass } = kWeighting(rate);
    const weigh = chain([shelf, highPass]);
    const random = new Random(3);
    let worst = 0;
    let late = 0;
    for (let block = 0; block < 400; block++) {
      let expected = 0;
      for (let i = 0; i < BLOCK_FRAMES; i++) {
        const at = block * BLOCK_FRAMES + i;
        samples[i] = 0.1 * random.range(at, -1, 1) + 0.5 * Math.sin((2 * Math.PI * 25 * at) / rate);
        // The kernel's second stage hears what the first gave a sample ago.
        expected += 2 * late * late;
        late = weigh(samples[i]!);
      }
      const energy = kernels.loudnessEnergy(state, input, input, BLOCK_FRAMES);
      if (block > 0) worst = Math.max(worst, Math.abs(energy / expected - 1));
    }
    expect(worst).toBeLessThan(1e-4);
  });

  test('one channel alone at 0 dBFS, 997 Hz, is −3.01 LUFS', () => {
    const signal = tone(48000, [[3, 0]], 997);
    expect(measure(signal, 48000, 4096, new Float32Array(signal.length)).integratedLufs()).toBeCloseTo(-3.01, 1);
  });
});

describe('EBU Tech 3341', () => {
  const programmes: readonly (readonly [string, number, Segments])[] = [
    ['1', -23, [[20, -23]]],
    ['2', -33, [[20, -33]]],
    ['3', -23, [[10, -36], [60, -23], [10, -36]]],
    ['4', -23, [[10, -72], [10, -36], [60, -23], [10, -36], [10, -72]]],
    ['5', -23, [[20, -26], [20.1, -20], [20, -26]]],
  ]; // prettier-ignore

  test.each(RATES)('cases 1 to 5: integrated, at %i Hz', (rate) => {
    for (const [name, expected, segments] of programmes) {
      const meter = measure(tone(rate, segments), rate);
      expect.soft(Math.abs(meter.integratedLufs() - expected), `case ${name}`).toBeLessThan(CLOSE);
      if (segments.length > 1) continue;
      expect.soft(Math.abs(meter.maxMomentaryLufs() - expected), `case ${name}, momentary`).toBeLessThan(CLOSE);
      expect.soft(Math.abs(meter.maxShortTermLufs() - expected), `case ${name}, short-term`).toBeLessThan(CLOSE);
    }
  });

  test('case 9: short-term stands still after 3 s', () => {
    const signal = tone(48000, repeat(5, [[1.34, -20], [1.66, -30]])); // prettier-ignore
    const meter = new LoudnessMeter(48000);
    for (let at = 0; at < signal.length; at += 480) {
      meter.push(signal.subarray(at, at + 480), signal.subarray(at, at + 480));
      if (at >= 3 * 48000) expect(Math.abs(meter.shortTermLufs + 23)).toBeLessThan(CLOSE);
    }
  });

  test('case 10: loudest 3 s, wherever it begins', () => {
    for (let i = 0; i < 20; i++) {
      const meter = measure(tone(48000, [[i * 0.15, -Infinity], [3, -23], [1, -Infinity]]), 48000); // prettier-ignore
      expect(Math.abs(meter.maxShortTermLufs() + 23)).toBeLessThan(CLOSE);
    }
  });

  test('case 11: loudest 3 s of a rising row', () => {
    const meter = new LoudnessMeter(48000);
    for (let i = 0; i < 20; i++) {
      const piece = tone(48000, [[i * 0.15, -Infinity], [3, -38 + i], [3 - i * 0.15, -Infinity]]); // prettier-ignore
      meter.push(piece, piece);
      expect(Math.abs(meter.maxShortTermLufs() - (-38 + i))).toBeLessThan(CLOSE);
    }
  });

  test('case 12: momentary stands still after 1 s', () => {
    const signal = tone(48000, repeat(25, [[0.18, -20], [0.22, -30]])); // prettier-ignore
    const meter = new LoudnessMeter(48000);
    for (let at = 0; at < signal.length; at += 480) {
      meter.push(signal.subarray(at, at + 480), signal.subarray(at, at + 480));
      if (at >= 48000) expect(Math.abs(meter.momentaryLufs + 23)).toBeLessThan(CLOSE);
    }
  });

  test('case 13: loudest 400 ms, wherever it begins', () => {
    for (let i = 0; i < 20; i++) {
      const meter = measure(tone(48000, [[i * 0.02, -Infinity], [0.4, -23], [1, -Infinity]]), 48000); // prettier-ignore
      expect(Math.abs(meter.maxMomentaryLufs() + 23)).toBeLessThan(CLOSE);
    }
  });

  test('case 14: loudest 400 ms of a rising row', () => {
    const meter = new LoudnessMeter(48000);
    for (let i = 0; i < 20; i++) {
      const piece = tone(48000, [[i * 0.02, -Infinity], [0.4, -38 + i], [0.4 - i * 0.02, -Infinity]]); // prettier-ignore
      meter.push(piece, piece);
      expect(Math.abs(meter.maxMomentaryLufs() - (-38 + i))).toBeLessThan(CLOSE);
    }
  });

  test.each(RATES)('cases 15 to 19: true peak of sines between samples, at %i Hz', (rate) => {
    for (const [name, divisor, amplitude, degrees, expected] of [
      ['15', 4, 0.5, 0, -6],
      ['16', 4, 0.5, 45, -6],
      ['17', 6, 0.5, 60, -6],
      ['18', 8, 0.5, 67.5, -6],
      ['19', 4, 1.41, 45, 3],
    ] as const) {
      const fade = 0.01 * rate;
      const signal = Float32Array.from({ length: rate / 2 }, (_, i) => {
        const level = amplitude * Math.min(1, i / fade, (rate / 2 - 1 - i) / fade);
        return level * Math.sin((2 * Math.PI * i) / divisor + (degrees * Math.PI) / 180);
      });
      const error = measure(signal, rate).truePeakDb() - expected;
      expect.soft(error, `case ${name}`).toBeLessThan(0.2);
      expect.soft(error, `case ${name}`).toBeGreaterThan(-0.4);
    }
  });

  test('cases 20 to 23: true peak of one louder period, at four offsets', () => {
    // Made at four times the rate: a sine of fs/6 at ½ holding one period of fs/4 at 1, low-passed and thinned out.
    const length = 4 * 4800;
    const middle = 9600;
    const made = Float64Array.from({ length }, (_, i) => {
      const fade = Math.min(1, i / 1920, (length - 1 - i) / 1920);
      const inside = i >= middle && i < middle + 16;
      return (
        fade *
        (inside ? Math.sin((2 * Math.PI * (i - middle)) / 16) : 0.5 * Math.sin((2 * Math.PI * (i - middle)) / 24))
      );
    });
    const half = 200;
    for (const offset of [0, 1, 2, 3]) {
      const signal = Float32Array.from({ length: length / 4 }, (_, n) => {
        let sum = 0;
        for (let k = -half; k <= half; k++) {
          const t = k / 4;
          const window = 0.5 + 0.5 * Math.cos((Math.PI * k) / half);
          sum += (made[4 * n + offset + k] ?? 0) * (k === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t)) * window;
        }
        return sum / 4;
      });
      const peak = measure(signal, 48000).truePeakDb();
      expect(peak).toBeLessThan(0.2);
      expect(peak).toBeGreaterThan(-0.4);
    }
  });
});

describe('the meter', () => {
  test('sees the peak between samples within 0.3 dB up to 0.4 of the sample rate, at any phase', () => {
    for (const share of [0.05, 0.13, 0.21, 0.3, 0.37, 0.4]) {
      for (const phase of [0, 0.3, 0.9, 1.4]) {
        const signal = Float32Array.from({ length: 4800 }, (_, i) => {
          const fade = Math.min(1, i / 900, (4799 - i) / 900);
          return fade * 0.5 * Math.sin(2 * Math.PI * share * i + phase);
        });
        expect(Math.abs(measure(signal, 48000).truePeakDb() + 6.02)).toBeLessThan(0.3);
      }
    }
  });

  test('gives the same figures for pieces of any length, and counts a peak in the last samples', () => {
    const signal = tone(48000, [[1.003, -20], [2, -30]]); // prettier-ignore
    signal[signal.length - 1] = 0.9;
    const whole = measure(signal, 48000, signal.length);
    for (const piece of [64, 300, 1000]) {
      const meter = measure(signal, 48000, piece);
      expect(meter.integratedLufs()).toBe(whole.integratedLufs());
      expect(meter.truePeakDb()).toBe(whole.truePeakDb());
      expect(meter.truePeakDb()).toBeGreaterThan(-1);
    }
  });

  test('emergence: an event of 125 ms over a steady level, against theory', () => {
    // 12 s at −40, then 125 ms at −26: 14 dB over the bed, an eightieth of the 10 s that the event itself lifts.
    const meter = measure(tone(48000, [[12, -40], [0.125, -26], [1, -40]]), 48000); // prettier-ignore
    const event = 10 ** 1.4;
    const expected = 10 * Math.log10(event / (1 + (event - 1) / 80));
    expect(Math.abs(meter.maxEmergenceDb() - expected)).toBeLessThan(0.1);
    expect(Math.abs(meter.maxFlatEmergenceDb() - expected)).toBeLessThan(0.1);
    expect(measure(tone(48000, [[8, -30]]), 48000).maxEmergenceDb()).toBeLessThan(0.1);
  });

  test('silence reads −200 and has no emergence', () => {
    const meter = measure(new Float32Array(48000 * 4), 48000);
    expect(meter.integratedLufs()).toBe(-200);
    expect(meter.truePeakDb()).toBe(-200);
    expect(meter.maxEmergenceDb()).toBe(0);
  });
});
