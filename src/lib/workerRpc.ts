// Worker RPC: a page calls functions that a worker serves, one call after the other; progress, cancellation, error codes.

/** Functions that a worker serves. The input must be cloneable; `onProgress` takes a share from 0 to 1. */
export type WorkerApi<Api> = {
  readonly [Name in keyof Api]: (input: never, onProgress: (share: number) => void) => unknown;
};

/** What one function of a worker takes. */
type Input<Api, Name extends keyof Api> = Api[Name] extends (input: infer I, ...rest: never[]) => unknown ? I : never;
/** What one function of a worker returns. */
type Output<Api, Name extends keyof Api> = Api[Name] extends (...args: never[]) => infer O ? Awaited<O> : never;

interface Request {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

type Response =
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly code: string };

/** A call that failed. */
export class WorkerError extends Error {
  /** `code` of the error thrown in the worker, else its `name`; `worker-failed` for one that did not start or crashed; `worker-ended`. */
  readonly code: string;

  /**
   * @param code - what happened
   */
  constructor(code: string) {
    super(code);
    this.name = 'WorkerError';
    this.code = code;
  }
}

/**
 * Serves functions in a worker, one call after the other. Call once, in the worker's module.
 * @param api - functions by name; a typed array that one returns is transferred, not copied
 */
export function serveWorker<Api extends WorkerApi<Api>>(api: Api): void {
  const functions = api as unknown as Readonly<
    Record<string, (input: unknown, onProgress: (share: number) => void) => unknown>
  >;
  const post = (response: Response, transfer: Transferable[] = []): void => {
    self.postMessage(response, { transfer });
  };
  const run = async ({ id, name, input }: Request): Promise<void> => {
    try {
      const value = await functions[name]?.(input, (share) => {
        post({ kind: 'progress', id, share });
      });
      post({ kind: 'result', id, value }, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []);
    } catch (error) {
      console.error(`worker, ${name}:`, error);
      post({ kind: 'error', id, code: codeOf(error) });
    }
  };
  let queue = Promise.resolve();
  self.onmessage = ({ data }: MessageEvent<Request>) => {
    queue = queue.then(() => run(data));
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const { code } = error as Error & { readonly code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

interface PendingCall {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((share: number) => void) | undefined;
}

/** The page's side: starts its worker at the first call, and again after it ended. */
export class WorkerClient<Api> {
  readonly #createWorker: () => Worker;
  readonly #pending = new Map<number, PendingCall>();
  #worker: Worker | undefined;
  #lastId = 0;

  /**
   * @param createWorker - starts the worker, whose module calls `serveWorker`
   */
  constructor(createWorker: () => Worker) {
    this.#createWorker = createWorker;
  }

  /**
   * Calls a function of the worker.
   * @param name - which function
   * @param input - what it takes; must be cloneable
   * @param options - `onProgress` receives shares from 0 to 1; aborting `signal` ends the worker and all its calls
   * @returns what the function returned
   * @throws WorkerError when the function threw, or the worker did not start, crashed or was ended; the signal's reason when aborted
   */
  async call<Name extends keyof Api & string>(
    name: Name,
    input: Input<Api, Name>,
    { onProgress, signal }: { readonly onProgress?: (share: number) => void; readonly signal?: AbortSignal } = {},
  ): Promise<Output<Api, Name>> {
    signal?.throwIfAborted();
    const abort = (): void => {
      this.terminate(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
    try {
      return await new Promise((resolve, reject) => {
        const worker = (this.#worker ??= this.#start());
        const id = ++this.#lastId;
        worker.postMessage({ id, name, input } satisfies Request);
        this.#pending.set(id, { resolve, reject, onProgress });
      });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * Ends the worker at once. Calls that are waiting are rejected; the next call starts a new worker.
   * @param reason - what they are rejected with
   */
  terminate(reason: unknown = new WorkerError('worker-ended')): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of calls) reject(reason);
  }

  #start(): Worker {
    const worker = this.#createWorker();
    worker.onmessage = ({ data }: MessageEvent<Response>) => {
      const call = this.#pending.get(data.id);
      if (data.kind === 'progress') {
        call?.onProgress?.(data.share);
        return;
      }
      this.#pending.delete(data.id);
      if (data.kind === 'result') call?.resolve(data.value as never);
      else call?.reject(new WorkerError(data.code));
    };
    worker.onerror = ({ message }) => {
      console.error('worker:', message);
      this.terminate(new WorkerError('worker-failed'));
    };
    return worker;
  }
}
