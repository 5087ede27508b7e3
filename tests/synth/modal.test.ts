import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { ModalBank } from '../../src/synth/dsp/modalBank.ts';
import { contactPower, contactSec, contactWarp } from '../../src/synth/exciters/contact.ts';
import { DiffuseNoise, DIFFUSE_BANDS, DIFFUSE_LOWEST_HZ } from '../../src/synth/dsp/diffuseNoise.ts';
import { rms, transform } from '../helpers/features.ts';
import { ReferenceBank } from '../reference/modalBank.ts';
import type { ReferenceContact, ReferenceMode } from '../reference/modalBank.ts';

const RATE = 48000;

/** A wood-like spread of partials, low to high. */
const MODES: ReferenceMode[] = Array.from({ length: 24 }, (_, i) => ({
  hz: 70 * 1.24 ** i,
  t60Sec: 0.35 * 0.95 ** i,
}));

function createBank(modes: readonly ReferenceMode[], sampleRate: number, frames = 128) {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const bank = new ModalBank({ kernels, arena, sampleRate }, { modes: modes.length, frames });
  modes.forEach(({ hz, t60Sec }, i) => {
    bank.setMode(i, hz, t60Sec);
  });
  return { kernels, arena, bank };
}

/** Runs a bank over whole blocks; forces may span blocks and overlap. */
function play(modes: readonly ReferenceMode[], contacts: readonly ReferenceContact[], frames: number, block = 128) {
  const { kernels, arena, bank } = createBank(modes, RATE, block);
  const out = arena.floats(block);
  const force = arena.floats(block);
  const gains = arena.floats(bank.gainCount);
  const [outView, forceView, gainView] = [
    arena.view(out, block),
    arena.view(force, block),
    arena.view(gains, bank.gainCount),
  ];
  const result = new Float32Array(frames);
  let ringing = 0;
  for (let at = 0; at < frames; at += block) {
    kernels.clear(out, block);
    ringing = bank.ring(out);
    for (const contact of contacts) {
      const from = contact.at - at;
      if (from >= block || from + contact.force.length <= 0) continue;
      for (let i = 0; i < block; i++) forceView[i] = contact.force[i - from] ?? 0;
      gainView.set(contact.gains);
      bank.drive(gains, force, Math.max(0, from), out);
    }
    result.set(outView, at);
  }
  return { samples: result, ringing };
}

function snrDb(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let signal = 0;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    signal += expected[i]! ** 2;
    error += (actual[i]! - expected[i]!) ** 2;
  }
  return 10 * Math.log10(signal / error);
}

const HITS: ReferenceContact[] = [0, 1, 2, 3, 4, 5].map((hit) => {
  const length = [6, 40, 380, 90, 12, 200][hit] ?? 10;
  return {
    at: [3, 700, 1100, 1250, 3001, 3100][hit] ?? 0,
    force: Array.from({ length }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / length) ** 1.5 / length),
    gains: MODES.map((_, i) => Math.cos(1 + hit * 2.3 + i * (1.7 + hit))),
  };
});

