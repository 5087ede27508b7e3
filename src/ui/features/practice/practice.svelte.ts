// The practice record on this device: off until switched on; sessions note themselves, ratings are asked for gently.
import { describeScene } from '../../describeScene.ts';
import type { Scene } from '../../../synth/index.ts';
import { dayOf, entryDay, MAX_MINUTES, restoreEntry, utcOffsetMin } from '../../../formats/practiceEntry.ts';
import { onAllDataDeleted } from '../../../storage/deleteAllData.ts';
import type { MorningEntry, PracticeEntry, SessionEntry } from '../../../formats/practiceEntry.ts';
import type { AppStorage } from '../../../storage/openStorage.ts';
import { newId } from '../../../formats/text.ts';
import type { Library } from '../library/library.svelte.ts';
import type { NightLog } from '../night/nightLog.ts';
import type { Night } from '../night/night.svelte.ts';
import { Listening } from './listeningTracker.ts';
import type { Listened } from './listeningTracker.ts';
import { practiceTexts as texts } from './texts.ts';
import type { Session } from '../editor/session.svelte.ts';

/** Shorter listening is trying out, not a session. */
const SHORTEST_MS = 60_000;
/** From one session to the question before the next. */
const REST_MS = 10 * 60_000;
/** A rise of so much wants a kind word. */
const RISE = 2;
/** Mornings are asked about between these hours. */
const MORNING_FROM = 4;
const MORNING_UNTIL = 14;

/** What is asked about now, if anything: never a wall, always to be left out. */
export type Asking = 'before' | 'after' | 'morning' | 'rise' | null;

export class Practice {
  entries: readonly PracticeEntry[] = $state.raw([]);
  unreadable = $state(0);
  /** The storage did not answer. */
  notRead = $state(false);
  /** The session that has just ended, still to be rated. */
  rating: SessionEntry | null = $state.raw(null);
  /** Said before this session. */
  before: number | null = $state(null);
  /** A passing kind word after a rise. */
  rise = $state(false);
  /** Everything here was deleted, on this page or another. */
  erased = $state(false);
  #leftBefore = $state(false);
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  readonly session: Session;
  readonly library: Library;
  readonly storage: AppStorage;

  constructor(session: Session, library: Library, night: Night) {
    this.session = session;
    this.library = library;
    this.storage = library.storage;
    this.storage.practice.subscribe(() => void this.load());
    new Listening(session.host, {
      tryingOut: () => session.audition !== null,
      listened: (listened, over) => void this.#addSession(listened, over),
    });
    night.onNight = (log) => void this.#addNight(log);
    library.handing.record = () => this.entries;
    onAllDataDeleted(this.storage.database, () => {
      this.showErased();
    });
  }

  get on(): boolean {
    return this.session.settings.practice;
  }

  readonly asking: Asking = $derived.by(() => {
    if (!this.session.settings.practice) return null;
    if (this.rise) return 'rise';
    if (this.rating) return 'after';
    if (this.#wantsMorning) return 'morning';
    return this.session.sounding || this.#leftBefore ? null : 'before';
  });

  /** Never rejects: what was shown stays when nothing can be read. */
  async load(): Promise<void> {
    try {
      const { entries, unreadable } = await this.storage.practice.list();
      this.#show(entries);
      this.unreadable = unreadable;
      this.notRead = false;
    } catch (error) {
      console.error('practice:', error);
      this.notRead = true;
    }
  }

  async switchOn(on: boolean): Promise<void> {
    await this.session.settings.change({ practice: on });
  }

  sayBefore(value: number | null): void {
    this.before = value;
    this.#leftBefore = true;
  }

  showErased(): void {
    this.session.stop();
    this.erased = true;
  }

  /** What is asked now is left out. */
  leave(): void {
    if (this.asking === 'before') this.sayBefore(null);
    else if (this.asking === 'after') this.rating = null;
    else if (this.asking === 'rise') this.rise = false;
    else if (this.asking === 'morning') void this.session.settings.change({ morningLeft: dayOf(new Date()) });
  }

  /** After a session; anything may be left out. A rise gets a kind word, and stays in the record like everything else. */
  async rate(values: Partial<Pick<SessionEntry, 'after' | 'tingles' | 'again' | 'note'>>): Promise<void> {
    const entry = this.rating;
    this.rating = null;
    if (!entry) return;
    const rated = { ...entry, ...values };
    await this.keep(rated);
    this.rise = rated.before !== null && rated.after !== null && rated.after - rated.before >= RISE;
  }

  async sayMorning(values: Omit<MorningEntry, 'kind' | 'id' | 'day'>): Promise<void> {
    const day = dayOf(new Date());
    await this.keep({ kind: 'morning', id: `morning-${day}`, day, ...values });
  }

  async keep(...entries: readonly PracticeEntry[]): Promise<void> {
    const restored = entries.map(restoreEntry).flatMap((one) => (one.ok ? [one.entry] : []));
    const ids = new Set(restored.map(({ id }) => id));
    this.#show([...this.entries.filter(({ id }) => !ids.has(id)), ...restored]);
    await this.#write(() => this.storage.practice.save(restored), texts.notKept);
  }

  /** Deleted at once; the notice brings it back. */
  async remove(...entries: readonly PracticeEntry[]): Promise<void> {
    const ids = new Set(entries.map(({ id }) => id));
    this.#show(this.entries.filter(({ id }) => !ids.has(id)));
    const removed = await this.#write(() => this.storage.practice.remove([...ids]), texts.notRemoved);
    if (!removed) return this.load();
    this.library.toasts.say(texts.removed(entries.length), {
      label: texts.undo,
      run: () => void this.keep(...entries),
    });
  }

  async #write(write: () => Promise<void>, otherwise: string): Promise<boolean> {
    try {
      this.storage.health.assertWritable();
      await write();
      return true;
    } catch (error) {
      console.error('practice:', error);
      this.session.onNotice(otherwise);
      return false;
    }
  }

