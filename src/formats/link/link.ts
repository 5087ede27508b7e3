// A whole preset in the part of an address that no server sees: `#p1.…`, locked `#x1.…`, and the way back.
import { decodeText, parseJsonText } from '../parseJson.ts';
import { fromLinkBody, linkBody } from './body.ts';
import { linkBytes, linkText, MAX_LINK_CHARS } from './framing.ts';
import { lockedFromLink, lockLinkBytes } from '../encryptedFile.ts';
import type { Opened } from '../decodedFile.ts';
import type { Parcel } from '../sharedPreset.ts';
import type { Preset } from '../preset.ts';
import { guardedAsync, Refusal } from '../decodeError.ts';
import type { Refused } from '../decodeError.ts';
import { restorePreset } from '../parsePreset.ts';
import { deflated, inflated } from '../deflate.ts';
import type { UnpackLimits } from '../deflate.ts';

export { looksLikeLink } from './framing.ts';

/** Goes up when links are written another way. Links of every version open for ever. */
const LINK_VERSION = 1;
const UNPACK: UnpackLimits = { bytes: 64 * 1024, ratio: 100 };

export interface LinkOptions {
  /** Address of the page that opens it; what follows a `#` in it is dropped. '' gives the fragment alone. */
  readonly base?: string;
  readonly passphrase?: string;
}

/**
 * The link of a preset, or of a parcel without its practice: links never carry that. Refused when it is longer than every
 * mail and chat lets through (a long note does that): send a file then. Never rejects.
 */
export function linkOf(
  what: Preset | Parcel,
  { base = '', passphrase }: LinkOptions = {},
): Promise<{ readonly ok: true; readonly url: string } | Refused> {
  return guardedAsync(async () => {
    const parcel = 'preset' in what ? what : null;
    const restored = restorePreset(parcel ? parcel.preset : what);
    if (!restored.ok) return restored;
    const body = JSON.stringify(linkBody(restored.preset, parcel));
    const packed = await deflated(new TextEncoder().encode(body));
    const text =
      passphrase === undefined
        ? linkText('p', LINK_VERSION, packed)
        : linkText('x', LINK_VERSION, await lockLinkBytes(packed, passphrase));
    const url = `${base.split('#')[0] ?? ''}#${text}`;
    if (url.length > MAX_LINK_CHARS) {
      throw new Refusal(
        'too-large',
        `As a link this would have ${String(url.length)} characters; more than ${String(MAX_LINK_CHARS)} do not get through everywhere. Shorten the note, or send a file instead.`,
      );
    }
    return { ok: true as const, url };
  });
}

/** A link as it arrived, whole or only what follows `#`, also wrapped, quoted or percent-encoded. Never rejects. */
export function readLink(text: string): Promise<Opened> {
  return guardedAsync(async () => {
    const { kind, version, bytes } = linkBytes(text);
    if (version < 1) throw new Refusal('wrong-format', 'This is not a link to a Hushcraft sound. Nothing was changed.');
    if (version > LINK_VERSION) {
      throw new Refusal(
        'newer-version',
        'This link was made by a newer version of Hushcraft. Nothing was changed: keep it and open it again after an update.',
      );
    }
    if (kind === 'x') return { ok: true, kind: 'locked', locked: lockedFromLink(bytes), warnings: [] };
    return readPacked(bytes);
  });
}

/** The body of a link, unlocked or never locked. Rejects with a `Refusal`. */
export async function readPacked(bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  return fromLinkBody(parseJsonText(decodeText(await inflated(bytes, UNPACK))));
}
