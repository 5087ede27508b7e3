// The quiet tone that keeps a page awake: above what browsers call silence, far below what anybody hears.
import { expect, test } from 'vitest';
import { createKeepAliveTone } from '../../src/audio/platform/keepAlive.ts';

/** Under this RMS Chromium takes a page for silent. */
const GATE = 1 / 4096;

test('is some seconds long, deep, even, and closes without a step', async () => {
  const samples = new Int16Array(await createKeepAliveTone().slice(44).arrayBuffer());
  const left = Float64Array.from(
    samples.filter((_, i) => i % 2 === 0),
    (value) => value / 32768,
  );
  const rms = (from: number, to: number): number =>
    Math.sqrt(left.subarray(from, to).reduce((sum, value) => sum + value * value, 0) / (to - from));
  expect(left.length / 8000).toBeGreaterThan(5);
  for (let at = 0; at < left.length; at += 8000) {
    expect(rms(at, at + 8000)).toBeGreaterThan(4 * GATE);
    expect(rms(at, at + 8000)).toBeLessThan(0.002);
  }
  const rises = left.filter((value, i) => i > 0 && value > 0 && left[i - 1]! <= 0).length;
  expect(rises / (left.length / 8000)).toBeCloseTo(25, 0);
  const [first = NaN] = left;
  expect(Math.abs(first - left.at(-1))).toBeLessThan(1e-4);
});
