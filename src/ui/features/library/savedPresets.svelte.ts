// Saved presets as reactive state: list, save, favourite, delete, restore. Storage problems become notices.
import { UNNAMED } from '../../../formats/preset.ts';
import type { Preset } from '../../../formats/preset.ts';
import { sanitizeName, uniqueName } from '../../../formats/text.ts';
import type { EvictedData } from '../../../storage/evictionMarker.ts';
import type { PresetStore } from '../../../storage/presetStore.ts';
import type { StorageHealth, StorageStatus } from '../../../storage/storageHealth.ts';
import type { StoredPreset, VersionInfo } from '../../../storage/types.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { factoryItems, fromStored } from './libraryItem.ts';
import type { LibraryItem } from './libraryItem.ts';
import { libraryTexts as texts } from './texts.ts';

/** What the saved presets need. */
export interface SavedPresetsOptions {
  readonly store: PresetStore;
  readonly health: StorageHealth;
  readonly settings: Pick<Settings, 'favourites' | 'change'>;
  readonly toasts: Pick<Toasts, 'show' | 'showProblem'>;
}

/** All presets of the library, saved and factory. */
export class SavedPresets {
  phase: 'loading' | 'ready' | 'failed' = $state('loading');
  /** Stored records, latest change first. */
  records: readonly StoredPreset[] = $state.raw([]);
  /** Number of stored records that could not be read; they are left untouched. */
  unreadable: number = $state(0);
  status: StorageStatus = $state.raw({ kind: 'ready', persistent: true });
  /** What the browser has evicted, until the person has dismissed it. */
  evicted: EvictedData | null = $state.raw(null);
  /** Of that, what this tab still holds: `resave` saves it again. */
  recoverable: readonly StoredPreset[] = $state.raw([]);
  /** Why the last save failed, in words, until the next one works. */
  problem: string = $state('');
  /** Deleted in this visit, latest first. */
  deleted: readonly StoredPreset[] = $state.raw([]);

  readonly #store: PresetStore;
  readonly #health: StorageHealth;
  readonly #settings: SavedPresetsOptions['settings'];
  readonly #toasts: SavedPresetsOptions['toasts'];