describe('the modal bank', () => {
  test.each([44100, 48000, 96000])('an impulse rings at the asked frequency and decay (%i Hz)', (sampleRate) => {
    for (const [hz, t60Sec] of [
      [60, 0.04],
      [220, 0.11],
      [1400, 0.25],
      [9000, 0.08],
    ] as const) {
      const { kernels, arena, bank } = createBank([{ hz, t60Sec }], sampleRate);
      const out = arena.floats(128);
      const gains = arena.floats(bank.gainCount);
      arena.view(gains, bank.gainCount)[0] = 1;
      const force = arena.floats(128);
      arena.view(force, 128)[0] = 1;
      const heard: number[] = [];
      for (let block = 0; block < 40; block++) {
        kernels.clear(out, 128);
        bank.ring(out);
        if (block === 0) bank.drive(gains, force, 0, out);
        heard.push(...arena.view(out, 128));
      }
      const theta = (2 * Math.PI * hz) / sampleRate;
      const d = Math.log(1000) / (t60Sec * sampleRate);
      const ideal = heard.map(
        (_, n) => (n === 0 ? 0.5 : 1) * Math.exp(-d * n) * (Math.cos(theta * n) - (d / theta) * Math.sin(theta * n)),
      );
      expect(snrDb(heard, ideal)).toBeGreaterThan(85);
    }
  });

  test('overlapping hits with gains of their own equal the plain reference', () => {
    const frames = 128 * 120;
    const expected = new Float64Array(frames);
    new ReferenceBank(MODES, RATE).render(HITS, expected, frames);
    expect(snrDb(play(MODES, HITS, frames).samples, expected)).toBeGreaterThan(80);
  });

  test('the length of the blocks does not matter', () => {
    const frames = 128 * 60;
    const { samples } = play(MODES, HITS, frames);
    for (const block of [32, 64, 256])
      expect(snrDb(play(MODES, HITS, frames, block).samples, samples)).toBeGreaterThan(90);
  });

  test('passes no steady force on', () => {
    const frames = 128 * 300;
    const push = { at: 0, force: new Float32Array(frames).fill(1), gains: MODES.map(() => 1) };
    const { samples } = play(MODES, [push], frames);
    expect(rms(samples.subarray(frames - 4096))).toBeLessThan(0.02 * rms(samples.subarray(0, 4096)));
  });

  test('falls quite silent, and says so', () => {
    const { samples, ringing } = play(MODES, HITS, 128 * 600);
    expect(ringing).toBe(0);
    expect(Math.max(...samples.subarray(-1024).map(Math.abs))).toBe(0);
  });

  test('retuned while it rings, its waveform has no jump', () => {
    const { kernels, arena, bank } = createBank([{ hz: 400, t60Sec: 1 }], RATE);
    const out = arena.floats(128);
    const gains = arena.floats(bank.gainCount);
    arena.view(gains, bank.gainCount)[0] = 1;
    const force = arena.floats(128);
    const heard: number[] = [];
    for (let block = 0; block < 20; block++) {
      kernels.clear(out, 128);
      if (block > 2) bank.setMode(0, 400 + 15 * block, 1 / (1 + block));
      bank.ring(out);
      arena.view(force, 128)[0] = block === 0 ? 1 : 0;
      bank.drive(gains, force, 0, out);
      heard.push(...arena.view(out, 128));
    }
    // A sine of 700 Hz moves by at most 2π·700/48000 = 0.092 a sample; a jump would be up to 1.
    const steps = heard.slice(2).map((value, i) => Math.abs(value - (heard[i + 1] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.1);
  });
});

describe('the contact', () => {
  /** Force of one contact at twice the rate it needs, and its power spectrum against DC. */
  function pulse(softness: number, startFrame: number, rough = 0, sampleRate = RATE): Float32Array {
    const kernels = instantiateKernels();
    const arena = new Arena(kernels);
    const out = arena.floats(2048);
    const length = contactSec(softness, 0) * sampleRate;
    kernels.pulseRender(out, startFrame, length, contactWarp(softness), 1, rough, 7, 2048);
    return arena.view(out, 2048);
  }

  test('lasts 0.12 ms for a hard nail, 8 ms for a fingertip, and less when struck harder', () => {
    expect(contactSec(0, 0)).toBeCloseTo(0.00012, 6);
    expect(contactSec(1, 0)).toBeCloseTo(0.008, 5);
    expect(contactSec(0.5, 6)).toBeLessThan(contactSec(0.5, 0));
    expect(contactSec(0, 12)).toBeGreaterThanOrEqual(0.0001);
  });

  test('its spectrum is what the level compensation believes', () => {
    for (const softness of [0.3, 0.6, 1]) {
      const samples = pulse(softness, 10.3);
      const re = Float64Array.from(samples);
      const im = new Float64Array(re.length);
      transform(re, im);
      const sec = contactSec(softness, 0);
      for (const x of [0.3, 0.6, 1]) {
        const hz = x / sec;
        const bin = Math.round((hz / RATE) * re.length);
        const power = (re[bin]! ** 2 + im[bin]! ** 2) / (re[0]! ** 2 + im[0]! ** 2);
        expect(10 * Math.log10(power / contactPower((bin * RATE) / re.length, sec, softness, 0))).toBeCloseTo(0, -0.61);
      }
    }
  });

  test('keeps its impulse wherever between two frames it begins', () => {
    const sums = [100, 100.25, 100.5, 100.9].map((start) => pulse(0.35, start).reduce((sum, x) => sum + x, 0));
    for (const sum of sums) expect(sum / sums[0]!).toBeCloseTo(1, 2);
  });
});

test('a dense band falls by 60 dB in its time and keeps to its octave', () => {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const diffuse = new DiffuseNoise({ kernels, arena, sampleRate: RATE });
  const noise = arena.floats(128);
  const out = arena.floats(128);
  const band = 3;
  for (let i = 0; i < DIFFUSE_BANDS; i++) diffuse.setDecay(i, 0.5, 0.0005);
  diffuse.excite(band, 1);
  const heard = new Float32Array(128 * 400);
  let sounding = true;
  for (let block = 0; block < 400; block++) {
    kernels.clear(out, 128);
    kernels.noiseFill(noise, 5, block * 128, 128);
    sounding = diffuse.render(noise, out, 128);
    heard.set(arena.view(out, 128), block * 128);
  }
  const level = (fromSec: number): number =>
    20 * Math.log10(rms(heard.subarray(fromSec * RATE, (fromSec + 0.05) * RATE)));
  expect(level(0.05) - level(0.3)).toBeCloseTo(30, -0.6);
  const re = Float64Array.from(heard.subarray(0, 16384));
  const im = new Float64Array(re.length);
  transform(re, im);
  const power = (low: number, high: number): number => {
    let sum = 0;
    for (let bin = Math.round((low / RATE) * 16384); bin < (high / RATE) * 16384; bin++)
      sum += re[bin]! ** 2 + im[bin]! ** 2;
    return sum;
  };
  const centre = DIFFUSE_LOWEST_HZ * 2 ** band;
  const inside = power(centre / 1.7, centre * 1.7);
  expect(inside / power(20, 20000)).toBeGreaterThan(0.85);
  expect(power(centre * 8, centre * 16) / inside).toBeLessThan(1e-3);
  // −140 dB is reached after 1.2 s: here it still sounds faintly; without a hit all is at rest.
  expect(sounding).toBe(true);
  expect(new DiffuseNoise({ kernels, arena, sampleRate: RATE }).render(noise, out, 128)).toBe(false);
});
