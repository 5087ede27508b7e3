// A short fingerprint of a preset's content: finds a file that was damaged on its way. It is no signature.
import { canonicalJson } from './sanitizeJson.ts';
import type { PlainObject } from './sanitizeJson.ts';
import { Refusal } from './decodeError.ts';

/** Reversed polynomial of the CRC-32 that zip, PNG and Ethernet use (IEEE 802.3). */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** `crc32:` and eight hexadecimal digits, over the canonical JSON of everything but the field `checksum` itself. */
export function checksumOf(file: PlainObject): string {
  const content = { ...file };
  delete content['checksum'];
  return `crc32:${hex32(crc32(new TextEncoder().encode(canonicalJson(content))))}`;
}

/** Takes the checksum off the file; a file without one is fine: people write presets by hand. Throws a `Refusal`. */
export function verifyChecksum(file: PlainObject): void {
  const { checksum } = file;
  if (checksum === undefined) return;
  if (checksum !== checksumOf(file)) {
    throw new Refusal(
      'damaged',
      'This file was damaged, or edited after it was exported: its checksum does not fit. Nothing was changed; fetch the file again or, if you edited it yourself, delete its “checksum” line.',
    );
  }
  delete file['checksum'];
}

/** Eight hexadecimal digits made from a text: a name for it that is always the same. */
export function hashText(text: string): string {
  return hex32(crc32(new TextEncoder().encode(text)));
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
