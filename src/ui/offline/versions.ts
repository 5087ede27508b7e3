// The app kept on this device: registers the service worker, and tells when a newer version waits. Never reloads a page by itself.

const WORKER = './sw.js';
/** Caches of ours begin with this (offline/worker.ts). */
const OURS = 'hushcraft ';

/** `onReady`: a newer version lies on the device and waits for the next start, or for `takeOver`. */
export async function keepOffline(onReady: (takeOver: () => void) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    const registration = await serviceWorker.register(WORKER, { updateViaCache: 'none' });
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

/** Takes the app itself off this device; sounds and settings are kept elsewhere. The open page goes on until it is closed. @public */
export async function forgetOffline(): Promise<void> {
  if ('serviceWorker' in navigator) {
    const registration = await navigator.serviceWorker.getRegistration('./');
    await registration?.unregister();
  }
  if (!('caches' in globalThis)) return;
  for (const name of await caches.keys()) if (name.startsWith(OURS)) await caches.delete(name);
}

function reload(): void {
  location.reload();
}
