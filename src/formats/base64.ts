// Bytes ↔ text that survives in addresses: the 64 letters of base64url, without padding.

/** Also for files, where `+` and `/` would do no harm: one alphabet is enough. */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  const STEP = 8192;
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** null when it is none. A single letter left over carries no byte and is refused. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
