// Launch parameters: app shortcuts, files opened with the app, and files that another app shared.
import type { AppState } from '../../app/appState.svelte.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import type { ImportQueue } from './importQueue.svelte.ts';
import { offlineMessages as messages } from '../../messages/offline.ts';

/** Filled by the service worker (offline/serviceWorker.ts). */
const SHARED = 'hushcraft shared';
const MAX_FILES = 20;

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** What a launch may act on. */
export interface LaunchContext {
  readonly appState: Pick<AppState, 'dialog' | 'openDialog'>;
  readonly importQueue: Pick<ImportQueue, 'importFiles'>;
  readonly toasts: Pick<Toasts, 'show' | 'showProblem'>;
}

/**
 * Acts on the address the app was launched with, and on every file it is opened with from now on.
 * @param context - what a launch may act on
 */
export async function handleLaunch(context: LaunchContext): Promise<void> {
  const { appState, importQueue, toasts } = context;
  const query = new URLSearchParams(location.search);
  const go = query.get('go');
  // The address stays clean: a reload does not do the same again.
  if (location.search !== '') history.replaceState(history.state, '', location.pathname + location.hash);
  if (query.get('play') === 'last') {
    toasts.show(messages.oneByOne());
    document.querySelector<HTMLElement>('.play')?.focus();
  }
  if (go === 'night' && appState.dialog === null) appState.openDialog('night');
  handleOpenedFiles(context);
  if (go === 'shared') {
    const files = await drainSharedFiles();
    if (files.length > 0) await importQueue.importFiles(files);
    else toasts.show(messages.nothingShared());
  }
}

function handleOpenedFiles(context: LaunchContext): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void importHandles(files.slice(0, MAX_FILES), context);
  });
}

/** A file that is gone, or may not be read, keeps no other from being imported. */
async function importHandles(
  handles: readonly FileSystemFileHandle[],
  { importQueue, toasts }: LaunchContext,
): Promise<void> {
  const files = await Promise.all(handles.map((handle) => handle.getFile().catch(() => null)));
  const readable = files.filter((file) => file !== null);
  if (readable.length < files.length)
    toasts.showProblem(messages.unreadable({ count: files.length - readable.length }));
  if (readable.length > 0) await importQueue.importFiles(readable);
}

/** Removes the shared files from the cache the service worker put them in: each is imported once. */
async function drainSharedFiles(): Promise<File[]> {
  if (!('caches' in window)) return [];
  try {
    const cache = await caches.open(SHARED);
    const files: File[] = [];
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      if (response) files.push(new File([await response.blob()], nameOf(response)));
    }
    await caches.delete(SHARED);
    return files.slice(0, MAX_FILES);
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
