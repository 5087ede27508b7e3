import { describe, expect, test } from 'vitest';
import { Random } from '../../src/synth/dsp/random.ts';
import { pinkNoise } from '../../src/synth/dsp/pinkNoise.ts';
import { SmoothNoise } from '../../src/synth/dsp/smoothNoise.ts';
import { OnsetClock } from '../../src/synth/gestures/onsetClock.ts';

interface Played {
  readonly times: number[];
  /** Intervals inside phrases. */
  readonly beats: number[];
  readonly rests: number[];
  readonly levels: number[];
  readonly lengths: number[];
}

const PLAYING = { pace: 1.6, steadiness: 0.75, surprise: 0.35 };

function play(seed: number, count: number, { pace = 1.6, steadiness = 0.75, surprise = 0.35 } = {}): Played {
  const clock = new OnsetClock(new Random(seed), { oneShot: false, startSec: 0.1 });
  const played: Played = { times: [], beats: [], rests: [], levels: [], lengths: [] };
  let last = NaN;
  for (let i = 0; i < count; i++) {
    const resting = clock.opensPhrase;
    const due = clock.dueSec({ pace, steadiness, surprise });
    clock.advance(due, surprise);
    if (i > 0) (resting ? played.rests : played.beats).push(due - last);
    if (resting) played.lengths.push(clock.phraseLength);
    played.times.push(due);
    played.levels.push(clock.levelDb);
    last = due;
  }
  return played;
}

const mean = (x: readonly number[]): number => x.reduce((sum, v) => sum + v, 0) / x.length;
const sd = (x: readonly number[]): number => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)));
const cv = (x: readonly number[]): number => sd(x) / mean(x);
function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((v, i) => (v - ma) * ((b[i] ?? 0) - mb))) / (sd(a) * sd(b));
}

/** Seconds from one to the next, minute by minute. */
function minutes(times: readonly number[]): number[] {
  const found: number[] = [];
  for (let from = 0; from + 60 < (times.at(-1) ?? 0); from += 60) {
    const inside = times.filter((t) => t >= from && t < from + 60);
    found.push((inside.at(-1) - inside[0]!) / (inside.length - 1));
  }
  return found;
}

