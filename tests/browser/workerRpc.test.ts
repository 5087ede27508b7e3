// Worker RPC with real workers: order, progress, cancellation, errors as codes, and a worker that does not start.
import { afterEach, expect, test } from 'vitest';
import { WorkerClient, WorkerError } from '../../src/lib/workerRpc.ts';
import type { TestApi } from '../helpers/rpcTest.worker.ts';
import workerUrl from '../helpers/rpcTest.worker.ts?worker&url';

const clients: WorkerClient<TestApi>[] = [];

function createClient(url = workerUrl): WorkerClient<TestApi> {
  const client = new WorkerClient<TestApi>(() => new Worker(url, { type: 'module' }));
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
});

test('calls run one after the other and return what the functions return', async () => {
  const client = createClient();
  const order = await Promise.all([
    client.call('runFor', { ms: 30, name: 'a' }),
    client.call('runFor', { ms: 0, name: 'b' }),
    client.call('runFor', { ms: 0, name: 'c' }),
  ]);
  expect(order).toEqual(['a', 'a b', 'a b c']);
});

test('progress belongs to its own call', async () => {
  const client = createClient();
  const shares: number[] = [];
  await Promise.all([
    client.call('report', 2, { onProgress: (share) => shares.push(share) }),
    client.call('report', 4, { onProgress: (share) => shares.push(10 + share) }),
  ]);
  expect(shares).toEqual([0.5, 1, 10.25, 10.5, 10.75, 11]);
});

test('typed arrays come back by transfer', async () => {
  const client = createClient();
  expect(await client.call('bytes', 3)).toEqual(new Uint8Array([0, 1, 2]));
  expect(await client.call('wasTransferred', null)).toBe(true);
});

test('errors are codes: an error’s own, else its name', async () => {
  const client = createClient();
  await expect(client.call('fail', 'coded')).rejects.toMatchObject({ code: 'too-large' });
  await expect(client.call('fail', 'named')).rejects.toMatchObject({ code: 'QuotaExceededError' });
  await expect(client.call('fail', 'thrown')).rejects.toMatchObject({ code: 'Error' });
  expect(await client.call('bytes', 1)).toHaveLength(1);
});

test('aborting ends the worker at once, and the next call starts a new one', async () => {
  const client = createClient();
  const abort = new AbortController();
  const endless = client.call('spin', null, { signal: abort.signal });
  const waiting = client.call('bytes', 1);
  const outcomes = Promise.allSettled([endless, waiting]);
  abort.abort(new DOMException('cancelled', 'AbortError'));
  for (const outcome of await outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
  expect(await client.call('bytes', 2)).toHaveLength(2);
  await expect(client.call('bytes', 1, { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
});

test('a worker that does not start, and input that cannot be cloned, reject the call', async () => {
  const missing = createClient('/no-such-worker.ts');
  await expect(missing.call('bytes', 1)).rejects.toMatchObject({ code: 'worker-failed' });
  const blocked = new WorkerClient<TestApi>(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  await expect(blocked.call('bytes', 1)).rejects.toMatchObject({ name: 'SecurityError' });
  const client = createClient();
  await expect(client.call('runFor', { ms: 0, name: (() => 'x') as never })).rejects.toMatchObject({
    name: 'DataCloneError',
  });
  const pending = client.call('spin', null);
  client.terminate();
  await expect(pending).rejects.toBeInstanceOf(WorkerError);
});
