// Seamless loops, measured on real renders: the same every time round, and nothing to be found where they join.
import { describe, expect, test, vi } from 'vitest';
import { BLOCK_FRAMES, Engine, loopFrames, Random, renderLoop, TRIGGERS } from '../../src/synth/index.ts';
import type { LoopOptions, Mode, Scene } from '../../src/synth/index.ts';
import { Strokes } from '../../src/synth/gestures/strokes.ts';
import { OnsetClock } from '../../src/synth/gestures/onsetClock.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { layerOf, lufs, sameSamples, sceneOf } from '../helpers/scene.ts';
import { bandPowerDb } from '../helpers/features.ts';
import { LIMITS } from '../../src/synth/master/limits.ts';
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';

const RATE = 48000;
const LOOP_SEC = 12;
/** Minutes of sound are rendered here, sometimes beside much else. */
vi.setConfig({ testTimeout: 300_000 });
/** Every trigger in the mode and along the path it is tested with. */
const SOUNDS = [
  ['tapping', 'day', 'drift'],
  ['rustling', 'sleep', 'orbit'],
  ['brushing', 'day', 'strokes'],
  ['softRain', 'sleep', 'earToEar'],
  ['softNoise', 'day', 'still'],
] as const;

function loopScene(triggerIds: readonly string[], seed = 11): Scene {
  const layers = triggerIds.map((trigger, index) =>
    layerOf(trigger, {
      id: triggerIds.length > 1 ? String(index) : 'only',
      place: { path: SOUNDS.find(([id]) => id === trigger)![2], periodSec: 11 },
    }),
  );
  return sceneOf(layers, { seed, room: { size: 0.4, amount: 0.4 } });
}

interface Rendered {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly shares: readonly number[];
  readonly warmPieces: number;
}

/** Everything that is handed out, one round after the other. */
function render(scene: Scene, options: LoopOptions): Rendered {
  const total = loopFrames(options.seconds, options.sampleRate ?? RATE) * (options.rounds ?? 1);
  const left = new Float32Array(total);
  const right = new Float32Array(total);
  const shares: number[] = [];
  let at = 0;
  let warmPieces = 0;
  for (const piece of renderLoop(scene, options)) {
    left.set(piece.left, at);
    right.set(piece.right, at);
    at += piece.left.length;
    shares.push(piece.progress);
    if (piece.left.length === 0) warmPieces += 1;
  }
  expect(at).toBe(total);
  return { left, right, shares, warmPieces };
}

/** How much two stretches of the same length differ, against the power of the first, dB. */
function differenceDb(a: Float32Array, b: Float32Array): number {
  let power = 0;
  let difference = 0;
  a.forEach((sample, i) => {
    power += sample ** 2;
    difference += (sample - b[i]!) ** 2;
  });
  return 10 * Math.log10(difference / power + 1e-30);
}

/** Share of the values below one of them. */
function rankOf(value: number, all: readonly number[] | Float32Array): number {
  let below = 0;
  for (const other of all) if (other < value) below += 1;
  return below / all.length;
}

/** `frames` of the loop from any frame on, round the join. */
function around(loop: Float32Array, from: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) => loop[(from + i + loop.length) % loop.length]!);
}

function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}

const WINDOW = 0.05 * RATE;
const FLUX_WINDOW = 4096;

/** Where the join stands among all other places of the loop: step from sample to sample, energy, change of colour. */
function ranksOfJoin(loop: Float32Array): { step: number; energy: number; flux: number } {
  const steps = new Float32Array(loop.length);
  loop.forEach((sample, i) => (steps[i] = Math.abs(sample - loop[(i + loop.length - 1) % loop.length]!)));
  const energies: number[] = [];
  for (let at = 0; at < loop.length; at += WINDOW / 2) energies.push(powerOf(around(loop, at - WINDOW / 2, WINDOW)));
  const colours: number[][] = [];
  for (let at = 0; at + FLUX_WINDOW <= loop.length; at += FLUX_WINDOW) {
    colours.push(bandPowerDb(around(loop, at, FLUX_WINDOW), RATE));
  }
  colours.unshift(bandPowerDb(around(loop, -FLUX_WINDOW, FLUX_WINDOW), RATE));
  const flux = colours.slice(1).map((here, i) => Math.hypot(...here.map((db, band) => db - colours[i]![band]!)));
  return { step: rankOf(steps[0]!, steps), energy: rankOf(energies[0]!, energies), flux: rankOf(flux[0]!, flux) };
}

