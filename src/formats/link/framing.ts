// The text of a link, also when it was wrapped, quoted, percent-encoded or followed by a full stop ↔ the bytes in it.
import { crc32, fromBase64Url, inflate, toBase64Url } from '../bytes.ts';
import type { InflateLimits } from '../bytes.ts';
import { DecodeError } from '../decodeError.ts';

/** The longest link that mail and chat programs let through. */
export const MAX_LINK_CHARS = 2000;
/** Goes up when links are written in another way. Links of every version open for ever. */
export const LINK_VERSION = 1;

/** An address, quotation marks and line breaks may surround it, and each character may have become several. */
const MAX_TEXT_CHARS = 12_000;
const LENGTH_BYTES = 2;
const CRC_BYTES = 4;
const INFLATE_LIMITS: InflateLimits = { bytes: 64 * 1024, ratio: 100 };

/** `p`: a plain link; `x`: an encrypted one. */
export type LinkKind = 'p' | 'x';

/** The content of a link: the compressed body, or the encrypted content. */
export interface LinkContent {
  readonly kind: LinkKind;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Frames the content of a link: `p1.` and, in base64url, length (16 bits, big-endian), content, and CRC-32 of both.
 * @param kind - of link
 * @param content - compressed or encrypted
 * @param version - of links
 * @returns what follows the `#`
 */
export function frameLink(kind: LinkKind, content: Uint8Array, version = LINK_VERSION): string {
  const framed = new Uint8Array(LENGTH_BYTES + content.length + CRC_BYTES);
  const view = new DataView(framed.buffer);
  view.setUint16(0, content.length);
  framed.set(content, LENGTH_BYTES);
  view.setUint32(LENGTH_BYTES + content.length, crc32(framed.subarray(0, LENGTH_BYTES + content.length)));
  return `${kind}${String(version)}.${toBase64Url(framed)}`;
}

const MARK = /(?:^|[#\s<>"'([&?])([px])(\d{1,3})\./g;
/** A word that starts like a link: enough to try. */
const LOOKS_LIKE = /(?:^|#|%23)[px]\d{1,3}(?:\.|%2e)/i;

/**
 * Tells whether a text may contain a link.
 * @param text - pasted or scanned
 * @returns whether decoding it is worth a try
 */
export function looksLikeLink(text: string): boolean {
  return text.length <= MAX_TEXT_CHARS && LOOKS_LIKE.test(text.trim());
}

/**
 * Finds the link in a text and checks its frame.
 * @param text - pasted, scanned or the page's address
 * @returns the content
 * @throws DecodeError
 */
export function unframeLink(text: string): LinkContent {
  if (text.length > MAX_TEXT_CHARS) throw tooLong();
  const plain = percentDecode(percentDecode(text));
  const marks = [...plain.matchAll(MARK)];
  const [mark] = marks;
  if (!mark) throw new DecodeError('link-missing');
  if (marks.length > 1) throw new DecodeError('link-ambiguous');
  const version = Number(mark[2]);
  const letters = base64Letters(plain.slice(mark.index + mark[0].length));
  if (letters.length > MAX_LINK_CHARS) throw tooLong();
  const bytes = unframe(letters);
  if (version < 1) throw new DecodeError('link-missing');
  if (version > LINK_VERSION) throw new DecodeError('newer-version', { kind: 'link', version, current: LINK_VERSION });
  return { kind: mark[1] === 'x' ? 'x' : 'p', bytes };
}

/**
 * Decompresses the body of a link.
 * @param bytes - the content of a plain link, or of a decrypted one
 * @returns the body
 * @throws DecodeError when it is damaged, or larger than any link's
 */
export function inflateLinkBody(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return inflate(bytes, INFLATE_LIMITS);
}

function tooLong(): DecodeError {
  return new DecodeError('link-too-long', { maxChars: MAX_LINK_CHARS });
}

/** Of ASCII only: a link is. */
function percentDecode(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Removes line breaks and quotation marks inside, maps base64 to base64url, and stops at the first other character. */
function base64Letters(text: string): string {
  const joined = text.replace(/[\s>\u00ad\u200b-\u200d\u2060\ufeff]|=(?=\s)/gu, '');
  return (/^[A-Za-z0-9_+/-]*/.exec(joined)?.[0] ?? '').replaceAll('+', '-').replaceAll('/', '_');
}

/** The frame holds the length: letters that follow directly are not part of the link. */
function unframe(letters: string): Uint8Array<ArrayBuffer> {
  const head = fromBase64Url(letters.slice(0, 4));
  if (!head || head.length < LENGTH_BYTES + 1) throw new DecodeError('link-cut');
  const length = LENGTH_BYTES + new DataView(head.buffer).getUint16(0) + CRC_BYTES;
  const chars = Math.ceil((length * 4) / 3);
  if (letters.length < chars) throw new DecodeError('link-cut');
  const framed = fromBase64Url(letters.slice(0, chars));
  const end = length - CRC_BYTES;
  if (framed?.length !== length || new DataView(framed.buffer).getUint32(end) !== crc32(framed.subarray(0, end)))
    throw new DecodeError('link-damaged');
  return framed.slice(LENGTH_BYTES, end);
}
