// Small choices of this device: theme, volume, which sounds must never play. Kept in the store, read with care.
import { sanitizeName } from '../../../formats/text.ts';
import type { SettingsStore } from '../../../storage/settingsStore.ts';

export type Theme = 'dark' | 'day' | 'system';
export const THEMES: readonly Theme[] = ['dark', 'day', 'system'];

const DEFAULT_VOLUME = 0.5;

export class Settings {
  theme: Theme = $state('dark');
  /** 0…1. */
  volume: number = $state(DEFAULT_VOLUME);
  /** One ear or one speaker: every sound is played in mono, whatever its preset says. */
  oneEar: boolean = $state(false);
  /** Ids of triggers that must never sound. */
  never: readonly string[] = $state.raw([]);
  /** The welcome was read. */
  welcomed: boolean = $state(false);
  /** Who sounds are sent from, if the person asked to be remembered. */
  sender: string = $state('');
  /** Ids of factory presets marked as favourites. */
  favourites: readonly string[] = $state.raw([]);
  /** Unsaved sounds set aside; the shelf that shows them checks each one. */
  aside: readonly unknown[] = $state.raw([]);
  /** What was chosen for the night; the night checks it. */
  night: unknown = $state.raw(null);
  /** A night that runs, for after a reload; the night checks it. */
  nightRun: unknown = $state.raw(null);
  /** The last nights; the morning's line checks them. */
  nights: readonly unknown[] = $state.raw([]);
  keepNights: boolean = $state(true);
  /** The line of the last night has been read. */
  nightRead: boolean = $state(true);
  /** Cheaper sound for old phones and long nights. */
  eco: boolean = $state(false);
  /** No names of sounds on the lock screen. */
  discreet: boolean = $state(true);
  /** A practice record is kept. */
  practice: boolean = $state(false);
  /** The day, YYYY-MM-DD, whose morning questions were left. */
  morningLeft: string = $state('');
  /** ISO 8601 of the last backup file, '' for none. */
  backupAt: string = $state('');
  /** The day, YYYY-MM-DD, on which a backup was left for later. */
  backupLeft: string = $state('');
  /** Keep the dark screen on. */
  screenOn: boolean = $state(false);
  /** False until the store has answered: the welcome waits for it. */
  loaded: boolean = $state(false);

  /** Called after every change and after loading: the open sound follows volume, one ear and the never-list. */
  onChange: () => void = () => undefined;

  readonly #store: SettingsStore;
  /** What a newer version may have written beside ours: handed back untouched. */
  #others: Record<string, unknown> = {};

  constructor(store: SettingsStore) {
    this.#store = store;
  }

  async load(): Promise<void> {
    const found = await this.#store.load();
    this.#take(found);
    this.loaded = true;
    this.onChange();
  }

  /** Changes some choices and writes them down. A failed write keeps them for this visit. */
  async change(values: Partial<Omit<Settings, 'loaded' | 'load' | 'change' | 'isNever' | 'onChange'>>): Promise<void> {
    Object.assign(this, values);
    this.onChange();
    const ours = Object.fromEntries(KEPT.map((key) => [key, this[key]]));
    // A plain copy: reactive values cannot be stored.
    const plain = JSON.parse(JSON.stringify({ ...this.#others, ...ours })) as Record<string, unknown>;
    await this.#store.save(plain).catch(() => undefined);
  }

  isNever(trigger: string): boolean {
    return this.never.includes(trigger);
  }

  #take(found: Record<string, unknown>): void {
    this.#others = Object.fromEntries(Object.entries(found).filter(([key]) => !Object.hasOwn(READ, key)));
    for (const key of KEPT) {
      const value = READ[key](found[key]);
      if (value !== undefined) Object.assign(this, { [key]: value });
    }
  }
}

/** How each choice is read back from the store; undefined leaves it as it is. */
const READ = {
  theme: (value) => THEMES.find((known) => known === value),
  volume: (value) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined),
  oneEar: yesOrNo,
  never: words,
  welcomed: yesOrNo,
  sender: (value) => (typeof value === 'string' ? sanitizeName(value).text : undefined),
  favourites: words,
  aside: list,
  night: anything,
  nightRun: anything,
  nights: list,
  keepNights: yesOrNo,
  nightRead: yesOrNo,
  eco: yesOrNo,
  discreet: yesOrNo,
  screenOn: yesOrNo,
  practice: yesOrNo,
  morningLeft: day,
  backupAt: (value) => (typeof value === 'string' ? value.slice(0, 30) : undefined),
  backupLeft: day,
} satisfies Partial<{ [Key in keyof Settings]: (value: unknown) => Settings[Key] | undefined }>;
const KEPT = Object.keys(READ) as (keyof typeof READ)[];

function yesOrNo(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 10) : undefined;
}

function words(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === 'string');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whoever uses it looks closely. */
function anything(value: unknown): unknown {
  return value ?? null;
}
