// Current preset: the open sound as a preset. Saves it, opens another in its place, and stashes unsaved changes on the way.
import { newPreset } from '../../../formats/preset.ts';
import type { Preset } from '../../../formats/preset.ts';
import { sanitizeNote } from '../../../formats/text.ts';
import type { Draft, StoredPreset, VersionInfo } from '../../../storage/types.ts';
import type { Scene } from '../../../synth/index.ts';
import type { Toast, Toasts } from '../../app/toasts.svelte.ts';
import type { SceneEditor } from '../editor/sceneEditor.svelte.ts';
import { fromStored } from './libraryItem.ts';
import type { LibraryItem } from './libraryItem.ts';
import type { SavedPresets } from './savedPresets.svelte.ts';
import { libraryTexts as texts } from './texts.ts';
import type { UnsavedDraft, UnsavedDrafts } from './unsavedDrafts.svelte.ts';

/** What the current preset needs. */
export interface CurrentPresetOptions {
  readonly editor: SceneEditor;
  readonly savedPresets: SavedPresets;
  readonly drafts: UnsavedDrafts;
  readonly toasts: Pick<Toasts, 'show'>;
}

/** What the details dialog edits: a name for the open sound, or the details of a saved preset. */
export type EditPresetProps = { readonly mode: 'saveAs' } | { readonly mode: 'edit'; readonly item: LibraryItem };

/** What a preset has besides its scene. */
export interface PresetDetails {
  readonly name: string;
  readonly tags: readonly string[];
  readonly note: string;
}

/** Joins the editor with the saved presets and the unsaved drafts. */
export class CurrentPreset {
  /** The open sound is being saved. */
  saving: boolean = $state(false);

  readonly #editor: SceneEditor;
  readonly #savedPresets: SavedPresets;
  readonly #drafts: UnsavedDrafts;
  readonly #toasts: CurrentPresetOptions['toasts'];

