// A sound → its pieces → encoder → places in a file. The one path for the app's worker and the command line.
import { openEncoder } from './encoder.ts';
import type { WriteAt } from './encoder.ts';
import type { AudioTags, Encoding } from './format.ts';
import { soundFrames, soundPieces } from './renderBlocks.ts';
import type { SoundPiece, SoundSpec } from './renderBlocks.ts';

export interface SoundFileSpec extends Omit<SoundSpec, 'sampleRate'> {
  readonly encoding: Encoding;
  readonly tags: AudioTags | null;
}

/** `onPiece` sees every piece once it is encoded, and is waited for. Rejects when a write does; then the caller removes what is there. */
export async function writeSound(
  spec: SoundFileSpec,
  write: WriteAt,
  onPiece: (piece: SoundPiece) => void | Promise<void>,
): Promise<void> {
  const { encoding, tags } = spec;
  const sound: SoundSpec = { ...spec, sampleRate: encoding.sampleRate };
  const frames = soundFrames(sound);
  const encoder = await openEncoder({ ...encoding, frames, loop: spec.sound.kind === 'loop', tags }, write);
  try {
    for (const piece of soundPieces(sound)) {
      // The wait keeps a fast engine from running ahead of a slow encoder or disk.
      if (piece.left.length > 0) await encoder.add(piece.left, piece.right);
      await onPiece(piece);
    }
    await encoder.finish();
  } catch (error) {
    await encoder.abandon().catch(() => undefined);
    throw error;
  }
}
