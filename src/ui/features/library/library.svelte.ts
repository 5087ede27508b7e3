// The library: kept and factory sounds, finding them, keeping the open one, and never losing work on the way.
import type { RenderClient } from '../../../audio/types.ts';
import { newPreset, UNNAMED } from '../../../formats/preset.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { AppStorage } from '../../../storage/openStorage.ts';
import type { Draft, StoredPreset } from '../../../storage/types.ts';
import { sanitizeName, sanitizeNote, uniqueName } from '../../../formats/text.ts';
import type { Scene } from '../../../synth/index.ts';
import { AsideShelf } from './unsavedDrafts.svelte.ts';
import type { Aside } from './unsavedDrafts.svelte.ts';
import { downloadPreset } from './downloadPreset.ts';
import { Finder } from './libraryFilter.svelte.ts';
import { Imports } from '../import/importQueue.svelte.ts';
import type { Way } from '../import/importQueue.svelte.ts';
import { Keeper } from './savedPresets.svelte.ts';
import type { DialogName, OpenSound } from './editorPort.ts';
import { Pictures } from './thumbnails.svelte.ts';
import { tagsOf } from './search.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { factorySounds, keptSound } from './libraryItem.ts';
import type { Sound } from './libraryItem.ts';
import { libraryTexts as texts } from './texts.ts';
import { Toasts } from '../../app/toasts.svelte.ts';
import type { Toast } from '../../app/toasts.svelte.ts';
import { Handing } from '../share/sharing.svelte.ts';

export interface LibraryParts {
  readonly storage: AppStorage;
  readonly session: OpenSound;
  readonly renderer: RenderClient;
  readonly settings: Settings;
}

/** What the details dialog is about: a name for the open sound, or everything kept beside a sound. */
export type Details = { readonly mode: 'saveAs' } | { readonly mode: 'edit'; readonly sound: Sound };

export interface Editable {
  readonly name: string;
  readonly tags: readonly string[];
  readonly note: string;
}

export class Library {
  readonly storage: AppStorage;
  readonly session: OpenSound;
  readonly renderer: RenderClient;
  readonly settings: Settings;
  readonly toasts = new Toasts();
  readonly imports = new Imports();
  readonly finder = new Finder();
  readonly keeper: Keeper;
  readonly pictures: Pictures;
  readonly aside: AsideShelf;
  /** Sending sounds and receiving them. */
  readonly handing = new Handing(this);

  /** The open sound is being written. */
  saving: boolean = $state(false);
  details: Details = $state.raw({ mode: 'saveAs' });
  /** What the audio-file dialog makes. */
  exporting: Preset | null = $state.raw(null);

  readonly kept: readonly Sound[] = $derived.by(() => this.keeper.presets.map(keptSound));
  readonly factory: readonly Sound[] = $derived.by(() => factorySounds(this.settings.favourites));
  readonly all: readonly Sound[] = $derived([...this.kept, ...this.factory]);
  readonly tags: readonly string[] = $derived(tagsOf(this.all).map(({ tag }) => tag));
  readonly shownKept: readonly Sound[] = $derived(this.kept.filter((sound) => this.finder.finds(sound)));
  readonly shownFactory: readonly Sound[] = $derived(this.factory.filter((sound) => this.finder.finds(sound)));
  /** The open sound's own record, if it is a kept one. */
  readonly openKept: StoredPreset | null = $derived.by(
    () => this.keeper.presets.find(({ preset }) => preset.id === this.session.presetId) ?? null,
  );
  /** Set aside and not open again (undo may have brought it back). */
  readonly shownAside: readonly Aside[] = $derived.by(() => {
    const open = JSON.stringify(this.session.scene);
    return this.aside.list.filter(({ scene }) => JSON.stringify(scene) !== open);
  });

  constructor(parts: LibraryParts) {
    this.storage = parts.storage;
    this.session = parts.session;
    this.renderer = parts.renderer;
    this.settings = parts.settings;
    this.keeper = new Keeper(parts.storage.presets, parts.storage.health, this.toasts);
    this.pictures = new Pictures(parts.renderer);
    this.aside = new AsideShelf(parts.settings);
    const reload = (): void => void this.load();
    this.storage.presets.subscribe(reload);
    this.storage.health.subscribe(reload);
  }

