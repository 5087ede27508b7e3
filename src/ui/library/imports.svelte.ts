// Files on their way in: looked at one by one, silently; nothing is kept before the person says so.
import type { Preset } from '../../presets/preset.ts';
import { readPresetBlob, readPresetFile } from '../../presets/restore.ts';
import type { Restored } from '../../presets/restore.ts';
import { libraryTexts } from './texts.ts';

export type ImportItem =
  | { readonly ok: true; readonly from: string; readonly preset: Preset; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly from: string; readonly problem: string };

function shown(from: string, read: Restored<{ readonly preset: Preset }>): ImportItem {
  return read.ok
    ? { ok: true, from, preset: read.preset, warnings: read.warnings }
    : { ok: false, from, problem: read.error.message };
}

/** Whether pasted text is worth a look: a preset is one JSON object. */
export function looksLikePreset(text: string): boolean {
  return /^\s*\{/.test(text);
}

export class Imports {
  /** Waiting to be looked at; the first is on screen. */
  waiting: readonly ImportItem[] = $state.raw([]);
  /** How many came together, and which one is on screen, from 1. */
  total: number = $state(0);
  readonly current: ImportItem | null = $derived(this.waiting[0] ?? null);
  readonly position: number = $derived(this.total - this.waiting.length + 1);

  async takeFiles(files: readonly File[]): Promise<void> {
    const items: ImportItem[] = [];
    for (const file of files) items.push(shown(file.name, await readPresetBlob(file)));
    this.#take(items);
  }

  takeText(text: string): void {
    this.#take([shown(libraryTexts.pasted, readPresetFile(new TextEncoder().encode(text)))]);
  }

  /** The one on screen is settled, one way or the other. */
  next(): void {
    this.waiting = this.waiting.slice(1);
    if (this.waiting.length === 0) this.total = 0;
  }

  clear(): void {
    this.waiting = [];
    this.total = 0;
  }

  #take(items: readonly ImportItem[]): void {
    this.waiting = [...this.waiting, ...items];
    this.total += items.length;
  }
}
