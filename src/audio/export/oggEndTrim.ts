// Ogg Opus end trimming: an encoder fills its last packet; the last page’s granule position says where the sound ends.

// Where things stand in a page, and in the identification header inside the first one.
const GRANULE_OFFSET = 6;
const CRC_OFFSET = 22;
const SEGMENTS_OFFSET = 26;
const HEADER_BYTES = 27;
const PRE_SKIP_OFFSET = 10;

/**
 * Watches the pages and rewrites the last one.
 * Source: RFC 7845 section 4.4 (end trimming), RFC 3533 section 6 (page header and CRC).
 */
export class OggEndTrim {
  #preSkip: number | null = null;
  #last: { readonly page: Uint8Array; readonly position: number } | null = null;

  push(page: Uint8Array, position: number): void {
    this.#preSkip ??= parsePreSkip(page);
    this.#last = { page: page.slice(), position };
  }

  /**
   * Rewrites the last page.
   * @param frames - exact length of the sound
   * @returns the page and its position in the file; null if there was none
   */
  trimTo(frames: number): { readonly page: Uint8Array<ArrayBuffer>; readonly position: number } | null {
    if (!this.#last) return null;
    const page = new Uint8Array(this.#last.page);
    const view = new DataView(page.buffer);
    view.setBigInt64(GRANULE_OFFSET, BigInt(frames + (this.#preSkip ?? 0)), true);
    view.setUint32(CRC_OFFSET, 0, true);
    view.setUint32(CRC_OFFSET, crc32(page), true);
    return { page, position: this.#last.position };
  }
}

/** From the identification header, which is alone on the first page. */
function parsePreSkip(page: Uint8Array): number {
  const body = HEADER_BYTES + (page[SEGMENTS_OFFSET] ?? 0);
  return new DataView(page.buffer, page.byteOffset).getUint16(body + PRE_SKIP_OFFSET, true);
}

const POLYNOMIAL = 0x04c11db7;

/** CRC-32 as Ogg has it: highest bit first, no inversion. */
function crc32(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ POLYNOMIAL : sum << 1;
  }
  return sum >>> 0;
}
