// Small readers of audio containers for the tests, written from the formats' own descriptions and independent of the writers.

export interface Chunk {
  readonly id: string;
  readonly body: Uint8Array;
}

/** The chunks of a RIFF or RF64 file, `data` as far as it is there. */
export function wavChunks(bytes: Uint8Array): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    chunks.push({ id: ascii(bytes, at, 4), body: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

export interface OggPage {
  readonly flags: number;
  readonly granule: number;
  readonly crcIsRight: boolean;
  readonly body: Uint8Array;
}

export function oggPages(bytes: Uint8Array): OggPage[] {
  const pages: OggPage[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    if (ascii(bytes, at, 4) !== 'OggS') throw new Error(`no page at ${String(at)}`);
    const segments = view.getUint8(at + 26);
    let length = 0;
    for (let i = 0; i < segments; i++) length += view.getUint8(at + 27 + i);
    const end = at + 27 + segments + length;
    const page = bytes.slice(at, end);
    page.fill(0, 22, 26);
    pages.push({
      flags: view.getUint8(at + 5),
      granule: Number(view.getBigInt64(at + 6, true)),
      crcIsRight: oggCrc(page) === view.getUint32(at + 22, true),
      body: bytes.subarray(end - length, end),
    });
    at = end;
  }
  return pages;
}

/** By the table, as RFC 3533 has it. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let entry = byte * 2 ** 24;
  for (let bit = 0; bit < 8; bit++) entry = entry >= 2 ** 31 ? (((entry * 2) % 2 ** 32) ^ 0x04c11db7) >>> 0 : entry * 2;
  return entry;
});

function oggCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ TABLE[((crc >>> 24) ^ byte) & 255]!) >>> 0;
  return crc;
}

/** From STREAMINFO. */
export function flacInfo(bytes: Uint8Array): { sampleRate: number; bits: number; frames: number } {
  if (ascii(bytes, 0, 4) !== 'fLaC' || (bytes[4]! & 127) !== 0) throw new Error('not FLAC');
  const view = new DataView(bytes.buffer, bytes.byteOffset + 18, 8);
  return {
    sampleRate: view.getUint32(0) >>> 12,
    bits: ((view.getUint16(2) >>> 4) & 31) + 1,
    frames: (view.getUint8(3) & 15) * 2 ** 32 + view.getUint32(4),
  };
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
