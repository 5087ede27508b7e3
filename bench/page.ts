// The bench in a browser: the worklet and the plain node graph rendered offline, in turn, in the same Chromium.
import processorUrl from '../src/audio/worklet/engine.worklet.ts?worker&url';
import { buildNodeGraph } from './nodeGraph.ts';
import { sceneOf } from './scenes.ts';

const RATE = 48000;

export interface BrowserRows {
  /** Milliseconds for `seconds` of sound, the least of all rounds. */
  readonly seconds: number;
  readonly workletTwoMs: number;
  readonly workletFourMs: number;
  readonly nodesMs: number;
}

async function offline(
  seconds: number,
  build: (context: OfflineAudioContext) => Promise<void> | void,
): Promise<number> {
  const context = new OfflineAudioContext({ length: seconds * RATE, numberOfChannels: 2, sampleRate: RATE });
  await build(context);
  const before = performance.now();
  const buffer = await context.startRendering();
  const elapsed = performance.now() - before;
  const heard = buffer.getChannelData(0).some((sample) => Math.abs(sample) > 1e-4);
  if (!heard) throw new Error('Silence was measured.');
  return elapsed;
}

async function worklet(seconds: number, layers: number): Promise<number> {
  return offline(seconds, async (context) => {
    await context.audioWorklet.addModule(processorUrl);
    const processorOptions = { scene: sceneOf(layers), mode: 'day', startFadeSec: 0 };
    new AudioWorkletNode(context, 'hushcraft', {
      numberOfInputs: 0,
      outputChannelCount: [2],
      processorOptions,
    }).connect(context.destination);
  });
}

async function run(seconds: number, rounds: number): Promise<BrowserRows> {
  const least = { workletTwoMs: Infinity, workletFourMs: Infinity, nodesMs: Infinity };
  for (let round = 0; round < rounds; round++) {
    least.workletTwoMs = Math.min(least.workletTwoMs, await worklet(seconds, 2));
    least.workletFourMs = Math.min(least.workletFourMs, await worklet(seconds, 4));
    least.nodesMs = Math.min(least.nodesMs, await offline(seconds, buildNodeGraph));
  }
  return { seconds, ...least };
}

Object.assign(globalThis, { runBench: run });
