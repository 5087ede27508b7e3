// Stereo float samples → WAV bytes (16 or 24 bits with dither, or 32-bit float), chunk by chunk. No host APIs.
import type { AudioFileEncoder, EncoderSpec, SampleBits, WriteAt } from './format.ts';
import { Quantizer } from './quantize.ts';
import { wavHeader } from './wavHeader.ts';

const CHANNELS = 2;
/** Few, large writes are kinder to a disk than many small ones. */
const CHUNK_BYTES = 1 << 20;

/**
 * Creates the encoder of a WAV file, written from front to back.
 * @param spec - bits, length and tags
 * @param write - writes bytes at a position of the file
 * @returns the encoder
 */
export function createWavEncoder(spec: EncoderSpec, write: WriteAt): AudioFileEncoder {
  const samples = new WavEncoder(spec.bits);
  const buffer = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  let position = 0;
  const flush = async (): Promise<void> => {
    await write(buffer.slice(0, filled), position);
    position += filled;
    filled = 0;
  };
  const append = async (bytes: Uint8Array): Promise<void> => {
    for (let offset = 0; offset < bytes.length;) {
      const part = bytes.subarray(offset, offset + CHUNK_BYTES - filled);
      buffer.set(part, filled);
      filled += part.length;
      offset += part.length;
      if (filled === CHUNK_BYTES) await flush();
    }
  };
  let headerWritten = false;
  return {
    async push(left, right) {
      if (!headerWritten) await append(wavHeader(spec));
      headerWritten = true;
      await append(samples.encode(left, right));
    },
    finalize: flush,
    cancel: () => Promise.resolve(),
  };
}

/** Encodes the samples alone, without a header. The same sound always gives the same bytes. */
export class WavEncoder {
  readonly #bits: SampleBits;
  readonly #quantizer: Quantizer;

  constructor(bits: SampleBits) {
    this.#bits = bits;
    this.#quantizer = new Quantizer(bits === 16 ? 16 : 24);
  }

  encode(left: Float32Array, right: Float32Array): Uint8Array<ArrayBuffer> {
    const width = this.#bits / 8;
    const bytes = new Uint8Array(left.length * CHANNELS * width);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (let i = 0; i < left.length; i++) {
      this.#write(view, at, left[i] ?? 0);
      this.#write(view, at + width, right[i] ?? 0);
      at += CHANNELS * width;
    }
    return bytes;
  }

  #write(view: DataView, at: number, sample: number): void {
    if (this.#bits === 32) {
      view.setFloat32(at, sample, true);
      return;
    }
    const value = this.#quantizer.quantize(sample);
    view.setUint16(at, value & 0xffff, true);
    if (this.#bits === 24) view.setInt8(at + 2, value >> 16);
  }
}
