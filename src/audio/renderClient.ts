// The page's side of the render worker: promises, progress, cancel. A cancelled render ends its worker at once.
import type { RenderClient } from './types.ts';
import type { FromRenderWorker, ToRenderWorker } from './renderMessages.ts';
import { canMake, freeBytes, placeFor, sweepFiles } from './export/audioFileExport.ts';

type Job = ToRenderWorker extends infer J ? (J extends ToRenderWorker ? Omit<J, 'id'> : never) : never;

const NO_ROOM = 'There was not enough room for the file. A shorter length or a smaller format takes less.';
const FAILED = 'The sound could not be computed. Nothing was changed; please try again.';

interface Waiting {
  readonly resolve: (message: FromRenderWorker) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((share: number) => void) | undefined;
}

/** One worker, started when first needed. */
class Channel {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  run(job: Job, onProgress?: (share: number) => void): Promise<FromRenderWorker> {
    this.#worker ??= this.#start();
    this.#lastId += 1;
    const id = this.#lastId;
    this.#worker.postMessage({ ...job, id });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
    });
  }

  /** Ends the worker and everything it was asked for. */
  end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./render.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromRenderWorker>) => {
      const waiting = this.#waiting.get(data.id);
      if (data.type === 'progress') {
        waiting?.onProgress?.(data.share);
        return;
      }
      this.#waiting.delete(data.id);
      if (data.type === 'failed') {
        console.error('render:', data.name, data.message);
        waiting?.reject(new Error(data.name === 'QuotaExceededError' ? NO_ROOM : FAILED));
      } else waiting?.resolve(data);
    };
    worker.onerror = () => {
      this.end(new Error(FAILED));
    };
    return worker;
  }
}

export function createRenderClient(): RenderClient {
  const background = new Channel();
  return {
    async file(spec, { picked, signal, onProgress }) {
      signal.throwIfAborted();
      const place = await placeFor(picked);
      const channel = new Channel(); // its own worker: an export can be ended without harm to pictures
      const abort = (): void => {
        channel.end(new DOMException('The export was cancelled.', 'AbortError'));
      };
      signal.addEventListener('abort', abort, { once: true });
      try {
        signal.throwIfAborted();
        const answer = await channel.run({ type: 'file', spec: plain(spec), target: place.target }, onProgress);
        if (answer.type !== 'file') throw new Error(FAILED);
        return { file: answer.file, release: place.release };
      } catch (error) {
        channel.end(new Error(FAILED));
        await place.discard();
        throw error;
      } finally {
        signal.removeEventListener('abort', abort);
        channel.end(new Error(FAILED));
      }
    },
    canMake,
    freeBytes,
    sweep: sweepFiles,
    async picture(scene, options) {
      const answer = await background.run({ type: 'picture', scene: plain(scene), ...options });
      if (answer.type !== 'picture') throw new Error(FAILED);
      return answer.levels;
    },
    async loudness(scene, seconds) {
      const answer = await background.run({ type: 'loudness', scene: plain(scene), seconds });
      if (answer.type !== 'loudness') throw new Error(FAILED);
      return answer.lufs;
    },
    async hash(scene, options) {
      const answer = await background.run({ type: 'hash', scene: plain(scene), ...options });
      if (answer.type !== 'hash') throw new Error(FAILED);
      return answer.sha256;
    },
  };
}

/** A copy that can be posted: reactive proxies cannot. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
