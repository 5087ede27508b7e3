// The page's side of the render worker. An audio file has a worker of its own, which is ended when it is cancelled.
import { WorkerClient } from '../lib/workerRpc.ts';
import { canMake, freeBytes, placeFor, sweepFiles } from './export/audioFileExport.ts';
import type { RenderApi } from './render.worker.ts';
import type { RenderClient } from './types.ts';

/**
 * Creates the client; workers start when they are first needed.
 * @returns renderer for audio files, thumbnails, loudness and hashes
 */
export function createRenderClient(): RenderClient {
  const background = createWorkerClient();
  return {
    async file(spec, { picked, signal, onProgress }) {
      signal.throwIfAborted();
      const place = await placeFor(picked);
      const worker = createWorkerClient();
      try {
        const file = await worker
          .call('file', { spec: plain(spec), target: place.target }, { onProgress, signal })
          .finally(() => {
            worker.terminate();
          });
        return { file, release: place.release };
      } catch (error) {
        await place.discard();
        throw error;
      }
    },
    canMake,
    freeBytes,
    sweep: sweepFiles,
    picture: (scene, options) => background.call('picture', { scene: plain(scene), ...options }),
    loudness: (scene, seconds) => background.call('loudness', { scene: plain(scene), seconds }),
    hash: (scene, options) => background.call('hash', { scene: plain(scene), ...options }),
  };
}

function createWorkerClient(): WorkerClient<RenderApi> {
  return new WorkerClient(() => new Worker(new URL('./render.worker.ts', import.meta.url), { type: 'module' }));
}

/** A copy that can be posted: reactive proxies cannot. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
