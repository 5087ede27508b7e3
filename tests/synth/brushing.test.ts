import { describe, expect, test } from 'vitest';
import type { ParamValues } from '../../src/synth/params.ts';
import { brushing } from '../../src/synth/triggers/brushing.ts';
import { bandPowerDb, centroidHz, meanOf, rms } from '../helpers/features.ts';
import { renderVoice } from '../helpers/scene.ts';
import type { VoiceOptions, VoiceRender } from '../helpers/scene.ts';

const RATE = 48000;
const TOOLS = ['makeup', 'mic', 'nail', 'hair', 'comb', 'cotton', 'silk', 'fluffy'];

function play(params: ParamValues = {}, options: Partial<VoiceOptions> = {}): VoiceRender {
  return renderVoice(brushing, params, { seconds: 8, ...options });
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Level in dB of every `sec` seconds. */
function levels(samples: Float32Array, sec: number): number[] {
  const frames = Math.round(sec * RATE);
  return Array.from(
    { length: Math.floor(samples.length / frames) },
    (_, i) => 20 * Math.log10(rms(samples.subarray(i * frames, (i + 1) * frames)) + 1e-9),
  );
}

describe('brushing', () => {
  test('spectrum and level follow the hand: loud strokes are bright, turns are dark', () => {
    for (const tool of ['mic', 'cotton', 'silk']) {
      const { sum } = play({ tool, pace: 0.5, surprise: 0, steadiness: 1, air: 0 }, { seconds: 10 });
      const window = 4096 * 2;
      const pieces: { db: number; hz: number }[] = [];
      for (let at = RATE; at + window < sum.length; at += window) {
        const piece = sum.subarray(at, at + window);
        pieces.push({ db: 20 * Math.log10(rms(piece)), hz: centroidHz(piece, RATE) });
      }
      pieces.sort((a, b) => a.db - b.db);
      const quarter = Math.floor(pieces.length / 4);
      const hz = (list: typeof pieces) =>
        list.reduce((total, { hz: value }) => total + Math.log(value), 0) / list.length;
      const db = (list: typeof pieces) => list.reduce((total, { db: value }) => total + value, 0) / list.length;
      expect(hz(pieces.slice(-quarter)) - hz(pieces.slice(0, quarter)), tool).toBeGreaterThan(Math.log(1.15));
      expect(db(pieces.slice(-quarter)) - db(pieces.slice(0, quarter)), tool).toBeGreaterThan(8);
    }
  });

  test('never stands still inside a phrase, never hisses on without one', () => {
    const { sum } = play({ surprise: 0, steadiness: 1 }, { seconds: 12 });
    const db = levels(sum.subarray(RATE), 0.05);
    const loud = Math.max(...db);
    expect(loud - Math.min(...db)).toBeGreaterThan(15);
    expect(loud - Math.min(...db)).toBeLessThan(45);
  });

  test('the two sides are independent', () => {
    for (const tool of TOOLS) {
      const { emitters: sides } = play({ tool, handling: 0 }, { seconds: 6 });
      expect(Math.abs(correlation(sides[0] ?? [], sides[1] ?? [])), tool).toBeLessThan(0.1);
    }
  });

  test('one shot: one stroke, then nothing at all', () => {
    for (const tool of ['makeup', 'hair', 'cotton']) {
      const { sum, onsets } = play({ tool, handling: 1, air: 1 }, { seconds: 8, oneShot: true });
      expect(onsets).toHaveLength(1);
      expect(rms(sum.subarray(0, 3 * RATE))).toBeGreaterThan(1e-3);
      expect(
        sum.subarray(7 * RATE).every((x) => x === 0),
        tool,
      ).toBe(true);
    }
  });

  test('each tool has its own sound, from the fluffy cover up to the nail brush', () => {
    const spectra = TOOLS.map((tool) => bandPowerDb(play({ tool, pressure: 0.5 }, { seconds: 8 }).sum, RATE));
    for (let a = 0; a < TOOLS.length; a++) {
      for (let b = 0; b < a; b++) {
        const apart = Math.max(...(spectra[a] ?? []).map((db, band) => Math.abs(db - (spectra[b]?.[band] ?? 0))));
        expect(apart, `${TOOLS[a] ?? ''} and ${TOOLS[b] ?? ''}`).toBeGreaterThan(2);
      }
    }
    const hz = (tool: string) => centroidHz(play({ tool, air: 0 }, { seconds: 6 }).sum, RATE);
    const order = ['fluffy', 'makeup', 'mic', 'nail'].map(hz);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('crispness lets single bristles stand out: sharper peaks, same level', () => {
    const peaky = [0, 0.5, 1].map((crispness) => {
      const { sum } = play({ tool: 'makeup', crispness, softness: 0.3, air: 0, handling: 0 }, { seconds: 8 });
      let fourth = 0;
      for (const x of sum) fourth += x ** 4;
      return { kurtosis: fourth / sum.length / rms(sum) ** 4, db: 20 * Math.log10(rms(sum)) };
    });
    const [smooth, middle, crisp] = peaky.map(({ kurtosis }) => kurtosis);
    expect(middle).toBeGreaterThan(smooth ?? 0);
    expect(crisp).toBeGreaterThan((middle ?? 0) * 1.1);
    expect(Math.abs((peaky[2]?.db ?? 0) - (peaky[0]?.db ?? 0))).toBeLessThan(4);
  });

  test('softness and pressure are no volume knobs', () => {
    for (const tool of ['makeup', 'mic', 'silk']) {
      for (const id of ['softness', 'pressure']) {
        const db = [0, 0.5, 1].map((value) => 20 * Math.log10(rms(play({ tool, [id]: value }, { seconds: 7 }).sum)));
        expect(Math.max(...db) - Math.min(...db), `${tool} ${id}`).toBeLessThan(8);
      }
    }
  });

  test('has no DC, and the same bands at 44.1, 48 and 96 kHz', () => {
    for (const tool of ['mic', 'hair', 'fluffy']) {
      const takes = [44100, 48000, 96000].map((sampleRate) => {
        const { sum } = play({ tool, surprise: 0.1 }, { seconds: 8, sampleRate });
        expect(Math.abs(meanOf(sum)) / rms(sum), tool).toBeLessThan(0.02);
        return bandPowerDb(sum, sampleRate);
      });
      const top = Math.max(...(takes[1] ?? []));
      for (let band = 0; band < 7; band++) {
        const db = takes.map((spectrum) => spectrum[band] ?? 0);
        if ((db[1] ?? 0) > top - 30)
          expect(Math.max(...db) - Math.min(...db), `${tool}, octave ${String(band)}`).toBeLessThan(2.5);
      }
    }
  });

  test('a new tool is picked up without a click, and soon', () => {
    const before = play({ tool: 'fluffy', surprise: 0, handling: 0 }, { seconds: 4 });
    const { sum } = play({ tool: 'fluffy', surprise: 0, handling: 0 }, { seconds: 4, then: [1.3, { tool: 'mic' }] });
    expect(correlation(sum.subarray(0, 1.2 * RATE), before.sum.subarray(0, 1.2 * RATE))).toBeCloseTo(1, 9);
    const db = levels(sum, 0.01);
    const calm = db.slice(100, 128);
    const swap = db.slice(128, 155);
    expect(Math.min(...swap)).toBeLessThan(Math.max(...calm) - 15); // put away …
    expect(Math.max(...swap)).toBeLessThan(Math.max(...calm) + 4); // … without a bang
    expect(centroidHz(sum.subarray(1.6 * RATE), RATE)).toBeGreaterThan(
      1.5 * centroidHz(before.sum.subarray(1.6 * RATE), RATE),
    );
  });

  test('the place follows the strokes, end to end', () => {
    const { strokePositions: places } = play({ pace: 1 }, { seconds: 12 });
    expect(Math.min(...places)).toBeLessThan(-0.7);
    expect(Math.max(...places)).toBeGreaterThan(0.7);
  });
});
