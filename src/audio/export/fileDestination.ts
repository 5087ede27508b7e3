// The page’s side of an exported file: where it goes, free space, cleanup after a cancel or a closed page.
import { holdLock, withFreeLock } from '../../storage/webLock.ts';
import type { AudioFormat } from './format.ts';
import { BIT_RATES } from './format.ts';
import { privateFolder } from './fileSink.ts';
import type { FileTarget } from './fileSink.ts';

/** A finished file. */
export interface ExportedFile {
  /** null: it is already in the file the user picked. */
  readonly file: Blob | null;
  /** Frees the browser’s temporary file, once a download has had time to finish. */
  readonly release: () => void;
}

/** The browser may still be copying a large download. */
const RELEASE_DELAY_MS = 120_000;
/** A terminated worker closes its file a moment later. */
const MAX_REMOVE_TRIES = 40;
const REMOVE_RETRY_MS = 50;

/**
 * Checks whether this browser can encode a format. Never rejects.
 * @param format - the file format
 * @returns true where its encoder is available
 */
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

/**
 * Estimates what the browser would still let this page write. Never rejects.
 * @returns bytes; null where the browser does not say
 */
export async function freeBytes(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
  } catch {
    return null;
  }
}

/** Destination of one file. */
export interface FileDestination {
  readonly target: FileTarget;
  /** Removes what is there of the file. */
  readonly discard: () => Promise<void>;
  readonly release: () => void;
}

/**
 * Chooses where a file is written: the picked file, else the origin’s private file system, else memory.
 * @param picked - file the user chose; null for none
 * @returns the destination, and how to discard or release it
 */
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

/** Removes temporary files of pages that no longer exist. Never rejects. */
export async function removeOrphanedFiles(): Promise<void> {
  try {
    const folder = await privateFolder();
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) {
      await withFreeLock(lockName(name), () => folder.removeEntry(name).catch(() => undefined));
    }
  } catch {
    // No private file system: nothing to remove.
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
