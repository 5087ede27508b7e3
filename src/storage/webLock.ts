// One tab at a time, where the browser can arrange it.

/** A lock that a stuck tab never lets go is not waited for: the transaction’s own look at the revision still holds. */
const PATIENCE_MS = 3000;

/** The app is being put on this device, or taken off it. */
export const KEEPING_OFFLINE = 'hushcraft/offline';

/** `what`: the name of what is written. Rejects only as `write` does. */
export async function inTurn<T>(what: string, write: () => Promise<T>): Promise<T> {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return write();
  const turn = { came: false };
  const run = (): Promise<T> => {
    turn.came = true;
    return write();
  };
  try {
    return await navigator.locks.request(what, { signal: AbortSignal.timeout(PATIENCE_MS) }, run);
  } catch (error) {
    if (turn.came) throw error;
    return write();
  }
}
