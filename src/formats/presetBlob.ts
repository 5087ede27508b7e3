// A chosen or dropped file → the preset in it, also where it lies inside an audio file.
import { AUDIO_HEAD_BYTES, AUDIO_START_BYTES, looksLikeAudio, presetBytesFromAudio } from './audioMetadata.ts';
import { MAX_FILE_BYTES, refuseTooLarge } from './parseJson.ts';
import type { Preset } from './preset.ts';
import { guarded } from './decodeError.ts';
import { readPresetFile } from './parsePreset.ts';
import type { Restored } from './parsePreset.ts';

/** A file that a person chose or dropped: a preset, or an audio file that holds one. No more is read than could be one. Never rejects. */
export async function readPresetBlob(file: Blob): Promise<Restored<{ readonly preset: Preset }>> {
  try {
    const start = await bytesOf(file.slice(0, AUDIO_START_BYTES));
    if (looksLikeAudio(start)) return readPresetAudio(await bytesOf(file.slice(0, AUDIO_HEAD_BYTES)));
    const tooLarge = guarded(() => (file.size > MAX_FILE_BYTES ? refuseTooLarge() : undefined));
    return tooLarge ?? readPresetFile(await bytesOf(file));
  } catch {
    const message = 'This file could not be read: it may have been moved or deleted. Nothing was changed.';
    return { ok: false, error: { code: 'damaged', message } };
  }
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

function readPresetAudio(head: Uint8Array): Restored<{ readonly preset: Preset }> {
  const found = presetBytesFromAudio(head);
  if (found) return readPresetFile(found);
  const message =
    'This audio file holds no Hushcraft preset: it comes from elsewhere, or another program removed it. Nothing was changed.';
  return { ok: false, error: { code: 'wrong-format', message } };
}
