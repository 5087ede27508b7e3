// The shelf for unsaved changes: opening another sound sets them aside here, on this device, until they are saved or let go.
import { parseReceivedEdit } from '../../../storage/draftStore.ts';
import { newId } from '../../../formats/text.ts';
import { restoreScene } from '../../../formats/preset.ts';
import type { Draft } from '../../../storage/types.ts';
import type { Settings } from '../settings/settings.svelte.ts';

export interface Aside extends Draft {
  readonly key: string;
}

/** More than this and the oldest become sounds of their own. */
const MOST = 4;

export class AsideShelf {
  list: readonly Aside[] = $state.raw([]);
  readonly #settings: Settings;
  #loaded = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** After the settings were read. Whatever cannot be restored is left out. */
  loadOnce(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    const keys = new Set<string>();
    this.list = this.#settings.aside.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      const { name, presetId, revision, scene, handover, key } = value as Partial<Record<keyof Aside, unknown>>;
      const restored = restoreScene(scene);
      if (!restored.ok || typeof name !== 'string' || typeof key !== 'string' || keys.has(key)) return [];
      keys.add(key);
      const origin = typeof presetId === 'string' ? presetId : null;
      const known = typeof revision === 'number' ? revision : null;
      const sent = parseReceivedEdit(handover);
      return [{ key, name, presetId: origin, revision: known, scene: restored.scene, handover: sent }];
    });
  }

  /** Returns what no longer fits, oldest first: the caller keeps it elsewhere. */
  add(draft: Draft): { readonly added: Aside; readonly tooMany: readonly Aside[] } {
    const added: Aside = { ...draft, key: newId() };
    const all = [added, ...this.list];
    this.#set(all.slice(0, MOST));
    return { added, tooMany: all.slice(MOST).reverse() };
  }

  take(key: string): Aside | undefined {
    const found = this.list.find((aside) => aside.key === key);
    if (found) this.#set(this.list.filter((aside) => aside !== found));
    return found;
  }

  #set(list: readonly Aside[]): void {
    this.list = list;
    void this.#settings.change({ aside: list });
  }
}
