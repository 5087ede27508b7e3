// Encryption with a passphrase: PBKDF2-SHA-256 → AES-256-GCM, by the platform's Web Crypto.
import { DecodeError } from './decodeError.ts';
import type { EncryptedContent } from './decodedFile.ts';

/** Fewer would make trying out passphrases too cheap. */
export const MIN_ITERATIONS = 600_000;
/** More would keep a device busy for minutes. */
export const MAX_ITERATIONS = 6_000_000;
/** Of PBKDF2. */
export const SALT_BYTES = 16;
/** Of AES-GCM. */
export const NONCE_BYTES = 12;
/** The authentication tag at the end of the encrypted content. */
export const TAG_BYTES = 16;

/** What must be new for everything that is encrypted. */
export type KeyParams = Pick<EncryptedContent, 'iterations' | 'salt' | 'nonce'>;

/**
 * Makes a random salt and nonce.
 * @returns parameters for one use
 */
export function newKeyParams(): KeyParams {
  return {
    iterations: MIN_ITERATIONS,
    salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
    nonce: crypto.getRandomValues(new Uint8Array(NONCE_BYTES)),
  };
}

/**
 * Encrypts bytes.
 * @param content - the plain bytes
 * @param passphrase - not empty
 * @param params - `newKeyParams()`, and a header that is authenticated but not secret
 * @returns the encrypted bytes with their tag
 * @throws DecodeError for an empty passphrase, or where there is no Web Crypto
 */
export async function encrypt(
  content: Uint8Array<ArrayBuffer>,
  passphrase: string,
  params: KeyParams & Pick<EncryptedContent, 'header'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await deriveKey(passphrase, params);
  return new Uint8Array(await crypto.subtle.encrypt(algorithm(params), key, content));
}

/**
 * Decrypts bytes: all of them, or none.
 * @param encrypted - content and parameters
 * @param passphrase - as typed
 * @returns the plain bytes
 * @throws DecodeError for a wrong passphrase, changed bytes, or where there is no Web Crypto
 */
export async function decrypt(encrypted: EncryptedContent, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await deriveKey(passphrase, encrypted);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(encrypted), key, encrypted.content));
  } catch {
    throw new DecodeError('passphrase-wrong');
  }
}

/**
 * Refuses numbers of iterations that are never written.
 * @param iterations - of PBKDF2, as read
 * @throws DecodeError outside of `MIN_ITERATIONS` … `MAX_ITERATIONS`
 */
export function verifyIterations(iterations: number): void {
  if (!Number.isInteger(iterations) || iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    throw new DecodeError('encryption-unknown');
}

function algorithm({ nonce, header }: Pick<EncryptedContent, 'nonce' | 'header'>): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: header };
}

async function deriveKey(
  passphrase: string,
  { iterations, salt }: Pick<KeyParams, 'iterations' | 'salt'>,
): Promise<CryptoKey> {
  // The same letters give the same key, however a keyboard composes them.
  const letters = passphrase.normalize('NFKC');
  if (letters.trim() === '') throw new DecodeError('passphrase-empty');
  if (!('subtle' in crypto)) throw new DecodeError('encryption-unavailable');
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(letters), 'PBKDF2', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
