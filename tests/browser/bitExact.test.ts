// The same scene and seed give the same samples in the worklet, a worker and this page, for any host block size.
import { expect, test } from 'vitest';
import { createRenderClient } from '../../src/audio/renderClient.ts';
import processorUrl from '../../src/audio/worklet/engine.worklet.ts?worker&url';
import { Engine } from '../../src/synth/index.ts';
import { BEDS_SCENE, BEDS_SHA256, GOLDEN_SCENE, GOLDEN_SECONDS, GOLDEN_SHA256, sha256Of } from '../golden.ts';

const RATE = 48000;

/** Renders in the page itself, asking for `block` frames at a time. */
async function inPage(block: number): Promise<string> {
  const engine = new Engine({ sampleRate: RATE });
  engine.setScene(GOLDEN_SCENE);
  engine.start(0);
  const total = GOLDEN_SECONDS * RATE;
  const left = new Float32Array(total);
  const right = new Float32Array(total);
  for (let at = 0; at < total; at += block)
    engine.process(left.subarray(at, at + block), right.subarray(at, at + block));
  return sha256Of(left, right);
}

test.each([64, 128, 300, 1000])('in the page, host blocks of %i frames', async (block) => {
  expect(await inPage(block)).toBe(GOLDEN_SHA256);
});

test('in the audio worklet', async () => {
  const context = new OfflineAudioContext({ length: GOLDEN_SECONDS * RATE, numberOfChannels: 2, sampleRate: RATE });
  await context.audioWorklet.addModule(processorUrl);
  const node = new AudioWorkletNode(context, 'hushcraft', {
    numberOfInputs: 0,
    outputChannelCount: [2],
    processorOptions: { scene: GOLDEN_SCENE, mode: 'day', startFadeSec: 0 },
  });
  node.connect(context.destination);
  const buffer = await context.startRendering();
  expect(await sha256Of(buffer.getChannelData(0), buffer.getChannelData(1))).toBe(GOLDEN_SHA256);
});

test('in the render worker', async () => {
  const sha256 = await createRenderClient().hashSamples(GOLDEN_SCENE, { seconds: GOLDEN_SECONDS, sampleRate: RATE });
  expect(sha256).toBe(GOLDEN_SHA256);
  const beds = await createRenderClient().hashSamples(BEDS_SCENE, { seconds: GOLDEN_SECONDS, sampleRate: RATE });
  expect(beds).toBe(BEDS_SHA256);
});
