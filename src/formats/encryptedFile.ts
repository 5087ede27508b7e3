// The encrypted file (`hushcraft-locked`) around the text of any other file, and the encrypted content of a link (`#x1.…`).
import * as v from 'valibot';
import { encrypt, newKeyParams, NONCE_BYTES, SALT_BYTES, TAG_BYTES, verifyIterations } from './aesGcm.ts';
import type { KeyParams } from './aesGcm.ts';
import { fromBase64Url, toBase64Url } from './bytes.ts';
import { DecodeError } from './decodeError.ts';
import type { EncryptedContent } from './decodedFile.ts';
import { canonicalJson, isJsonObject, parseVersion, parseWith, sanitizeJson } from './json.ts';
import type { JsonLimits, JsonObject } from './json.ts';

/** The `format` field of an encrypted file. */
export const ENCRYPTED_FORMAT = 'hushcraft-locked';
/** Goes up when the shape or the cryptography changes. */
export const ENCRYPTED_VERSION = 1;
/** The largest encrypted file: the largest backup in base64. */
export const MAX_ENCRYPTED_BYTES = 44 * 1024 * 1024;

const LIMITS: JsonLimits = { depth: 3, keys: 20, items: 1, chars: MAX_ENCRYPTED_BYTES };

/** The shape of an encrypted file. */
export const ENCRYPTED_FILE = v.strictObject({
  format: v.literal(ENCRYPTED_FORMAT),
  version: v.literal(ENCRYPTED_VERSION),
  key: v.strictObject({ name: v.literal('PBKDF2-SHA-256'), iterations: v.number(), salt: v.string() }),
  cipher: v.strictObject({ name: v.literal('AES-256-GCM'), nonce: v.string() }),
  content: v.string(),
});

/**
 * Encrypts the text of a file.
 * @param text - of any other file
 * @param passphrase - not empty
 * @returns the text of the encrypted file
 * @throws DecodeError for an empty passphrase, or where there is no Web Crypto
 */
export async function encryptFile(text: string, passphrase: string): Promise<string> {
  const params = newKeyParams();
  const head = headOf(params);
  const content = await encrypt(new TextEncoder().encode(text), passphrase, { ...params, header: headerBytes(head) });
  return JSON.stringify({ ...head, content: toBase64Url(content) }, null, 2);
}

/**
 * Parses an encrypted file.
 * @param value - parsed JSON
 * @returns the encrypted content with its parameters
 * @throws DecodeError
 */
export function parseEncryptedFile(value: unknown): EncryptedContent {
  const file = sanitizeJson(value, LIMITS);
  if (!isJsonObject(file)) throw new DecodeError('encrypted-invalid');
  parseVersion(file, ENCRYPTED_VERSION, 'locked');
  const { content, ...head } = parseWith(ENCRYPTED_FILE, file, 'locked');
  const salt = fromBase64Url(head.key.salt);
  const nonce = fromBase64Url(head.cipher.nonce);
  const bytes = fromBase64Url(content);
  if (salt?.length !== SALT_BYTES || nonce?.length !== NONCE_BYTES || !bytes || bytes.length < TAG_BYTES)
    throw new DecodeError('encrypted-invalid');
  const { iterations } = head.key;
  verifyIterations(iterations);
  return { header: headerBytes(head), iterations, salt, nonce, content: bytes, inside: 'file' };
}

function headOf({ iterations, salt, nonce }: KeyParams): JsonObject {
  return {
    format: ENCRYPTED_FORMAT,
    version: ENCRYPTED_VERSION,
    key: { name: 'PBKDF2-SHA-256', iterations, salt: toBase64Url(salt) },
    cipher: { name: 'AES-256-GCM', nonce: toBase64Url(nonce) },
  };
}

/** All fields but the content. */
function headerBytes(head: JsonObject): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson(head));
}

// --- links -----------------------------------------------------------------------------------------------------------

const LINK_HEADER_BYTES = 4 + SALT_BYTES + NONCE_BYTES;

/**
 * Encrypts the content of a link: iterations (32 bits, big-endian), salt, nonce, encrypted bytes.
 * @param bytes - the compressed body
 * @param passphrase - not empty
 * @returns the content of the encrypted link
 * @throws DecodeError for an empty passphrase, or where there is no Web Crypto
 */
export async function encryptLink(bytes: Uint8Array<ArrayBuffer>, passphrase: string): Promise<Uint8Array> {
  const params = newKeyParams();
  const header = new Uint8Array(LINK_HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, params.iterations);
  header.set(params.salt, 4);
  header.set(params.nonce, 4 + SALT_BYTES);
  const content = await encrypt(bytes, passphrase, { ...params, header });
  const whole = new Uint8Array(header.length + content.length);
  whole.set(header);
  whole.set(content, header.length);
  return whole;
}

/**
 * Parses the content of an encrypted link.
 * @param bytes - the content
 * @returns the encrypted body with its parameters
 * @throws DecodeError
 */
export function parseEncryptedLink(bytes: Uint8Array<ArrayBuffer>): EncryptedContent {
  if (bytes.length < LINK_HEADER_BYTES + TAG_BYTES) throw new DecodeError('encrypted-invalid');
  const header = bytes.slice(0, LINK_HEADER_BYTES);
  const iterations = new DataView(header.buffer).getUint32(0);
  verifyIterations(iterations);
  return {
    header,
    iterations,
    salt: header.slice(4, 4 + SALT_BYTES),
    nonce: header.slice(4 + SALT_BYTES),
    content: bytes.slice(LINK_HEADER_BYTES),
    inside: 'link',
  };
}
