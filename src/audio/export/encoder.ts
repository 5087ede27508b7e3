// Samples → an audio file of any kind, piece by piece, at places in a file that a caller owns. Loads what the format needs.
import type { AudioTags, Encoding } from './format.ts';
import { createWavEncoder } from './wav.ts';

/** Bytes at a place in a file. Throws or rejects when the file cannot take them. */
export type WriteAt = (bytes: Uint8Array<ArrayBuffer>, position: number) => void | Promise<void>;

export interface EncoderSpec extends Encoding {
  /** How many there will be. */
  readonly frames: number;
  /** The whole file is one seamless loop, and says so where the format can. */
  readonly loop: boolean;
  readonly tags: AudioTags | null;
}

export interface AudioFileEncoder {
  /** The buffers may be reused once the promise is settled. */
  push(left: Float32Array, right: Float32Array): void | Promise<void>;
  /** Everything is written when this resolves. Call it after exactly `frames` frames. */
  finalize(): void | Promise<void>;
  /** Ends its helpers; what is written stays as it is. */
  cancel(): Promise<void>;
}

export async function createEncoder(spec: EncoderSpec, write: WriteAt): Promise<AudioFileEncoder> {
  if (spec.format === 'wav') return createWavEncoder(spec, write);
  return (await import('./compressed.ts')).createCompressedEncoder(spec, write);
}
