// Promises that every trigger keeps. A new trigger is tested here by being registered.
import { describe, expect, test } from 'vitest';
import { BLOCK_FRAMES, defaultValues, Engine, MACROS, Random, renderScene, TRIGGERS } from '../../src/synth/index.ts';
import type { ParamSpec, ParamValues, Scene, Trigger } from '../../src/synth/index.ts';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { layerOf, lufs, renderDry, sameSamples, sceneOf } from '../helpers/scene.ts';
import { bandPowerDb, centroidHz, meanOf, mono, rms } from '../helpers/features.ts';

const RATE = 48000;
const CORNER_SEC = 6;

function soundOf(trigger: Trigger, params: ParamValues = {}, seed = 11): Scene {
  return sceneOf([layerOf(trigger.id, { params })], { seed });
}

/** Every parameter at both ends and every choice, one at a time. */
function corners(trigger: Trigger): [string, ParamValues][] {
  return Object.entries(trigger.params).flatMap(([id, spec]: [string, ParamSpec]) =>
    (spec.kind === 'number' ? [spec.min, spec.max] : spec.options).map((value): [string, ParamValues] => [
      `${id} = ${String(value)}`,
      { [id]: value },
    ]),
  );
}

const corner = new Map<string, Float32Array>();

/** One value at an end of its range or one choice, the rest at its defaults: rendered once for all tests. */
function renderCorner(trigger: Trigger, params: ParamValues = {}): Float32Array {
  const key = `${trigger.id} ${JSON.stringify(params)}`;
  const samples = corner.get(key) ?? renderDry(soundOf(trigger, params), CORNER_SEC);
  corner.set(key, samples);
  return samples;
}

describe.each(TRIGGERS.map((trigger) => [trigger.id, trigger] as const))('%s', (_id, trigger) => {
  test('has the house macros, and defaults in range', () => {
    for (const macro of MACROS) expect(Object.keys(trigger.params)).toContain(macro);
    for (const spec of Object.values(trigger.params)) {
      if (spec.kind === 'number') {
        expect(spec.default).toBeGreaterThanOrEqual(spec.min);
        expect(spec.default).toBeLessThanOrEqual(spec.max);
        if (spec.taper === 'log') expect(spec.min).toBeGreaterThan(0);
      } else expect(spec.options).toContain(spec.default);
    }
  });

  test('sounds, is finite and without DC at every corner, inside the house loudness', () => {
    for (const [name, params] of corners(trigger)) {
      const samples = renderCorner(trigger, params);
      let peak = 0;
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      expect(Number.isFinite(peak), name).toBe(true);
      expect(peak, name).toBeGreaterThan(1e-4);
      expect(Math.abs(meanOf(samples)) / rms(samples), `${name}: DC`).toBeLessThan(0.02);
      const loudness = lufs(samples);
      expect(Math.abs(loudness + 30), `${name}: ${loudness.toFixed(1)} LUFS`).toBeLessThan(7);
    }
  });

  test('same seed, same samples; another seed, others', () => {
    const first = renderDry(soundOf(trigger), 3);
    expect(sameSamples(renderDry(soundOf(trigger), 3), first)).toBe(true);
    expect(sameSamples(renderDry(soundOf(trigger, {}, 12), 3), first)).toBe(false);
  });

  test('does not depend on the host’s block size', () => {
    const whole = blocks(trigger, 4096);
    for (const size of [64, 300, 1000]) expect(sameSamples(blocks(trigger, size), whole), String(size)).toBe(true);
  });

  test('keeps its spectrum at 44.1, 48 and 96 kHz', () => {
    const levels = [44100, 48000, 96000].map((rate) => bandPowerDb(renderDry(soundOf(trigger), 12, rate), rate));
    for (const other of [levels[0]!, levels[2]!]) {
      other.forEach((db, band) => {
        const here = levels[1]![band]!;
        if (here > Math.max(...levels[1]!) - 30) expect(Math.abs(db - here)).toBeLessThan(3);
      });
    }
  });

  test('a single gesture ends in silence', () => {
    const engine = new Engine({ sampleRate: RATE });
    engine.setScene(soundOf(trigger));
    engine.auditionLayer('only', 1);
    const left = new Float32Array(RATE * 9);
    const right = new Float32Array(RATE * 9);
    engine.process(left, right);
    expect(rms(left.subarray(0, RATE * 3))).toBeGreaterThan(1e-5);
    expect(rms(left.subarray(RATE * 8))).toBeLessThan(1e-6);
    expect(engine.silent).toBe(true);
  });

  test('a round of a loop falls silent when it has finished what it began', () => {
    for (const params of extremes(trigger)) {
      expect(powerAfterLoop(trigger, params), JSON.stringify(params)).toBeLessThan(1e-12);
    }
  });

  test('a loop is the same every time round', () => {
    const loopFrames = 4500 * BLOCK_FRAMES;
    const engine = new Engine({ sampleRate: RATE, dry: true, loopSec: loopFrames / RATE });
    engine.setScene(soundOf(trigger));
    engine.start(0);
    const rounds = [0, 1, 2].map(() => {
      const out = new Float32Array(loopFrames);
      engine.process(out, new Float32Array(loopFrames));
      return out;
    });
    expect(sameSamples(rounds[2]!, rounds[1]!)).toBe(true);
    expect(Math.abs(lufs(rounds[2]!) - lufs(renderDry(soundOf(trigger), 12)))).toBeLessThan(2);
  });

  test('brightness raises the centroid, step by step', () => {
    const centroids = [0, 0.5, 1].map((brightness) => {
      const scene = soundOf(trigger, { brightness });
      return centroidHz(mono(renderScene(scene, { seconds: 8 })), RATE);
    });
    expect(centroids[1]!).toBeGreaterThan(centroids[0]! * 1.05);
    expect(centroids[2]!).toBeGreaterThan(centroids[1]! * 1.05);
  });

  test('softness darkens the onset and is no volume knob', () => {
    const renders = [0.1, 0.5, 0.9].map((softness) => renderDry(soundOf(trigger, { softness }), 8));
    const centroids = renders.map((samples) => centroidHz(samples, RATE));
    expect(centroids[1]!).toBeLessThan(centroids[0]!);
    expect(centroids[2]!).toBeLessThan(centroids[1]!);
    const levels = renders.map((samples) => lufs(samples));
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(6);
  });

  test('pace makes more of it', () => {
    const pace = trigger.params['pace'];
    if (pace?.kind !== 'number') throw new Error('pace is a number');
    const counts = [0.3, 0.7].map((travel) => {
      const engine = new Engine({ sampleRate: RATE, dry: true });
      engine.setScene(soundOf(trigger, { pace: pace.min * (pace.max / pace.min) ** travel }));
      engine.start(0);
      let onsets = 0;
      const left = new Float32Array(RATE);
      for (let second = 0; second < (trigger.family === 'ambience' ? 240 : 30); second++) {
        engine.process(left, new Float32Array(RATE));
        engine.drainOnsets(() => (onsets += 1));
      }
      return onsets;
    });
    expect(counts[1]!).toBeGreaterThan(counts[0]! * 1.2);
  });

  test('every parameter can be heard', () => {
    const base = renderCorner(trigger);
    for (const [id, spec] of Object.entries(trigger.params)) {
      if (spec.kind !== 'number') continue;
      const value = Math.abs(spec.default - spec.min) > Math.abs(spec.max - spec.default) ? spec.min : spec.max;
      const changed = renderCorner(trigger, { [id]: value });
      let difference = 0;
      changed.forEach((sample, i) => (difference += (sample - base[i]!) ** 2));
      expect(Math.sqrt(difference / base.length) / rms(base), id).toBeGreaterThan(0.05);
    }
  });
});

