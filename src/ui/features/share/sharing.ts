// Sharing: opens the share sheet for the open sound, a library item, or several.
import type { AppState } from '../../app/appState.svelte.ts';
import type { SceneEditor } from '../editor/sceneEditor.svelte.ts';
import type { CurrentPreset } from '../library/currentPreset.svelte.ts';
import type { LibraryItem } from '../library/libraryItem.ts';
import type { SavedPresets } from '../library/savedPresets.svelte.ts';
import type { ShareSubject } from './shareSubject.ts';

/** What sharing needs. */
export interface SharingOptions {
  readonly appState: Pick<AppState, 'openDialog'>;
  readonly editor: Pick<SceneEditor, 'receivedEdit' | 'presetId'>;
  readonly currentPreset: Pick<CurrentPreset, 'toPreset'>;
  readonly savedPresets: Pick<SavedPresets, 'saved'>;
}

/** The ways into the share sheet. */
export class Sharing {
  readonly #options: SharingOptions;

  constructor(options: SharingOptions) {
    this.#options = options;
  }

  /** Shares the open sound with its unsaved changes, under its own id, so that both sides can compare. */
  shareCurrent(): void {
    const { editor, currentPreset } = this.#options;
    const { receivedEdit, presetId } = editor;
    const preset = currentPreset.toPreset();
    const id = receivedEdit?.preset.id ?? presetId ?? preset.id;
    this.#open({ preset: { ...preset, id }, before: receivedEdit?.preset ?? null, several: false });
  }

  /**
   * Shares a library item.
   * @param item - saved or factory preset
   */
  share(item: LibraryItem): void {
    this.#open({ preset: item.preset, before: null, several: false });
  }

  /** Starts from the latest saved preset, with the others to tick. */
  shareSeveral(): void {
    const [first] = this.#options.savedPresets.saved;
    if (first) this.#open({ preset: first.preset, before: null, several: true });
  }

  #open(subject: ShareSubject): void {
    this.#options.appState.openDialog('share', { subject });
  }
}
