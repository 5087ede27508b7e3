// Where an audio file goes while it is made: a file that was picked, the browser's private disk, or memory as a last resort.
import type { WriteAt } from './format.ts';

export type FileTarget =
  | { readonly kind: 'picked'; readonly handle: FileSystemFileHandle }
  /** `name`: unique; kept by the page, which removes the file when it is no longer wanted. */
  | { readonly kind: 'private'; readonly name: string }
  | { readonly kind: 'memory' };

export interface FileSink {
  readonly write: WriteAt;
  /** The finished file, if there is something to hand on (a picked file is already in its place). */
  close(): Promise<Blob | null>;
  /** Lets go of an unfinished file. What is left of it is removed by the page. */
  abort(): Promise<void>;
}

const FOLDER = 'sound-to-go';

/** Finished and unfinished files on the private disk. Rejects where there is no such disk. */
export async function privateFolder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
}

/** `bytes`: how large the file will be, about. Rejects with a QuotaExceededError where the disk can tell that it has no room. */
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

/** Known to workers only; the library of types for pages lacks it. */
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
    // Browsers tell pages a rounded room; only asking for it shows what is really there.
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

/** For browsers without a private disk (some private windows). A Blob may live on disk; corrections are cut in at the end. */
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
