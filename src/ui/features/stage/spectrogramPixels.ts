// The strip beneath the stage: levels over time and pitch, painted in one warm hue. Log frequency, 60 Hz to 12 kHz.

export const LOW_HZ = 60;
export const HIGH_HZ = 12000;

/** dB shown as nothing and as full light. Between them lies what a quiet, close sound spans. */
const FLOOR_DB = -104;
const CEILING_DB = -50;
/** Ears hear high bands louder than their bins show them (dB per octave above 1 kHz). */
const TILT_DB = 3;
const TILT_FROM_HZ = 1000;

export type Rgb = readonly [number, number, number];

/** Level 0…255 → colour and opacity, RGBA, 256 entries: shade, then body, then light. */
export function palette(shade: Rgb, body: Rgb, light: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const table = new Uint8ClampedArray(256 * 4);
  const knee = 0.62;
  for (let level = 0; level < 256; level++) {
    const v = level / 255;
    const [from, to, at] = v < knee ? [shade, body, v / knee] : [body, light, (v - knee) / (1 - knee)];
    for (let channel = 0; channel < 3; channel++) {
      const [a, b] = [from[channel] ?? 0, to[channel] ?? 0];
      table[level * 4 + channel] = a + (b - a) * at;
    }
    table[level * 4 + 3] = 255 * Math.min(1, v * 1.35) ** 1.5;
  }
  return table;
}

/** For each row from the top: first and last bin, and the row's tilt in dB. */
export interface RowMap {
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  readonly tiltDb: Float32Array;
}

export function rowMap(rows: number, bins: number, sampleRate: number): RowMap {
  const map = { from: new Uint16Array(rows), to: new Uint16Array(rows), tiltDb: new Float32Array(rows) };
  const binOf = (hz: number): number => (hz / (sampleRate / 2)) * bins;
  for (let row = 0; row < rows; row++) {
    const low = LOW_HZ * (HIGH_HZ / LOW_HZ) ** ((rows - 1 - row) / rows);
    const high = LOW_HZ * (HIGH_HZ / LOW_HZ) ** ((rows - row) / rows);
    map.from[row] = Math.min(bins - 1, Math.round(binOf(low)));
    map.to[row] = Math.min(bins - 1, Math.max(Math.round(binOf(low)), Math.round(binOf(high)) - 1));
    map.tiltDb[row] = TILT_DB * Math.log2(Math.max(1, low / TILT_FROM_HZ));
  }
  return map;
}

/** One column of levels (0…255, top first) from a spectrum in dB. */
export function column(spectrumDb: Float32Array, map: RowMap, out: Uint8Array): void {
  for (let row = 0; row < out.length; row++) {
    let most = -Infinity;
    for (let bin = map.from[row] ?? 0; bin <= (map.to[row] ?? 0); bin++)
      most = Math.max(most, spectrumDb[bin] ?? -Infinity);
    const share = (most + (map.tiltDb[row] ?? 0) - FLOOR_DB) / (CEILING_DB - FLOOR_DB);
    out[row] = 255 * Math.min(1, Math.max(0, share));
  }
}

/** Paints columns (top first) into an image of `width × rows`. */
export function paintColumn(image: ImageData, x: number, levels: Uint8Array, colours: Uint8ClampedArray): void {
  for (let row = 0; row < image.height; row++) {
    const at = (row * image.width + x) * 4;
    const colour = (levels[row] ?? 0) * 4;
    for (let channel = 0; channel < 4; channel++) image.data[at + channel] = colours[colour + channel] ?? 0;
  }
}
