// The pinned scenes in Node; tests/browser/bitExact.test.ts holds the worklet, the worker and the page to the same hash.
import { expect, test } from 'vitest';
import { Engine, renderScene } from '../../src/synth/index.ts';
import { BEDS_SCENE, BEDS_SHA256, GOLDEN_SCENE, GOLDEN_SECONDS, GOLDEN_SHA256, sha256Of } from '../golden.ts';

test.each([
  ['foreground', GOLDEN_SCENE, GOLDEN_SHA256],
  ['beds', BEDS_SCENE, BEDS_SHA256],
])('offline render: %s', async (_name, scene, sha256) => {
  const { left, right } = renderScene(scene, { seconds: GOLDEN_SECONDS, fadeSec: 0 });
  expect(await sha256Of(left, right)).toBe(sha256);
});

test.each([64, 128, 300, 1000])('host blocks of %i frames', async (block) => {
  const engine = new Engine();
  engine.setScene(GOLDEN_SCENE);
  engine.start(0);
  const left = new Float32Array(GOLDEN_SECONDS * 48000);
  const right = new Float32Array(left.length);
  for (let at = 0; at < left.length; at += block) {
    engine.process(left.subarray(at, at + block), right.subarray(at, at + block));
  }
  expect(await sha256Of(left, right)).toBe(GOLDEN_SHA256);
});
