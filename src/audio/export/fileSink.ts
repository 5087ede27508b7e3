// Writes a file while it is made: to a picked file, the origin’s private file system, or memory. Worker.
import type { WriteAt } from './format.ts';

/** Where a file is written. */
export type FileTarget =
  | { readonly kind: 'picked'; readonly handle: FileSystemFileHandle }
  /** `name`: unique; the page removes the file when it is no longer needed. */
  | { readonly kind: 'private'; readonly name: string }
  | { readonly kind: 'memory' };

/** An open file. */
export interface FileSink {
  readonly write: WriteAt;
  /** Resolves to the finished file; null when it is already in the picked one. */
  close(): Promise<Blob | null>;
  /** Closes an unfinished file; the page removes what is left of it. */
  abort(): Promise<void>;
}

const FOLDER = 'sound-to-go';

/**
 * Opens the folder of temporary files. Rejects where there is no private file system.
 * @returns the folder
 */
export async function privateFolder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
}

/**
 * Opens a file for writing. Rejects with a QuotaExceededError where it is known to have no room.
 * @param target - where it goes
 * @param mime - media type of the finished file
 * @param bytes - expected size, bytes
 * @returns the open file
 */
export function openSink(target: FileTarget, mime: string, bytes: number): Promise<FileSink> {
  if (target.kind === 'picked') return openPickedFile(target.handle);
  return target.kind === 'private' ? openPrivateFile(target.name, bytes) : Promise.resolve(createMemorySink(mime));
}

async function openPickedFile(handle: FileSystemFileHandle): Promise<FileSink> {
  const stream = await handle.createWritable();
  return {
    write: (data, position) => stream.write({ type: 'write', data, position }),
    async close() {
      await stream.close();
      return null;
    },
    abort: () => stream.abort(),
  };
}

/** Workers only; the types for pages lack it. */
interface SyncHandle {
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

async function openPrivateFile(name: string, bytes: number): Promise<FileSink> {
  const file = await (await privateFolder()).getFileHandle(name, { create: true });
  const handle = await (file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }).createSyncAccessHandle();
  try {
    // Browsers report a rounded quota: only growing the file shows whether there is room.
    handle.truncate(bytes);
    handle.truncate(0);
  } catch (error) {
    handle.close();
    throw error;
  }
  return {
    write(bytes, position) {
      const written = handle.write(bytes, { at: position });
      // A short count, or in Chromium a nonsensically large one, is how a full disk shows: nothing is thrown.
      if (written !== bytes.length) throw new DOMException('The disk took only a part.', 'QuotaExceededError');
    },
    async close() {
      handle.flush();
      handle.close();
      return file.getFile();
    },
    abort() {
      handle.close();
      return Promise.resolve();
    },
  };
}

/** For browsers without a private file system (some private windows). A Blob may live on disk; overwrites are cut in at the end. */
function createMemorySink(mime: string): FileSink {
  const parts: Blob[] = [];
  const overwrites: { readonly bytes: Uint8Array<ArrayBuffer>; readonly position: number }[] = [];
  let end = 0;
  return {
    write(bytes, position) {
      if (position < end) overwrites.push({ bytes: bytes.slice(), position });
      else parts.push(new Blob([bytes]));
      end = Math.max(end, position + bytes.length);
    },
    close() {
      let file = new Blob(parts, { type: mime });
      for (const { bytes, position } of overwrites) {
        file = new Blob([file.slice(0, position), bytes, file.slice(position + bytes.length)], { type: mime });
      }
      return Promise.resolve(file);
    },
    abort: () => Promise.resolve(),
  };
}
