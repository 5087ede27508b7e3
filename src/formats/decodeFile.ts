// The decode pipeline for untrusted input: any file or text → what it is, or a refusal.
// size → framing → bounded inflate → strict UTF-8 → nesting → JSON → plain copy → schema → migrate → values in range.
import { createYielder, nextTask } from '../lib/yieldToMain.ts';
import { decrypt } from './aesGcm.ts';
import { AUDIO_HEAD_BYTES, AUDIO_START_BYTES, findPresetInAudio, looksLikeAudio } from './audioMetadata.ts';
import { BUNDLE_FORMAT, MAX_BUNDLE_BYTES, parseBundle } from './bundle.ts';
import { DecodeError, tryDecodeAsync } from './decodeError.ts';
import type { DecodedFile, EncryptedContent } from './decodedFile.ts';
import { ENCRYPTED_FORMAT, MAX_ENCRYPTED_BYTES, parseEncryptedFile, parseEncryptedLink } from './encryptedFile.ts';
import { decodeUtf8, MAX_FILE_BYTES, parseJsonText, tooLarge } from './json.ts';
import { decodeLinkBody } from './link/body.ts';
import { inflateLinkBody, looksLikeLink, unframeLink } from './link/framing.ts';
import { parsePresetFile, PRESET_FORMAT, restorePreset } from './preset.ts';
import type { DecodedPreset } from './preset.ts';
import { MAX_SHARED_PRESET_BYTES, parseSharedPreset, SHARED_PRESET_FORMAT } from './sharedPreset.ts';

/** The `format` field of a backup file. */
export const BACKUP_FORMAT = 'hushcraft-backup';
/** The largest backup file. */
export const MAX_BACKUP_BYTES = 32 * 1024 * 1024;

const MAX_BYTES: Readonly<Record<string, number>> = {
  [PRESET_FORMAT]: MAX_FILE_BYTES,
  [SHARED_PRESET_FORMAT]: MAX_SHARED_PRESET_BYTES,
  [BUNDLE_FORMAT]: MAX_BUNDLE_BYTES,
  [ENCRYPTED_FORMAT]: MAX_ENCRYPTED_BYTES,
  [BACKUP_FORMAT]: MAX_BACKUP_BYTES,
};

/**
 * Decodes a file that a person chose, dropped or received; also an audio file with a preset inside. Its size is checked
 * before it is read. Never rejects.
 * @param file - any file
 * @returns what it is, or why it is refused
 */
export function decodeFile(file: Blob): Promise<DecodedFile> {
  return tryDecodeAsync(async () => {
    if (looksLikeAudio(await readBytes(file.slice(0, AUDIO_START_BYTES)))) {
      const found = findPresetInAudio(await readBytes(file.slice(0, AUDIO_HEAD_BYTES)));
      if (!found) throw new DecodeError('audio-without-preset');
      return asPreset(parsePresetFile(found));
    }
    const maxBytes = file.size > MAX_FILE_BYTES ? await maxBytesOf(file) : MAX_FILE_BYTES;
    if (file.size > maxBytes) throw tooLarge(maxBytes);
    return decodeBytes(await readBytes(file));
  });
}

/**
 * Decodes pasted text: a link, or the content of a file. Never rejects.
 * @param text - as pasted
 * @returns what it is, or why it is refused
 */
export function decodeText(text: string): Promise<DecodedFile> {
  if (looksLikeLink(text) || !text.trimStart().startsWith('{')) return decodeLink(text);
  return decodeFile(new Blob([text]));
}

/**
 * Decodes a link as it arrived: whole or only what follows `#`, also wrapped, quoted or percent-encoded. Never rejects.
 * @param text - that contains the link
 * @returns a preset, a shared preset or encrypted content, or why it is refused
 */
export function decodeLink(text: string): Promise<DecodedFile> {
  return tryDecodeAsync(async () => {
    const { kind, bytes } = unframeLink(text);
    if (kind === 'x') return { ok: true, kind: 'locked', locked: parseEncryptedLink(bytes), warnings: [] };
    return decodeLinkBody(await inflateLinkBody(bytes));
  });
}

/**
 * Decrypts and decodes what `decodeFile` or `decodeLink` found to be encrypted. Never rejects.
 * @param encrypted - the content
 * @param passphrase - as typed
 * @returns what is inside, or why it is refused; encrypted content inside is refused
 */
export function decodeEncrypted(encrypted: EncryptedContent, passphrase: string): Promise<DecodedFile> {
  return tryDecodeAsync(async () => {
    const bytes = await decrypt(encrypted, passphrase);
    if (encrypted.inside === 'link') return decodeLinkBody(await inflateLinkBody(bytes));
    const decoded = await decodeBytes(bytes);
    if (decoded.ok && decoded.kind === 'locked') throw new DecodeError('encrypted-twice');
    return decoded;
  });
}

/**
 * Tells whether a large file is a backup, or an encrypted file too large for anything else, by its size and first bytes.
 * @param file - any file
 * @returns false for small files, which `decodeFile` may read at once
 */
export async function looksLikeBackup(file: Blob): Promise<boolean> {
  if (file.size <= MAX_BUNDLE_BYTES) return false;
  const maxBytes = await maxBytesOf(file).catch(() => 0);
  return maxBytes === MAX_BACKUP_BYTES || (maxBytes === MAX_ENCRYPTED_BYTES && file.size > 2 * MAX_BUNDLE_BYTES);
}

/** Large files name their format at their beginning. */
async function maxBytesOf(file: Blob): Promise<number> {
  const head = new TextDecoder().decode(await readBytes(file.slice(0, 1024)));
  const format = /^\ufeff?\s*\{(?:\s*"\$schema"\s*:\s*"[^"\\]{0,300}"\s*,)?\s*"format"\s*:\s*"([a-z-]{1,40})"/.exec(
    head,
  )?.[1];
  return maxBytesFor(format);
}

function maxBytesFor(format: unknown): number {
  return typeof format === 'string' && Object.hasOwn(MAX_BYTES, format) ? (MAX_BYTES[format] ?? 0) : MAX_FILE_BYTES;
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new DecodeError('file-unreadable');
  }
}

async function decodeBytes(bytes: Uint8Array): Promise<DecodedFile> {
  const text = decodeUtf8(bytes);
  await nextTask();
  const value = parseJsonText(text);
  await nextTask();
  const format: unknown =
    typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, 'format')?.value : undefined;
  if (bytes.byteLength > maxBytesFor(format)) throw tooLarge(maxBytesFor(format));
  switch (format) {
    case SHARED_PRESET_FORMAT: {
      const decoded = parseSharedPreset(value);
      return decoded.ok ? { ...decoded, kind: 'parcel' } : decoded;
    }
    case BUNDLE_FORMAT:
      return parseBundle(value as object, createYielder());
    case ENCRYPTED_FORMAT:
      return { ok: true, kind: 'locked', locked: parseEncryptedFile(value), warnings: [] };
    case BACKUP_FORMAT:
      return { ok: true, kind: 'backup', value, warnings: [] };
    default:
      return asPreset(restorePreset(value));
  }
}

function asPreset(decoded: DecodedPreset): DecodedFile {
  return decoded.ok ? { ...decoded, kind: 'preset' } : decoded;
}
