// Bytes: base64url, CRC-32 and raw deflate. Inflating is bounded while it runs.
import { DecodeError } from './decodeError.ts';

const BASE64_STEP_BYTES = 8192;

/**
 * Encodes bytes as base64url (RFC 4648 section 5) without padding.
 * @param bytes - any bytes
 * @returns letters, digits, `-` and `_`
 */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += BASE64_STEP_BYTES)
    binary += String.fromCharCode(...bytes.subarray(at, at + BASE64_STEP_BYTES));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * Decodes base64url without padding.
 * @param text - the encoded text
 * @returns the bytes; null for other characters, or a single character left over
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Reversed polynomial of the CRC-32 that zip, PNG and Ethernet use (IEEE 802.3). */
const POLYNOMIAL = 0xedb88320;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/**
 * CRC-32: finds damage. It is no signature.
 * @param bytes - any bytes
 * @returns an unsigned 32-bit number
 */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * CRC-32 of a text in UTF-8.
 * @param text - any text
 * @returns eight hexadecimal digits
 */
export function hashText(text: string): string {
  return crc32(new TextEncoder().encode(text)).toString(16).padStart(8, '0');
}

/** The most that may come out of compressed bytes. */
export interface InflateLimits {
  readonly bytes: number;
  /** Bytes out per byte in. */
  readonly ratio: number;
}

/**
 * Compresses with raw deflate (RFC 1951).
 * @param bytes - any bytes
 * @returns the compressed bytes
 */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Decompresses raw deflate, and stops at the first piece beyond a limit. Bytes behind the end of the stream are not looked
 * for on every platform: what needs it has a length and a checksum around the compressed bytes.
 * @param bytes - the compressed bytes
 * @param limits - the most that may come out
 * @returns the bytes
 * @throws DecodeError when it is too much, cut or damaged
 */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, limits: InflateLimits): Promise<Uint8Array<ArrayBuffer>> {
  const maxBytes = Math.min(limits.bytes, bytes.length * limits.ratio);
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // When writing fails, reading fails too: it is handled there.
  writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = stream.readable.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const piece = await reader.read().catch(() => null);
    if (piece === null) throw new DecodeError('compressed-damaged');
    if (piece.done) break;
    length += piece.value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new DecodeError('compressed-too-large');
    }
    pieces.push(piece.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