describe('the onset clock', () => {
  test('a slow hand keeps its irregularity and drifts over minutes; a beat that is felt, and a metronome, do not', () => {
    const slow = play(8, 3000, { pace: 0.3 });
    const near = slow.beats.slice(0, 12);
    expect(cv(near)).toBeGreaterThan(0.02);
    expect(mean(near)).toBeCloseTo(1 / 0.3, 0); // begins as asked
    expect(mean(slow.beats) * 0.3).toBeGreaterThan(0.9);
    expect(mean(slow.beats) * 0.3).toBeLessThan(1.1);
    expect(cv(minutes(slow.times))).toBeGreaterThan(0.15);
    const steps = slow.beats.slice(1).map((beat, i) => Math.abs(beat - (slow.beats[i] ?? 0)) / beat);
    expect(mean(steps)).toBeLessThan(0.09); // from one to the next as steady as any
    expect(Math.max(...slow.beats)).toBeLessThanOrEqual(1.5 / 0.3 + 1e-9);
    expect(cv(minutes(play(8, 3000, { pace: 1.6 }).times))).toBeLessThan(0.1);
    expect(cv(play(8, 500, { pace: 0.3, steadiness: 1 }).beats)).toBeLessThan(0.012);
  });

  test('default rhythm is human: 5–8 % irregular, long memory, phrases with bounded rests', () => {
    const { beats, rests, lengths } = play(7, 6000);
    expect(cv(beats)).toBeGreaterThan(0.05);
    expect(cv(beats)).toBeLessThan(0.085);
    expect(mean(beats)).toBeCloseTo(1 / 1.6, 1);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(9);
    expect(Math.max(...rests)).toBeLessThanOrEqual(3);
    expect(Math.min(...rests)).toBeGreaterThan(0.8);
    // Long memory: means of 16 neighbours differ more than those of independent intervals would.
    const groups = Array.from({ length: Math.floor(beats.length / 16) }, (_, i) =>
      mean(beats.slice(16 * i, 16 * i + 16)),
    );
    expect(sd(groups)).toBeGreaterThan((1.5 * sd(beats)) / 4);
  });

  test('steadiness runs from free to metronome', () => {
    const spread = [0, 0.5, 0.75, 1].map((steadiness) => cv(play(3, 2000, { steadiness }).beats));
    expect(spread[0]).toBeGreaterThan(0.4);
    expect(spread[1]).toBeLessThan(0.2);
    expect(spread[2]).toBeLessThan(spread[1] ?? 0);
    expect(spread[3]).toBeLessThan(0.012);
    expect(cv(play(3, 500, { steadiness: 1 }).rests)).toBeLessThan(0.012);
  });

  test('no gap is shorter than a hand allows or long enough to startle, at any corner', () => {
    for (const pace of [0.5, 1.6, 8]) {
      for (const steadiness of [0, 0.5, 1]) {
        for (const surprise of [0, 1]) {
          const { times } = play(11, 1500, { pace, steadiness, surprise });
          const gaps = times.slice(1).map((t, i) => t - (times[i] ?? 0));
          expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.06 - 1e-9);
          expect(Math.max(...gaps)).toBeLessThanOrEqual(3 + 1e-9);
        }
      }
    }
  });

  test('levels vary more with surprise, stay bounded, and follow the timing a little', () => {
    const calm = play(5, 4000, { surprise: 0 });
    const lively = play(5, 4000, { surprise: 1 });
    expect(sd(calm.levels)).toBeLessThan(1.2);
    expect(sd(lively.levels)).toBeGreaterThan(2.5);
    expect(Math.max(...lively.levels)).toBeLessThanOrEqual(4.5);
    const { times, levels } = play(5, 4000, { surprise: 0.35 });
    const gaps = times.slice(1).map((t, i) => t - (times[i] ?? 0));
    const inPhrase = gaps.map((gap, i) => [gap, levels[i + 1] ?? 0] as const).filter(([gap]) => gap < 0.8);
    expect(
      correlation(
        inPhrase.map(([g]) => g),
        inPhrase.map(([, l]) => l),
      ),
    ).toBeGreaterThan(0.08);
  });

  test('the same seed gives the same onsets, another seed others', () => {
    expect(play(21, 50)).toEqual(play(21, 50));
    expect(play(22, 50).times).not.toEqual(play(21, 50).times);
  });

  test('a one-shot gives one to three onsets and then none', () => {
    const counts = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const clock = new OnsetClock(new Random(seed), { oneShot: true, startSec: 0.02 });
      let count = 0;
      while (Number.isFinite(clock.dueSec(PLAYING)) && count < 10) {
        clock.advance(clock.dueSec(PLAYING), 0.35);
        count += 1;
      }
      expect(clock.finished).toBe(true);
      counts.add(count);
    }
    expect([...counts].sort()).toEqual([1, 2, 3]);
  });

  test('a quicker pace brings the waiting onset forward', () => {
    const clock = new OnsetClock(new Random(1), { oneShot: false, startSec: 0 });
    clock.advance(0, 0.35);
    expect(clock.dueSec({ ...PLAYING, pace: 8 })).toBeLessThan(clock.dueSec({ ...PLAYING, pace: 0.5 }) / 4);
  });
});

test('pink noise: unit variance, power falling with frequency', () => {
  const random = new Random(99);
  const x = Array.from({ length: 8192 }, (_, i) => pinkNoise(random, i));
  expect(sd(x)).toBeGreaterThan(0.7);
  expect(sd(x)).toBeLessThan(1.2);
  const blockMeans = (n: number): number[] =>
    Array.from({ length: 8192 / n }, (_, i) => mean(x.slice(n * i, n * i + n)));
  // White noise would fall by 8 in variance from 4 to 32; 1/f falls far less.
  expect(sd(blockMeans(4)) ** 2 / sd(blockMeans(32)) ** 2).toBeLessThan(3);
});

test('smooth noise is smooth and bounded', () => {
  const noise = new SmoothNoise(new Random(4), { period: 5 });
  let step = 0;
  for (let t = 0; t < 400; t += 0.05) {
    const value = noise.at(t);
    expect(Math.abs(value)).toBeLessThanOrEqual(2.5);
    step = Math.max(step, Math.abs(noise.at(t + 0.05) - value));
  }
  expect(step).toBeLessThan(0.08);
});
