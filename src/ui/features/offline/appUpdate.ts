// App update: registers the service worker and reports when a newer version waits. Never reloads a page by itself.

import { writesDisabled } from '../../../storage/writesDisabled.ts';
import { withLock, SERVICE_WORKER_LOCK } from '../../../storage/webLock.ts';

const WORKER = './sw.js';

/**
 * Registers the service worker and watches for newer versions. Never rejects.
 * @param onReady - called when a newer version is installed; it waits for the next start, or for `activate`
 */
export async function watchForUpdate(onReady: (activate: () => void) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    const registration = await withLock(SERVICE_WORKER_LOCK, register);
    if (!registration) return;
    registration.active?.postMessage('page began');
    const look = (): void => {
      const { waiting } = registration;
      // Without a controller this is the first version there is, not a newer one.
      if (!waiting || !serviceWorker.controller) return;
      onReady(() => {
        serviceWorker.addEventListener('controllerchange', reload, { once: true });
        waiting.postMessage('take over');
      });
    };
    look();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look);
    });
  } catch (error) {
    console.warn('offline:', error); // a private window, or a host without the file: everything works while online
  }
}

/** null when everything is deleted here meanwhile, by this page or another: then it leaves nothing behind. */
async function register(): Promise<ServiceWorkerRegistration | null> {
  if (writesDisabled()) return null;
  const registration = await navigator.serviceWorker.register(WORKER, { updateViaCache: 'none' });
  if (!writesDisabled()) return registration;
  await registration.unregister();
  return null;
}

function reload(): void {
  location.reload();
}
