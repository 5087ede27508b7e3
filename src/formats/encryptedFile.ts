// The passphrase envelope: any file's text as a `hushcraft-locked` file, a link's body as `#x1.…`, and the way back.
import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from './base64.ts';
import { checkIterations, freshKey, NONCE_BYTES, SALT_BYTES, seal, TAG_BYTES } from './aesGcm.ts';
import type { Locked } from './decodedFile.ts';
import { canonicalJson, isPlainObject, plainCopy } from './sanitizeJson.ts';
import type { PlainLimits, PlainObject } from './sanitizeJson.ts';
import { Refusal } from './decodeError.ts';
import { shaped } from './parseSchema.ts';
import { verifyVersion } from './versions.ts';

export const LOCKED_FORMAT = 'hushcraft-locked';
export const LOCKED_VERSION = 1;
/** Room for the largest backup, written in 64 letters. */
export const MAX_LOCKED_BYTES = 44 * 1024 * 1024;

const LOCKED_LIMITS: PlainLimits = { depth: 3, keys: 20, items: 1, chars: MAX_LOCKED_BYTES };

/** The text of a locked file around `text`, which is the text of any other file. Throws a `Refusal` for an empty passphrase. */
export async function lockText(text: string, passphrase: string): Promise<string> {
  const key = freshKey();
  const head = headOf(key);
  const content = await seal(new TextEncoder().encode(text), passphrase, { ...key, header: headerBytes(head) });
  return JSON.stringify({ ...head, content: toBase64Url(content) }, null, 2);
}

function headOf({ iterations, salt, nonce }: Pick<Locked, 'iterations' | 'salt' | 'nonce'>): PlainObject {
  return {
    format: LOCKED_FORMAT,
    version: LOCKED_VERSION,
    key: { name: 'PBKDF2-SHA-256', iterations, salt: toBase64Url(salt) },
    cipher: { name: 'AES-256-GCM', nonce: toBase64Url(nonce) },
  };
}

/** Everything that is written beside the content. */
function headerBytes(head: PlainObject): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson(head));
}

const LOCKED = v.strictObject({
  format: v.literal(LOCKED_FORMAT),
  version: v.literal(LOCKED_VERSION),
  key: v.strictObject({ name: v.literal('PBKDF2-SHA-256'), iterations: v.number(), salt: v.string() }),
  cipher: v.strictObject({ name: v.literal('AES-256-GCM'), nonce: v.string() }),
  content: v.string(),
});

/** Parsed JSON → what is locked. Throws a `Refusal`. */
export function lockedFrom(value: unknown): Locked {
  const file = plainCopy(value, LOCKED_LIMITS);
  if (!isPlainObject(file)) throw notOurs();
  verifyVersion(file, LOCKED_VERSION, 'locked file');
  const { content, ...head } = shaped(LOCKED, file, [], 'locked file');
  const salt = fromBase64Url(head.key.salt);
  const nonce = fromBase64Url(head.cipher.nonce);
  const bytes = fromBase64Url(content);
  if (salt?.length !== SALT_BYTES || nonce?.length !== NONCE_BYTES || !bytes || bytes.length < TAG_BYTES)
    throw notOurs();
  const { iterations } = head.key;
  checkIterations(iterations);
  return { header: headerBytes(head), iterations, salt, nonce, content: bytes, inside: 'file' };
}

const LINK_HEADER_BYTES = 4 + SALT_BYTES + NONCE_BYTES;

/** The content of a locked link: how often, salt, nonce, and what is locked. */
export async function lockLinkBytes(bytes: Uint8Array<ArrayBuffer>, passphrase: string): Promise<Uint8Array> {
  const key = freshKey();
  const header = new Uint8Array(LINK_HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, key.iterations);
  header.set(key.salt, 4);
  header.set(key.nonce, 4 + SALT_BYTES);
  const content = await seal(bytes, passphrase, { ...key, header });
  const whole = new Uint8Array(header.length + content.length);
  whole.set(header);
  whole.set(content, header.length);
  return whole;
}

/** Throws a `Refusal`. */
export function lockedFromLink(bytes: Uint8Array<ArrayBuffer>): Locked {
  if (bytes.length < LINK_HEADER_BYTES + TAG_BYTES) throw notOurs();
  const header = bytes.slice(0, LINK_HEADER_BYTES);
  const iterations = new DataView(header.buffer).getUint32(0);
  checkIterations(iterations);
  return {
    header,
    iterations,
    salt: header.slice(4, 4 + SALT_BYTES),
    nonce: header.slice(4 + SALT_BYTES),
    content: bytes.slice(LINK_HEADER_BYTES),
    inside: 'link',
  };
}

function notOurs(): Refusal {
  return new Refusal('wrong-shape', 'This is not something that Hushcraft locked. Nothing was changed.');
}
