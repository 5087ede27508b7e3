// Practice: entries of this device, off until enabled. Sessions and nights record themselves; ratings are prompted for.
import type { AudioHost } from '../../../audio/types.ts';
import { dayOf, entryDay, MAX_MINUTES, restoreEntry, utcOffsetMin } from '../../../formats/practiceEntry.ts';
import type { MorningEntry, PracticeEntry, SessionEntry } from '../../../formats/practiceEntry.ts';
import { newId } from '../../../formats/text.ts';
import type { PracticeStore } from '../../../storage/practiceStore.ts';
import type { StorageHealth } from '../../../storage/storageHealth.ts';
import type { Scene } from '../../../synth/index.ts';
import { appMessages } from '../../messages/app.ts';
import { describeScene } from '../../describeScene.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import type { SceneEditor } from '../editor/sceneEditor.svelte.ts';
import type { SavedPresets } from '../library/savedPresets.svelte.ts';
import type { Night } from '../night/night.svelte.ts';
import type { NightLog } from '../night/nightLog.ts';
import type { Player } from '../player/player.svelte.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { ListeningTracker } from './listeningTracker.ts';
import type { Listened } from './listeningTracker.ts';

/** What the practice needs. */
export interface PracticeOptions {
  readonly host: AudioHost;
  readonly settings: Settings;
  readonly editor: Pick<SceneEditor, 'presetId' | 'name' | 'scene'>;
  readonly player: Pick<Player, 'sounding' | 'previewed'>;
  readonly savedPresets: Pick<SavedPresets, 'find' | 'findRecord'>;
  readonly night: Pick<Night, 'subscribe'>;
  readonly toasts: Pick<Toasts, 'show'>;
  readonly store: PracticeStore;
  readonly health: Pick<StorageHealth, 'assertWritable'>;
}

/** Shorter listening is trying out, not a session. */
const MIN_SESSION_MS = 60_000;
/** From one session to the prompt before the next. */
const PROMPT_REST_MS = 10 * 60_000;
/** A rating that rose by this much gets a kind word. */
const WORSE_BY = 2;
/** Hours of the day between which the morning prompt is shown. */
const MORNING_FROM_HOUR = 4;
const MORNING_UNTIL_HOUR = 14;

const messages = appMessages.practice;

/** Which prompt is shown, if any; every one can be skipped. */
export type Prompt = 'before' | 'after' | 'morning' | 'gotWorse' | null;

/** Practice entries, and the prompt that is shown now. */
export class Practice {
  entries: readonly PracticeEntry[] = $state.raw([]);
  /** Number of stored entries that could not be read; they are left untouched. */
  unreadable = $state(0);
  /** The store did not answer. */
  loadFailed = $state(false);
  /** The session that has just ended, still to be rated. */
  rating: SessionEntry | null = $state.raw(null);
  /** Rating before the session to come. */
  before: number | null = $state(null);
  /** The rating after the last session was much higher than before it. */
  gotWorse = $state(false);
  #promptDismissed = $state(false);
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  readonly #options: PracticeOptions;

  /** The prompt to show. */
  readonly prompt: Prompt = $derived.by(() => {
    const { settings, player } = this.#options;
    if (!settings.practiceEnabled) return null;
    if (this.gotWorse) return 'gotWorse';
    if (this.rating) return 'after';
    if (this.#wantsMorning) return 'morning';
    return player.sounding || this.#promptDismissed ? null : 'before';
  });

  constructor(options: PracticeOptions) {
    this.#options = options;
    const { host, player, night, store } = options;
    store.subscribe(() => void this.load());
    new ListeningTracker(host, {
      isPreview: () => player.previewed !== null,
      onListened: (listened, ended) => void this.#addSession(listened, ended),
    });
    night.subscribe((log) => void this.#addNight(log));
  }

  get enabled(): boolean {
    return this.#options.settings.practiceEnabled;
  }

  /** Loads the entries. Never rejects: what was shown stays when nothing can be read. */
  async load(): Promise<void> {
    try {
      const { entries, unreadable } = await this.#options.store.list();
      this.#set(entries);
      this.unreadable = unreadable;
      this.loadFailed = false;
    } catch (error) {
      console.error('practice:', error);
      this.loadFailed = true;
    }
  }

  async setEnabled(enabled: boolean): Promise<void> {
    await this.#options.settings.change({ practiceEnabled: enabled });
  }

  /**
   * Answers the prompt before a session.
   * @param value - the rating; null: skipped
   */
  answerBefore(value: number | null): void {
    this.before = value;
    this.#promptDismissed = true;
  }

  /** Skips the prompt that is shown. */
  skip(): void {
    const { prompt } = this;
    if (prompt === 'before') this.answerBefore(null);
    else if (prompt === 'after') this.rating = null;
    else if (prompt === 'gotWorse') this.gotWorse = false;
    else if (prompt === 'morning') void this.#options.settings.change({ morningPromptDismissedOn: dayOf(new Date()) });
  }

  /**
   * Answers the prompt after a session.
   * @param values - the ratings; any may be left out
   */
  async rate(values: Partial<Pick<SessionEntry, 'after' | 'tingles' | 'again' | 'note'>>): Promise<void> {
    const entry = this.rating;
    this.rating = null;
    if (!entry) return;
    const rated = { ...entry, ...values };
    await this.save(rated);
    this.gotWorse = rated.before !== null && rated.after !== null && rated.after - rated.before >= WORSE_BY;
  }

  /**
   * Answers the morning prompt.
   * @param values - about the night before
   */
  async answerMorning(values: Omit<MorningEntry, 'kind' | 'id' | 'day'>): Promise<void> {
    const day = dayOf(new Date());
    await this.save({ kind: 'morning', id: `morning-${day}`, day, ...values });
  }

  /**
   * Saves entries; those of the same id are replaced. A failure is shown as a notice.
   * @param entries - the entries
   */
  async save(...entries: readonly PracticeEntry[]): Promise<void> {
    const restored = entries.map(restoreEntry).flatMap((one) => (one.ok ? [one.entry] : []));
    const ids = new Set(restored.map(({ id }) => id));
    this.#set([...this.entries.filter(({ id }) => !ids.has(id)), ...restored]);
    await this.#write(() => this.#options.store.save(restored), messages.notSaved());
  }

  /**
   * Deletes entries; the notice offers to undo it.
   * @param entries - the entries
   */
  async remove(...entries: readonly PracticeEntry[]): Promise<void> {
    const { store, toasts } = this.#options;
    const ids = new Set(entries.map(({ id }) => id));
    this.#set(this.entries.filter(({ id }) => !ids.has(id)));
    const removed = await this.#write(() => store.remove([...ids]), messages.notRemoved());
    if (!removed) return this.load();
    toasts.show(messages.removed({ count: entries.length }), {
      label: messages.undo(),
      run: () => void this.save(...entries),
    });
  }

  async #write(write: () => Promise<void>, problem: string): Promise<boolean> {
    const { health, toasts } = this.#options;
    try {
      health.assertWritable();
      await write();
      return true;
    } catch (error) {
      console.error('practice:', error);
      toasts.show(problem);
      return false;
    }
  }

  #set(entries: readonly PracticeEntry[]): void {
    this.entries = [...entries].sort((a, b) => timeOf(b) - timeOf(a));
  }