/** The same every round, nothing to be found at the join in either ear, and the limits of its mode held all the way round. */
function expectSeamless(scene: Scene, seconds: number, mode: Mode): void {
  const { left, right } = render(scene, { seconds, mode, rounds: 2 });
  const total = left.length / 2;
  for (const ear of [left, right]) {
    const loop = ear.subarray(0, total);
    expect(differenceDb(loop, ear.subarray(total))).toBeLessThan(-110);
    const { step, energy, flux } = ranksOfJoin(loop);
    expect(step).toBeLessThan(0.999);
    expect(energy).toBeGreaterThan(0.025);
    expect(energy).toBeLessThan(0.975);
    expect(flux).toBeLessThan(0.975);
  }
  // Twice round: what stands out against the past is met at the join, too.
  const meter = new LoudnessMeter(RATE);
  meter.push(left, right);
  const limits = LIMITS[mode];
  expect(meter.truePeakDb()).toBeLessThan(limits.ceilingDb + 0.5);
  expect(meter.maxMomentaryLufs()).toBeLessThan(limits.maxMomentaryLufs + 0.5);
  expect(meter.maxEmergenceDb()).toBeLessThan(limits.emergenceDb + 0.5);
  expect(meter.integratedLufs()).toBeLessThan(limits.targetLufs + 1);
  expect(meter.integratedLufs()).toBeGreaterThan(limits.targetLufs - 4);
}

describe('comes round again, and nothing shows where', () => {
  test.each(SOUNDS)('%s, mode %s', (trigger, mode) => {
    expectSeamless(loopScene([trigger]), LOOP_SEC, mode);
  });

  test('every trigger is among them', () => {
    expect(SOUNDS.map(([id]) => id).sort()).toEqual(TRIGGERS.map(({ id }) => id).sort());
  });

  // Rooms, orbits, ways from ear to ear, several layers, beds: as they are made for people.
  test.each([
    ['evening-pair', 'day'],
    ['brush-round', 'day'],
    ['fluffy-orbit', 'sleep'],
    ['window-and-brush', 'day'],
    ['night-hush', 'sleep'],
    ['two-hands', 'sleep'],
    ['book-spine', 'day'],
  ] as const)('the factory’s %s, mode %s', (id, mode) => {
    expectSeamless(FACTORY.find((preset) => preset.id === id)!.scene, LOOP_SEC, mode);
  });
});

describe('a loop', () => {
  test('of several layers comes to the level its mode asks for, and says how far it is', () => {
    const several = loopScene(['tapping', 'softNoise']);
    const { left, right, shares, warmPieces } = render(several, { seconds: 12, sampleRate: 44100 });
    expect(Math.abs(lufs(left, right, 44100) - LIMITS.day.targetLufs)).toBeLessThan(1);
    expect(left.length).toBe(loopFrames(12, 44100));
    expect(warmPieces).toBeGreaterThan(0);
    expect(shares.every((share, i) => share >= (shares[i - 1] ?? 0))).toBe(true);
    expect(shares.at(-1)).toBe(1);
  });

  test('is the same for the same seed, and another for another', () => {
    const brief = loopScene(['tapping'], 5);
    const first = render(brief, { seconds: 2 });
    expect(differenceDb(first.left, render(brief, { seconds: 2 }).left)).toBe(-300);
    expect(differenceDb(first.left, render(loopScene(['tapping'], 6), { seconds: 2 }).left)).toBeGreaterThan(-20);
  });

  test('is whole blocks long, as near as can be', () => {
    for (const rate of [44100, 48000, 96000]) {
      for (const seconds of [30, 47.11, 1800]) {
        expect(loopFrames(seconds, rate) % BLOCK_FRAMES).toBe(0);
        expect(Math.abs(loopFrames(seconds, rate) - seconds * rate)).toBeLessThanOrEqual(BLOCK_FRAMES / 2);
      }
    }
    expect(loopFrames(30, 48000)).toBe(30 * 48000);
    expect(loopFrames(Number.MIN_VALUE, 48000)).toBe(48000);
  });

  test('does not depend on the host’s block size', () => {
    const played = [4096, 300].map((size) => {
      const engine = new Engine({ sampleRate: RATE, loopSec: (750 * BLOCK_FRAMES) / RATE });
      engine.setScene(loopScene(['rustling']));
      engine.start(0);
      const out = new Float32Array(3 * RATE);
      for (let at = 0; at < out.length; at += size) {
        const part = out.subarray(at, at + size);
        engine.process(part, new Float32Array(part.length));
      }
      return out;
    });
    expect(sameSamples(played[0]!, played[1]!)).toBe(true);
  });
});

