// Stereo float samples → WAV bytes (16, 24 bit with dither, or 32-bit float), piece by piece. No host APIs.
export type WavBits = 16 | 24 | 32;

const HEADER_BYTES = 44;
const FLOAT_HEADER_BYTES = 58;
const CHANNELS = 2;
/** A RIFF size field is 32 bits wide. */
const MAX_DATA_BYTES = 0xffffffff - FLOAT_HEADER_BYTES;

/** Bytes of the whole file. Throws a RangeError beyond 4 GiB, which a plain WAV cannot hold. */
export function wavBytes(frames: number, bits: WavBits): number {
  const data = frames * CHANNELS * (bits / 8);
  if (data > MAX_DATA_BYTES) throw new RangeError('A WAV file cannot be longer than 4 GB. Choose a shorter length.');
  return (bits === 32 ? FLOAT_HEADER_BYTES : HEADER_BYTES) + data;
}

/** The file's head, for exactly `frames` stereo frames. */
export function wavHeader(frames: number, sampleRate: number, bits: WavBits): Uint8Array<ArrayBuffer> {
  const isFloat = bits === 32;
  const size = isFloat ? FLOAT_HEADER_BYTES : HEADER_BYTES;
  const total = wavBytes(frames, bits);
  const frameBytes = CHANNELS * (bits / 8);
  const view = new DataView(new ArrayBuffer(size));
  const text = (at: number, value: string): void => {
    for (let i = 0; i < value.length; i++) view.setUint8(at + i, value.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, total - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, isFloat ? 18 : 16, true);
  view.setUint16(20, isFloat ? 3 : 1, true);
  view.setUint16(22, CHANNELS, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, bits, true);
  let at = 36;
  if (isFloat) {
    // Float WAVs carry an (empty) extension and a `fact` chunk.
    text(38, 'fact');
    view.setUint32(42, 4, true);
    view.setUint32(46, frames, true);
    at = 50;
  }
  text(at, 'data');
  view.setUint32(at + 4, frames * frameBytes, true);
  return new Uint8Array(view.buffer);
}

/**
 * Encodes consecutive pieces. 16 and 24 bit get triangular dither of one step from a seeded generator, so the same
 * sound always gives the same file.
 */
export class WavEncoder {
  readonly #bits: WavBits;
  #noise = 0x2545f491;

  constructor(bits: WavBits) {
    this.#bits = bits;
  }

  encode(left: Float32Array, right: Float32Array): Uint8Array<ArrayBuffer> {
    const width = this.#bits / 8;
    const bytes = new Uint8Array(left.length * CHANNELS * width);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (let i = 0; i < left.length; i++) {
      for (const channel of [left, right]) {
        this.#write(view, at, channel[i] ?? 0);
        at += width;
      }
    }
    return bytes;
  }

  #write(view: DataView, at: number, sample: number): void {
    if (this.#bits === 32) {
      view.setFloat32(at, sample, true);
      return;
    }
    const full = this.#bits === 16 ? 32767 : 8388607;
    // Digital silence stays silence.
    const dither = sample === 0 ? 0 : this.#uniform() + this.#uniform() - 1;
    const value = Math.max(-full - 1, Math.min(full, Math.round(sample * full + dither)));
    view.setUint16(at, value & 0xffff, true);
    if (this.#bits === 24) view.setInt8(at + 2, value >> 16);
  }

  #uniform(): number {
    let x = this.#noise;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#noise = x;
    return (x >>> 0) / 4294967296;
  }
}
