// A preset as a file in the browser's downloads.
import { presetFileName, serializePreset } from '../../../formats/preset.ts';
import type { Preset } from '../../../formats/preset.ts';
import { download } from '../../kit/download.ts';

/** Starts the download; returns the file's name. */
export function downloadPreset(preset: Preset): string {
  const fileName = presetFileName(preset);
  download(fileName, new Blob([serializePreset(preset)], { type: 'application/json' }));
  return fileName;
}