describe('gestures close the circle', () => {
  const ROUND_SEC = 30;
  const SEEDS = 60;

  test.each([
    [0.5, 0.75],
    [1.2, 0.75],
    [4, 0.5],
    [2, 1],
    [1.2, 0],
  ])('onsets, %f a second, steadiness %f', (pace, steadiness) => {
    let stretched = 0;
    const ranks: number[] = [];
    for (let seed = 0; seed < SEEDS; seed++) {
      const timesIn = (loopSec: number): number[] => {
        const clock = new OnsetClock(new Random(seed), { oneShot: false, startSec: 0.1, loopSec });
        const times: number[] = [];
        for (;;) {
          const due = clock.dueSec({ pace, steadiness, surprise: 0.35 });
          if (due >= 200) return times;
          clock.advance(due, 0.35);
          times.push(due);
        }
      };
      const loop = timesIn(ROUND_SEC);
      const endless = timesIn(Infinity);
      const rate = endless.length / (endless.at(-1) - endless[0]!);
      stretched += loop.length / ROUND_SEC / rate / SEEDS;
      expect(loop.at(-1) - loop[0]!).toBeLessThan(ROUND_SEC);
      const gaps = loop.map((time, i) => (loop[i + 1] ?? loop[0]! + ROUND_SEC) - time);
      const seam = gaps.at(-1);
      ranks.push(rankOf(seam, gaps));
      // Against far more gaps than one loop holds: no longer, no shorter than any.
      const all = endless.slice(1).map((time, i) => time - endless[i]!);
      expect(seam).toBeLessThan(1.1 * Math.max(...all));
      expect(seam).toBeGreaterThan(0.9 * Math.min(...all));
    }
    expect(Math.abs(stretched - 1)).toBeLessThan(0.04);
    // Where a hand rests at all, the seam is one of its rests: not always the longest.
    if (steadiness < 1) expect(ranks.filter((rank) => rank < 0.99).length).toBeGreaterThan(SEEDS / 10);
  });

  test.each([
    [0.4, 0.75, false],
    [0.4, 1, false],
    [1.2, 0.3, true],
    [0.1, 0.75, false],
  ])('strokes, %f a second, steadiness %f, one way: %s', (pacePerSec, steadiness, oneWay) => {
    const style = { pacePerSec, steadiness, oneWay, speedCmPerSec: 3, surprise: 0.35 };
    for (let seed = 0; seed < 20; seed++) {
      const now = new Strokes(new Random(seed), { oneShot: false, startSec: 0.02, loopSec: ROUND_SEC });
      const next = new Strokes(new Random(seed), { oneShot: false, startSec: 0.02, loopSec: ROUND_SEC });
      let travelled = 0;
      for (let sec = 0; sec < ROUND_SEC; sec += 0.01) {
        now.advanceTo(sec, style);
        travelled += now.relativeSpeed * 0.01;
      }
      expect(now.count % 2).toBe(0);
      expect(now.count / ROUND_SEC / pacePerSec).toBeGreaterThan(0.55);
      expect(now.count / ROUND_SEC / pacePerSec).toBeLessThan(1.45);
      expect(travelled).toBeGreaterThan(0);
      // The hand is where the next round finds it; what is left of the last stroke ends there.
      next.advanceTo(0, style);
      expect(Math.abs(next.position - now.position)).toBeLessThan(0.15);
      let rest = 0;
      for (let sec = ROUND_SEC; sec < ROUND_SEC + 12; sec += 0.01) {
        now.advanceTo(sec, style);
        rest = now.resting ? rest + 0.01 : 0;
      }
      expect(rest).toBeGreaterThan(5);
    }
  });
});
