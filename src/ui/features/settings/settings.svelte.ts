// Settings of this device as reactive state: loaded once, saved after every change, each value checked as it is read.
import { sanitizeName } from '../../../formats/text.ts';
import { Signal } from '../../../lib/signal.ts';
import type { SettingsStore } from '../../../storage/settingsStore.ts';

export type Theme = 'dark' | 'day' | 'system';
/** All themes, in the order of the settings dialog. */
export const THEMES: readonly Theme[] = ['dark', 'day', 'system'];

const DEFAULT_VOLUME = 0.5;
const MAX_TIMESTAMP_CHARS = 30;

/** The values that are stored. */
export type SettingsValues = Pick<Settings, keyof typeof FIELDS>;

/** Settings of this device. A failed write keeps a change for this visit. */
export class Settings {
  theme: Theme = $state('dark');
  /** 0…1. */
  volume: number = $state(DEFAULT_VOLUME);
  /** One ear or one speaker: every sound is played in mono, whatever its preset says. */
  oneEar: boolean = $state(false);
  /** Ids of triggers that must never sound. */
  blockedTriggers: readonly string[] = $state.raw([]);
  /** The question which triggers to block was answered. */
  onboardingDone: boolean = $state(false);
  /** Whom shared sounds are from, if the person wants that remembered. */
  sender: string = $state('');
  /** Ids of factory presets marked as favourites. */
  favourites: readonly string[] = $state.raw([]);
  /** Unsaved drafts; `UnsavedDrafts` checks each one. */
  unsavedDrafts: readonly unknown[] = $state.raw([]);
  /** What was chosen for the night; `Night` checks it. */
  nightChoices: unknown = $state.raw(null);
  /** Checkpoint of a running night, to resume it after a reload; `Night` checks it. */
  nightCheckpoint: unknown = $state.raw(null);
  /** The last nights; `Night` checks them. */
  nightLogs: readonly unknown[] = $state.raw([]);
  nightLogsEnabled: boolean = $state(true);
  /** The summary of the last night was dismissed. */
  morningSummaryRead: boolean = $state(true);
  /** Cheaper sound for old phones and long nights. */
  eco: boolean = $state(false);
  hideTitleOnLockScreen: boolean = $state(true);
  /** Practice entries are recorded. */
  practiceEnabled: boolean = $state(false);
  /** Day of the morning prompt that was dismissed last, YYYY-MM-DD; '' for none. */
  morningPromptDismissedOn: string = $state('');
  /** ISO 8601 of the last backup file; '' for none. */
  lastBackupAt: string = $state('');
  /** Day on which the backup reminder was dismissed last, YYYY-MM-DD; '' for none. */
  backupReminderDismissedOn: string = $state('');
  /** The screen stays on during a night. */
  keepScreenOn: boolean = $state(false);
  /** False until the store has answered: onboarding waits for it. */
  loaded: boolean = $state(false);

  readonly #store: Pick<SettingsStore, 'load' | 'save'>;
  readonly #changes = new Signal<void>();
  /** What a newer version may have stored beside these: saved again untouched. */
  #unknown: Record<string, unknown> = {};

  constructor(store: Pick<SettingsStore, 'load' | 'save'>) {
    this.#store = store;
  }

  /** Calls the listener after every change and after loading. Returns an unsubscribe function. */
  get subscribe(): Signal<void>['subscribe'] {
    return this.#changes.subscribe;
  }

  /** Loads the stored values. Never rejects: what cannot be read keeps its default. */
  async load(): Promise<void> {
    const stored = await this.#store.load();
    this.#assign(stored);
    this.loaded = true;
    this.#changes.emit();
  }

  /**
   * Changes some values and saves all of them. Never rejects.
   * @param values - the new values
   */
  async change(values: Partial<SettingsValues>): Promise<void> {
    Object.assign(this, values);
    this.#changes.emit();
    const known = Object.fromEntries(NAMES.map((name) => [FIELDS[name].key, this[name]]));
    // A plain copy: reactive values cannot be stored.
    const plain = JSON.parse(JSON.stringify({ ...this.#unknown, ...known })) as Record<string, unknown>;
    await this.#store.save(plain).catch(() => undefined);
  }

  /**
   * Whether a trigger must never sound.
   * @param triggerId - id of the trigger
   * @returns true for a blocked trigger
   */
  isBlocked(triggerId: string): boolean {
    return this.blockedTriggers.includes(triggerId);
  }

  #assign(stored: Record<string, unknown>): void {
    const keys = new Set<string>(NAMES.map((name) => FIELDS[name].key));
    this.#unknown = Object.fromEntries(Object.entries(stored).filter(([key]) => !keys.has(key)));
    for (const name of NAMES) {
      const { key, parse } = FIELDS[name];
      const value = parse(stored[key]);
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }
}

interface Field<Value> {
  /** Key in the store; it never changes. */
  readonly key: string;
  /** Checks what was stored; undefined keeps the default. */
  readonly parse: (value: unknown) => Value | undefined;
}

const FIELDS = {
  theme: { key: 'theme', parse: (value) => THEMES.find((known) => known === value) },
  volume: {
    key: 'volume',
    parse: (value) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined),
  },
  oneEar: { key: 'oneEar', parse: parseBoolean },
  blockedTriggers: { key: 'never', parse: parseStrings },
  onboardingDone: { key: 'welcomed', parse: parseBoolean },
  sender: { key: 'sender', parse: (value) => (typeof value === 'string' ? sanitizeName(value).text : undefined) },
  favourites: { key: 'favourites', parse: parseStrings },
  unsavedDrafts: { key: 'aside', parse: parseList },
  nightChoices: { key: 'night', parse: parseAnything },
  nightCheckpoint: { key: 'nightRun', parse: parseAnything },
  nightLogs: { key: 'nights', parse: parseList },
  nightLogsEnabled: { key: 'keepNights', parse: parseBoolean },
  morningSummaryRead: { key: 'nightRead', parse: parseBoolean },
  eco: { key: 'eco', parse: parseBoolean },
  hideTitleOnLockScreen: { key: 'discreet', parse: parseBoolean },
  keepScreenOn: { key: 'screenOn', parse: parseBoolean },
  practiceEnabled: { key: 'practice', parse: parseBoolean },
  morningPromptDismissedOn: { key: 'morningLeft', parse: parseDay },
  lastBackupAt: {
    key: 'backupAt',
    parse: (value) => (typeof value === 'string' ? value.slice(0, MAX_TIMESTAMP_CHARS) : undefined),
  },
  backupReminderDismissedOn: { key: 'backupLeft', parse: parseDay },
} satisfies { [Name in keyof Settings]?: Field<Settings[Name]> };
const NAMES = Object.keys(FIELDS) as (keyof typeof FIELDS)[];

function parseBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function parseDay(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 10) : undefined;
}

function parseStrings(value: unknown): readonly string[] {
  return parseList(value).filter((item) => typeof item === 'string');
}

function parseList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parseAnything(value: unknown): unknown {
  return value ?? null;
}
