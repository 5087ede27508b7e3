// The page's side of audio files: where one goes, the room there is, what is left behind when it is cancelled or the page closes.
import { holdLock, withFreeLock } from '../../storage/webLock.ts';
import type { AudioFormat } from './format.ts';
import { BIT_RATES } from './format.ts';
import { privateFolder } from './fileSink.ts';
import type { FileTarget } from './fileSink.ts';

/** A file that was made. */
export interface ExportedFile {
  /** null: it already lies where the person wanted it. */
  readonly file: Blob | null;
  /** The file is no longer needed: frees the room it takes in the browser, once a download has had time to finish. */
  readonly release: () => void;
}

/** The browser may still be copying a large download when the press is over. */
const RELEASE_DELAY_MS = 120_000;
/** An ended worker lets go of its file a moment later. */
const MAX_REMOVE_TRIES = 40;
const REMOVE_RETRY_MS = 50;

/** Whether this browser can make such files. */
export async function canEncode(format: AudioFormat): Promise<boolean> {
  if (format !== 'opus') return true;
  // Absent in older browsers, whatever the types say.
  const encoder = globalThis.AudioEncoder as typeof AudioEncoder | undefined;
  const config = { codec: 'opus', sampleRate: 48000, numberOfChannels: 2, bitrate: BIT_RATES.opus };
  try {
    return (await encoder?.isConfigSupported(config))?.supported === true;
  } catch {
    return false;
  }
}

/** What the browser would still let this page write, in bytes; null where it does not say. */
export async function freeBytes(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
  } catch {
    return null;
  }
}

/** A place for one file, and what happens to it afterwards. */
export interface FileDestination {
  readonly target: FileTarget;
  /** Nothing must be left of the file. */
  readonly discard: () => Promise<void>;
  readonly release: () => void;
}

/** `picked`: where the person wants it; else the browser's private disk, else memory. */
export async function createDestination(picked: FileSystemFileHandle | null): Promise<FileDestination> {
  if (picked) {
    return {
      target: { kind: 'picked', handle: picked },
      discard: () => removePicked(picked),
      release: () => undefined,
    };
  }
  const name = crypto.randomUUID();
  try {
    await privateFolder();
  } catch {
    return { target: { kind: 'memory' }, discard: () => Promise.resolve(), release: () => undefined };
  }
  // Tells other tabs, and the next start, that the file is wanted as long as this page lives.
  const unlock = holdLock(lockName(name));
  const discard = async (): Promise<void> => {
    await removePrivate(name);
    unlock();
  };
  return {
    target: { kind: 'private', name },
    discard,
    release: () => setTimeout(() => void discard(), RELEASE_DELAY_MS),
  };
}

/** Removes what pages that are gone have left behind. Never rejects. */
export async function removeOrphanedFiles(): Promise<void> {
  try {
    const folder = await privateFolder();
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) {
      await withFreeLock(lockName(name), () => folder.removeEntry(name).catch(() => undefined));
    }
  } catch {
    // No private disk, nothing to sweep.
  }
}

function lockName(name: string): string {
  return `hushcraft-file-${name}`;
}

async function removePrivate(name: string): Promise<void> {
  const folder = await privateFolder();
  await retryRemove(() => folder.removeEntry(name));
}

/** The picker made an empty file; one that held something before still does. */
async function removePicked(handle: FileSystemFileHandle): Promise<void> {
  await retryRemove(async () => {
    if ((await handle.getFile()).size === 0) await (handle as unknown as { remove(): Promise<void> }).remove();
  });
}

async function retryRemove(remove: () => Promise<void>): Promise<void> {
  for (let i = 0; i < MAX_REMOVE_TRIES; i++) {
    try {
      await remove();
      return;
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') return;
      await new Promise((resolve) => setTimeout(resolve, REMOVE_RETRY_MS));
    }
  }
}
