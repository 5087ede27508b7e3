import { describe, expect, test } from 'vitest';
import { Random } from '../../src/synth/dsp/random.ts';
import { logNormalSpeed, MIN_JERK_PEAK, minimumJerk, minimumJerkSpeed } from '../../src/synth/dsp/curves.ts';
import { Strokes } from '../../src/synth/gestures/strokes.ts';
import type { StrokeStyle } from '../../src/synth/gestures/strokes.ts';

const STYLE: StrokeStyle = { pacePerSec: 0.5, speedCmPerSec: 3, steadiness: 0.75, surprise: 0.35, oneWay: false };

interface Moment {
  readonly timeSec: number;
  readonly speed: number;
  readonly pressure: number;
  readonly gain: number;
  readonly position: number;
  readonly count: number;
  readonly resting: boolean;
}

function watch(seed: number, seconds: number, style: Partial<StrokeStyle> = {}, stepSec = 0.005, oneShot = false) {
  const strokes = new Strokes(new Random(seed), { oneShot, startSec: 0 });
  const moments: Moment[] = [];
  const begun: number[] = [];
  for (let i = 1; i * stepSec <= seconds; i++) {
    const timeSec = i * stepSec;
    strokes.advanceTo(timeSec, { ...STYLE, ...style });
    if (strokes.began) begun.push(timeSec);
    moments.push({
      timeSec,
      speed: strokes.speedCmPerSec,
      pressure: strokes.pressure,
      gain: strokes.gain,
      position: strokes.position,
      count: strokes.count,
      resting: strokes.resting,
    });
  }
  return { strokes, moments, begun };
}

const mean = (x: readonly number[]): number => x.reduce((sum, v) => sum + v, 0) / x.length;
const sd = (x: readonly number[]): number => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)));

describe('one movement', () => {
  test('a guided stroke peaks at 1.875 of its mean, half way, and is above half its peak 54 % of the time', () => {
    const speeds = Array.from({ length: 1001 }, (_, i) => minimumJerkSpeed(i / 1000));
    expect(mean(speeds)).toBeCloseTo(1, 2);
    expect(Math.max(...speeds)).toBeCloseTo(MIN_JERK_PEAK, 3);
    expect(speeds.indexOf(Math.max(...speeds))).toBe(500);
    expect(speeds.filter((v) => v > MIN_JERK_PEAK / 2).length / 1001).toBeCloseTo(0.54, 1);
    expect(minimumJerk(0.5)).toBeCloseTo(0.5, 6);
    for (const u of [0.2, 0.7]) {
      expect((minimumJerk(u + 1e-4) - minimumJerk(u - 1e-4)) / 2e-4).toBeCloseTo(minimumJerkSpeed(u), 4);
    }
  });

  test('a ballistic stroke covers the same way, peaks early and ends at rest', () => {
    const speeds = Array.from({ length: 2001 }, (_, i) => logNormalSpeed(i / 2000));
    expect(mean(speeds)).toBeCloseTo(1, 2);
    expect(speeds.indexOf(Math.max(...speeds)) / 2000).toBeLessThan(0.45);
    expect(speeds.at(-2)).toBeLessThan(0.01);
  });
});