  readonly saved: readonly LibraryItem[] = $derived.by(() => this.records.map(fromStored));
  readonly factory: readonly LibraryItem[] = $derived.by(() => factoryItems(this.#settings.favourites));
  readonly all: readonly LibraryItem[] = $derived([...this.saved, ...this.factory]);

  constructor({ store, health, settings, toasts }: SavedPresetsOptions) {
    this.#store = store;
    this.#health = health;
    this.#settings = settings;
    this.#toasts = toasts;
    this.status = health.status;
    this.evicted = health.evicted;
    const reload = (): void => void this.load();
    store.subscribe(reload);
    health.subscribe(reload);
  }

  /** Reads everything anew: at the start, and whenever another tab changed something. Never rejects. */
  async load(): Promise<void> {
    try {
      const { presets, unreadable } = await this.#store.list();
      if (this.#health.evicted && presets.length === 0 && this.recoverable.length === 0)
        this.recoverable = this.records;
      this.records = [...presets].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
      this.unreadable = unreadable;
      this.phase = 'ready';
    } catch (error) {
      console.error('list:', error);
      if (this.phase === 'loading') this.phase = 'failed';
    }
    this.status = this.#health.status;
    this.evicted = this.#health.evicted;
  }

  /**
   * Finds a saved or factory preset.
   * @param id - its id
   * @returns the item, or null
   */
  find(id: string | null): LibraryItem | null {
    return this.all.find((item) => item.id === id) ?? null;
  }

  /**
   * Finds the stored record of a saved preset.
   * @param id - its id
   * @returns the record, or null
   */
  findRecord(id: string | null): StoredPreset | null {
    return this.records.find(({ preset }) => preset.id === id) ?? null;
  }

  /**
   * The name a preset would get here: no name is given twice.
   * @param name - the name wished for
   * @param ownId - id of the preset that has the name already, if any
   * @returns a free name
   */
  nameFor(name: string, ownId = ''): string {
    const others = this.all.filter((item) => item.id !== ownId);
    return uniqueName(
      sanitizeName(name).text || UNNAMED,
      others.map((item) => item.name),
    );
  }

  /**
   * Saves one preset. Failures and conflicts are shown as notices. Never rejects.
   * @param preset - the preset
   * @param revision - the one it was made from; null for a new preset
   * @param info - author and note of a version that someone sent
   * @returns the stored record, or null if it could not be saved
   */
  async save(preset: Preset, revision: number | null, info?: VersionInfo): Promise<StoredPreset | null> {
    const result = await this.#store.save(preset, revision, info);
    this.status = this.#health.status;
    if (result.kind === 'failed') {
      this.problem = texts.storage[result.code] ?? texts.saveFailed;
      this.#toasts.showProblem(this.problem);
      return null;
    }
    this.problem = '';
    if (result.kind === 'conflict') {
      this.#put(result.other);
      this.#toasts.show(texts.conflict(result.other.preset.name, result.stored.preset.name));
    }
    this.#put(result.stored);
    return result.stored;
  }

  /** Saves again what the browser has evicted and this tab still holds. */
  async resave(): Promise<void> {
    for (const { preset, favourite } of this.recoverable) {
      const stored = await this.save(preset, null);
      if (!stored) return;
      if (favourite) await this.#setStoredFavourite(stored.preset.id, true);
    }
    this.dismissEviction();
  }

  /** Dismisses the notice of what the browser has evicted. */
  dismissEviction(): void {
    this.#health.dismissEviction();
    this.evicted = null;
    this.recoverable = [];
  }

  async setFavourite(item: LibraryItem, favourite: boolean): Promise<void> {
    if (item.stored) return this.#setStoredFavourite(item.id, favourite);
    const others = this.#settings.favourites.filter((id) => id !== item.id);
    return this.#settings.change({ favourites: favourite ? [...others, item.id] : others });
  }

  /**
   * Deletes a saved preset; the notice offers to undo it.
   * @param id - its id
   */
  async remove(id: string): Promise<void> {
    const record = this.findRecord(id);
    if (!record) return;
    const { name } = record.preset;
    try {
      await this.#store.remove(id);
    } catch {
      this.#toasts.showProblem(texts.notRemoved(name));
      return;
    }
    this.records = this.records.filter(({ preset }) => preset.id !== id);
    this.deleted = [record, ...this.deleted.filter(({ preset }) => preset.id !== id)];
    this.#toasts.show(texts.removed(name), { label: texts.undo, run: () => void this.undelete(id) });
  }

  /**
   * Restores a deleted preset.
   * @param id - its id
   */
  async undelete(id: string): Promise<void> {
    const stored = await this.#store.undelete(id).catch(() => null);
    if (!stored) {
      this.#toasts.showProblem(texts.notRestored(this.#nameOf(id)));
      return;
    }
    this.deleted = this.deleted.filter(({ preset }) => preset.id !== id);
    this.#put(stored);
    this.#toasts.show(texts.restored(stored.preset.name));
  }

  /**
   * Earlier versions of a saved preset.
   * @param id - its id
   * @returns the versions, latest first
   * @throws when they cannot be read
   */
  olderVersions(id: string): Promise<readonly StoredPreset[]> {
    return this.#store.olderVersions(id);
  }

  /**
   * Asks the browser not to evict the data.
   * @returns true if it has promised so
   */
  async requestPersistence(): Promise<boolean> {
    const persistent = await this.#health.requestPersistence();
    this.status = this.#health.status;
    return persistent;
  }

  async #setStoredFavourite(id: string, favourite: boolean): Promise<void> {
    this.#markFavourite(id, favourite); // shown at once, reverted if it could not be written
    try {
      await this.#store.setFavourite(id, favourite);
    } catch {
      this.#markFavourite(id, !favourite);
      this.#toasts.showProblem(texts.notChanged(this.#nameOf(id)));
    }
  }

  #markFavourite(id: string, favourite: boolean): void {
    this.records = this.records.map((record) => (record.preset.id === id ? { ...record, favourite } : record));
  }

  #put(stored: StoredPreset): void {
    this.records = [stored, ...this.records.filter(({ preset }) => preset.id !== stored.preset.id)];
  }

  #nameOf(id: string): string {
    return [...this.records, ...this.deleted].find(({ preset }) => preset.id === id)?.preset.name ?? '';
  }
}
