// Whatever gets through the door is safe to hear: spoiled presets that were accepted, rendered and measured.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { restorePreset } from '../../src/formats/preset.ts';
import { renderChunks } from '../../src/synth/index.ts';
import type { Scene } from '../../src/synth/index.ts';
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';
import { MUTATED, PRESET } from '../helpers/arbitraries.ts';
import { loose } from '../helpers/presetSamples.ts';

const SECONDS = 2;
const RUNS = 30;
/** The day's limits; the true-peak meter's own error is under a tenth of a decibel. */
const MOST_TRUE_PEAK_DB = -2.9;
const MOST_LUFS = -23;

function hear(scene: Scene): { finite: boolean; truePeakDb: number; lufs: number } {
  const meter = new LoudnessMeter(48000);
  let finite = true;
  // A start without a fade is the hardest one.
  for (const { left, right } of renderChunks(scene, { seconds: SECONDS, fadeSec: 0 })) {
    meter.push(left, right);
    finite &&= left.every(Number.isFinite) && right.every(Number.isFinite);
  }
  return { finite, truePeakDb: meter.truePeakDb(), lufs: meter.integratedLufs() };
}

function check(scene: Scene): void {
  const { finite, truePeakDb, lufs } = hear(scene);
  expect(finite).toBe(true);
  expect(truePeakDb).toBeLessThanOrEqual(MOST_TRUE_PEAK_DB);
  expect(lufs).toBeLessThanOrEqual(MOST_LUFS);
}

test('spoiled presets that were accepted are finite and inside the limits', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      MUTATED.map((value) => restorePreset(value)).filter((read) => read.ok),
      ({ preset }) => {
        check(preset.scene);
      },
    ),
    { numRuns: RUNS, seed: 20261123 },
  );
});

test('so are presets with every level at its most and every other number at an end', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(PRESET, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (preset, ends) => {
      const wild = loose(structuredClone(preset));
      let at = 0;
      for (const layer of preset.scene.layers) {
        const target = wild['scene']!['layers']![preset.scene.layers.indexOf(layer)]!;
        Object.assign(target, { gainDb: 1e9, muted: false });
        for (const [id, value] of Object.entries(layer.params)) {
          if (typeof value === 'number') target['params']![id] = loose(ends[at++ % ends.length] === true ? 1e9 : 0);
        }
        Object.assign(target['place']!, { closeness: 1e9 });
      }
      Object.assign(wild['scene']!['master']!, { gainDb: 1e9 });
      const read = restorePreset(wild);
      expect(read.ok).toBe(true);
      if (read.ok) check(read.preset.scene);
    }),
    { numRuns: RUNS / 3, seed: 20261123 },
  );
});
