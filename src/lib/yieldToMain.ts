// Long work in short pieces: after a few milliseconds the page gets its turn.

const PIECE_MS = 12;

/** A function to await between pieces; it waits only when the last wait is long enough ago. */
export function breaths(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < PIECE_MS) return;
    await turn();
    since = performance.now();
  };
}

/** The next turn of the event loop, without the delay that timers have. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
