// Pixels → the text of the QR code in them, and whose code it is. Everything happens on this device.
import decodeQR from 'qr/decode.js';
import { shareTexts } from '../share/texts.ts';

/** Larger pictures are looked at in this size first: enough for any code a person would photograph. */
const LOOK_PX = 1400;
const SMALL_PX = 700;
/** A picture file larger than this is not opened at all. */
export const MOST_BYTES = 40 * 1024 * 1024;

/** The text of the first code in this picture, or null. Bitmaps and video frames alike. */
export function readCode(picture: CanvasImageSource, width: number, height: number): string | null {
  for (const limit of [SMALL_PX, LOOK_PX]) {
    const scale = Math.min(1, limit / Math.max(width, height));
    const found = decode(picture, Math.round(width * scale), Math.round(height * scale));
    if (found !== null || scale === 1) return found;
  }
  return null;
}

function decode(picture: CanvasImageSource, width: number, height: number): string | null {
  if (width < 1 || height < 1) return null;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  if (!brush) return null;
  // Pictures with holes are meant for paper.
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, width, height);
  brush.drawImage(picture, 0, 0, width, height);
  try {
    return decodeQR(brush.getImageData(0, 0, width, height));
  } catch {
    return null;
  }
}

/** Why a code that holds no sound is left alone, in words. */
export function strangerWords(text: string): string {
  const { wifi, address, contact, other } = shareTexts.scan;
  if (/^\s*wifi:/i.test(text)) return wifi;
  if (/^\s*(?:begin:v|mecard:|bizcard:|mailto:|matmsg:|tel:|smsto?:|geo:)/i.test(text)) return contact;
  if (/^\s*(?:https?:|ftp:|www\.)/i.test(text)) return address;
  return other;
}

/** A picture file → the text of its code, null where there is none. `ok` is false when it is no picture. */
export async function readPicture(
  file: Blob,
): Promise<{ readonly ok: true; readonly text: string | null } | { readonly ok: false }> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return { ok: false };
  }
  const text = readCode(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  return { ok: true, text };
}
