import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { FilterBank } from '../../src/synth/dsp/filterBank.ts';
import { Bristles } from '../../src/synth/exciters/bristles.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { Random } from '../../src/synth/dsp/random.ts';
import { roughProfile, ROW_ENTRIES, rowProfile, SurfaceReader } from '../../src/synth/exciters/surface.ts';
import { bandPowerDb, powerSpectrum, rms } from '../helpers/features.ts';
import { hermite, PlainBand, ring } from '../reference/band.ts';

const FRAMES = 128;

function bench(sampleRate = 48000) {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const inPtr = arena.floats(FRAMES);
  const outPtr = arena.floats(FRAMES);
  return {
    kernels,
    arena,
    sampleRate,
    inPtr,
    outPtr,
    input: arena.view(inPtr, FRAMES),
    out: arena.view(outPtr, FRAMES),
  };
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return worst;
}

/** `seconds` of a bank fed with white noise, settings as `set` leaves them. */
function coloured(sampleRate: number, seconds: number, set: (bank: FilterBank) => void): Float32Array {
  const { kernels, arena, inPtr, outPtr, out } = bench(sampleRate);
  const bank = new FilterBank({ kernels, arena, sampleRate });
  const blocks = Math.round((seconds * sampleRate) / FRAMES);
  const samples = new Float32Array(blocks * FRAMES);
  for (let block = 0; block < blocks; block++) {
    kernels.noiseFill(inPtr, 5, block * FRAMES, FRAMES);
    kernels.clear(outPtr, FRAMES);
    set(bank);
    bank.render(inPtr, outPtr, FRAMES);
    samples.set(out, block * FRAMES);
  }
  return samples;
}

describe('four filters in a vector', () => {
  test('equal plain double precision while everything sweeps', () => {
    const { kernels, arena, inPtr, outPtr, out, input } = bench();
    const bank = new FilterBank({ kernels, arena, sampleRate: 48000 });
    const plain = [0, 1, 2, 3].map(() => new PlainBand());
    let worst = 0;
    for (let block = 0; block < 40; block++) {
      kernels.noiseFill(inPtr, 77, block * FRAMES, FRAMES);
      kernels.clear(outPtr, FRAMES);
      const expected = new Array<number>(FRAMES).fill(0);
      plain.forEach((band, lane) => {
        const hz = 90 * 3.7 ** lane * (1.3 + Math.sin(0.3 * block + lane));
        const q = 0.5 + 0.4 * lane;
        const weights = [0.2 * lane, 1 - 0.1 * block * 0.1, 0.3 - 0.1 * lane];
        bank.setFilter(lane, hz, q, { low: weights[0] ?? 0, band: weights[1] ?? 0, high: weights[2] ?? 0 });
        band.render(input, expected, Math.tan((Math.PI * hz) / 48000), 1 / q, weights);
      });
      bank.render(inPtr, outPtr, FRAMES);
      worst = Math.max(worst, farthest(out, expected));
    }
    expect(worst).toBeLessThan(2e-4);
  });

  test('a noise band has the level asked for, at any frequency, quality and sample rate', () => {
    for (const sampleRate of [44100, 48000, 96000]) {
      for (const [hz, q] of [
        [150, 0.7],
        [1200, 0.6],
        [4200, 2],
      ] as const) {
        const samples = coloured(sampleRate, 4, (bank) => {
          bank.setNoiseBand(1, hz, q, 0.25);
        });
        // A second of noise in a narrow band wanders by some 5 %.
        expect(
          Math.abs(20 * Math.log10(rms(samples) / 0.25)),
          `${String(hz)} Hz at ${String(sampleRate)}`,
        ).toBeLessThan(0.9);
      }
    }
  });

  test('the same band at 44.1, 48 and 96 kHz', () => {
    const spectra = [44100, 48000, 96000].map((sampleRate) =>
      bandPowerDb(
        coloured(sampleRate, 3, (bank) => {
          bank.setNoiseBand(0, 900, 0.6, 0.2);
        }),
        sampleRate,
      ),
    );
    for (let band = 0; band < 6; band++) {
      const levels = spectra.map((spectrum) => spectrum[band] ?? 0);
      expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(1.2);
    }
  });

  test('falls silent without denormals once the input stops', () => {
    const { kernels, arena, inPtr, outPtr, out, input } = bench();
    const bank = new FilterBank({ kernels, arena, sampleRate: 48000 });
    input[0] = 1;
    for (let block = 0; block < 4000; block++) {
      bank.setFilter(0, 60, 6, { low: 0, band: 1, high: 0 });
      kernels.clear(outPtr, FRAMES);
      bank.render(inPtr, outPtr, FRAMES);
      input.fill(0);
    }
    expect(out.every((sample) => sample === 0)).toBe(true);
  });
});

