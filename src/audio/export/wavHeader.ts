// WAV header: format, loop points, tags, sizes. RIFF while 32-bit sizes suffice, RF64 beyond 4 GB. No host APIs.
import type { AudioTags, SampleBits } from './format.ts';

const CHANNELS = 2;
const MAX_UINT32 = 0xffffffff;
const PCM = 1;
const FLOAT = 3;

/** What the header says. */
export interface WavHeaderSpec {
  readonly frames: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly bits: SampleBits;
  /** One loop over the whole file. */
  readonly loop?: boolean;
  readonly tags?: AudioTags | null;
}

/**
 * Builds everything before the first sample; `frames` stereo frames must follow.
 * Source: EBU Tech 3306 (RF64); Multimedia Programming Interface 1.0 (smpl, LIST INFO).
 * @param spec - format, length, loop and tags
 * @returns bytes
 */
export function wavHeader(spec: WavHeaderSpec): Uint8Array<ArrayBuffer> {
  const { frames, bits } = spec;
  const dataBytes = frames * CHANNELS * (bits / 8);
  const middle = [
    chunk('fmt ', formatBody(spec)),
    // Float files say how many frames they hold.
    ...(bits === 32 ? [chunk('fact', uint32Bytes(Math.min(frames, MAX_UINT32)))] : []),
    ...(spec.loop === true ? [chunk('smpl', smplBody(spec))] : []),
    ...(spec.tags ? tagChunks(spec.tags) : []),
  ];
  const middleBytes = middle.reduce((sum, { length }) => sum + length, 0);
  const riffBytes = 12 + middleBytes + 8 + dataBytes;
  const isLarge = riffBytes - 8 > MAX_UINT32;
  const sizes = isLarge ? [chunk('ds64', ds64Body(riffBytes + DS64_CHUNK_BYTES - 8, dataBytes, frames))] : [];
  return concat([
    ascii(isLarge ? 'RF64' : 'RIFF'),
    uint32Bytes(isLarge ? MAX_UINT32 : riffBytes - 8),
    ascii('WAVE'),
    ...sizes,
    ...middle,
    ascii('data'),
    uint32Bytes(isLarge ? MAX_UINT32 : dataBytes),
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

const MIDI_MIDDLE_C = 60;
const FORWARD = 0;
const ENDLESS = 0;

/** A sampler's view: maker, product, nanoseconds per frame, note, fraction, SMPTE ×2, loops, extra; then the loop itself. */
function smplBody({ frames, sampleRate }: WavHeaderSpec): Uint8Array<ArrayBuffer> {
  const period = Math.round(1e9 / sampleRate);
  return uint32Bytes(0, 0, period, MIDI_MIDDLE_C, 0, 0, 0, 1, 0, 0, FORWARD, 0, frames - 1, 0, ENDLESS);
}

/** 28 bytes of body and the chunk's own head. */
const DS64_CHUNK_BYTES = 36;

function ds64Body(riffBytes: number, dataBytes: number, frames: number): Uint8Array<ArrayBuffer> {
  const wide = [riffBytes, dataBytes, frames].flatMap((size) => [size % 2 ** 32, Math.floor(size / 2 ** 32)]);
  return uint32Bytes(...wide, 0);
}

function tagChunks({ title, description, chunks }: AudioTags): Uint8Array<ArrayBuffer>[] {
  const info = concat([
    ascii('INFO'),
    chunk('INAM', zeroTerminated(title)),
    chunk('ICMT', zeroTerminated(description)),
    chunk('ISFT', zeroTerminated('Hushcraft')),
  ]);
  const own = Object.entries(chunks).map(([id, text]) => chunk(id, new TextEncoder().encode(text)));
  return [chunk('LIST', info), ...own];
}

function zeroTerminated(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

/** Head, body, and a byte of padding where the body is odd. */
function chunk(id: string, body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return concat([ascii(id), uint32Bytes(body.length), body, new Uint8Array(body.length % 2)]);
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** 32-bit, little end first. */
function uint32Bytes(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

function concat(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
