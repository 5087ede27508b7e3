// What was sent, on its way in: looked at one by one, silently; nothing is kept before the person says so.
import { looksLikeLink } from '../../../formats/link/framing.ts';
import { presetWithoutDetails } from '../../../formats/sharedPreset.ts';
import type { SharedPreset } from '../../../formats/sharedPreset.ts';
import type { Preset } from '../../../formats/preset.ts';
import { libraryTexts } from '../library/texts.ts';

/** How it came. */
export type Way = 'file' | 'link' | 'code' | 'pasted';

interface Arrived {
  readonly way: Way;
  /** The file's name, or how it came, in words. */
  readonly source: string;
}

/** One sound with the words that go with it. A preset without any is a parcel from nobody. */
export interface ReceivedSound extends Arrived {
  readonly kind: 'sound';
  readonly parcel: SharedPreset;
  readonly warnings: readonly string[];
}

export interface ReceivedSounds extends Arrived {
  readonly kind: 'sounds';
  readonly presets: readonly Preset[];
  /** What of it could not be read, in words. */
  readonly problems: readonly string[];
}

export interface ReceivedLocked extends Arrived {
  readonly kind: 'locked';
  open(
    passphrase: string,
  ): Promise<{ readonly ok: true; readonly received: Received } | { readonly ok: false; readonly problem: string }>;
}

export interface ReceivedRefusal extends Arrived {
  readonly kind: 'refused';
  readonly problem: string;
}

export type Received = ReceivedSound | ReceivedSounds | ReceivedLocked | ReceivedRefusal;

/** Whether pasted text is worth a look: a preset is one JSON object, a link has its own mark. */
export function looksLikePreset(text: string): boolean {
  return /^\s*\{/.test(text) || looksLikeLink(text);
}

export class Imports {
  /** Waiting to be looked at; the first is on screen. */
  waiting: readonly Received[] = $state.raw([]);
  /** One of several, looked at by itself. */
  closer: ReceivedSound | null = $state.raw(null);
  /** How many came together, and which one is on screen, from 1. */
  total: number = $state(0);
  readonly current: Received | null = $derived(this.closer ?? this.waiting[0] ?? null);
  readonly position: number = $derived(this.total - this.waiting.length + 1);
  /** Ids of sounds not wanted from the bundle on screen. */
  left: readonly string[] = $state.raw([]);

  /** Counts up with every link: an answer that comes late is dropped. */
  #link = 0;

  async takeFiles(files: readonly File[]): Promise<void> {
    const items: Received[] = [];
    for (const file of files) items.push(await readBlob(file));
    this.#take(items);
  }

  async takeText(text: string, way: Way = 'pasted'): Promise<void> {
    this.#take([await readText(text, way)]);
  }

  /** A link replaces what is on screen: of many in a row only the last is looked at. False when another came meanwhile. */
  async takeLink(text: string): Promise<boolean> {
    this.#link += 1;
    const turn = this.#link;
    const item = await readText(text, 'link');
    if (turn !== this.#link) return false;
    this.clear();
    this.#take([item]);
    return true;
  }

  /** The one on screen turned out to be this, once it was unlocked. */
  replaceCurrent(item: Received, by: Received): void {
    if (this.waiting[0] === item) this.waiting = [by, ...this.waiting.slice(1)];
  }

  lookAt({ way, source }: ReceivedSounds, preset: Preset): void {
    this.closer = { kind: 'sound', way, source, parcel: presetWithoutDetails(preset), warnings: [] };
  }

  /** The one on screen is settled, one way or the other. */
  next(): void {
    if (this.closer) {
      this.closer = null;
      return;
    }
    this.left = [];
    this.waiting = this.waiting.slice(1);
    if (this.waiting.length === 0) this.total = 0;
  }

  clear(): void {
    this.closer = null;
    this.left = [];
    this.waiting = [];
    this.total = 0;
  }

  #take(items: readonly Received[]): void {
    this.waiting = [...this.waiting, ...items];
    this.total += items.length;
  }
}

// Everything that reads what was sent is loaded behind the first paint, or with the first that comes.

async function readBlob(file: File): Promise<Received> {
  try {
    const receive = await import('./importReader.ts');
    return await receive.readBlob(file, file.name);
  } catch (error) {
    return notLoaded('file', libraryTexts.fromFile(file.name), error);
  }
}

async function readText(text: string, way: Way): Promise<Received> {
  try {
    const receive = await import('./importReader.ts');
    return await receive.readText(text, way);
  } catch (error) {
    return notLoaded(way, '', error);
  }
}

function notLoaded(way: Way, source: string, error: unknown): ReceivedRefusal {
  console.error('receive:', error);
  return { kind: 'refused', way, source, problem: libraryTexts.readerMissing };
}