describe('scanned surfaces', () => {
  const context = () => {
    const { kernels, arena, outPtr, out } = bench();
    return { kernels, arena, outPtr, out, random: new Random(3) };
  };

  test('profiles have unit variance, no mean, and differ with the seed', () => {
    const { arena } = context();
    const views = [1, 2].flatMap((seed) => {
      const options = { arena, random: new Random(seed) };
      return [roughProfile(options, 4096, 2), rowProfile(options, 32, 0.2)].map((p) => arena.view(p.ptr, p.entries));
    });
    for (const view of views) {
      expect(rms(view)).toBeCloseTo(1, 3);
      expect(view.reduce((sum, x) => sum + x, 0) / view.length).toBeCloseTo(0, 4);
    }
    expect(views[0]).not.toEqual(views[2]);
  });

  test('read like a plain cubic, wrapping round, while speed and gain ramp', () => {
    const { kernels, arena, outPtr, out, random } = context();
    const profile = roughProfile({ arena, random }, 256, 1);
    const table = arena.view(profile.ptr, 256);
    const reader = new SurfaceReader({ kernels, arena }, profile, 0.9);
    let position = Math.floor(0.9 * 256);
    let [step, gain] = [0, 0];
    let worst = 0;
    for (let block = 0; block < 30; block++) {
      const [stepTo, gainTo] = [Math.abs(Math.sin(block)), 0.5 + 0.1 * block];
      kernels.clear(outPtr, FRAMES);
      reader.add(outPtr, stepTo, gainTo, FRAMES);
      const expected = Array.from({ length: FRAMES }, (_, i) => {
        position += step + ((stepTo - step) * (i + 1)) / FRAMES;
        return (gain + ((gainTo - gain) * (i + 1)) / FRAMES) * hermite(table, position);
      });
      [step, gain] = [stepTo, gainTo];
      worst = Math.max(worst, farthest(out, expected));
    }
    // Speeds are single precision: after 3840 steps the place is known to a thousandth of an entry.
    expect(worst).toBeLessThan(0.01);
  });

  test('rows sound at speed over pitch', () => {
    const { kernels, arena, outPtr, out, random } = context();
    const rows = rowProfile({ arena, random }, 64, 0);
    const reader = new SurfaceReader({ kernels, arena }, rows, 0);
    const step = (ROW_ENTRIES * 750) / 48000;
    const samples = new Float32Array(FRAMES * 200);
    for (let block = 0; block < 200; block++) {
      out.fill(1);
      reader.modulate(outPtr, step, 0.5, FRAMES);
      samples.set(out, block * FRAMES);
    }
    const power = powerSpectrum(samples.map((x) => x - 1));
    const loudest = power.indexOf(Math.max(...power.subarray(8)));
    expect((loudest * 48000) / (2 * power.length)).toBeGreaterThan(735);
    expect((loudest * 48000) / (2 * power.length)).toBeLessThan(765);
  });
});

describe('bristles', () => {
  const tuft = (sampleRate = 48000, count = 2) => {
    const base = bench(sampleRate);
    return { ...base, bristles: new Bristles(base, count, new Random(9)) };
  };

  test('one contact rings as the modes say', () => {
    const { bristles, kernels, out, outPtr } = tuft();
    bristles.setMode(1, 0, 1500, 0.004, 0.8);
    bristles.setMode(1, 1, 4300, 0.002, 0.3);
    bristles.strike(1, 5, 0.5);
    const heard: number[] = [];
    for (let block = 0; block < 8; block++) {
      kernels.clear(outPtr, FRAMES);
      bristles.render(outPtr, 0, 0, FRAMES);
      heard.push(...out);
    }
    const [a, b] = [ring(1500, 0.004, 48000, 1019), ring(4300, 0.002, 48000, 1019)];
    const expected = [0, 0, 0, 0, 0, ...a.map((x, n) => 0.5 * (0.8 * x + 0.3 * (b[n] ?? 0)))];
    expect(farthest(heard, expected)).toBeLessThan(1e-4);
    expect(heard.at(-1)).toBe(0);
  });

  test('contacts come at the rate asked for, of either sign, with the power foretold', () => {
    for (const sampleRate of [44100, 96000]) {
      const { bristles, kernels, out, outPtr } = tuft(sampleRate, 8);
      for (let bristle = 0; bristle < 8; bristle++) bristles.setMode(bristle, 0, 1000 + 250 * bristle, 0.003, 1);
      bristles.setStrengths(1.6, 14);
      const blocks = Math.round((20 * sampleRate) / FRAMES);
      const samples = new Float32Array(blocks * FRAMES);
      for (let block = 0; block < blocks; block++) {
        kernels.clear(outPtr, FRAMES);
        bristles.render(outPtr, 700, 0.1, FRAMES);
        samples.set(out, block * FRAMES);
      }
      const foretold = Math.sqrt(700 * bristles.contactEnergy) * 0.1;
      expect(Math.abs(20 * Math.log10(rms(samples) / foretold)), String(sampleRate)).toBeLessThan(0.5);
      const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
      expect(Math.abs(mean) / rms(samples)).toBeLessThan(0.01);
    }
  });

  test('strengths are a truncated power law: the strongest stays within the range', () => {
    const { bristles, kernels, out, outPtr } = tuft(48000, 1);
    bristles.setMode(0, 0, 12000, 0.00005, 1); // dies at once: one sample tells the strength
    bristles.setStrengths(1.5, 16);
    const strengths: number[] = [];
    for (let block = 0; block < 4000; block++) {
      kernels.clear(outPtr, FRAMES);
      bristles.render(outPtr, 300, 1, FRAMES);
      for (const x of out) if (Math.abs(x) > 0.2) strengths.push(Math.abs(x));
    }
    strengths.sort((a, b) => a - b);
    const rangeDb = 20 * Math.log10(Math.max(...strengths) / Math.min(...strengths));
    expect(strengths.length).toBeGreaterThan(2500);
    expect(rangeDb).toBeGreaterThan(11);
    expect(rangeDb).toBeLessThan(16.5);
    // E^−1.5: half of the events hold far less than half of the energy.
    const energies = strengths.map((x) => x * x);
    const total = energies.reduce((sum, e) => sum + e, 0);
    const weaker = energies.slice(0, energies.length / 2).reduce((sum, e) => sum + e, 0);
    expect(weaker / total).toBeGreaterThan(0.08);
    expect(weaker / total).toBeLessThan(0.25);
  });
});
