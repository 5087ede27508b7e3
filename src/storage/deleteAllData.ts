// Deletes everything the app stores in the browser. Every open page of the app is told and writes nothing afterwards.
import type { Database } from './database.ts';
import { StorageError } from './storageError.ts';
import { SERVICE_WORKER_LOCK, withLock } from './webLock.ts';
import { disableWrites } from './writesDisabled.ts';

/** A page that has not closed the database by then is stuck. */
const BLOCKED_TIMEOUT_MS = 1200;

/**
 * Calls a listener when another page of the app deletes all data; this page then writes nothing any more.
 * @param database - the app's database
 * @param listener - shows that everything is gone
 * @returns unsubscribe function
 */
export function onAllDataDeleted(database: Database, listener: () => void): () => void {
  return database.subscribe('deleted', () => {
    disableThisPage();
    listener();
  });
}

/**
 * Deletes all databases, caches, files and the service worker of this origin.
 * @param database - the app's database
 * @throws StorageError `blocked` when another page keeps the database open: it can be tried again
 */
export async function deleteAllData(database: Database): Promise<void> {
  disableThisPage();
  database.announce('deleted');
  localStorage.clear();
  await Promise.all([deleteApp(), deleteDatabases(), deleteFiles()]);
}

function disableThisPage(): void {
  disableWrites();
  // Every page has its own.
  sessionStorage.clear();
}

/**
 * The app itself. Unregistering may wait seconds while the browser checks for an update, so the caches are deleted at once; and
 * once more afterwards, in case the worker was filling them.
 */
async function deleteApp(): Promise<void> {
  await Promise.all([deleteCaches(), withLock(SERVICE_WORKER_LOCK, unregisterWorkers)]);
  await deleteCaches();
}

async function unregisterWorkers(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((worker) => worker.unregister()));
}

async function deleteCaches(): Promise<void> {
  if (!('caches' in window)) return;
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function deleteDatabases(): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  const databases = await indexedDB.databases();
  await Promise.all(databases.flatMap(({ name }) => (name === undefined ? [] : [deleteDatabase(name)])));
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new StorageError('blocked'));
    }, BLOCKED_TIMEOUT_MS);
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve();
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new StorageError('no-response'));
    };
  });
}

/** Audio files that are being written are in the origin private file system. */
async function deleteFiles(): Promise<void> {
  if (!('storage' in navigator) || !('getDirectory' in navigator.storage)) return;
  const root = await navigator.storage.getDirectory().catch(() => null);
  if (!root) return;
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}