  /** Reads everything anew: at the start (after the settings), and whenever another tab changed something. */
  async load(): Promise<void> {
    await this.keeper.load();
    if (this.settings.loaded) this.aside.loadOnce();
  }

  /** Opens a sound; changes to the one open now are set aside, not lost. */
  open(sound: Sound): void {
    if (sound.id === this.session.presetId) return;
    this.setAside(true);
    this.session.open(sound.preset, sound.stored?.revision);
  }

  /** Takes a set-aside sound up again; what is open now goes on the shelf if it has changes. */
  resume(key: string): void {
    const draft = this.aside.take(key);
    if (!draft) return;
    this.takeUp(draft);
  }

  /** Takes up a sound that is not among the kept ones; what is open now goes on the shelf if it has changes. */
  takeUp(draft: Draft): void {
    this.setAside(false);
    this.session.resume(draft, this.#origin(draft.presetId)?.preset ?? null);
  }

  /** Keeps a set-aside sound as one of its own. */
  async keepAside(key: string): Promise<void> {
    const draft = this.aside.list.find((one) => one.key === key);
    if (!draft) return;
    const stored = await this.#keepChanged(draft);
    if (!stored) return;
    this.aside.take(key);
    this.toasts.say(texts.savedAs(stored.preset.name), this.openAction(stored));
  }

  letAsideGo(key: string): void {
    const draft = this.aside.take(key);
    if (draft) this.toasts.say(texts.letGone(draft.name), { label: texts.undo, run: () => void this.aside.add(draft) });
  }

  /** Saves the open sound in its place, or as a new one if it has none yet or was not made from what lies there. */
  async save(): Promise<boolean> {
    const kept = this.openKept;
    const { revision } = this.session;
    if (!kept || revision === null) return this.saveAs(this.session.name);
    const preset = { ...kept.preset, name: this.session.name, scene: this.openScene() };
    return this.#saveOpen(preset, revision);
  }

  /** Saves the open sound as a sound of its own. */
  async saveAs(name: string, beside?: Omit<Editable, 'name'>): Promise<boolean> {
    const preset = newPreset(this.openScene(), this.nameFor(name), beside ?? this.#words(this.session.presetId));
    const saved = await this.#saveOpen(preset, null);
    if (saved && preset.name !== name.trim()) this.toasts.say(texts.savedAs(preset.name));
    return saved;
  }

  /** Changes what is kept beside a sound. The open sound's unsaved edits are not touched. */
  async edit(sound: Sound, values: Partial<Editable>): Promise<boolean> {
    if (!sound.stored) return false;
    const { preset, revision } = this.keeper.presets.find((one) => one.preset.id === sound.id) ?? sound.stored;
    const name = values.name === undefined ? preset.name : this.nameFor(values.name, sound.id);
    const note = sanitizeNote(values.note ?? preset.note).text;
    const stored = await this.keeper.keep({ ...preset, name, note, tags: values.tags ?? preset.tags }, revision);
    if (!stored) return false;
    if (this.session.presetId === sound.id) {
      // The words are the latest ones now, the open scene may still be made from an older one.
      const abreast = this.session.revision === revision || stored.preset.id !== sound.id;
      this.session.markSaved(stored, abreast ? stored.revision : this.session.revision);
    }
    return true;
  }

  /** A copy of a kept or factory sound among your own. */
  async duplicate(sound: Sound): Promise<void> {
    const stored = await this.keeper.keep(newPreset(sound.preset.scene, this.nameFor(sound.name), sound), null);
    if (stored) this.toasts.say(texts.added(stored.preset.name), this.openAction(stored));
  }

  async setFavourite(sound: Sound, favourite: boolean): Promise<void> {
    if (sound.stored) return this.keeper.setFavourite(sound.id, favourite);
    const others = this.settings.favourites.filter((id) => id !== sound.id);
    return this.settings.change({ favourites: favourite ? [...others, sound.id] : others });
  }

  /** Files from the picker, a drop or the clipboard: shown first, kept only when the person says so. */
  async openFiles(files: readonly File[]): Promise<void> {
    await this.imports.takeFiles(files);
    if (this.imports.current) this.show('import');
  }

  async openText(text: string, way: Way = 'pasted'): Promise<void> {
    await this.imports.takeText(text, way);
    this.show('import');
  }

  /** The fragment of an address: shown first, like everything that comes in. Of many in a row only the last is. */
  async openLink(fragment: string): Promise<void> {
    if (!(await this.imports.takeLink(fragment))) return;
    this.session.endListening();
    this.show('import');
  }

  /** A kept or factory sound with the same id as this preset. */
  twinOf(preset: Preset): Sound | null {
    return this.#origin(preset.id);
  }

  /** Asks the browser to promise that it will not clear the sounds by itself. */
  async keepSafe(): Promise<boolean> {
    const promised = await this.storage.health.requestPersistence();
    this.keeper.status = this.storage.health.status;
    return promised;
  }

  exportFile(preset: Preset): void {
    try {
      this.toasts.say(texts.fileSaved(downloadPreset(preset)));
    } catch (error) {
      console.error('export:', error);
      this.toasts.problem(texts.fileFailed);
    }
  }

  /** The open sound as a file, with its unsaved changes: what is heard is what leaves. */
  exportOpenFile(): void {
    this.exportFile(this.openPreset());
  }

  /** The open sound as an audio file. */
  exportOpenSound(): void {
    this.showExport(this.openPreset());
  }

  showExport(preset: Preset): void {
    this.exporting = preset;
    this.show('export');
  }

  /** The open sound as it is now, kept or not. */
  openPreset(): Preset {
    const { name, dirty, presetId, handover } = this.session;
    // What someone sent may have a twin here: that one is not what is open.
    const origin = handover?.preset ?? this.#origin(presetId)?.preset;
    const { tags = [], note = '' } = origin ?? {};
    return origin && !dirty ? origin : newPreset(this.openScene(), name, { tags, note });
  }

  showDetails(details: Details): void {
    this.details = details;
    this.show('details');
  }

  show(dialog: DialogName): void {
    this.session.dialog = dialog;
  }

  /** The name a sound would get here: names are never given twice. */
  nameFor(name: string, ownId = ''): string {
    const others = this.all.filter((sound) => sound.id !== ownId);
    return uniqueName(
      sanitizeName(name).text || UNNAMED,
      others.map((sound) => sound.name),
    );
  }

  #words(id: string | null): { readonly tags: readonly string[]; readonly note: string } {
    const { tags = [], note = '' } = this.#origin(id)?.preset ?? {};
    return { tags, note };
  }

  #origin(id: string | null): Sound | null {
    return this.all.find((sound) => sound.id === id) ?? null;
  }

