// Samples → an audio file of any format, chunk by chunk. Loads what the format needs.
import type { AudioFileEncoder, EncoderSpec, WriteAt } from './format.ts';
import { createWavEncoder } from './wav.ts';

/**
 * Creates the encoder of a format. Rejects when it is not available here.
 * @param spec - format, length and tags of the file
 * @param write - writes bytes at a position of the file
 * @returns the encoder
 */
export async function createEncoder(spec: EncoderSpec, write: WriteAt): Promise<AudioFileEncoder> {
  if (spec.format === 'wav') return createWavEncoder(spec, write);
  return (await import('./compressed.ts')).createCompressedEncoder(spec, write);
}
