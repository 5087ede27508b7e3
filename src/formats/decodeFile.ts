// One door for whatever arrives: a file or a text of any of our kinds → what it is, or a refusal in words.
import { AUDIO_START_BYTES, looksLikeAudio } from './audioMetadata.ts';
import { createYielder, nextTask } from '../lib/yieldToMain.ts';
import { BUNDLE_FORMAT, MAX_BUNDLE_BYTES, readBundle } from './bundle.ts';
import { decodeText, MAX_FILE_BYTES, parseJsonText, refuseTooLarge } from './parseJson.ts';
import { looksLikeLink, readLink, readPacked } from './link/link.ts';
import { unseal } from './aesGcm.ts';
import { LOCKED_FORMAT, lockedFrom, MAX_LOCKED_BYTES } from './encryptedFile.ts';
import type { Locked, Opened } from './decodedFile.ts';
import { PARCEL_FORMAT } from './sharedPreset.ts';
import { MAX_PARCEL_BYTES, restoreParcel } from './sharedPresetFile.ts';
import { PRESET_FORMAT } from './preset.ts';
import { readPresetBlob } from './presetBlob.ts';
import { guardedAsync, Refusal } from './decodeError.ts';
import { restorePreset } from './parsePreset.ts';

/** Its shape and its reader belong to the practice; here it is only told apart from the others. */
export const BACKUP_FORMAT = 'hushcraft-backup';
export const MAX_BACKUP_BYTES = 32 * 1024 * 1024;

const LIMITS: Readonly<Record<string, number>> = {
  [PRESET_FORMAT]: MAX_FILE_BYTES,
  [PARCEL_FORMAT]: MAX_PARCEL_BYTES,
  [BUNDLE_FORMAT]: MAX_BUNDLE_BYTES,
  [LOCKED_FORMAT]: MAX_LOCKED_BYTES,
  [BACKUP_FORMAT]: MAX_BACKUP_BYTES,
};

/** A file that a person chose, dropped or was sent; also an audio file with a preset inside. Its size is looked at before a byte is read. Never rejects. */
export function readAnyFile(file: Blob): Promise<Opened> {
  return guardedAsync(async () => {
    if (looksLikeAudio(new Uint8Array(await bytesOf(file.slice(0, AUDIO_START_BYTES))))) {
      const restored = await readPresetBlob(file);
      return restored.ok ? { ...restored, kind: 'preset' } : restored;
    }
    const most = file.size > MAX_FILE_BYTES ? await limitOf(file) : MAX_FILE_BYTES;
    if (file.size > most) refuseTooLarge(most);
    return readAnyBytes(new Uint8Array(await bytesOf(file)));
  });
}

/** A backup, or something locked that is too large for anything but one: told by its size and its first bytes alone. */
export async function looksLikeBackup(file: Blob): Promise<boolean> {
  if (file.size <= MAX_BUNDLE_BYTES) return false;
  const most = await limitOf(file).catch(() => 0);
  return most === MAX_BACKUP_BYTES || (most === MAX_LOCKED_BYTES && file.size > 2 * MAX_BUNDLE_BYTES);
}

/** A text that was pasted: a link, or the content of a file. Never rejects. */
export function readAnyText(text: string): Promise<Opened> {
  if (looksLikeLink(text)) return readLink(text);
  return text.trimStart().startsWith('{') ? readAnyFile(new Blob([text])) : readLink(text);
}

/** Opens what is locked. It holds what any file or link holds, but nothing locked once more. Never rejects. */
export function unlock(locked: Locked, passphrase: string): Promise<Opened> {
  return guardedAsync(async () => {
    const bytes = await unseal(locked, passphrase);
    const opened = locked.inside === 'link' ? await readPacked(bytes) : await readAnyBytes(bytes);
    if (opened.ok && opened.kind === 'locked') {
      throw new Refusal('wrong-shape', 'What was locked here is locked once more inside. Nothing was changed.');
    }
    return opened;
  });
}

/** What large files say of themselves stands at their beginning. */
async function limitOf(file: Blob): Promise<number> {
  const head = new TextDecoder().decode(await bytesOf(file.slice(0, 1024)));
  const format = /^\ufeff?\s*\{(?:\s*"\$schema"\s*:\s*"[^"\\]{0,300}"\s*,)?\s*"format"\s*:\s*"([a-z-]{1,40})"/.exec(
    head,
  )?.[1];
  return limitFor(format);
}

function limitFor(format: unknown): number {
  return typeof format === 'string' && Object.hasOwn(LIMITS, format) ? (LIMITS[format] ?? 0) : MAX_FILE_BYTES;
}

async function bytesOf(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new Refusal(
      'damaged',
      'This file could not be read: it may have been moved or deleted. Nothing was changed.',
    );
  }
}

async function readAnyBytes(bytes: Uint8Array): Promise<Opened> {
  const text = decodeText(bytes);
  await nextTask();
  const value = parseJsonText(text);
  await nextTask();
  const format: unknown =
    typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, 'format')?.value : undefined;
  if (bytes.byteLength > limitFor(format)) refuseTooLarge(limitFor(format));
  switch (format) {
    case PARCEL_FORMAT: {
      const restored = restoreParcel(value);
      return restored.ok ? { ...restored, kind: 'parcel' } : restored;
    }
    case BUNDLE_FORMAT:
      return readBundle(value as object, createYielder());
    case LOCKED_FORMAT:
      return { ok: true, kind: 'locked', locked: lockedFrom(value), warnings: [] };
    case BACKUP_FORMAT:
      return { ok: true, kind: 'backup', value, warnings: [] };
    default: {
      const restored = restorePreset(value);
      return restored.ok ? { ...restored, kind: 'preset' } : restored;
    }
  }
}
