// Handing sounds over: what the share sheet is about, and what becomes of a sound that was sent.
import type { PracticeEntry } from '../../../formats/practiceEntry.ts';
import type { SharedPreset } from '../../../formats/sharedPreset.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { StoredPreset, VersionInfo } from '../../../storage/types.ts';
import { newId } from '../../../formats/text.ts';
import type { Library } from '../library/library.svelte.ts';
import type { Sound } from '../library/libraryItem.ts';
import { libraryTexts } from '../library/texts.ts';
import { sameScene } from '../editor/sceneEdits.ts';

/** What the share sheet is about. */
export interface Sharing {
  readonly preset: Preset;
  /** As they sent it, when someone's sound goes back to them. */
  readonly before: Preset | null;
  /** Begins with the list of other sounds open. */
  readonly several: boolean;
}

export class Handing {
  sharing: Sharing | null = $state.raw(null);
  /** Whose earlier versions are shown. */
  historyOf: Sound | null = $state.raw(null);

  /** The practice record, for whoever wants to send some of it along. Set by whoever keeps it. */
  record: () => readonly PracticeEntry[] = () => [];

  readonly #library: Library;

  constructor(library: Library) {
    this.#library = library;
  }

  // Sending

  /** The open sound with its unsaved changes: what is heard is what leaves. Under its own id, so that both sides can compare. */
  shareOpen(): void {
    const { handover, presetId } = this.#library.session;
    const preset = this.#library.openPreset();
    const id = handover?.preset.id ?? presetId ?? preset.id;
    this.#show({ preset: { ...preset, id }, before: handover?.preset ?? null, several: false });
  }

  share(sound: Sound): void {
    this.#show({ preset: sound.preset, before: null, several: false });
  }

  /** Starts from the latest kept sound, with the others to tick. */
  shareSeveral(): void {
    const [first] = this.#library.kept;
    if (first) this.#show({ preset: first.preset, before: null, several: true });
  }

  showHistory(sound: Sound): void {
    this.historyOf = sound;
    this.#library.show('history');
  }

  #show(sharing: Sharing): void {
    this.sharing = sharing;
    this.#library.show('share');
  }

  // Receiving

  /** Sound, name and words are the same. */
  same(a: Preset, b: Preset): boolean {
    const words = ({ name, note, tags }: Preset): string => JSON.stringify([name, note, tags]);
    return words(a) === words(b) && sameScene(a.scene, b.scene);
  }

  /** It is among the kept or factory sounds, under its own name or one that was numbered when it was added. */
  has(preset: Preset): boolean {
    return this.#library.all.some(
      ({ preset: mine }) =>
        (mine.id === preset.id || mine.name.startsWith(preset.name)) && this.same(mine, { ...preset, name: mine.name }),
    );
  }

  /** Adds a sound; one whose id is taken becomes a copy. False if it could not be kept: it stays on screen. */
  async add(preset: Preset, words: VersionInfo): Promise<boolean> {
    const stored = await this.#keep(preset, words);
    if (stored) this.#say(libraryTexts.added(stored.preset.name), stored);
    return stored !== null;
  }

  /** How many of them could not be kept. */
  async addMany(presets: readonly Preset[]): Promise<number> {
    let failed = 0;
    for (const preset of presets) if (!(await this.#keep(preset))) failed += 1;
    const added = presets.length - failed;
    if (added > 0) this.#library.toasts.say(libraryTexts.addedMany(added));
    return failed;
  }

  /** Theirs takes the place of mine, which becomes an earlier version. Unsaved changes to mine are set aside first. */
  async replaceWith(preset: Preset, words: VersionInfo): Promise<boolean> {
    const { keeper, session } = this.#library;
    const mine = keeper.presets.find((one) => one.preset.id === preset.id);
    if (!mine) return this.add(preset, words);
    const name = this.#library.nameFor(preset.name, preset.id);
    const stored = await this.#put({ ...preset, name }, mine, words);
    if (!stored) return false;
    this.#say(libraryTexts.replaced(stored.preset.name), stored);
    session.endListening();
    return true;
  }

  /** An earlier version takes the place of the one of now, which becomes an earlier version itself. */
  async restore(sound: Sound, version: StoredPreset): Promise<boolean> {
    const now = this.#library.keeper.presets.find((one) => one.preset.id === sound.id);
    if (!now) return false;
    const stored = await this.#put({ ...version.preset, id: sound.id }, now, version);
    if (stored) this.#library.toasts.say(libraryTexts.asItWas(stored.preset.name));
    return stored !== null;
  }

  /** Takes a sound that was sent up for shaping, inside the limits that came with it. Nothing is kept by that. */
  adjust({ from, bounds, preset }: SharedPreset): void {
    this.#library.setAside(true);
    this.#library.session.openReceived({ from, bounds, preset });
  }

  #keep(preset: Preset, words?: VersionInfo): Promise<StoredPreset | null> {
    const id = this.#library.twinOf(preset) ? newId() : preset.id;
    return this.#library.keeper.keep({ ...preset, id, name: this.#library.nameFor(preset.name) }, null, words);
  }

  async #put(preset: Preset, before: StoredPreset, { by, note }: VersionInfo): Promise<StoredPreset | null> {
    const { keeper, session } = this.#library;
    const isOpen = session.presetId === preset.id;
    if (isOpen) this.#library.setAside(false);
    const stored = await keeper.keep(preset, before.revision, { by, note });
    if (!stored) return null;
    if (isOpen) session.open(stored.preset, stored.revision);
    return stored;
  }

  #say(text: string, stored: StoredPreset): void {
    this.#library.toasts.say(text, this.#library.openAction(stored));
  }
}
