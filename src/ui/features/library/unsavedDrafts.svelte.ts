// Unsaved drafts: work that was open when another sound was opened, stored with the settings until saved or discarded.
import { restoreScene } from '../../../formats/preset.ts';
import { newId } from '../../../formats/text.ts';
import { parseReceivedEdit } from '../../../storage/draftStore.ts';
import type { Draft } from '../../../storage/types.ts';
import type { Settings } from '../settings/settings.svelte.ts';

/** One draft with the key it is listed under. */
export interface UnsavedDraft extends Draft {
  readonly key: string;
}

/** The oldest beyond this become presets of their own. */
const MAX_DRAFTS = 4;

/** The list of unsaved drafts, latest first. */
export class UnsavedDrafts {
  list: readonly UnsavedDraft[] = $state.raw([]);
  readonly #settings: Settings;

  /**
   * Reads the stored drafts. Whatever cannot be restored is left out.
   * @param settings - the settings, loaded
   */
  constructor(settings: Settings) {
    this.#settings = settings;
    this.list = parseDrafts(settings.unsavedDrafts);
  }

  /**
   * Adds a draft.
   * @param draft - the work
   * @returns the listed draft, and those that no longer fit, oldest first: the caller saves them elsewhere
   */
  add(draft: Draft): { readonly added: UnsavedDraft; readonly overflow: readonly UnsavedDraft[] } {
    const added: UnsavedDraft = { ...draft, key: newId() };
    const all = [added, ...this.list];
    this.#set(all.slice(0, MAX_DRAFTS));
    return { added, overflow: all.slice(MAX_DRAFTS).reverse() };
  }

  /**
   * Removes a draft.
   * @param key - its key
   * @returns the draft, or undefined if it is not listed
   */
  remove(key: string): UnsavedDraft | undefined {
    const found = this.list.find((draft) => draft.key === key);
    if (found) this.#set(this.list.filter((draft) => draft !== found));
    return found;
  }

  #set(list: readonly UnsavedDraft[]): void {
    this.list = list;
    void this.#settings.change({ unsavedDrafts: list });
  }
}

function parseDrafts(values: readonly unknown[]): readonly UnsavedDraft[] {
  const keys = new Set<string>();
  return values.flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    const { name, presetId, revision, scene, handover, key } = value as Partial<Record<keyof UnsavedDraft, unknown>>;
    const restored = restoreScene(scene);
    if (!restored.ok || typeof name !== 'string' || typeof key !== 'string' || keys.has(key)) return [];
    keys.add(key);
    return [
      {
        key,
        name,
        presetId: typeof presetId === 'string' ? presetId : null,
        revision: typeof revision === 'number' ? revision : null,
        scene: restored.scene,
        handover: parseReceivedEdit(handover),
      },
    ];
  });
}
