// The sound being worked on, written down as it changes: every tab keeps its own, and the latest is found again.
import type { KeyValue } from './keyValue.ts';
import { plainCopy, PRESET_LIMITS } from './plain.ts';
import { readDraftRecord, SCHEMA } from './records.ts';
import type { DraftRecord } from './records.ts';
import { guarded } from './refusal.ts';
import type { Draft } from './storeInterface.ts';
import { freshId } from './text.ts';

/** From an edit to its write. At most 250 ms may be lost in a crash; timers are late. */
const WRITE_AFTER_MS = 200;
const PREFIX = 'draft/';
/** Drafts of tabs that are gone are kept this long, and this many. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
const KEEP_COUNT = 8;

export interface DraftEvents {
  /** A write failed or worked again. */
  written(error: unknown): void;
}

export class Drafts {
  readonly #keyValue: KeyValue;
  readonly #tab: Tab;
  readonly #events: DraftEvents;
  #pending: DraftRecord | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Later than every draft seen, whatever the clock says. */
  #latest = 0;

  constructor(keyValue: KeyValue, tab: Tab, events: DraftEvents) {
    this.#keyValue = keyValue;
    this.#tab = tab;
    this.#events = events;
  }

  save(draft: Draft): void {
    const copy = guarded(() => ({ ok: true as const, scene: plainCopy(draft.scene, PRESET_LIMITS) }));
    if (!copy.ok) return;
    this.#latest = Math.max(Date.now(), this.#latest + 1);
    this.#pending = {
      schema: SCHEMA,
      savedAt: this.#latest,
      name: draft.name,
      presetId: draft.presetId,
      scene: copy.scene,
    };
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, WRITE_AFTER_MS);
  }

  /** Writes what is waiting, in this turn of the event loop. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const record = this.#pending;
    if (!record) return;
    this.#pending = undefined;
    void this.#keyValue.put(PREFIX + this.#tab.id, record).then(
      () => {
        this.#events.written(undefined);
      },
      (error: unknown) => {
        // Kept for the next try, unless a newer one is already waiting.
        this.#pending ??= record;
        this.#events.written(error);
      },
    );
  }

  /** This tab's own draft, else the one of the tab it was copied from, else the latest of all. */
  async load(): Promise<Draft | null> {
    if (this.#pending) return readDraftRecord(this.#pending)?.draft ?? null;
    const { entries } = await this.#keyValue.entries(PREFIX);
    const found = entries
      .map(([key, value]) => ({ key, read: readDraftRecord(value) }))
      .filter((one): one is { key: string; read: NonNullable<typeof one.read> } => one.read !== null)
      .sort((a, b) => b.read.savedAt - a.read.savedAt);
    this.#latest = Math.max(this.#latest, found[0]?.read.savedAt ?? 0);
    await this.#prune(found.map(({ key, read }) => ({ key, savedAt: read.savedAt })));
    const own = [this.#tab.id, this.#tab.origin]
      .map((id) => found.find(({ key }) => key === PREFIX + id))
      .find((one) => one !== undefined);
    return (own ?? found[0])?.read.draft ?? null;
  }

  async #prune(found: readonly { readonly key: string; readonly savedAt: number }[]): Promise<void> {
    const oldest = Date.now() - KEEP_MS;
    const gone = found.filter(({ savedAt }, index) => index >= KEEP_COUNT || savedAt < oldest).map(({ key }) => key);
    if (gone.length > 0) await this.#keyValue.remove(gone).catch(() => undefined);
  }
}

/** Who this tab is, across reloads. `origin`: the tab whose session storage it woke up with. */
export interface Tab {
  readonly id: string;
  readonly origin: string;
}

/** A duplicated tab wakes up with the other's name; the lock, held as long as the page lives, tells them apart. */
export async function claimTab(name: string): Promise<Tab> {
  const key = `${name}-tab`;
  const origin = readSession(key);
  const id = origin !== '' && (await hold(`${key}/${origin}`)) ? origin : freshId();
  if (id !== origin) await hold(`${key}/${id}`);
  writeSession(key, id);
  return { id, origin };
}

function hold(lock: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(false);
  return new Promise((resolve) => {
    navigator.locks
      .request(lock, { ifAvailable: true }, (held) => {
        resolve(held !== null);
        // Let go when the page goes.
        return held === null ? undefined : new Promise<void>(() => undefined);
      })
      .catch(() => {
        resolve(false);
      });
  });
}

function readSession(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function writeSession(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the tab is a new one after each reload.
  }
}
