// Samples → an audio file of any kind, piece by piece, at places in a file that a caller owns. Loads what the format needs.
import type { AudioFileEncoder, EncoderSpec, WriteAt } from './format.ts';
import { createWavEncoder } from './wav.ts';

export async function createEncoder(spec: EncoderSpec, write: WriteAt): Promise<AudioFileEncoder> {
  if (spec.format === 'wav') return createWavEncoder(spec, write);
  return (await import('./compressed.ts')).createCompressedEncoder(spec, write);
}
