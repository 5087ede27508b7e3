// A preset as metadata of an audio file: written as tags, and found again in untrusted WAV, FLAC, Ogg Opus and MP3 files.
import { MAX_FILE_BYTES } from './json.ts';
import { serializePreset } from './preset.ts';
import type { Preset } from './preset.ts';

/** Vorbis comments and ID3 user texts. */
const PRESET_FIELD = 'HUSHCRAFT_PRESET';
const SEED_FIELD = 'HUSHCRAFT_SEED';
/** A WAV chunk of its own: the text of the preset file, UTF-8. */
const PRESET_CHUNK = 'hush';

/** Metadata stands before the sound: nothing beyond this is read. */
export const AUDIO_HEAD_BYTES = 3 * MAX_FILE_BYTES;

/** Enough to recognize an audio file. */
export const AUDIO_START_BYTES = 12;

/** Metadata for an encoder: text tags, and RIFF chunks by id. */
export interface AudioMetadata {
  readonly title: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly chunks: Readonly<Record<string, string>>;
}

/**
 * Makes the metadata for an audio file of a preset: a title and a description for people, and the whole preset for the app.
 * @param preset - the sound
 * @param description - the sound in words
 * @returns the metadata
 */
export function metadataFor(preset: Preset, description: string): AudioMetadata {
  const text = serializePreset(preset);
  return {
    title: preset.name,
    description,
    fields: { [SEED_FIELD]: String(preset.scene.seed), [PRESET_FIELD]: text },
    chunks: { [PRESET_CHUNK]: text },
  };
}

/**
 * Recognizes an audio file that may hold a preset.
 * @param head - its first `AUDIO_START_BYTES` or more
 * @returns whether it starts like one
 */
export function looksLikeAudio(head: Uint8Array): boolean {
  return readerFor(head) !== null;
}

/**
 * Finds the preset file in an audio file's metadata.
 * @param head - the first `AUDIO_HEAD_BYTES` of the file
 * @returns its bytes, not yet parsed; null when there is none
 */
export function findPresetInAudio(head: Uint8Array): Uint8Array | null {
  const bytes = head.subarray(0, AUDIO_HEAD_BYTES);
  const found = readerFor(bytes)?.(new Cursor(bytes)) ?? null;
  return found && found.length <= MAX_FILE_BYTES ? found : null;
}

type Reader = (file: Cursor) => Uint8Array | null;

function readerFor(head: Uint8Array): Reader | null {
  const start = latin(head.subarray(0, 4));
  if ((start === 'RIFF' || start === 'RF64') && latin(head.subarray(8, 12)) === 'WAVE') return readWav;
  if (start === 'fLaC') return readFlac;
  if (start === 'OggS') return readOgg;
  return start.startsWith('ID3') ? readId3 : null;
}

/** Reads forward; past the end there are zeros and empty pieces, never an error. */
class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  bytes(length: number): Uint8Array {
    const piece = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return piece;
  }

  name(): string {
    return latin(this.bytes(4));
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  /** Little-endian. */
  little(length: number): number {
    return this.bytes(length).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }

  /** Big-endian. */
  big(length: number, base = 256): number {
    return this.bytes(length).reduce((sum, byte) => sum * base + byte, 0);
  }
}

function readWav(file: Cursor): Uint8Array | null {
  file.bytes(12);
  while (!file.ended) {
    const id = file.name();
    const length = file.little(4);
    const body = file.bytes(length + (length % 2));
    if (id === 'data') return null;
    if (id === PRESET_CHUNK) return body.length < length ? null : body.subarray(0, length);
  }
  return null;
}

const VORBIS_COMMENT = 4;

function readFlac(file: Cursor): Uint8Array | null {
  file.bytes(4);
  while (!file.ended) {
    const kind = file.byte();
    const body = file.bytes(file.big(3));
    if ((kind & 127) === VORBIS_COMMENT) return readComments(new Cursor(body));
    if (kind > 127) return null;
  }
  return null;
}

/** The second packet of an Opus stream holds the comments; it may span several pages. */
function readOgg(file: Cursor): Uint8Array | null {
  let packet: Uint8Array[] = [];
  let packets = 0;
  while (!file.ended && file.name() === 'OggS') {
    file.bytes(22);
    const lengths = file.bytes(file.byte());
    for (const length of lengths) {
      packet.push(file.bytes(length));
      if (length === 255) continue;
      if (packets === 1) return readOpusTags(packet);
      packets += 1;
      packet = [];
    }
  }
  return null;
}

function readOpusTags(pieces: readonly Uint8Array[]): Uint8Array | null {
  const packet = new Cursor(joined(pieces));
  return packet.name() === 'Opus' && packet.name() === 'Tags' ? readComments(packet) : null;
}

function readComments(block: Cursor): Uint8Array | null {
  block.bytes(block.little(4)); // vendor
  const count = block.little(4);
  for (let i = 0; i < count && !block.ended; i++) {
    const length = block.little(4);
    const comment = block.bytes(length);
    const equals = comment.indexOf('='.charCodeAt(0));
    if (equals === PRESET_FIELD.length && latin(comment.subarray(0, equals)).toUpperCase() === PRESET_FIELD) {
      return comment.length < length ? null : comment.subarray(equals + 1);
    }
  }
  return null;
}

const SYNCHSAFE = 128;

function readId3(file: Cursor): Uint8Array | null {
  file.bytes(3);
  const version = file.byte();
  if (version !== 3 && version !== 4) return null;
  file.bytes(2);
  const tag = new Cursor(file.bytes(file.big(4, SYNCHSAFE)));
  while (!tag.ended) {
    const id = tag.name();
    const length = tag.big(4, version === 4 ? SYNCHSAFE : 256);
    tag.bytes(2);
    const body = tag.bytes(length);
    if (id === '' || id.startsWith('\0')) return null; // padding
    const found = id === 'TXXX' && body.length === length ? readUserText(body) : null;
    if (found) return found;
  }
  return null;
}

/** Other programs may have rewritten the tag in another of ID3's encodings. */
const ENCODINGS = ['iso-8859-1', 'utf-16', 'utf-16be', 'utf-8'] as const;

function readUserText(body: Uint8Array): Uint8Array | null {
  const encoding = ENCODINGS[body[0] ?? 0];
  if (encoding === undefined) return null;
  const whole =
    encoding === 'iso-8859-1' ? latin(body.subarray(1)) : new TextDecoder(encoding).decode(body.subarray(1));
  const [name, text] = whole.split('\0');
  return name === PRESET_FIELD && text !== undefined ? new TextEncoder().encode(text.replace(/^\ufeff/, '')) : null;
}

/** One character per byte; nothing is interpreted. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
