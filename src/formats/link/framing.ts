// A link as people hand it on (pasted, quoted, wrapped, percent-encoded, with a full stop behind it) → the bytes in it.
import { fromBase64Url, toBase64Url } from '../base64.ts';
import { crc32 } from '../checksum.ts';
import { Refusal } from '../decodeError.ts';

/** Longest link that survives everywhere. */
export const MAX_LINK_CHARS = 2000;
/** Around it there may be an address, quotation marks and line breaks, and each character may have become several. */
const MAX_TEXT_CHARS = 12_000;

const LENGTH_BYTES = 2;
const CRC_BYTES = 4;

const ASK_AGAIN = 'Nothing was changed; ask for it again, or for a file.';

/** `p`: in the open; `x`: locked. */
export type LinkKind = 'p' | 'x';

export interface LinkBytes {
  readonly kind: LinkKind;
  readonly version: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** `p1.` and letters: how long the content is, the content, and the checksum of both. */
export function linkText(kind: LinkKind, version: number, content: Uint8Array): string {
  const framed = new Uint8Array(LENGTH_BYTES + content.length + CRC_BYTES);
  const view = new DataView(framed.buffer);
  view.setUint16(0, content.length);
  framed.set(content, LENGTH_BYTES);
  view.setUint32(LENGTH_BYTES + content.length, crc32(framed.subarray(0, LENGTH_BYTES + content.length)));
  return `${kind}${String(version)}.${toBase64Url(framed)}`;
}

const MARK = /(?:^|[#\s<>"'([&?])([px])(\d{1,3})\./g;
/** A word of its own that starts like a link: enough to try. */
const LOOKS_LIKE = /(?:^|#|%23)[px]\d{1,3}(?:\.|%2e)/i;

export function looksLikeLink(text: string): boolean {
  return text.length <= MAX_TEXT_CHARS && LOOKS_LIKE.test(text.trim());
}

/** Throws a `Refusal`. */
export function linkBytes(text: string): LinkBytes {
  if (text.length > MAX_TEXT_CHARS) refuseTooLong();
  const plain = unescaped(unescaped(text));
  const marks = [...plain.matchAll(MARK)];
  const [mark] = marks;
  if (!mark) throw new Refusal('wrong-format', `This is not a link to a Hushcraft sound. ${ASK_AGAIN}`);
  if (marks.length > 1) throw new Refusal('wrong-shape', `There is more than one sound in this link. ${ASK_AGAIN}`);
  const kind = mark[1] === 'x' ? 'x' : 'p';
  const version = Number(mark[2]);
  const letters = lettersOf(plain.slice(mark.index + mark[0].length));
  if (letters.length > MAX_LINK_CHARS) refuseTooLong();
  return { kind, version, bytes: unframed(letters) };
}

function refuseTooLong(): never {
  throw new Refusal(
    'too-large',
    `This is longer than any Hushcraft link (${String(MAX_LINK_CHARS)} characters). ${ASK_AGAIN}`,
  );
}

/** Only what is plain ASCII: a link is. */
function unescaped(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Wraps and quotation marks inside go, the other base 64 becomes ours, and the first thing that is no letter ends it. */
function lettersOf(text: string): string {
  const joined = text.replace(/[\s>\u00ad\u200b-\u200d\u2060\ufeff]|=(?=\s)/gu, '');
  return (/^[A-Za-z0-9_+/-]*/.exec(joined)?.[0] ?? '').replaceAll('+', '-').replaceAll('/', '_');
}

/** The link says itself how long it is: words that came to stand right behind it are not part of it. */
function unframed(letters: string): Uint8Array<ArrayBuffer> {
  const cut = (): never => {
    throw new Refusal('damaged', `The link was cut on its way: its end is missing. ${ASK_AGAIN}`);
  };
  const head = fromBase64Url(letters.slice(0, 4));
  if (!head || head.length < LENGTH_BYTES + 1) return cut();
  const length = LENGTH_BYTES + new DataView(head.buffer).getUint16(0) + CRC_BYTES;
  const chars = Math.ceil((length * 4) / 3);
  if (letters.length < chars) return cut();
  const framed = fromBase64Url(letters.slice(0, chars));
  const end = length - CRC_BYTES;
  if (framed?.length !== length || new DataView(framed.buffer).getUint32(end) !== crc32(framed.subarray(0, end))) {
    throw new Refusal('damaged', `The link was changed or cut on its way. ${ASK_AGAIN}`);
  }
  return framed.slice(LENGTH_BYTES, end);
}
