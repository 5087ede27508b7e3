// Builds a share: shared preset or several presets, optional passphrase → link, QR code and file.
import { serializeBundle } from '../../../formats/bundle.ts';
import { encodeLink } from '../../../formats/link/encodeLink.ts';
import { encryptFile } from '../../../formats/encryptedFile.ts';
import type { SharedPreset } from '../../../formats/sharedPreset.ts';
import { serializeSharedPreset } from '../../../formats/sharedPreset.ts';
import { presetFileName, serializePreset } from '../../../formats/preset.ts';
import type { Preset } from '../../../formats/preset.ts';
import { isBare } from './shareSummary.ts';
import { qrModules } from '../../kit/qrCode.ts';
import { shareTexts } from './texts.ts';

/** What is to leave. */
export interface ShareRequest {
  readonly parcel: SharedPreset;
  /** All presets, when several go together. */
  readonly presets: readonly Preset[];
  /** '': readable by anyone. */
  readonly passphrase: string;
}

/** What leaves. */
export interface ShareResult {
  /** The whole address, or '' where it goes as a file only. */
  readonly link: string;
  /** Why there is no link, in words. */
  readonly noLink: string;
  /** The link's code; null where there is none that cameras read well. */
  readonly code: readonly (readonly boolean[])[] | null;
  readonly file: { readonly name: string; readonly text: string };
}

/**
 * Builds link, QR code and file.
 * @param request - what is to leave
 * @returns all three; `noLink` says why there is no link
 * @throws when the platform fails; nothing has left then
 */
export async function buildShare({ parcel, presets, passphrase }: ShareRequest): Promise<ShareResult> {
  const { fileOnly, linkTooLong } = shareTexts.share;
  const many = presets.length > 1;
  const name = presetFileName(many ? { name: `${parcel.preset.name} +${String(presets.length - 1)}` } : parcel.preset);
  const open = many
    ? serializeBundle(presets)
    : isBare(parcel)
      ? serializePreset(parcel.preset)
      : serializeSharedPreset(parcel);
  const text = passphrase === '' ? open : await encryptFile(open, passphrase);
  const file = { name, text };
  if (many) return { link: '', noLink: fileOnly.many, code: null, file };
  if (parcel.practice) return { link: '', noLink: fileOnly.practice, code: null, file };
  const base = `${location.origin}${location.pathname}`;
  const lock = passphrase === '' ? {} : { passphrase };
  const made = await encodeLink(isBare(parcel) ? parcel.preset : parcel, { base, ...lock });
  if (!made.ok) return { link: '', noLink: linkTooLong, code: null, file };
  return { link: made.url, noLink: '', code: qrModules(made.url), file };
}
