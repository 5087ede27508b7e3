import { describe, expect, test } from 'vitest';
import { Random } from '../../src/synth/dsp/random.ts';
import { TruncatedPareto } from '../../src/synth/dsp/truncatedPareto.ts';
import { HawkesProcess } from '../../src/synth/dsp/hawkesProcess.ts';
import { SheetHandling } from '../../src/synth/gestures/sheetHandling.ts';
import type { SheetGesture } from '../../src/synth/gestures/sheetHandling.ts';
import type { ParamValues } from '../../src/synth/params.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import { rustling } from '../../src/synth/triggers/rustling.ts';
import { centroidHz, rms } from '../helpers/features.ts';
import { lufs, renderVoice } from '../helpers/scene.ts';
import type { VoiceOptions, VoiceRender } from '../helpers/scene.ts';

const RATE = 48000;
const BLOCK_SEC = BLOCK_FRAMES / RATE;

function play(params: ParamValues, seconds: number, options: Partial<VoiceOptions> = {}): VoiceRender {
  return renderVoice(rustling, params, { seconds, seed: 5, ...options });
}

const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;

/** Exponent of a power law between the smallest and the largest value, by maximum likelihood. */
function exponentOf(energies: readonly number[]): number {
  const lowest = energies.reduce((a, b) => Math.min(a, b));
  const logRatio = Math.log(energies.reduce((a, b) => Math.max(a, b)) / lowest);
  const meanLog = mean(energies.map((energy) => Math.log(energy / lowest)));
  let best = { alpha: 0, likelihood: -Infinity };
  for (let alpha = 1.005; alpha < 3; alpha += 0.01) {
    const norm = (1 - Math.exp((1 - alpha) * logRatio)) / (alpha - 1);
    const likelihood = -alpha * meanLog - Math.log(norm) + meanLog;
    if (likelihood > best.likelihood) best = { alpha, likelihood };
  }
  return best.alpha;
}

describe('click energies', () => {
  test.each([1.0, 1.3, 1.45, 1.6, 1.9])('follow E^−%f, have mean 1 and an upper end', (alpha) => {
    const law = new TruncatedPareto();
    const ratio = 10 ** 2.5;
    law.setParams(alpha, ratio);
    const random = new Random(3);
    const energies = Array.from({ length: 40000 }, (_, i) => law.energy(random.uniform(i)));
    expect(Math.abs(exponentOf(energies) - alpha)).toBeLessThan(0.15);
    expect(Math.abs(mean(energies) - 1)).toBeLessThan(0.03);
    expect(Math.abs(mean(energies.map((energy) => law.amplitude(energy))) - 1)).toBeLessThan(0.03);
    const [least, most] = [energies.reduce((a, b) => Math.min(a, b)), energies.reduce((a, b) => Math.max(a, b))];
    expect(most / least).toBeLessThanOrEqual(ratio * 1.0001);
  });
});

describe('arrivals', () => {
  function counts(burstiness: number, windowSec: number, ratePerSec = 120): number[] {
    const arrivals = new HawkesProcess(new Random(8));
    const perWindow = Math.round(windowSec / BLOCK_SEC);
    return Array.from({ length: 1500 }, () => {
      let count = 0;
      for (let block = 0; block < perWindow; block++) {
        arrivals.beginBlock(ratePerSec, ratePerSec, BLOCK_SEC, burstiness);
        while (arrivals.next()) {
          expect(arrivals.atSec).toBeLessThan(BLOCK_SEC);
          arrivals.excite(1, burstiness);
          count += 1;
        }
      }
      return count;
    });
  }
  const fano = (x: readonly number[]): number => mean(x.map((value) => (value - mean(x)) ** 2)) / mean(x);

  test('keep the mean rate, Poisson without and bursty with self-excitation, at two time scales', () => {
    for (const windowSec of [0.02, 0.2]) {
      const poisson = counts(0, windowSec);
      const bursty = counts(1, windowSec);
      const windowMean = 120 * Math.round(windowSec / BLOCK_SEC) * BLOCK_SEC;
      expect(Math.abs(mean(poisson) / windowMean - 1)).toBeLessThan(0.06);
      expect(Math.abs(mean(bursty) / windowMean - 1)).toBeLessThan(0.12);
      expect(Math.abs(fano(poisson) - 1)).toBeLessThan(0.15);
      expect(fano(bursty)).toBeGreaterThan(windowSec > 0.1 ? 2.2 : 1.3);
    }
  });
});

