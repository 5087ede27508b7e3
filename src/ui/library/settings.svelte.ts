// Small choices of this device: theme, volume, which sounds must never play. Kept in the store, read with care.
import { cleanName } from '../../presets/text.ts';
import type { PresetStore } from '../../presets/storeInterface.ts';

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

  readonly #store: PresetStore;
  /** What a newer version may have written beside ours: handed back untouched. */
  #others: Record<string, unknown> = {};

  constructor(store: PresetStore) {
    this.#store = store;
  }

  async load(): Promise<void> {
    const found = await this.#store.loadSettings().catch(() => ({}));
    this.#take(found);
    this.loaded = true;
    this.onChange();
  }

  /** Changes some choices and writes them down. A failed write keeps them for this visit. */
  async change(values: Partial<Omit<Settings, 'loaded' | 'load' | 'change' | 'isNever' | 'onChange'>>): Promise<void> {
    Object.assign(this, values);
    this.onChange();
    const { theme, volume, oneEar, never, welcomed, sender, favourites, aside } = this;
    const {
      night,
      nightRun,
      nights,
      keepNights,
      nightRead,
      eco,
      discreet,
      screenOn,
      practice,
      morningLeft,
      backupAt,
      backupLeft,
    } = this;
    const ours = {
      ...{ theme, volume, oneEar, never, welcomed, sender, favourites, aside },
      ...{
        night,
        nightRun,
        nights,
        keepNights,
        nightRead,
        eco,
        discreet,
        screenOn,
        practice,
        morningLeft,
        backupAt,
        backupLeft,
      },
    };
    // A plain copy: reactive values cannot be stored.
    const plain = JSON.parse(JSON.stringify({ ...this.#others, ...ours })) as Record<string, unknown>;
    await this.#store.saveSettings(plain).catch(() => undefined);
  }

  isNever(trigger: string): boolean {
    return this.never.includes(trigger);
  }

  #take(found: Record<string, unknown>): void {
    const { theme, volume, oneEar, never, welcomed, sender, favourites, aside, ...more } = found;
    const {
      night,
      nightRun,
      nights,
      keepNights,
      nightRead,
      eco,
      discreet,
      screenOn,
      practice,
      morningLeft,
      backupAt,
      backupLeft,
      ...others
    } = more;
    this.#others = others;
    this.night = night;
    this.nightRun = nightRun;
    this.nights = Array.isArray(nights) ? nights : [];
    if (typeof keepNights === 'boolean') this.keepNights = keepNights;
    if (typeof nightRead === 'boolean') this.nightRead = nightRead;
    if (typeof eco === 'boolean') this.eco = eco;
    if (typeof discreet === 'boolean') this.discreet = discreet;
    if (typeof screenOn === 'boolean') this.screenOn = screenOn;
    if (typeof practice === 'boolean') this.practice = practice;
    if (typeof morningLeft === 'string') this.morningLeft = morningLeft.slice(0, 10);
    if (typeof backupAt === 'string') this.backupAt = backupAt.slice(0, 30);
    if (typeof backupLeft === 'string') this.backupLeft = backupLeft.slice(0, 10);
    this.theme = THEMES.find((known) => known === theme) ?? this.theme;
    if (typeof volume === 'number' && volume >= 0 && volume <= 1) this.volume = volume;
    if (typeof oneEar === 'boolean') this.oneEar = oneEar;
    if (typeof welcomed === 'boolean') this.welcomed = welcomed;
    if (typeof sender === 'string') this.sender = cleanName(sender).text;
    this.never = texts(never);
    this.favourites = texts(favourites);
    this.aside = Array.isArray(aside) ? aside : [];
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
