// Import queue: files, links, codes and pasted text, read one by one and shown in the import dialog. Nothing is saved or played by that.
import { looksLikeLink } from '../../../formats/link/framing.ts';
import type { Preset } from '../../../formats/preset.ts';
import { presetWithoutDetails } from '../../../formats/sharedPreset.ts';
import type { AppState } from '../../app/appState.svelte.ts';
import { libraryTexts } from '../library/texts.ts';
import type { Player } from '../player/player.svelte.ts';
import type { ImportItem, ImportSource, ReceivedBundle, ReceivedError, ReceivedPreset } from './importItem.ts';

/**
 * Whether pasted text may hold a preset: one JSON object, or a link.
 * @param text - any text
 * @returns true if it is worth importing
 */
export function looksLikePreset(text: string): boolean {
  return /^\s*\{/.test(text) || looksLikeLink(text);
}

/** What waits to be looked at; the first is on screen. */
export class ImportQueue {
  waiting: readonly ImportItem[] = $state.raw([]);
  /** One preset of a bundle, looked at by itself. */
  preview: ReceivedPreset | null = $state.raw(null);
  /** How many came together. */
  total: number = $state(0);
  /** The one on screen. */
  readonly current: ImportItem | null = $derived(this.preview ?? this.waiting[0] ?? null);
  /** Which one of `total` is on screen, from 1. */
  readonly position: number = $derived(this.total - this.waiting.length + 1);
  /** Ids of presets that are not to be added from the bundle on screen. */
  deselectedIds: readonly string[] = $state.raw([]);

  readonly #appState: Pick<AppState, 'openDialog'>;
  readonly #player: Pick<Player, 'endPreview'>;
  /** Counts up with every link: a late result is dropped. */
  #linkRequest = 0;

  constructor(appState: Pick<AppState, 'openDialog'>, player: Pick<Player, 'endPreview'>) {
    this.#appState = appState;
    this.#player = player;
  }

  /**
   * Reads files from the picker, a drop or the clipboard, and shows them. Never rejects.
   * @param files - the files
   */
  async importFiles(files: readonly File[]): Promise<void> {
    const items: ImportItem[] = [];
    for (const file of files) items.push(await readFile(file));
    this.#add(items);
    if (this.current) this.#appState.openDialog('import');
  }

  /**
   * Reads pasted text or the text of a code, and shows it. Never rejects.
   * @param text - the text
   * @param from - where it came from
   */
  async importText(text: string, from: ImportSource = 'pasted'): Promise<void> {
    this.#add([await readText(text, from)]);
    this.#appState.openDialog('import');
  }

  /**
   * Reads a link, and shows it in place of what is on screen. Of many in a row only the last is shown. Never rejects.
   * @param fragment - the fragment of the address
   */
  async importLink(fragment: string): Promise<void> {
    this.#linkRequest += 1;
    const request = this.#linkRequest;
    const item = await readText(fragment, 'link');
    if (request !== this.#linkRequest) return;
    this.clear();
    this.#add([item]);
    this.#player.endPreview();
    this.#appState.openDialog('import');
  }

  /**
   * Puts what was decrypted in place of the encrypted item.
   * @param item - the item on screen
   * @param decrypted - what it holds
   */
  replaceCurrent(item: ImportItem, decrypted: ImportItem): void {
    if (this.waiting[0] === item) this.waiting = [decrypted, ...this.waiting.slice(1)];
  }

  /**
   * Shows one preset of a bundle by itself.
   * @param bundle - the bundle on screen
   * @param preset - one of its presets
   */
  showPreview({ from, source }: ReceivedBundle, preset: Preset): void {
    this.preview = { kind: 'preset', from, source, parcel: presetWithoutDetails(preset), warnings: [] };
  }

  /** The one on screen is done with. */
  next(): void {
    if (this.preview) {
      this.preview = null;
      return;
    }
    this.deselectedIds = [];
    this.waiting = this.waiting.slice(1);
    if (this.waiting.length === 0) this.total = 0;
  }

  clear(): void {
    this.preview = null;
    this.deselectedIds = [];
    this.waiting = [];
    this.total = 0;
  }

  #add(items: readonly ImportItem[]): void {
    this.waiting = [...this.waiting, ...items];
    this.total += items.length;
  }
}

// The reader is loaded after the first paint, or with the first import.

async function readFile(file: File): Promise<ImportItem> {
  try {
    const reader = await import('./importReader.ts');
    return await reader.readBlob(file, file.name);
  } catch (error) {
    return notLoaded('file', libraryTexts.fromFile(file.name), error);
  }
}

async function readText(text: string, from: ImportSource): Promise<ImportItem> {
  try {
    const reader = await import('./importReader.ts');
    return await reader.readText(text, from);
  } catch (error) {
    return notLoaded(from, '', error);
  }
}

function notLoaded(from: ImportSource, source: string, error: unknown): ReceivedError {
  console.error('import:', error);
  return { kind: 'error', from, source, problem: libraryTexts.readerMissing };
}
