// Received presets: compares what someone sent with the library, adds it, or opens it to be adjusted and sent back.
import type { Preset } from '../../../formats/preset.ts';
import { newId } from '../../../formats/text.ts';
import type { SharedPreset } from '../../../formats/sharedPreset.ts';
import type { StoredPreset, VersionInfo } from '../../../storage/types.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import type { SceneEditor } from '../editor/sceneEditor.svelte.ts';
import { sameScene } from '../editor/sceneEdits.ts';
import type { CurrentPreset } from '../library/currentPreset.svelte.ts';
import type { SavedPresets } from '../library/savedPresets.svelte.ts';
import { libraryTexts } from '../library/texts.ts';
import type { Player } from '../player/player.svelte.ts';

/** What receiving presets needs. */
export interface ReceivedPresetsOptions {
  readonly savedPresets: SavedPresets;
  readonly currentPreset: CurrentPreset;
  readonly editor: Pick<SceneEditor, 'openReceived'>;
  readonly player: Pick<Player, 'endPreview'>;
  readonly toasts: Pick<Toasts, 'show'>;
}

/**
 * Whether two presets have the same sound and the same details.
 * @param a - one preset
 * @param b - the other
 * @returns true if only their ids may differ
 */
export function isSamePreset(a: Preset, b: Preset): boolean {
  const details = ({ name, note, tags }: Preset): string => JSON.stringify([name, note, tags]);
  return details(a) === details(b) && sameScene(a.scene, b.scene);
}

/** What becomes of presets that someone sent. */
export class ReceivedPresets {
  readonly #options: ReceivedPresetsOptions;

  constructor(options: ReceivedPresetsOptions) {
    this.#options = options;
  }

  /**
   * Whether the library has the preset, under its own name or one that was numbered when it was added.
   * @param preset - the preset
   * @returns true if a saved or factory preset is the same
   */
  contains(preset: Preset): boolean {
    return this.#options.savedPresets.all.some(
      ({ preset: own }) =>
        (own.id === preset.id || own.name.startsWith(preset.name)) && isSamePreset(own, { ...preset, name: own.name }),
    );
  }

  /**
   * Adds a preset; one whose id is taken becomes a copy.
   * @param preset - the preset
   * @param info - its sender and note
   * @returns false if it could not be saved
   */
  async add(preset: Preset, info: VersionInfo): Promise<boolean> {
    const stored = await this.#save(preset, info);
    if (stored) this.#notify(libraryTexts.added(stored.preset.name), stored);
    return stored !== null;
  }

  /**
   * Adds several presets.
   * @param presets - the presets
   * @returns how many of them could not be saved
   */
  async addAll(presets: readonly Preset[]): Promise<number> {
    let failed = 0;
    for (const preset of presets) if (!(await this.#save(preset))) failed += 1;
    const added = presets.length - failed;
    if (added > 0) this.#options.toasts.show(libraryTexts.addedMany(added));
    return failed;
  }

  /**
   * Saves a preset in place of the saved one with the same id, which becomes an earlier version.
   * @param preset - the preset
   * @param info - its sender and note
   * @returns false if it could not be saved
   */
  async replace(preset: Preset, info: VersionInfo): Promise<boolean> {
    const { savedPresets, currentPreset, player } = this.#options;
    const before = savedPresets.findRecord(preset.id);
    if (!before) return this.add(preset, info);
    const name = savedPresets.nameFor(preset.name, preset.id);
    const stored = await currentPreset.replace({ ...preset, name }, before, info);
    if (!stored) return false;
    this.#notify(libraryTexts.replaced(stored.preset.name), stored);
    player.endPreview();
    return true;
  }

  /**
   * Opens a preset to be adjusted within the limits that came with it. Nothing is saved by that.
   * @param shared - the shared preset
   */
  edit({ from, bounds, preset }: SharedPreset): void {
    this.#options.currentPreset.stash({ notify: true });
    this.#options.editor.openReceived({ from, bounds, preset });
  }

  #save(preset: Preset, info?: VersionInfo): Promise<StoredPreset | null> {
    const { savedPresets } = this.#options;
    const id = savedPresets.find(preset.id) ? newId() : preset.id;
    return savedPresets.save({ ...preset, id, name: savedPresets.nameFor(preset.name) }, null, info);
  }

  #notify(text: string, stored: StoredPreset): void {
    this.#options.toasts.show(text, this.#options.currentPreset.openAction(stored));
  }
}
