// WAV bytes against the format's own rules, and samples there and back.
import { expect, test } from 'vitest';
import { WavEncoder } from '../../src/audio/export/wav.ts';
import { wavHeader } from '../../src/audio/export/wavHeader.ts';

const left = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i / 7) * 0.5);
const right = Float32Array.from({ length: 1000 }, (_, i) => Math.cos(i / 11) * 0.25);

test.each([16, 24, 32] as const)('%i bit: header and samples', (bits) => {
  const header = wavHeader({ frames: 1000, sampleRate: 44100, bits });
  const view = new DataView(header.buffer);
  const data = new WavEncoder(bits).encode(left, right);
  expect(view.getUint32(4, true)).toBe(header.length + data.length - 8);
  expect(view.getUint16(20, true)).toBe(bits === 32 ? 3 : 1);
  expect(view.getUint16(32, true)).toBe((bits / 8) * 2);
  expect(view.getUint32(header.length - 4, true)).toBe(data.length);
  const samples = new DataView(data.buffer);
  const read = (i: number): number => {
    const at = (i * bits) / 8;
    if (bits === 32) return samples.getFloat32(at, true);
    if (bits === 16) return samples.getInt16(at, true) / 32767;
    return (samples.getUint16(at, true) | (samples.getInt8(at + 2) << 16)) / 8388607;
  };
  const tolerance = bits === 32 ? 0 : 2 / 2 ** (bits - 1);
  for (let i = 0; i < 1000; i++) {
    expect(Math.abs(read(2 * i) - left[i]!)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(read(2 * i + 1) - right[i]!)).toBeLessThanOrEqual(tolerance);
  }
});

test('dither is there, is bounded, and is the same each time', () => {
  const quiet = new Float32Array(4000).fill(0.3 / 32767);
  const first = new Int16Array(new WavEncoder(16).encode(quiet, quiet).buffer);
  expect(new Int16Array(new WavEncoder(16).encode(quiet, quiet).buffer)).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1);
  expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(2);
  expect(first.reduce((sum, value) => sum + value, 0) / first.length).toBeCloseTo(0.3, 1);
});

test('digital silence stays silence; overloads are clamped, not wrapped', () => {
  const encoder = new WavEncoder(16);
  const silence = new Float32Array(100);
  expect(new Int16Array(encoder.encode(silence, silence).buffer).every((value) => value === 0)).toBe(true);
  const loud = Float32Array.of(2, -2);
  expect([...new Int16Array(encoder.encode(loud, loud).buffer)]).toEqual([32767, 32767, -32768, -32768]);
});