  /** Stored record of the open sound, if it is a saved one. */
  readonly record: StoredPreset | null = $derived.by(() => this.#savedPresets.findRecord(this.#editor.presetId));
  /** Unsaved drafts that are not open again (undo may have done that). */
  readonly otherDrafts: readonly UnsavedDraft[] = $derived.by(() => {
    const open = JSON.stringify(this.#editor.scene);
    return this.#drafts.list.filter(({ scene }) => JSON.stringify(scene) !== open);
  });

  constructor({ editor, savedPresets, drafts, toasts }: CurrentPresetOptions) {
    this.#editor = editor;
    this.#savedPresets = savedPresets;
    this.#drafts = drafts;
    this.#toasts = toasts;
  }

  /** @returns the open sound as a preset: the saved one where nothing was changed, else a new one */
  toPreset(): Preset {
    const { name, dirty, presetId, receivedEdit } = this.#editor;
    // A received sound may have the id of a saved one: that one is not what is open.
    const origin = receivedEdit?.preset ?? this.#savedPresets.find(presetId)?.preset;
    const { tags = [], note = '' } = origin ?? {};
    return origin && !dirty ? origin : newPreset(this.#copyScene(), name, { tags, note });
  }

  /**
   * Opens a library item; unsaved changes are stashed first.
   * @param item - saved or factory preset
   */
  open(item: LibraryItem): void {
    if (item.id === this.#editor.presetId) return;
    this.stash({ notify: true });
    this.#editor.open(item.preset, item.stored?.revision);
  }

  /**
   * Opens unsaved work; unsaved changes to the open sound are stashed first.
   * @param draft - the work
   */
  openDraft(draft: Draft): void {
    this.stash({ notify: false });
    this.#editor.openDraft(draft, this.#savedPresets.find(draft.presetId)?.preset ?? null);
  }

  /** @returns a notice's button that opens a saved preset */
  openAction(stored: StoredPreset): Toast['action'] {
    const run = (): void => {
      this.open(fromStored(stored));
    };
    return { label: texts.openIt, run };
  }

  // Saving

  /**
   * Saves the open sound in its place; as a new preset if it has none, or was not made from the stored revision.
   * @returns false if it could not be saved
   */
  async save(): Promise<boolean> {
    const { record } = this;
    const { name, revision } = this.#editor;
    if (!record || revision === null) return this.saveAs(name);
    return this.#save({ ...record.preset, name, scene: this.#copyScene() }, revision);
  }

  /**
   * Saves the open sound as a new preset.
   * @param name - the name wished for
   * @param details - tags and note; those of its origin if left out
   * @returns false if it could not be saved
   */
  async saveAs(name: string, details?: Omit<PresetDetails, 'name'>): Promise<boolean> {
    const preset = newPreset(
      this.#copyScene(),
      this.#savedPresets.nameFor(name),
      details ?? this.#detailsOf(this.#editor.presetId),
    );
    const saved = await this.#save(preset, null);
    if (saved && preset.name !== name.trim()) this.#toasts.show(texts.savedAs(preset.name));
    return saved;
  }

  /**
   * Changes name, tags or note of a saved preset. Unsaved edits of the open sound are not touched.
   * @param item - the saved preset
   * @param details - what changes
   * @returns false if it could not be saved
   */
  async editDetails(item: LibraryItem, details: Partial<PresetDetails>): Promise<boolean> {
    if (!item.stored) return false;
    const { preset, revision } = this.#savedPresets.findRecord(item.id) ?? item.stored;
    const name = details.name === undefined ? preset.name : this.#savedPresets.nameFor(details.name, item.id);
    const note = sanitizeNote(details.note ?? preset.note).text;
    const changed = { ...preset, name, note, tags: details.tags ?? preset.tags };
    const stored = await this.#savedPresets.save(changed, revision);
    if (!stored) return false;
    if (this.#editor.presetId === item.id) {
      // The details are the latest now; the open scene may still be made from an older revision.
      const upToDate = this.#editor.revision === revision || stored.preset.id !== item.id;
      this.#editor.markSaved(stored, upToDate ? stored.revision : this.#editor.revision);
    }
    return true;
  }

  /**
   * Saves a copy of a library item as a new preset.
   * @param item - saved or factory preset
   */
  async duplicate(item: LibraryItem): Promise<void> {
    const copy = newPreset(item.preset.scene, this.#savedPresets.nameFor(item.name), item);
    const stored = await this.#savedPresets.save(copy, null);
    if (stored) this.#toasts.show(texts.added(stored.preset.name), this.openAction(stored));
  }

  /**
   * Saves a preset in place of a stored one, which becomes an earlier version. If that one is open, its unsaved changes are
   * stashed and the new one is opened.
   * @param preset - the preset, with the id of the stored one
   * @param before - the stored record
   * @param info - author and note of the new version
   * @returns the stored record, or null if it could not be saved
   */
  async replace(preset: Preset, before: StoredPreset, { by, note }: VersionInfo): Promise<StoredPreset | null> {
    const isOpen = this.#editor.presetId === preset.id;
    if (isOpen) this.stash({ notify: false });
    const stored = await this.#savedPresets.save(preset, before.revision, { by, note });
    if (stored && isOpen) this.#editor.open(stored.preset, stored.revision);
    return stored;
  }

  /**
   * Restores an earlier version; the one of now becomes an earlier version itself.
   * @param item - the saved preset
   * @param version - the version to restore
   * @returns false if it could not be saved
   */
  async restoreVersion(item: LibraryItem, version: StoredPreset): Promise<boolean> {
    const before = this.#savedPresets.findRecord(item.id);
    if (!before) return false;
    const stored = await this.replace({ ...version.preset, id: item.id }, before, version);
    if (stored) this.#toasts.show(texts.asItWas(stored.preset.name));
    return stored !== null;
  }

  // Unsaved drafts

  /**
   * Stashes the unsaved changes of the open sound, if any; a draft that no longer fits becomes a preset of its own.
   * @param options - `notify`: shows a notice with the way back
   */
  stash({ notify }: { readonly notify: boolean }): void {
    const { dirty, name, presetId, revision, receivedEdit } = this.#editor;
    if (!dirty) return;
    const scene = this.#copyScene();
    const { added, overflow } = this.#drafts.add({ name, presetId, revision, scene, handover: receivedEdit });
    for (const draft of overflow) void this.#savePresetOf(draft);
    const restore = (): void => {
      this.restoreDraft(added.key);
    };
    if (notify) this.#toasts.show(texts.asideSaid(name), { label: texts.goBack, run: restore });
  }

  /**
   * Opens an unsaved draft again; unsaved changes to the open sound are stashed first.
   * @param key - key of the draft
   */
  restoreDraft(key: string): void {
    const draft = this.#drafts.remove(key);
    if (draft) this.openDraft(draft);
  }

  /**
   * Saves an unsaved draft as a preset of its own.
   * @param key - key of the draft
   */
  async saveDraft(key: string): Promise<void> {
    const draft = this.#drafts.list.find((one) => one.key === key);
    if (!draft) return;
    const stored = await this.#savePresetOf(draft);
    if (!stored) return;
    this.#drafts.remove(key);
    this.#toasts.show(texts.savedAs(stored.preset.name), this.openAction(stored));
  }

  /**
   * Discards an unsaved draft; the notice offers to undo it.
   * @param key - key of the draft
   */
  discardDraft(key: string): void {
    const draft = this.#drafts.remove(key);
    if (!draft) return;
    this.#toasts.show(texts.letGone(draft.name), { label: texts.undo, run: () => void this.#drafts.add(draft) });
  }

  async #save(preset: Preset, revision: number | null): Promise<boolean> {
    if (this.saving) return false;
    const openId = this.#editor.presetId;
    this.saving = true;
    const stored = await this.#savedPresets.save(preset, revision);
    this.saving = false;
    if (!stored) return false;
    // Another sound may have been opened while this one was being written.
    if (this.#editor.presetId === openId) this.#editor.markSaved(stored);
    return true;
  }

  #savePresetOf(draft: UnsavedDraft): Promise<StoredPreset | null> {
    const name = this.#savedPresets.nameFor(texts.changedName(draft.name));
    return this.#savedPresets.save(newPreset(draft.scene, name, this.#detailsOf(draft.presetId)), null);
  }

  #detailsOf(id: string | null): Omit<PresetDetails, 'name'> {
    const { tags = [], note = '' } = this.#savedPresets.find(id)?.preset ?? {};
    return { tags, note };
  }

  /** A plain copy: what is saved must not change with the next edit. */
  #copyScene(): Scene {
    return structuredClone($state.snapshot(this.#editor.scene));
  }
}
