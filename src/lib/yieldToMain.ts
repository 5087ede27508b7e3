// Cooperative yielding: long work on the main thread lets the event loop run every few milliseconds.

const MAX_TASK_MS = 12;

/**
 * Creates a function to await between pieces of long work.
 * @returns function that waits for the next task when the last wait is more than 12 ms ago, else returns at once
 */
export function createYielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < MAX_TASK_MS) return;
    await nextTask();
    since = performance.now();
  };
}

/**
 * Waits for the next task of the event loop, without the minimum delay that nested timers have.
 * @returns promise that resolves in the next task
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