/** All numbers at once at their ends, then every choice. */
function extremes(trigger: Trigger): ParamValues[] {
  const specs = Object.entries(trigger.params);
  const ends = (['min', 'max'] as const).map((end) =>
    Object.fromEntries(specs.flatMap(([id, spec]) => (spec.kind === 'number' ? [[id, spec[end]]] : []))),
  );
  const choices = specs.flatMap(([id, spec]) =>
    spec.kind === 'choice' ? spec.options.map((option): ParamValues => ({ [id]: option })) : [],
  );
  return [...ends, ...choices];
}

/** Of a voice that was one round of a short loop, 20 s after its end: mean square. */
function powerAfterLoop(trigger: Trigger, params: ParamValues): number {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const loopSec = (750 * BLOCK_FRAMES) / RATE;
  const voice = trigger.create({
    kernels,
    arena,
    sampleRate: RATE,
    random: new Random(3),
    mode: 'day',
    oneShot: false,
    loopSec,
  });
  const values = { ...defaultValues(trigger.params), ...params } as never;
  const emitters = Array.from({ length: trigger.emitters }, () => ({ out: arena.floats(BLOCK_FRAMES), offset: 0 }));
  let power = 0;
  const onset = (): void => undefined;
  for (let frame = 0; frame < (loopSec + 20.5) * RATE; frame += BLOCK_FRAMES) {
    const timeSec = frame / RATE;
    for (const { out } of emitters) kernels.clear(out, BLOCK_FRAMES);
    const block = { frame, timeSec, frames: BLOCK_FRAMES, emitters, loopGain: timeSec < loopSec ? 1 : 0, onset };
    voice.render(block, values);
    if (timeSec < loopSec + 20) continue;
    for (const { out } of emitters) power += kernels.energy(out, BLOCK_FRAMES);
  }
  return power / (0.5 * RATE);
}

function blocks(trigger: Trigger, size: number): Float32Array {
  const engine = new Engine({ sampleRate: RATE });
  engine.setScene(soundOf(trigger));
  engine.start(0.5);
  const out = new Float32Array(RATE);
  for (let at = 0; at < RATE; at += size) {
    const part = out.subarray(at, at + size);
    engine.process(part, new Float32Array(part.length));
  }
  return out;
}
