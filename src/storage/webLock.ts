// Web Locks: one tab at a time, and what other tabs are doing. Works without them where the browser has none.

/** A lock that a stuck tab never releases is not waited for: transactions and revision numbers still protect the data. */
const TIMEOUT_MS = 3000;

/** Held while the service worker is registered or removed. */
export const SERVICE_WORKER_LOCK = 'hushcraft/offline';
/** Held (shared) by every window that plays. */
export const PLAYING_LOCK = 'hushcraft playing';

/**
 * Runs an action while no other tab runs one under the same name. Waits at most three seconds for its turn.
 * @param name - name of the lock
 * @param action - runs exactly once
 * @returns what the action returns
 * @throws what the action throws, and nothing else
 */
export async function withLock<T>(name: string, action: () => Promise<T>): Promise<T> {
  if (!hasLocks()) return action();
  const lock = { granted: false };
  const run = (): Promise<T> => {
    lock.granted = true;
    return action();
  };
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(TIMEOUT_MS) }, run);
  } catch (error) {
    if (lock.granted) throw error;
    return action();
  }
}

/**
 * Runs an action only when the lock is free.
 * @param name - name of the lock
 * @param action - runs while the lock is held
 * @returns false when another tab holds the lock, or there are no locks
 */
export async function withFreeLock(name: string, action: () => Promise<unknown>): Promise<boolean> {
  if (!hasLocks()) return false;
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await action();
    return lock !== null;
  });
}

/**
 * Holds a lock until it is released or the page goes.
 * @param name - name of the lock
 * @param mode - `shared`: any number of tabs may hold it
 * @returns function that releases it
 */
export function holdLock(name: string, mode: LockMode = 'exclusive'): () => void {
  if (!hasLocks()) return () => undefined;
  const waiting = new AbortController();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  navigator.locks.request(name, { mode, signal: waiting.signal }, () => released).catch(() => undefined);
  return () => {
    waiting.abort();
    release();
  };
}

/**
 * Holds a lock as long as the page lives, if no other tab has it.
 * @param name - name of the lock
 * @returns true when this tab has it now
 */
export function claimLock(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    void withFreeLock(name, () => {
      resolve(true);
      return new Promise(() => undefined);
    })
      .catch(() => false)
      .then(resolve);
  });
}

/**
 * Tells whether any window holds a lock.
 * @param name - name of the lock
 * @returns false where the browser has no locks
 */
export async function isLockHeld(name: string): Promise<boolean> {
  if (!hasLocks()) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}

function hasLocks(): boolean {
  return typeof navigator !== 'undefined' && 'locks' in navigator;
}