  /** Puts the open sound's unsaved changes on the shelf; what no longer fits there becomes a sound of its own. */
  setAside(say: boolean): void {
    const { dirty, name, presetId, revision, handover } = this.session;
    if (!dirty) return;
    const { added, tooMany } = this.aside.add({ name, presetId, revision, scene: this.openScene(), handover });
    for (const draft of tooMany) void this.#keepChanged(draft);
    const goBack = (): void => {
      this.resume(added.key);
    };
    if (say) this.toasts.say(texts.asideSaid(name), { label: texts.goBack, run: goBack });
  }

  #keepChanged(draft: Aside): Promise<StoredPreset | null> {
    const preset = newPreset(draft.scene, this.nameFor(texts.changedName(draft.name)), this.#words(draft.presetId));
    return this.keeper.keep(preset, null);
  }

  async #saveOpen(preset: Preset, revision: number | null): Promise<boolean> {
    if (this.saving) return false;
    const openedId = this.session.presetId;
    this.saving = true;
    const stored = await this.keeper.keep(preset, revision);
    this.saving = false;
    if (!stored) return false;
    // Another sound may have been opened while this one was being written.
    if (this.session.presetId === openedId) this.session.markSaved(stored);
    return true;
  }

  openAction(stored: StoredPreset): Toast['action'] {
    const run = (): void => {
      this.open(keptSound(stored));
    };
    return { label: texts.openIt, run };
  }

  /** A plain copy: what is kept must not change with the next edit. */
  openScene(): Scene {
    return structuredClone($state.snapshot(this.session.scene));
  }
}
