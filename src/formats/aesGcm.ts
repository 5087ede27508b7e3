// Bytes → bytes under a passphrase: AES-256-GCM with a key from PBKDF2-SHA-256. All by the platform's own cryptography.
import type { Locked } from './decodedFile.ts';
import { Refusal } from './decodeError.ts';

/** Fewer would be too easy to try out; more than this would keep a machine busy for minutes. */
export const MIN_ITERATIONS = 600_000;
export const MAX_ITERATIONS = 6_000_000;
export const SALT_BYTES = 16;
export const NONCE_BYTES = 12;
/** At the end of what is locked: proves that nothing was changed. */
export const TAG_BYTES = 16;

const WRONG =
  'It did not open: the passphrase is not the right one, or it was damaged on its way. Nothing was changed; try again.';

type Key = Pick<Locked, 'iterations' | 'salt'>;

/** Random, and new for everything that is locked. */
export function freshKey(): Pick<Locked, 'iterations' | 'salt' | 'nonce'> {
  return {
    iterations: MIN_ITERATIONS,
    salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
    nonce: crypto.getRandomValues(new Uint8Array(NONCE_BYTES)),
  };
}

/** `header` is not hidden, but cannot be changed without notice. Throws a `Refusal` for an empty passphrase. */
export async function seal(
  content: Uint8Array<ArrayBuffer>,
  passphrase: string,
  { nonce, header, ...key }: Omit<Locked, 'content' | 'inside'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const secret = await keyFrom(passphrase, key);
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: header };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, secret, content));
}

/** Throws a `Refusal`: all of it is right, or nothing comes out. */
export async function unseal(
  { content, nonce, header, ...key }: Locked,
  passphrase: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const secret = await keyFrom(passphrase, key);
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: header };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, secret, content));
  } catch {
    throw new Refusal('damaged', WRONG);
  }
}

/** The same letters give the same key, however a keyboard composes them. */
async function keyFrom(passphrase: string, { iterations, salt }: Key): Promise<CryptoKey> {
  const letters = passphrase.normalize('NFKC');
  if (letters.trim() === '') throw new Refusal('empty', 'There is no passphrase yet. Nothing was changed.');
  if (!('subtle' in crypto)) {
    throw new Refusal(
      'wrong-shape',
      'This page cannot lock or unlock here: open Hushcraft at an address with https. Nothing was changed.',
    );
  }
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

/** Throws a `Refusal`. */
export function checkIterations(iterations: number): void {
  if (!Number.isInteger(iterations) || iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
    throw new Refusal('wrong-shape', 'This was locked in a way that Hushcraft does not use. Nothing was changed.');
  }
}
