// Render → encoder → positions in a file. The one path for the app’s worker and the command line.
import { createEncoder } from './encoder.ts';
import type { AudioTags, Encoding, WriteAt } from './format.ts';
import { exportFrames, renderExport } from './renderExport.ts';
import type { ExportChunk, ExportSpec } from './renderExport.ts';

/** What a file holds and how. */
export interface AudioFileSpec extends Omit<ExportSpec, 'sampleRate'> {
  readonly encoding: Encoding;
  readonly tags: AudioTags | null;
}

/**
 * Renders and encodes a file.
 * @param spec - scene, range, encoding and tags
 * @param write - writes bytes at a position of the file
 * @param onChunk - sees every chunk once it is encoded, and is awaited
 * @throws what `write` or the encoder throws; the caller removes what is there of the file
 */
export async function writeAudioFile(
  spec: AudioFileSpec,
  write: WriteAt,
  onChunk: (piece: ExportChunk) => void | Promise<void>,
): Promise<void> {
  const { encoding, tags } = spec;
  const renderSpec: ExportSpec = { ...spec, sampleRate: encoding.sampleRate };
  const frames = exportFrames(renderSpec);
  const encoder = await createEncoder({ ...encoding, frames, loop: spec.range.kind === 'loop', tags }, write);
  try {
    for (const chunk of renderExport(renderSpec)) {
      // The wait keeps a fast engine from running ahead of a slow encoder or disk.
      if (chunk.left.length > 0) await encoder.push(chunk.left, chunk.right);
      await onChunk(chunk);
    }
    await encoder.finalize();
  } catch (error) {
    await encoder.cancel().catch(() => undefined);
    throw error;
  }
}
