// The browser's database behind the store's back.

const STORE = 'records';

/** One transaction over the one store; resolves when it is on the disk. */
export function rawDatabase<T>(name: string, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => {
      reject(request.error!);
    };
    request.onsuccess = () => {
      const transaction = request.result.transaction(STORE, 'readwrite');
      const inner = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        request.result.close();
        resolve(inner.result);
      };
    };
  });
}

/** Every record, as text: two looks are the same when not a byte has changed. */
export async function everything(name: string): Promise<string> {
  const keys = await rawDatabase(name, (store) => store.getAllKeys());
  const values = await rawDatabase(name, (store) => store.getAll());
  return JSON.stringify(keys.map((key, i) => [key, values[i] as unknown]));
}

/** What browsers do under storage pressure: the database is gone, local storage stays. */
export function evict(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => {
      resolve();
    };
    request.onerror = () => {
      reject(request.error!);
    };
  });
}
