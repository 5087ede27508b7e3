// The sound being worked on, written down as it changes: every tab keeps its own, and the latest is found again.
import type { KeyValue } from './keyValueStore.ts';
import { plainCopy, PRESET_LIMITS } from '../formats/sanitizeJson.ts';
import { readDraftRecord, SCHEMA } from './presetRecord.ts';
import type { DraftRecord } from './presetRecord.ts';
import { guarded } from '../formats/decodeError.ts';
import { refuseSealed } from './writesDisabled.ts';
import type { Draft } from './types.ts';
import { freshId } from '../formats/sanitizeText.ts';

/** From an edit to its write. At most 250 ms may be lost in a crash; timers are late. */
const WRITE_AFTER_MS = 200;
const PREFIX = 'draft/';
/** Drafts of tabs that are gone are kept this long, and this many. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
const KEEP_COUNT = 8;

export interface DraftSurroundings {
  /** Name of the store: tells its last words from those of others. */
  readonly name: string;
  /** False when the store itself does not outlive the page. */
  lasting(): boolean;
  /** False when a newer version's data must stay as it is. */
  mayWrite(): boolean;
  /** A write failed or worked again. */
  written(error: unknown): void;
}

export class Drafts {
  readonly #keyValue: KeyValue;
  readonly #tab: Tab;
  readonly #around: DraftSurroundings;
  readonly #lastWords: LastWords;
  #pending: DraftRecord | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Later than every draft seen, whatever the clock says. */
  #latest = 0;

  constructor(keyValue: KeyValue, tab: Tab, around: DraftSurroundings) {
    this.#keyValue = keyValue;
    this.#tab = tab;
    this.#around = around;
    this.#lastWords = new LastWords(around.name);
  }

  save(draft: Draft): void {
    if (!this.#around.mayWrite()) return;
    const copy = guarded(() => ({
      ok: true as const,
      scene: plainCopy(draft.scene, PRESET_LIMITS),
      handover: plainCopy(draft.handover ?? null, PRESET_LIMITS),
    }));
    if (!copy.ok) return;
    this.#latest = Math.max(Date.now(), this.#latest + 1);
    this.#pending = {
      schema: SCHEMA,
      savedAt: this.#latest,
      name: draft.name,
      presetId: draft.presetId,
      revision: draft.revision,
      scene: copy.scene,
      handover: copy.handover,
    };
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, WRITE_AFTER_MS);
  }

  /**
   * Writes what is waiting, in this turn of the event loop. `leaving`: the page may not live to see it written (another
   * transaction may be in the way), so it is also left where a write is done when the call returns.
   */
  flush(leaving = false): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const record = this.#pending;
    if (!record) return;
    this.#pending = undefined;
    const key = PREFIX + this.#tab.id;
    if (leaving || !this.#around.lasting()) this.#lastWords.leave(key, record);
    void this.#keyValue.put(key, record).then(
      () => {
        if (this.#around.lasting()) this.#lastWords.forget(key);
        this.#around.written(undefined);
      },
      (error: unknown) => {
        // Kept for the next try, unless a newer one is already waiting.
        this.#pending ??= record;
        this.#around.written(error);
      },
    );
  }

  /** This tab's own draft, else the one of the tab it was copied from, else the latest of all. */
  async load(): Promise<Draft | null> {
    if (this.#pending) return readDraftRecord(this.#pending)?.draft ?? null;
    await this.#hearLastWords();
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

  /** Moves what leaving pages left behind to where it belongs, unless something newer lies there. */
  async #hearLastWords(): Promise<void> {
    if (!this.#around.mayWrite()) return;
    for (const [key, value] of this.#lastWords.all()) {
      const left = readDraftRecord(value);
      if (left) {
        await this.#keyValue.change(key, (old) => {
          const newer = (readDraftRecord(old)?.savedAt ?? 0) >= left.savedAt;
          return newer ? { result: null } : { result: null, put: value };
        });
      }
      if (!left || this.#around.lasting()) this.#lastWords.forget(key);
    }
  }

  async #prune(found: readonly { readonly key: string; readonly savedAt: number }[]): Promise<void> {
    if (!this.#around.mayWrite()) return;
    const oldest = Date.now() - KEEP_MS;
    const gone = found.filter(({ savedAt }, index) => index >= KEEP_COUNT || savedAt < oldest).map(({ key }) => key);
    if (gone.length > 0) await this.#keyValue.remove(gone).catch(() => undefined);
  }
}

/** A place in local storage: small and blocking, so only for pages on their way out. Does nothing where there is none. */
class LastWords {
  readonly #prefix: string;

  constructor(name: string) {
    this.#prefix = `${name}-`;
  }

  leave(key: string, record: DraftRecord): void {
    attempt(() => {
      localStorage.setItem(this.#prefix + key, JSON.stringify(record));
    });
  }

  forget(key: string): void {
    attempt(() => {
      localStorage.removeItem(this.#prefix + key);
    });
  }

  all(): [key: string, value: unknown][] {
    const found: [string, unknown][] = [];
    attempt(() => {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.#prefix + PREFIX)) continue;
        let value: unknown = null;
        attempt(() => {
          value = JSON.parse(localStorage.getItem(key) ?? 'null');
        });
        found.push([key.slice(this.#prefix.length), value]);
      }
    });
    return found;
  }
}

/** Storage may be missing, switched off or full: then it does not happen. */
function attempt(action: () => void): void {
  try {
    refuseSealed();
    action();
  } catch {
    // The database remains.
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
  let value = '';
  attempt(() => {
    value = sessionStorage.getItem(key) ?? '';
  });
  return value;
}

function writeSession(key: string, value: string): void {
  attempt(() => {
    sessionStorage.setItem(key, value);
  });
}
