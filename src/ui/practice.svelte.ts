// The practice record on this device: off until switched on; sessions note themselves, ratings are asked for gently.
import { describeScene } from '../synth/index.ts';
import type { HostState } from '../audio/interface.ts';
import { restoreEntry, dayOf, entryDay } from '../practice/entries.ts';
import type { MorningEntry, PracticeEntry, SessionEntry } from '../practice/record.ts';
import type { PracticeShelf } from '../practice/shelf.ts';
import { freshId } from '../presets/text.ts';
import type { Library } from './library.svelte.ts';
import type { NightLog } from './night/log.ts';
import type { Night } from './night.svelte.ts';
import { practiceTexts as texts } from './practice/texts.ts';
import type { Session } from './session.svelte.ts';

/** Shorter listening is trying out, not a session. */
const SHORTEST_MS = 60_000;
/** A rise of so much wants a kind word. */
const RISE = 2;
/** Mornings are asked about until this hour. */
const MORNING_UNTIL = 14;

/** What is asked about now, if anything: never a wall, always to be left out. */
export type Asking = 'before' | 'after' | 'morning' | 'rise' | null;

export class Practice {
  entries: readonly PracticeEntry[] = $state.raw([]);
  unreadable = $state(0);
  /** The session that has just ended, still to be rated. */
  rating: SessionEntry | null = $state.raw(null);
  /** Said before this session. */
  before: number | null = $state(null);
  /** A passing kind word after a rise. */
  rise = $state(false);
  /** Morning questions were left for today. */
  #leftMorning = $state('');
  #leftBefore = $state(false);

  readonly session: Session;
  readonly library: Library;
  readonly #shelf: PracticeShelf;
  #startedMs = 0;
  #inNight = false;

  constructor(session: Session, library: Library, night: Night, shelf: PracticeShelf) {
    this.session = session;
    this.library = library;
    this.#shelf = shelf;
    shelf.onChange(() => void this.load());
    session.host.onState((state) => {
      this.#hear(state);
    });
    session.host.onNight((report) => {
      this.#inNight = report !== null;
    });
    night.onNight = (log) => void this.#addNight(log);
  }

  get on(): boolean {
    return this.session.settings.practice;
  }

  readonly asking: Asking = $derived.by(() => {
    if (!this.session.settings.practice) return null;
    if (this.rise) return 'rise';
    if (this.rating) return 'after';
    if (this.#wantsMorning) return 'morning';
    return this.session.sounding || this.#leftBefore || this.before !== null ? null : 'before';
  });

  async load(): Promise<void> {
    const { entries, unreadable } = await this.#shelf.list();
    this.entries = [...entries].sort((a, b) => order(b) - order(a));
    this.unreadable = unreadable;
  }

  async switchOn(on: boolean): Promise<void> {
    await this.session.settings.change({ practice: on });
  }

  sayBefore(value: number): void {
    this.before = value;
  }

  leaveBefore(): void {
    this.#leftBefore = true;
  }

  /** After a session; anything may be left out. */
  async rate(values: Partial<Pick<SessionEntry, 'after' | 'tingles' | 'again' | 'note'>>): Promise<void> {
    const entry = this.rating;
    this.rating = null;
    if (!entry) return;
    const rated = { ...entry, ...values };
    await this.keep(rated);
    this.rise = rated.before !== null && rated.after !== null && rated.after - rated.before >= RISE;
  }

  leaveRating(): void {
    this.rating = null;
  }

  leaveRise(): void {
    this.rise = false;
  }

  async sayMorning(values: Omit<MorningEntry, 'kind' | 'id' | 'day'>): Promise<void> {
    const day = dayOf(new Date());
    await this.keep({ kind: 'morning', id: `morning-${day}`, day, ...values });
  }

  leaveMorning(): void {
    this.#leftMorning = dayOf(new Date());
  }

  async keep(entry: PracticeEntry): Promise<void> {
    const restored = restoreEntry(entry);
    if (!restored.ok) return;
    this.#show([...this.entries.filter(({ id }) => id !== entry.id), restored.entry]);
    try {
      await this.#shelf.put(restored.entry);
    } catch (error) {
      console.error('practice:', error);
      this.session.onNotice(texts.notKept);
    }
  }

  /** Deleted at once; the notice brings it back. */
  async remove(entry: PracticeEntry): Promise<void> {
    this.#show(this.entries.filter(({ id }) => id !== entry.id));
    await this.#shelf.remove([entry.id]);
    this.library.toasts.say(texts.removed, { label: texts.undo, run: () => void this.keep(entry) });
  }

  async removeAll(): Promise<void> {
    const all = this.entries;
    this.#show([]);
    await this.#shelf.remove(all.map(({ id }) => id));
    const back = async (): Promise<void> => {
      for (const entry of all) await this.keep(entry);
    };
    this.library.toasts.say(texts.removedAll(all.length), { label: texts.undo, run: () => void back() });
  }

  #show(entries: readonly PracticeEntry[]): void {
    this.entries = [...entries].sort((a, b) => order(b) - order(a));
  }

  get #wantsMorning(): boolean {
    const now = new Date();
    const today = dayOf(now);
    if (now.getHours() >= MORNING_UNTIL || this.#leftMorning === today) return false;
    if (this.session.sounding) return false;
    const nightBefore = this.entries.some(
      (entry) =>
        entry.kind === 'session' &&
        entry.mode === 'sleep' &&
        now.getTime() - Date.parse(entry.startedAt) < 20 * 3600_000,
    );
    return nightBefore && !this.entries.some((entry) => entry.kind === 'morning' && entryDay(entry) === today);
  }

  #hear(state: HostState): void {
    if (state === 'playing' && this.#startedMs === 0) this.#startedMs = Date.now();
    if (state !== 'stopping' && state !== 'resting' && state !== 'idle' && state !== 'failed') return;
    const startedMs = this.#startedMs;
    this.#startedMs = 0;
    if (startedMs === 0 || this.#inNight || !this.on) return;
    if (Date.now() - startedMs < SHORTEST_MS && this.before === null) return;
    void this.#addSession(startedMs);
  }

  async #addSession(startedMs: number): Promise<void> {
    const entry = this.#entry(startedMs, Date.now(), 'day', null, 0);
    this.before = null;
    this.#leftBefore = false;
    this.rating = entry;
    await this.keep(entry);
  }

  /** A night is rated the next day. */
  async #addNight({ startedMs, endedMs, timerMinutes, interruptions }: NightLog): Promise<void> {
    if (!this.on || endedMs - startedMs < SHORTEST_MS) return;
    const entry = this.#entry(startedMs, endedMs, 'sleep', timerMinutes, interruptions.length);
    this.before = null;
    this.#leftBefore = false;
    await this.keep(entry);
  }

  #entry(
    startedMs: number,
    endedMs: number,
    mode: SessionEntry['mode'],
    timerMinutes: number | null,
    interruptions: number,
  ): SessionEntry {
    const { session, library } = this;
    const kept = library.kept.find(({ preset }) => preset.id === session.presetId);
    return {
      kind: 'session',
      id: freshId(),
      startedAt: new Date(startedMs).toISOString(),
      minutes: Math.round((endedMs - startedMs) / 6000) / 10,
      mode,
      presetId: session.presetId ?? '',
      presetName: session.name,
      presetWords: describeScene(session.scene),
      presetRevision: kept?.stored?.revision ?? null,
      timerMinutes,
      interruptions,
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
