// The head of a WAV file: format, loop, words, sizes. RIFF while 32-bit sizes suffice, RF64 beyond 4 GB. No host APIs.
import type { AudioTags, SampleBits } from './format.ts';

const CHANNELS = 2;
const UNKNOWN = 0xffffffff;
const PCM = 1;
const FLOAT = 3;

export interface WavHeaderSpec {
  readonly frames: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly bits: SampleBits;
  /** One loop over the whole file. */
  readonly loop?: boolean;
  readonly tags?: AudioTags | null;
}

/** Everything before the first sample. `frames` stereo frames must follow. */
export function wavHeader(spec: WavHeaderSpec): Uint8Array<ArrayBuffer> {
  const { frames, bits } = spec;
  const dataBytes = frames * CHANNELS * (bits / 8);
  const middle = [
    chunk('fmt ', formatBody(spec)),
    // Float files say how many frames they hold.
    ...(bits === 32 ? [chunk('fact', words(Math.min(frames, UNKNOWN)))] : []),
    ...(spec.loop === true ? [chunk('smpl', loopBody(spec))] : []),
    ...(spec.tags ? tagChunks(spec.tags) : []),
  ];
  const middleBytes = middle.reduce((sum, { length }) => sum + length, 0);
  const plainTotal = 12 + middleBytes + 8 + dataBytes;
  const isLarge = plainTotal - 8 > UNKNOWN;
  const sizes = isLarge ? [chunk('ds64', largeSizes(plainTotal + LARGE_BYTES - 8, dataBytes, frames))] : [];
  return joined([
    ascii(isLarge ? 'RF64' : 'RIFF'),
    words(isLarge ? UNKNOWN : plainTotal - 8),
    ascii('WAVE'),
    ...sizes,
    ...middle,
    ascii('data'),
    words(isLarge ? UNKNOWN : dataBytes),
  ]);
}

function formatBody({ sampleRate, bits }: WavHeaderSpec): Uint8Array<ArrayBuffer> {
  const isFloat = bits === 32;
  const frameBytes = CHANNELS * (bits / 8);
  const view = new DataView(new ArrayBuffer(isFloat ? 18 : 16)); // float carries an (empty) extension
  view.setUint16(0, isFloat ? FLOAT : PCM, true);
  view.setUint16(2, CHANNELS, true);
  view.setUint32(4, sampleRate, true);
  view.setUint32(8, sampleRate * frameBytes, true);
  view.setUint16(12, frameBytes, true);
  view.setUint16(14, bits, true);
  return new Uint8Array(view.buffer);
}

const MIDDLE_C = 60;
const FORWARD = 0;
const ENDLESS = 0;

/** A sampler's view: maker, product, nanoseconds per frame, note, fraction, SMPTE ×2, loops, extra; then the loop itself. */
function loopBody({ frames, sampleRate }: WavHeaderSpec): Uint8Array<ArrayBuffer> {
  const period = Math.round(1e9 / sampleRate);
  return words(0, 0, period, MIDDLE_C, 0, 0, 0, 1, 0, 0, FORWARD, 0, frames - 1, 0, ENDLESS);
}

/** 28 bytes of body and the chunk's own head. */
const LARGE_BYTES = 36;

function largeSizes(riffBytes: number, dataBytes: number, frames: number): Uint8Array<ArrayBuffer> {
  const wide = [riffBytes, dataBytes, frames].flatMap((size) => [size % 2 ** 32, Math.floor(size / 2 ** 32)]);
  return words(...wide, 0);
}

function tagChunks({ title, description, chunks }: AudioTags): Uint8Array<ArrayBuffer>[] {
  const info = joined([
    ascii('INFO'),
    chunk('INAM', zeroEnded(title)),
    chunk('ICMT', zeroEnded(description)),
    chunk('ISFT', zeroEnded('Hushcraft')),
  ]);
  const own = Object.entries(chunks).map(([id, text]) => chunk(id, new TextEncoder().encode(text)));
  return [chunk('LIST', info), ...own];
}

function zeroEnded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

/** Head, body, and a byte of padding where the body is odd. */
function chunk(id: string, body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return joined([ascii(id), words(body.length), body, new Uint8Array(body.length % 2)]);
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** 32-bit, little end first. */
function words(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
