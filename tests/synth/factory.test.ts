// What the factory sounds promise a night: how loud they are in sleep mode, and a change over the night of their own.
import { expect, test } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { renderChunks, DEFAULT_NIGHT } from '../../src/synth/index.ts';
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';

/** The slow correction has heard the sound for so long when the measurement begins. */
const SETTLING_SEC = 30;
const MEASURED_SEC = 30;
const RATE = 48000;

test.each(FACTORY)('$id is as loud as sleep asks for, no louder, and startles nobody', ({ scene }) => {
  const meter = new LoudnessMeter(RATE);
  const night = { ...DEFAULT_NIGHT, timerSec: null, arc: false };
  let frames = 0;
  for (const { left, right } of renderChunks(scene, {
    seconds: SETTLING_SEC + MEASURED_SEC,
    sampleRate: RATE,
    night,
  })) {
    if (frames >= SETTLING_SEC * RATE) meter.push(left, right);
    frames += left.length;
  }
  expect(meter.integratedLufs()).toBeGreaterThanOrEqual(-39);
  expect(meter.integratedLufs()).toBeLessThanOrEqual(-33);
  expect(meter.maxMomentaryLufs()).toBeLessThanOrEqual(-32);
  expect(meter.truePeakDb()).toBeLessThanOrEqual(-9);
  expect(meter.maxEmergenceDb()).toBeLessThanOrEqual(10);
});

test('every factory sound has its own way through the night', () => {
  const ways = FACTORY.map(({ scene }) => JSON.stringify(scene.arc));
  expect(new Set(ways).size).toBe(FACTORY.length);
});
