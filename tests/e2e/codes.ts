// QR codes read by others than the app: a decoder that is always there, and zbar where it is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import jsQR from 'jsqr';
import type { Page } from '@playwright/test';

export const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined;

/** What an independent decoder reads in a PNG; the browser only unpacks the pixels. */
export async function readPng(page: Page, png: Buffer): Promise<string | undefined> {
  const { width, height, pixels } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const brush = canvas.getContext('2d')!;
    brush.drawImage(bitmap, 0, 0);
    const { data } = brush.getImageData(0, 0, bitmap.width, bitmap.height);
    // One byte a pixel is enough for black and white.
    let grey = '';
    for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at] ?? 0);
    return { width: bitmap.width, height: bitmap.height, pixels: grey };
  }, png.toString('base64'));
  return decode(width, height, (pixel) => pixels.charCodeAt(pixel));
}

/** The same for a page of paper as `pdftoppm -gray` writes it. */
export function readPgm(file: string): string | undefined {
  const bytes = readFileSync(file);
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  if (!head) throw new Error(`${file} is no grey picture.`);
  return decode(Number(head[1]), Number(head[2]), (pixel) => bytes[head[0].length + pixel] ?? 0);
}

function decode(width: number, height: number, grey: (pixel: number) => number): string | undefined {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) data.fill(grey(pixel), 4 * pixel, 4 * pixel + 3);
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return jsQR(data, width, height)?.data;
}

export function zbar(file: string): string {
  return spawnSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8' }).stdout.trim();
}