  #show(entries: readonly PracticeEntry[]): void {
    this.entries = [...entries].sort((a, b) => order(b) - order(a));
  }

  /** Also after a night without listening: only then can one be seen beside the other. */
  get #wantsMorning(): boolean {
    const now = new Date();
    const today = dayOf(now);
    if (now.getHours() < MORNING_FROM || now.getHours() >= MORNING_UNTIL || this.session.sounding) return false;
    if (this.notRead || this.session.settings.morningLeft === today) return false;
    return !this.entries.some((entry) => entry.kind === 'morning' && entryDay(entry) === today);
  }

  async #addSession({ id, startedMs, endedMs, interruptions }: Listened, over: boolean): Promise<void> {
    if (!this.on || (endedMs - startedMs < SHORTEST_MS && this.before === null)) return;
    const { presetId, name, scene } = this.session;
    const facts = { id, mode: 'day', timerMinutes: null, interruptions } as const;
    const entry = this.#entry(startedMs, endedMs, { presetId, name, scene }, facts);
    if (over) {
      this.before = null;
      this.#restBefore();
      this.rating = entry;
    }
    await this.keep(entry);
  }

  /** Nobody is asked anything at the end of a night; the journal takes a rating any time. */
  async #addNight({ startedMs, endedMs, presetId, name, timerMinutes, interruptions }: NightLog): Promise<void> {
    if (!this.on || endedMs - startedMs < SHORTEST_MS) return;
    const { session, library } = this;
    const sound = library.all.find(({ id }) => id === presetId)?.preset;
    const scene = session.presetId === presetId && session.name === name ? session.scene : (sound?.scene ?? null);
    const facts = { id: newId(), mode: 'sleep', timerMinutes, interruptions: interruptions.length } as const;
    const entry = this.#entry(startedMs, endedMs, { presetId, name, scene }, facts);
    this.before = null;
    this.#restBefore();
    await this.keep(entry);
  }

  /** Right after a session nobody is asked about the next one. */
  #restBefore(): void {
    this.#leftBefore = true;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#leftBefore = false;
    }, REST_MS);
  }

  #entry(
    startedMs: number,
    endedMs: number,
    { presetId, name, scene }: { presetId: string | null; name: string; scene: Scene | null },
    facts: Pick<SessionEntry, 'id' | 'mode' | 'timerMinutes' | 'interruptions'>,
  ): SessionEntry {
    const started = new Date(startedMs);
    const kept = this.library.kept.find(({ id }) => id === presetId);
    return {
      kind: 'session',
      ...facts,
      startedAt: started.toISOString(),
      utcOffsetMin: utcOffsetMin(started),
      minutes: Math.min(MAX_MINUTES, Math.round((endedMs - startedMs) / 6000) / 10),
      presetId: presetId ?? '',
      presetName: name,
      presetWords: scene ? describeScene(scene) : '',
      presetRevision: kept?.stored?.revision ?? null,
      before: this.before,
      after: null,
      tingles: null,
      again: null,
      note: '',
    };
  }
}

function order(entry: PracticeEntry): number {
  return entry.kind === 'session' ? Date.parse(entry.startedAt) : Date.parse(`${entry.day}T12:00:00`);
}