describe('the hand', () => {
  test('moves at the mean speed asked for while it strokes, within the range that is felt as pleasant', () => {
    for (const speedCmPerSec of [1, 3, 10]) {
      const { moments } = watch(4, 90, { speedCmPerSec }, 0.01);
      const speeds = moments.filter((m) => !m.resting).map((m) => m.speed);
      expect(mean(speeds) / speedCmPerSec).toBeGreaterThan(0.8);
      expect(mean(speeds) / speedCmPerSec).toBeLessThan(1.25);
      expect(Math.max(...speeds) / speedCmPerSec).toBeLessThan(4.5);
    }
  });

  test('strokes as often as asked, resting between phrases', () => {
    for (const pacePerSec of [0.3, 1.2]) {
      const { begun } = watch(7, 200, { pacePerSec }, 0.02);
      expect(begun.length / 200 / pacePerSec).toBeGreaterThan(0.72);
      expect(begun.length / 200 / pacePerSec).toBeLessThan(1.1);
    }
  });

  test('comes back faster and softer: about 15 % and 2 dB', () => {
    const intervals: number[][] = [[], []];
    const levels: number[][] = [[], []];
    for (let seed = 0; seed < 6; seed++) {
      const { begun, moments } = watch(seed, 120, { surprise: 0.1, steadiness: 0.9 });
      begun.slice(1).forEach((timeSec, i) => {
        const length = timeSec - (begun[i] ?? 0);
        if (length < 2.6) intervals[i % 2]?.push(length); // without rests
      });
      for (const m of moments) if (m.speed > 4) levels[(m.count - 1) % 2]?.push(20 * Math.log10(m.gain));
    }
    const [forth = [], back = []] = intervals;
    expect(mean(forth) / mean(back)).toBeGreaterThan(1.09);
    expect(mean(forth) / mean(back)).toBeLessThan(1.22);
    expect(mean(levels[0] ?? []) - mean(levels[1] ?? [])).toBeGreaterThan(1.2);
    expect(mean(levels[0] ?? []) - mean(levels[1] ?? [])).toBeLessThan(2.8);
  });

  test('turns without a dead stop inside a phrase, yet clearly slows', () => {
    const { moments } = watch(2, 60, { surprise: 0, steadiness: 1 });
    const later = moments.filter((m) => m.timeSec > 1).map((m) => m.speed / 3);
    expect(Math.min(...later)).toBeGreaterThan(0.1);
    expect(Math.min(...later)).toBeLessThan(0.35);
    expect(mean(later)).toBeGreaterThan(0.85);
  });

  test('one-way strokes are silent on the way back, and the hand returns meanwhile', () => {
    const { moments, begun } = watch(3, 60, { oneWay: true });
    const silent = moments.filter((m) => m.speed === 0).length / moments.length;
    expect(silent).toBeGreaterThan(0.2);
    expect(silent).toBeLessThan(0.6);
    expect(begun.length).toBeGreaterThan(12);
    expect(Math.min(...moments.map((m) => m.position))).toBeLessThan(-0.5);
    expect(Math.max(...moments.map((m) => m.position))).toBeGreaterThan(0.5);
  });

  test('position is continuous and stays on the stroke', () => {
    const { moments } = watch(5, 60, { surprise: 1, steadiness: 0, pacePerSec: 1.5 });
    for (let i = 1; i < moments.length; i++) {
      const [a, b] = [moments[i - 1], moments[i]];
      expect(Math.abs((b?.position ?? 0) - (a?.position ?? 0))).toBeLessThan(0.09);
    }
    for (const { position } of moments) expect(Math.abs(position)).toBeLessThanOrEqual(1);
  });

  test('steadiness evens the rhythm, surprise moves levels and pressure', () => {
    const irregularity = [0.2, 0.75, 1].map((steadiness) => {
      const { begun } = watch(8, 150, { steadiness, pacePerSec: 1 }, 0.01);
      const gaps = begun.slice(1).map((timeSec, i) => timeSec - (begun[i] ?? 0));
      return sd(gaps.filter((gap) => gap < 1.3)) / mean(gaps);
    });
    expect(irregularity[0]).toBeGreaterThan(irregularity[1] ?? 0);
    expect(irregularity[1]).toBeGreaterThan(irregularity[2] ?? 0);
    const spread = [0, 0.35, 1].map((surprise) => {
      const { moments } = watch(8, 120, { surprise }, 0.02);
      return sd(moments.filter((m) => m.speed > 3).map((m) => Math.log(m.gain * m.pressure)));
    });
    expect(spread[0]).toBeLessThan(spread[1] ?? 0);
    expect(spread[1]).toBeLessThan(spread[2] ?? 0);
  });

  test('does not depend on how time is stepped', () => {
    const coarse = watch(6, 30, {}, 0.02).moments;
    const fine = watch(6, 30, {}, 0.0025).moments;
    coarse.forEach((m, i) => {
      const same = fine[8 * i + 7];
      expect(same?.timeSec).toBeCloseTo(m.timeSec, 6);
      expect(same?.speed).toBeCloseTo(m.speed, 6);
      expect(same?.position).toBeCloseTo(m.position, 6);
    });
  });

  test('once: a single stroke, then rest for ever', () => {
    const { strokes, moments, begun } = watch(1, 12, { pacePerSec: 0.1 }, 0.005, true);
    expect(begun.length).toBe(1);
    expect(strokes.finished).toBe(true);
    expect(moments.filter((m) => m.timeSec > 4.7).every((m) => m.speed === 0 && m.pressure === 0)).toBe(true);
  });
});

test('over minutes a slow hand changes its pace, and its rests differ; stroke by stroke it stays steady', () => {
  const { begun } = watch(12, 3600, { pacePerSec: 0.3 }, 0.02);
  const gaps = begun.slice(1).map((at, i) => at - (begun[i] ?? 0));
  const inMinutes = Array.from({ length: 60 }, (_, i) => begun.filter((at) => Math.floor(at / 60) === i).length);
  expect(mean(inMinutes.slice(0, 1))).toBeGreaterThan(13); // begins as asked
  expect(sd(inMinutes) / mean(inMinutes)).toBeGreaterThan(0.12);
  const sorted = [...gaps].sort((a, b) => a - b);
  expect(sorted[Math.floor(0.95 * gaps.length)]! - sorted[Math.floor(0.5 * gaps.length)]!).toBeGreaterThan(1);
  const even = watch(12, 600, { pacePerSec: 0.3, steadiness: 1 }, 0.02).begun;
  const evenGaps = even.slice(2).map((at, i) => at - (even[i] ?? 0));
  expect(sd(evenGaps) / mean(evenGaps)).toBeLessThan(0.02);
});
