// A flat drawing's pixels → a small PNG with a palette (PNG specification, colour type 3).
import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';

const MOST_COLOURS = 256;

/** `rgba`: four bytes a pixel, row by row. Colours beyond 256 take the nearest of the most frequent. */
export function palettePng(rgba, width, height) {
  const pixels = new Uint32Array(new Uint8Array(rgba).buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const byFrequency = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
  const palette = byFrequency.slice(0, MOST_COLOURS).map(channels);
  const places = new Map(byFrequency.map((pixel) => [pixel, nearest(palette, channels(pixel))]));
  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter: 0, none
  pixels.forEach((pixel, i) => {
    rows[i + Math.floor(i / width) + 1] = places.get(pixel);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(([red, green, blue]) => [red, green, blue]))),
    chunk('tRNS', Buffer.from(palette.map(([, , , alpha]) => alpha))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Little-endian, as typed arrays are on every machine that runs this. */
function channels(pixel) {
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24];
}

function nearest(palette, colour) {
  let best = 0;
  let least = Infinity;
  palette.forEach((candidate, place) => {
    const distance = candidate.reduce((sum, value, i) => sum + (value - colour[i]) ** 2, 0);
    if (distance >= least) return;
    least = distance;
    best = place;
  });
  return best;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
