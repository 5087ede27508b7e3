import { describe, expect, test } from 'vitest';
import { MATERIALS } from '../../src/synth/materials/objects.ts';
import type { ParamValues } from '../../src/synth/params.ts';
import { tapping } from '../../src/synth/triggers/tapping.ts';
import { bandPowerDb, centroidHz, meanOf, rms } from '../helpers/features.ts';
import { lufs, renderVoice } from '../helpers/scene.ts';
import type { VoiceOptions, VoiceRender } from '../helpers/scene.ts';

const RATE = 48000;

function play(params: ParamValues = {}, options: Partial<VoiceOptions> = {}): VoiceRender {
  return renderVoice(tapping, params, { seconds: 6, ...options });
}

const LEVEL: ParamValues = { surprise: 0, steadiness: 1 };

describe('tapping', () => {
  test('sits at the house loudness, and no setting is a volume knob', () => {
    expect(Math.abs(lufs(play({}, { seconds: 20 }).sum) + 30)).toBeLessThan(1.5);
    const corners: ParamValues[] = [
      ...[0, 0.3, 0.8, 1].map((softness) => ({ softness })),
      ...[0.5, 8].map((pace) => ({ pace })),
      ...[0, 1].flatMap((x) => [
        { size: x },
        { crispness: x },
        { position: x },
        { table: x },
        { cavity: x },
        { air: x },
      ]),
      ...[0.3, 3].map((ring) => ({ ring })),
      ...['alternate', 'together', 'rolls'].map((hands) => ({ hands })),
      { hands: 'rolls', pace: 8 },
      { surprise: 1, rattle: 1 },
      ...MATERIALS.flatMap(({ id }) => [0, 0.55, 1].map((softness) => ({ material: id, softness }))),
    ];
    const far = corners
      .map((corner) => [JSON.stringify(corner), lufs(play(corner, { seconds: 4 }).sum)] as const)
      .filter(([, level]) => Math.abs(level + 30) > 6);
    expect(far).toEqual([]);
  }, 30000);

  test('softer is darker, all the way, on every object', () => {
    for (const { id } of MATERIALS) {
      const centroids = [0, 0.35, 0.7, 1].map((softness) =>
        centroidHz(play({ ...LEVEL, material: id, softness }, { seconds: 3 }).sum, RATE),
      );
      for (let i = 1; i < centroids.length; i++)
        expect(centroids[i], `${id} ${String(i)}`).toBeLessThan(centroids[i - 1]! * 1.05);
      expect(centroids[3]).toBeLessThan(0.6 * centroids[0]!);
    }
  }, 20000);

  test('larger is lower, ring is longer, crisp is shorter', () => {
    const centroid = (params: ParamValues): number =>
      centroidHz(play({ ...LEVEL, softness: 0.2, table: 0, ...params }).sum, RATE);
    expect(centroid({ size: 1 })).toBeLessThan(0.85 * centroid({ size: 0 }));
    const tail = (params: ParamValues): number => {
      const { sum, onsets } = play({ ...LEVEL, material: 'glass', softness: 0.2, pace: 1, ...params });
      const at = onsets[1]!;
      const level = (sec: number): number => rms(sum.subarray(at + sec * RATE, at + (sec + 0.04) * RATE));
      return 20 * Math.log10(level(0.1) / level(0));
    };
    expect(tail({ ring: 3 })).toBeGreaterThan(tail({ ring: 1 }) + 6);
    expect(tail({ ring: 0.3 })).toBeLessThan(tail({ ring: 1 }) - 6);
    expect(tail({ crispness: 1 })).toBeLessThan(tail({ crispness: 0 }) - 6);
  });

  test('objects ring as long as they are known to', () => {
    for (const { id, t1kSec } of MATERIALS) {
      // The rate of fall over the first 60 % of the tabled time, with dense response, damping finger and spread of partials.
      const { sum, onsets } = play(
        { ...LEVEL, material: id, softness: 0.2, table: 0, cavity: 0, pace: 0.7, size: 0.5 },
        { seconds: 12 },
      );
      const falls = onsets.slice(1, -1).map((at) => {
        const level = (sec: number): number => rms(sum.subarray(at + sec * RATE, at + (sec + 0.01) * RATE));
        return 20 * Math.log10(level(0.1 * t1kSec) / level(0.5 * t1kSec));
      });
      const mean = falls.reduce((a, b) => a + b, 0) / falls.length;
      expect(mean, id).toBeGreaterThan(10);
      expect(mean, id).toBeLessThan(45);
    }
  });

  test('never two equal hits, even without surprise', () => {
    const { sum, onsets } = play({ ...LEVEL, pace: 2 }, { seconds: 10 });
    expect(onsets.length).toBeGreaterThan(12);
    const hits = onsets.slice(0, 16).map((at) => sum.subarray(at - 48, at + 4800));
    for (let a = 0; a < hits.length; a++) {
      for (let b = a + 1; b < hits.length; b++) {
        // Best match over a few frames of shift: hits begin between frames.
        let best = 0;
        for (let shift = -40; shift <= 40; shift++) {
          let product = 0;
          for (let i = 64; i < 4600; i++) product += hits[a]![i]! * (hits[b]![i + shift] ?? 0);
          best = Math.max(best, product / (4536 * rms(hits[a]!.subarray(64, 4600)) * rms(hits[b]!.subarray(64, 4600))));
        }
        expect(best).toBeLessThan(0.9995);
      }
    }
  });

  test('size, ring and object change without a click while it rings', () => {
    const params = { ...LEVEL, material: 'glass', ring: 3, pace: 3, softness: 0.6 };
    const edge = (samples: Float32Array): number => {
      let most = 0;
      for (let i = 1.4 * RATE; i < 3 * RATE; i++) {
        most = Math.max(most, Math.abs(samples[i]! - 3 * samples[i - 1]! + 3 * samples[i - 2]! - samples[i - 3]!));
      }
      return most;
    };
    const still = Math.max(
      edge(play(params).sum),
      edge(play({ ...params, size: 0.9 }).sum),
      edge(play({ ...params, material: 'tin' }).sum),
    );
    for (const change of [
      { size: 0.9 },
      { ring: 0.3 },
      { material: 'tin' },
      { hands: 'alternate' },
      { air: 1 },
      { table: 1 },
    ]) {
      expect(edge(play(params, { then: [1.5, change] }).sum), JSON.stringify(change)).toBeLessThan(1.6 * still);
    }
  });

  test('the sample rate changes nothing but the samples', () => {
    for (const params of [{}, { material: 'glass', softness: 0.2, air: 0.6 }, { material: 'book', softness: 0.9 }]) {
      const reference = bandPowerDb(play(params, { seconds: 8 }).sum, RATE);
      for (const sampleRate of [44100, 96000]) {
        const bands = bandPowerDb(play(params, { seconds: 8, sampleRate }).sum, sampleRate);
        const loudest = Math.max(...reference);
        bands.forEach((band, i) => {
          if (reference[i]! > loudest - 35) expect(Math.abs(band - reference[i]!)).toBeLessThan(3.5);
        });
      }
    }
  });

  test('one shot plays one to three taps and then nothing at all', () => {
    for (const params of [{}, { material: 'tin', ring: 3, rattle: 1, air: 1 }]) {
      for (let seed = 1; seed <= 4; seed++) {
        const { sum, onsets } = play(params, { seconds: 6, seed, oneShot: true });
        expect(onsets.length).toBeGreaterThanOrEqual(1);
        expect(onsets.length).toBeLessThanOrEqual(3);
        expect(rms(sum)).toBeGreaterThan(1e-4);
        const last = onsets[onsets.length - 1]!;
        expect(last).toBeLessThan(2.5 * RATE);
        expect(Math.max(...sum.subarray(5.5 * RATE).map(Math.abs))).toBe(0);
      }
    }
  });

  test('hands keep to their sides, fingers come in fours', () => {
    const one = play();
    const both = play({ hands: 'alternate' });
    expect(rms(one.emitters[1]!)).toBe(0);
    expect(rms(both.emitters[1]!)).toBeGreaterThan(0.3 * rms(both.emitters[0]!));
    const rolls = play({ ...LEVEL, hands: 'rolls', pace: 1 }, { seconds: 8 }).onsets;
    const close = rolls.slice(1).filter((at, i) => at - rolls[i]! < 0.12 * RATE).length;
    expect(close / rolls.length).toBeGreaterThan(0.65);
  });

  test('no offset, and the same seed gives the same samples', () => {
    const { sum } = play({ softness: 1, pace: 8 });
    expect(Math.abs(meanOf(sum))).toBeLessThan(0.002 * rms(sum));
    expect(play({}, { seed: 3 }).sum).toEqual(play({}, { seed: 3 }).sum);
    expect(play({}, { seed: 4 }).sum).not.toEqual(play({}, { seed: 3 }).sum);
  });
});
