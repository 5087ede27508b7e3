// Samples → an audio file of any kind, piece by piece, at places in a file that a caller owns. Loads what the format needs.
import type { AudioTags, Encoding } from './format.ts';
import { openWav } from './wav.ts';

/** Bytes at a place in a file. Throws or rejects when the file cannot take them. */
export type WriteAt = (bytes: Uint8Array<ArrayBuffer>, position: number) => void | Promise<void>;

export interface EncoderSpec extends Encoding {
  /** How many there will be. */
  readonly frames: number;
  /** The whole file is one seamless loop, and says so where the format can. */
  readonly loop: boolean;
  readonly tags: AudioTags | null;
}

export interface SoundEncoder {
  /** The buffers may be reused once the promise is settled. */
  add(left: Float32Array, right: Float32Array): void | Promise<void>;
  /** Everything is written when this resolves. Call it after exactly `frames` frames. */
  finish(): void | Promise<void>;
  /** Ends its helpers; what is written stays as it is. */
  abandon(): Promise<void>;
}

export async function openEncoder(spec: EncoderSpec, write: WriteAt): Promise<SoundEncoder> {
  if (spec.format === 'wav') return openWav(spec, write);
  return (await import('./compressed.ts')).openPacked(spec, write);
}