  /** Also after a night without listening: only then can one be compared with the other. */
  get #wantsMorning(): boolean {
    const { settings, player } = this.#options;
    const now = new Date();
    const today = dayOf(now);
    if (now.getHours() < MORNING_FROM_HOUR || now.getHours() >= MORNING_UNTIL_HOUR || player.sounding) return false;
    if (this.loadFailed || settings.morningPromptDismissedOn === today) return false;
    return !this.entries.some((entry) => entry.kind === 'morning' && entryDay(entry) === today);
  }

  async #addSession({ id, startedMs, endedMs, interruptions }: Listened, ended: boolean): Promise<void> {
    if (!this.enabled || (endedMs - startedMs < MIN_SESSION_MS && this.before === null)) return;
    const { presetId, name, scene } = this.#options.editor;
    const facts = { id, mode: 'day', timerMinutes: null, interruptions } as const;
    const entry = this.#createEntry(startedMs, endedMs, { presetId, name, scene }, facts);
    if (ended) {
      this.before = null;
      this.#restPrompt();
      this.rating = entry;
    }
    await this.save(entry);
  }

  /** Nothing is prompted for at the end of a night; an entry can be rated any time. */
  async #addNight({ startedMs, endedMs, presetId, name, timerMinutes, interruptions }: NightLog): Promise<void> {
    if (!this.enabled || endedMs - startedMs < MIN_SESSION_MS) return;
    const { editor, savedPresets } = this.#options;
    const preset = savedPresets.find(presetId)?.preset;
    const scene = editor.presetId === presetId && editor.name === name ? editor.scene : (preset?.scene ?? null);
    const facts = { id: newId(), mode: 'sleep', timerMinutes, interruptions: interruptions.length } as const;
    const entry = this.#createEntry(startedMs, endedMs, { presetId, name, scene }, facts);
    this.before = null;
    this.#restPrompt();
    await this.save(entry);
  }

  /** Right after a session there is no prompt for the next one. */
  #restPrompt(): void {
    this.#promptDismissed = true;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#promptDismissed = false;
    }, PROMPT_REST_MS);
  }

  #createEntry(
    startedMs: number,
    endedMs: number,
    { presetId, name, scene }: { presetId: string | null; name: string; scene: Scene | null },
    facts: Pick<SessionEntry, 'id' | 'mode' | 'timerMinutes' | 'interruptions'>,
  ): SessionEntry {
    const started = new Date(startedMs);
    return {
      kind: 'session',
      ...facts,
      startedAt: started.toISOString(),
      utcOffsetMin: utcOffsetMin(started),
      minutes: Math.min(MAX_MINUTES, Math.round((endedMs - startedMs) / 6000) / 10),
      presetId: presetId ?? '',
      presetName: name,
      presetWords: scene ? describeScene(scene) : '',
      presetRevision: this.#options.savedPresets.findRecord(presetId)?.revision ?? null,
      before: this.before,
      after: null,
      tingles: null,
      again: null,
      note: '',
    };
  }
}

function timeOf(entry: PracticeEntry): number {
  return entry.kind === 'session' ? Date.parse(entry.startedAt) : Date.parse(`${entry.day}T12:00:00`);
}
