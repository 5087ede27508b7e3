// Worker for the test of the worker RPC.
import { serveWorker } from '../../src/lib/workerRpc.ts';

let order = '';
let lastBytes: Uint8Array | undefined;

const api = {
  async runFor({ ms, name }: { readonly ms: number; readonly name: string }): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    order = `${order} ${name}`.trim();
    return order;
  },
  report(steps: number, onProgress: (share: number) => void): void {
    for (let step = 1; step <= steps; step++) onProgress(step / steps);
  },
  bytes: (count: number): Uint8Array => (lastBytes = Uint8Array.from({ length: count }, (_, i) => i)),
  /** A buffer that was transferred is empty here. */
  wasTransferred: (): boolean => lastBytes?.byteLength === 0,
  fail(how: 'coded' | 'named' | 'thrown'): never {
    if (how === 'coded') throw Object.assign(new Error('x'), { code: 'too-large' });
    if (how === 'named') throw new DOMException('x', 'QuotaExceededError');
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever is thrown
    throw 'x';
  },
  spin(): never {
    for (;;) order = String(performance.now());
  },
};

/** Functions of this worker. */
export type TestApi = typeof api;
serveWorker<TestApi>(api);
