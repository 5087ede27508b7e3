// What reaches the app from outside its window: shortcuts, files opened with it, and what another app shared.
import type { Library } from '../library/library.svelte.ts';
import type { Session } from '../editor/session.svelte.ts';
import { offlineMessages as messages } from '../../messages/offline.ts';

/** Filled by the service worker (offline/serviceWorker.ts). */
const SHARED = 'hushcraft shared';
const MOST_FILES = 20;

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** Looks once at how the app was opened, and goes on listening for files. */
export async function receive(session: Session, library: Library): Promise<void> {
  const query = new URLSearchParams(location.search);
  const go = query.get('go');
  // The address stays clean: a reload does not do the same again.
  if (location.search !== '') history.replaceState(history.state, '', location.pathname + location.hash);
  if (query.get('play') === 'last') {
    session.onNotice(messages.oneByOne());
    document.querySelector<HTMLElement>('.play')?.focus();
  }
  if (go === 'night') session.dialog ??= 'night';
  listenForFiles(library);
  if (go === 'shared') {
    const files = await takeShared();
    if (files.length > 0) await library.openFiles(files);
    else session.onNotice(messages.nothingShared());
  }
}

function listenForFiles(library: Library): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length === 0) return;
    void openWith(files.slice(0, MOST_FILES), library);
  });
}

/** A file that is gone, or may not be read, keeps no other from being opened. */
async function openWith(handles: readonly FileSystemFileHandle[], library: Library): Promise<void> {
  const files = await Promise.all(handles.map((handle) => handle.getFile().catch(() => null)));
  const readable = files.filter((file) => file !== null);
  if (readable.length < files.length)
    library.toasts.problem(messages.unreadable({ count: files.length - readable.length }));
  if (readable.length > 0) await library.openFiles(readable);
}

/** Takes the shared files out of their waiting place: each is looked at once. */
async function takeShared(): Promise<File[]> {
  if (!('caches' in window)) return [];
  try {
    const cache = await caches.open(SHARED);
    const files: File[] = [];
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      if (response) files.push(new File([await response.blob()], nameOf(response)));
    }
    await caches.delete(SHARED);
    return files.slice(0, MOST_FILES);
  } catch (error) {
    console.error('shared:', error);
    return [];
  }
}

function nameOf(response: Response): string {
  try {
    return decodeURIComponent(response.headers.get('X-Name') ?? '') || 'shared.json';
  } catch {
    return 'shared.json';
  }
}
