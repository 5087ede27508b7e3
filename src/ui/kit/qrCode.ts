// Text ↔ QR code: small enough for cameras (version 20 at most, error correction M), or none at all.
import { encodeQR } from 'qr';

/** Version 20: 97 × 97 modules, 666 bytes. Larger ones are hard to read from a screen. */
const LARGEST_VERSION = 20;
const modulesOf = (version: number): number => 17 + 4 * version;

/** The light frame that readers need, in modules. */
export const QUIET = 4;

/** Rows of modules, true for dark, without the light frame; null when the text is too long for a code that reads well. */
export function qrModules(text: string): readonly (readonly boolean[])[] | null {
  try {
    // The library frames every code; ours is drawn later.
    const framed = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
    const rows = framed.slice(1, -1).map((row) => row.slice(1, -1));
    return rows.length <= modulesOf(LARGEST_VERSION) ? rows : null;
  } catch {
    return null;
  }
}

/** All dark modules as one SVG path in module units, frame included: runs of a row become one rectangle. */
export function qrPath(modules: readonly (readonly boolean[])[]): string {
  const parts: string[] = [];
  modules.forEach((row, y) => {
    let from = -1;
    for (let x = 0; x <= row.length; x++) {
      if (row[x] === true) from = from < 0 ? x : from;
      else if (from >= 0) {
        parts.push(`M${String(from + QUIET)} ${String(y + QUIET)}h${String(x - from)}v1h${String(from - x)}z`);
        from = -1;
      }
    }
  });
  return parts.join('');
}

const MODULE_PX = 8;

/** The code as a PNG: eight pixels a module, black on white. */
export function qrPng(modules: readonly (readonly boolean[])[]): Promise<Blob> {
  const side = (modules.length + 2 * QUIET) * MODULE_PX;
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const brush = canvas.getContext('2d');
  if (!brush) return Promise.reject(new Error('No canvas.'));
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, side, side);
  brush.fillStyle = '#000';
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) brush.fillRect((x + QUIET) * MODULE_PX, (y + QUIET) * MODULE_PX, MODULE_PX, MODULE_PX);
    });
  });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('No picture.'));
    }, 'image/png');
  });
}
