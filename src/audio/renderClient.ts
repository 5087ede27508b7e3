// The page's side of the render worker. An audio file has a worker of its own, which is ended when it is cancelled.
import { WorkerClient } from '../lib/workerRpc.ts';
import { canEncode, freeBytes, createDestination, removeOrphanedFiles } from './export/fileDestination.ts';
import type { RenderApi } from './render.worker.ts';
import type { RenderClient } from './types.ts';

/**
 * Creates the client; workers start when they are first needed.
 * @returns renderer for audio files, thumbnails, loudness and hashes
 */
export function createRenderClient(): RenderClient {
  const background = createWorkerClient();
  return {
    async exportFile(spec, { picked, signal, onProgress }) {
      signal.throwIfAborted();
      const destination = await createDestination(picked);
      const worker = createWorkerClient();
      try {
        const file = await worker
          .call('exportFile', { spec: cloneJson(spec), target: destination.target }, { onProgress, signal })
          .finally(() => {
            worker.terminate();
          });
        return { file, release: destination.release };
      } catch (error) {
        await destination.discard();
        throw error;
      }
    },
    canEncode,
    freeBytes,
    removeOrphanedFiles,
    renderThumbnail: (scene, options) => background.call('renderThumbnail', { scene: cloneJson(scene), ...options }),
    measureLoudness: (scene, seconds) => background.call('measureLoudness', { scene: cloneJson(scene), seconds }),
    hashSamples: (scene, options) => background.call('hashSamples', { scene: cloneJson(scene), ...options }),
  };
}

function createWorkerClient(): WorkerClient<RenderApi> {
  return new WorkerClient(() => new Worker(new URL('./render.worker.ts', import.meta.url), { type: 'module' }));
}

/** A copy that can be posted: reactive proxies cannot. */
function cloneJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
