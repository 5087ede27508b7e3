// Writes a link: a whole preset in the part of an address that no server sees, `#p1.…`, or encrypted, `#x1.…`.
import { deflate } from '../bytes.ts';
import { DecodeError, tryDecodeAsync } from '../decodeError.ts';
import type { DecodeFailure } from '../decodeError.ts';
import { encryptLink } from '../encryptedFile.ts';
import { restorePreset } from '../preset.ts';
import type { Preset } from '../preset.ts';
import type { SharedPreset } from '../sharedPreset.ts';
import { encodeLinkBody } from './body.ts';
import { frameLink, MAX_LINK_CHARS } from './framing.ts';

/** How a link is written. */
export interface LinkOptions {
  /** Address of the page that opens it; its fragment is dropped. '' gives the fragment alone. */
  readonly base?: string;
  readonly passphrase?: string;
}

/**
 * Writes the link of a preset, or of a shared preset without its practice summary. Never rejects.
 * @param what - to send
 * @param options - address and passphrase
 * @returns the address; refused when it is longer than mail and chat let through (long notes are): send a file then
 */
export function encodeLink(
  what: Preset | SharedPreset,
  { base = '', passphrase }: LinkOptions = {},
): Promise<{ readonly ok: true; readonly url: string } | DecodeFailure> {
  return tryDecodeAsync(async () => {
    const shared = 'preset' in what ? what : null;
    const restored = restorePreset(shared ? shared.preset : what);
    if (!restored.ok) return restored;
    const packed = await deflate(encodeLinkBody(restored.preset, shared));
    const text =
      passphrase === undefined ? frameLink('p', packed) : frameLink('x', await encryptLink(packed, passphrase));
    const url = `${base.split('#')[0] ?? ''}#${text}`;
    if (url.length > MAX_LINK_CHARS)
      throw new DecodeError('link-does-not-fit', { chars: url.length, maxChars: MAX_LINK_CHARS });
    return { ok: true as const, url };
  });
}
