// Downloads a preset as a file.
import { presetFileName, serializePreset } from '../../../formats/preset.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import { download } from '../../kit/download.ts';
import { libraryTexts as texts } from './texts.ts';

/**
 * Starts the download of a preset file, and shows a notice of it or of what went wrong.
 * @param preset - the preset
 * @param toasts - where the notice is shown
 */
export function downloadPreset(preset: Preset, toasts: Pick<Toasts, 'show' | 'showProblem'>): void {
  try {
    const fileName = presetFileName(preset);
    download(fileName, new Blob([serializePreset(preset)], { type: 'application/json' }));
    toasts.show(texts.fileSaved(fileName));
  } catch (error) {
    console.error('export:', error);
    toasts.showProblem(texts.fileFailed);
  }
}
