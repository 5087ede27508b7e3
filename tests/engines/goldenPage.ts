// A page that renders the pinned scenes in this browser: in the app's render worker and in its audio worklet.
import { createRenderClient } from '../../src/audio/renderClient.ts';
import processorUrl from '../../src/audio/worklet/engine.worklet.ts?worker&url';
import type { Scene } from '../../src/synth/index.ts';
import { sha256Of } from '../golden.ts';
import { PINNED, RATE, SECONDS } from './goldenScenes.ts';

/** SHA-256 by the name of the scene. */
export type Hashes = Readonly<Record<string, string>>;

declare global {
  interface Window {
    renderHashes: (place: Place) => Promise<Hashes>;
  }
}

async function hashInWorklet(scene: Scene): Promise<string> {
  const context = new OfflineAudioContext({ length: SECONDS * RATE, numberOfChannels: 2, sampleRate: RATE });
  await context.audioWorklet.addModule(processorUrl);
  const node = new AudioWorkletNode(context, 'hushcraft', {
    numberOfInputs: 0,
    outputChannelCount: [2],
    processorOptions: { scene, mode: 'day', startFadeSec: 0 },
  });
  node.connect(context.destination);
  const buffer = await context.startRendering();
  return sha256Of(buffer.getChannelData(0), buffer.getChannelData(1));
}

const PLACES = {
  worker: (scene: Scene) => createRenderClient().hashSamples(scene, { seconds: SECONDS, sampleRate: RATE }),
  worklet: hashInWorklet,
};

/** Where a browser can render. */
export type Place = keyof typeof PLACES;

window.renderHashes = async (place) => {
  const hashes: Record<string, string> = {};
  for (const [name, { scene }] of Object.entries(PINNED)) hashes[name] = await PLACES[place](scene);
  return hashes;
};
