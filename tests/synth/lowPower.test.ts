// Low power: less work for nearly the same sound; as reproducible, as bounded and as loud as without.
import { describe, expect, test } from 'vitest';
import { Engine, renderScene, TRIGGERS } from '../../src/synth/index.ts';
import type { Place, Scene } from '../../src/synth/index.ts';
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';
import { RoomReverb } from '../../src/synth/space/roomReverb.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import { layerOf, lufs, sceneOf } from '../helpers/scene.ts';
import { createRig, interauralCorrelation, whiteNoise } from '../helpers/spaceRig.ts';
import type { Binaural } from '../helpers/spaceRig.ts';

const RATE = 48000;

function soundOf(trigger: string, place: Partial<Place> = {}): Scene {
  return sceneOf([layerOf(trigger, { place: { closeness: 0.5, path: 'drift', periodSec: 8, ...place } })], {
    seed: 21,
    room: { size: 0.5, amount: 1 },
  });
}

/** Steady noise in both sends, and what the ears hear of the room. */
function roomNoise(size: number, low: boolean, sampleRate = RATE): Binaural {
  const { kernels, arena, context } = createRig(sampleRate);
  const room = new RoomReverb({ ...context, lowPower: low });
  const [sendLeft = 0, sendRight = 0, left = 0, right = 0] = [0, 1, 2, 3].map(() => arena.floats(BLOCK_FRAMES));
  const frames = 750 * BLOCK_FRAMES;
  const noise = whiteNoise(3);
  const heard = { left: new Float32Array(frames), right: new Float32Array(frames) };
  for (let at = 0; at < frames; at += BLOCK_FRAMES) {
    for (const ptr of [left, right]) kernels.clear(ptr, BLOCK_FRAMES);
    for (const [ear, ptr] of [sendLeft, sendRight].entries()) {
      const send = arena.view(ptr, BLOCK_FRAMES);
      for (let i = 0; i < BLOCK_FRAMES; i++) send[i] = noise(at + i, ear);
    }
    room.render({ size, amount: 1 }, sendLeft, sendRight, left, right);
    heard.left.set(arena.view(left, BLOCK_FRAMES), at);
    heard.right.set(arena.view(right, BLOCK_FRAMES), at);
  }
  return heard;
}

describe('low power', () => {
  test.each(TRIGGERS.map((trigger) => [trigger.id, trigger] as const))('%s is as loud as without', (_id, trigger) => {
    const options = { seconds: 12, sampleRate: RATE, mode: 'sleep', dry: true, fadeSec: 0 } as const;
    const whole = renderScene(soundOf(trigger.id), options);
    const low = renderScene(soundOf(trigger.id), { ...options, lowPower: true });
    expect(Math.abs(lufs(low.left, low.right) - lufs(whole.left, whole.right))).toBeLessThan(1);
  });

  test.each([
    [0, RATE],
    [1, RATE],
    [0.5, 96000],
  ])('a room of size %d at %d Hz holds its level, even to both ears, and stays wide', (size, sampleRate) => {
    const whole = roomNoise(size, false, sampleRate);
    const low = roomNoise(size, true, sampleRate);
    expect(Math.abs(power(low.left) - power(whole.left))).toBeLessThan(1);
    expect(Math.abs(power(low.right) - power(whole.right))).toBeLessThan(1);
    expect(Math.abs(interauralCorrelation(low, sampleRate))).toBeLessThan(0.45);
  });

  test('the same samples for every block size of the host, other samples than without', () => {
    const scene = soundOf('brushing', { path: 'orbit' });
    const render = (block: number, low: boolean): Float32Array => {
      const engine = new Engine({ sampleRate: RATE, mode: 'sleep', lowPower: low });
      engine.setScene(scene);
      engine.start(0.2);
      const left = new Float32Array(1.5 * RATE);
      const right = new Float32Array(1.5 * RATE);
      for (let at = 0; at < left.length; at += block) {
        engine.process(left.subarray(at, at + block), right.subarray(at, at + block));
      }
      expect(engine.rebuilt).toBe(0);
      return left;
    };
    const once = render(RATE, true);
    expect(render(128, true)).toEqual(once);
    expect(render(441, true)).toEqual(once);
    expect(render(RATE, false)).not.toEqual(once);
  });

  test('the limits of sleep hold', () => {
    const { left, right } = renderScene(soundOf('tapping', { path: 'orbit' }), {
      seconds: 30,
      mode: 'sleep',
      lowPower: true,
    });
    const meter = new LoudnessMeter(RATE);
    meter.push(left, right);
    expect(meter.truePeakDb()).toBeLessThan(-9);
    expect(meter.maxEmergenceDb()).toBeLessThan(10);
    expect(left.every(Number.isFinite)).toBe(true);
  });
});

function power(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return 10 * Math.log10(sum / samples.length);
}