describe('hands', () => {
  function trace(gesture: SheetGesture, seconds: number, values = { pace: 0.45, steadiness: 0.7, surprise: 0.35 }) {
    const hands = new SheetHandling(new Random(4), false);
    return Array.from({ length: Math.round(seconds / BLOCK_SEC) }, (_, block) => {
      hands.advance(block * BLOCK_SEC, BLOCK_SEC, gesture, values);
      while (hands.nextContact(block * BLOCK_SEC)); // drained
      return { air: hands.airRate, stroke: hands.strokePosition, gestures: hands.gestures };
    });
  }

  test('a held sheet creeps: its click rate falls as one over time', () => {
    const hands = new SheetHandling(new Random(4), true);
    const values = { pace: 0.45, steadiness: 0.7, surprise: 0 };
    const creep: number[] = [];
    let endedSec = 0;
    for (let block = 0; block * BLOCK_SEC < 8; block++) {
      hands.advance(block * BLOCK_SEC, BLOCK_SEC, 'squeeze', values);
      if (hands.deformRate > 0) endedSec = block * BLOCK_SEC;
      creep.push(hands.creep);
    }
    const at = (sec: number): number => creep[Math.round((endedSec + sec) / BLOCK_SEC)] ?? NaN;
    // Even in log time: t · rate stays the same.
    expect((1.6 * at(1.6)) / (0.4 * at(0.4))).toBeGreaterThan(0.8);
    expect((1.6 * at(1.6)) / (0.4 * at(0.4))).toBeLessThan(1.3);
    expect(at(4)).toBe(0);
  });

  test('gestures come at the pace asked for', () => {
    for (const gesture of ['squeeze', 'rub', 'turn', 'walk'] as const) {
      const steady = { pace: 1, steadiness: 1, surprise: 0.3 };
      const last = trace(gesture, 40, steady).at(-1);
      expect(Math.abs(last.gestures - 40), gesture).toBeLessThan(4);
    }
  });

  test('rubbing goes forth and back, for the path that follows strokes', () => {
    const strokes = trace('rub', 20).map((at) => at.stroke);
    expect(Math.max(...strokes)).toBeGreaterThan(0.95);
    expect(Math.min(...strokes)).toBeLessThan(-0.95);
  });

  test('turning a page moves air between the grip and the flap, other gestures do not', () => {
    expect(Math.max(...trace('turn', 10).map((at) => at.air))).toBeGreaterThan(0.5);
    expect(Math.max(...trace('squeeze', 10).map((at) => at.air))).toBe(0);
  });
});

describe('the rustling voice', () => {
  test('density makes more clicks, not more sound', () => {
    const levels = [0, 0.35, 0.7, 1].map((density) => lufs(play({ density, surprise: 0.2 }, 16).sum));
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(4);
    const peaks = [0, 1].map((density) => {
      const { sum } = play({ density, hush: 0 }, 12);
      return sum.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0) / rms(sum);
    });
    expect(peaks[1]!).toBeLessThan(0.75 * peaks[0]!);
  });

  test('every material and gesture keeps the house level', () => {
    const { material, gesture } = rustling.params;
    if (material?.kind !== 'choice' || gesture?.kind !== 'choice') throw new Error('both are choices');
    for (const id of material.options) {
      for (const how of gesture.options) {
        const level = lufs(play({ material: id, gesture: how }, 12).sum);
        expect(Math.abs(level + 30), `${id}, ${how}: ${level.toFixed(1)} LUFS`).toBeLessThan(4);
      }
    }
  });

  test('materials differ as their sheets do', () => {
    // A sheet is drawn from its seed: compare several of each.
    const centroid = (material: string): number =>
      mean([5, 6, 7, 8].map((seed) => centroidHz(play({ material, hush: 0 }, 6, { seed }).sum, RATE)));
    const order = ['fabric', 'page', 'paper', 'leaves'].map(centroid);
    for (let i = 1; i < order.length; i++) expect(order[i]!).toBeGreaterThan(1.1 * order[i - 1]!);
  });

  test('emitters share the gesture, not the clicks', () => {
    const [left, right] = play({}, 12).emitters;
    let product = 0;
    left!.forEach((value, i) => (product += value * right![i]!));
    expect(Math.abs(product / left!.length / (rms(left!) * rms(right!)))).toBeLessThan(0.05);
    expect(20 * Math.log10(rms(left!) / rms(right!))).toBeLessThan(4);
    expect(20 * Math.log10(rms(left!) / rms(right!))).toBeGreaterThan(-4);
    const envelope = (x: Float32Array): number[] =>
      Array.from({ length: 24 }, (_, i) => rms(x.subarray((i * RATE) / 2, ((i + 1) * RATE) / 2)));
    const [a, b] = [envelope(left!), envelope(right!)];
    const [ma, mb] = [mean(a), mean(b)];
    const covariance = mean(a.map((value, i) => (value - ma) * (b[i]! - mb)));
    const spread = Math.sqrt(mean(a.map((v) => (v - ma) ** 2)) * mean(b.map((v) => (v - mb) ** 2)));
    expect(covariance / spread).toBeGreaterThan(0.5);
  });

  test('one gesture: sounds, then falls silent for ever', () => {
    for (const gesture of ['squeeze', 'rub', 'turn', 'walk']) {
      const { sum } = play({ gesture, pace: 0.6, hush: 1 }, 12, { oneShot: true });
      expect(rms(sum.subarray(0, 2 * RATE)), gesture).toBeGreaterThan(1e-3);
      expect(rms(sum.subarray(8 * RATE)), gesture).toBe(0);
    }
  });

  test('reports the salient onsets for the picture, at most twelve a second', () => {
    const onsets = play({ pace: 2 }, 20).onsets.map((frame) => frame / RATE);
    expect(onsets.length / 20).toBeGreaterThan(1.5);
    expect(onsets.length / 20).toBeLessThan(12);
    onsets.slice(1).forEach((at, i) => {
      expect(at - onsets[i]!).toBeGreaterThan(0.08);
    });
  });

  test('crispness separates the clicks, the hush fills the pauses', () => {
    const crest = (params: ParamValues): number => {
      const { sum } = play(params, 12);
      return sum.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0) / rms(sum);
    };
    expect(crest({ crispness: 1 })).toBeGreaterThan(1.3 * crest({ crispness: 0 }));
    const quietest = (hush: number): number => {
      const { sum } = play({ hush, pace: 0.3, settling: 0 }, 12);
      const tenths = Array.from({ length: 119 }, (_, i) => rms(sum.subarray((i * RATE) / 10, ((i + 1) * RATE) / 10)));
      return Math.min(...tenths.slice(5));
    };
    expect(quietest(1)).toBeGreaterThan(10 * quietest(0));
  });
});
