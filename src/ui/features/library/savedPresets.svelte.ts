// The library's face to the store: what is kept, written and deleted, and what went wrong in plain words.
import type { Preset } from '../../../formats/preset.ts';
import type { EvictedData } from '../../../storage/evictionMarker.ts';
import type { PresetStore } from '../../../storage/presetStore.ts';
import type { StorageHealth, StorageStatus } from '../../../storage/storageHealth.ts';
import type { StoredPreset, VersionInfo } from '../../../storage/types.ts';
import { libraryTexts as texts } from './texts.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';

export class Keeper {
  phase: 'loading' | 'ready' | 'failed' = $state('loading');
  /** Latest change first. */
  presets: readonly StoredPreset[] = $state.raw([]);
  /** Kept records that could not be read; they are left untouched. */
  unreadable: number = $state(0);
  status: StorageStatus = $state.raw({ kind: 'ready', persistent: true });
  /** What the browser has cleared by itself. */
  lost: EvictedData | null = $state.raw(null);
  /** Of that, what this tab still holds: it can be kept again. */
  rescued: readonly StoredPreset[] = $state.raw([]);
  /** Why the last write failed, until the next one works. */
  problem: string = $state('');
  /** Deleted in this visit, latest first. */
  deleted: readonly StoredPreset[] = $state.raw([]);

  readonly #store: PresetStore;
  readonly #health: StorageHealth;
  readonly #toasts: Toasts;

  constructor(store: PresetStore, health: StorageHealth, toasts: Toasts) {
    this.#store = store;
    this.#health = health;
    this.#toasts = toasts;
    this.status = health.status;
    this.lost = health.evicted;
  }

  async load(): Promise<void> {
    try {
      const { presets, unreadable } = await this.#store.list();
      if (this.#health.evicted && presets.length === 0 && this.rescued.length === 0) this.rescued = this.presets;
      this.presets = [...presets].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
      this.unreadable = unreadable;
      this.phase = 'ready';
    } catch (error) {
      console.error('list:', error);
      if (this.phase === 'loading') this.phase = 'failed';
    }
    this.status = this.#health.status;
    this.lost = this.#health.evicted;
  }

  /** The browser has cleared the sounds, but this tab still has them. */
  async keepAgain(): Promise<void> {
    for (const { preset, favourite } of this.rescued) {
      const stored = await this.keep(preset, null);
      if (!stored) return;
      if (favourite) await this.setFavourite(stored.preset.id, true);
    }
    this.settleLoss();
  }

  settleLoss(): void {
    this.#health.dismissEviction();
    this.lost = null;
    this.rescued = [];
  }

  /** Writes one preset; what went wrong, or needs knowing, is said here. `revision`: the one it was made from, null if new. */
  async keep(preset: Preset, revision: number | null, words?: VersionInfo): Promise<StoredPreset | null> {
    const result = await this.#store.save(preset, revision, words);
    this.status = this.#health.status;
    if (result.kind === 'failed') {
      this.problem = texts.storage[result.code] ?? texts.saveFailed;
      this.#toasts.problem(this.problem);
      return null;
    }
    this.problem = '';
    if (result.kind === 'conflict') {
      this.#put(result.other);
      this.#toasts.say(texts.conflict(result.other.preset.name, result.stored.preset.name));
    }
    this.#put(result.stored);
    return result.stored;
  }

  async setFavourite(id: string, favourite: boolean): Promise<void> {
    this.#mark(id, favourite); // shown at once, taken back if it could not be written
    try {
      await this.#store.setFavourite(id, favourite);
    } catch {
      this.#mark(id, !favourite);
      this.#toasts.problem(texts.notChanged(this.#nameOf(id)));
    }
  }

  async remove(id: string): Promise<void> {
    const gone = this.presets.find(({ preset }) => preset.id === id);
    if (!gone) return;
    const { name } = gone.preset;
    try {
      await this.#store.remove(id);
    } catch {
      this.#toasts.problem(texts.notRemoved(name));
      return;
    }
    this.presets = this.presets.filter(({ preset }) => preset.id !== id);
    this.deleted = [gone, ...this.deleted.filter(({ preset }) => preset.id !== id)];
    this.#toasts.say(texts.removed(name), { label: texts.undo, run: () => void this.bringBack(id) });
  }

  async bringBack(id: string): Promise<void> {
    const stored = await this.#store.undelete(id).catch(() => null);
    if (!stored) {
      this.#toasts.problem(texts.notRestored(this.#nameOf(id)));
      return;
    }
    this.deleted = this.deleted.filter(({ preset }) => preset.id !== id);
    this.#put(stored);
    this.#toasts.say(texts.restored(stored.preset.name));
  }

  #mark(id: string, favourite: boolean): void {
    this.presets = this.presets.map((one) => (one.preset.id === id ? { ...one, favourite } : one));
  }

  #put(stored: StoredPreset): void {
    this.presets = [stored, ...this.presets.filter(({ preset }) => preset.id !== stored.preset.id)];
  }

  #nameOf(id: string): string {
    return [...this.presets, ...this.deleted].find(({ preset }) => preset.id === id)?.preset.name ?? '';
  }
}
