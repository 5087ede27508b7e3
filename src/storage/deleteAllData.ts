// Deleting everything this app keeps in the browser, without a rest: every open page of it is told, and writes nothing after.
import { seal } from './writesDisabled.ts';
import { inTurn, KEEPING_OFFLINE } from './webLock.ts';

const CHANNEL = 'hushcraft/erased';
/** A page that has not let go of the database by then is stuck. */
const STUCK_MS = 1200;

/** This page is the one that deletes: it knows when that is done, and does not listen to its own word. */
let erasing = false;

/** Another page of this app deletes everything: this one writes nothing from now on. */
export function onErased(listener: () => void): void {
  if (typeof BroadcastChannel === 'undefined') return;
  new BroadcastChannel(CHANNEL).onmessage = () => {
    if (erasing) return;
    sealThisPage();
    listener();
  };
}

/** Rejects when another page holds on to something: then it can be tried again. */
export async function eraseEverything(): Promise<void> {
  erasing = true;
  try {
    sealThisPage();
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage('erased');
    channel.close();
    localStorage.clear();
    await Promise.all([forgetApp(), forgetDatabases(), forgetFiles()]);
  } finally {
    // If it could not, another page may, and is listened to again.
    erasing = false;
  }
}

function sealThisPage(): void {
  seal();
  // Every page has one of its own.
  sessionStorage.clear();
}

/**
 * The app itself. The browser may take seconds to let go of a worker for which it is just looking for a newer version, so the
 * files go at once; and once more after it, should it have been filling its cache meanwhile.
 */
async function forgetApp(): Promise<void> {
  await Promise.all([forgetCaches(), inTurn(KEEPING_OFFLINE, forgetWorkers)]);
  await forgetCaches();
}

async function forgetWorkers(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((worker) => worker.unregister()));
}

async function forgetCaches(): Promise<void> {
  if (!('caches' in window)) return;
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function forgetDatabases(): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  const databases = await indexedDB.databases();
  await Promise.all(databases.flatMap(({ name }) => (name === undefined ? [] : [deleteDatabase(name)])));
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stuck = setTimeout(() => {
      reject(new Error('Another page holds the data.'));
    }, STUCK_MS);
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => {
      clearTimeout(stuck);
      resolve();
    };
    request.onerror = () => {
      clearTimeout(stuck);
      reject(request.error ?? new Error('The data could not be deleted.'));
    };
  });
}

/** Sounds that are being written lie in the browser's own file system. */
async function forgetFiles(): Promise<void> {
  if (!('storage' in navigator) || !('getDirectory' in navigator.storage)) return;
  const root = await navigator.storage.getDirectory().catch(() => null);
  if (!root) return;
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}
