// Drafts: the open sound of each tab, written as it changes and synchronously when the page is unloaded.
import * as v from 'valibot';
import { tryDecode } from '../formats/decodeError.ts';
import { restorePreset, restoreScene, UNNAMED } from '../formats/preset.ts';
import { REVISION } from '../formats/presetRecord.ts';
import { sanitizeJson, PRESET_LIMITS } from '../formats/json.ts';
import { sanitizeName, newId } from '../formats/text.ts';
import { RECORD_SCHEMA, sanitizeRecord } from '../formats/storedRecord.ts';
import { PREFIXES } from './database.ts';
import type { Database } from './database.ts';
import type { StorageHealth } from './storageHealth.ts';
import type { Draft, ReceivedEdit } from './types.ts';
import { claimLock } from './webLock.ts';
import { assertWritable } from './writesDisabled.ts';

/** From an edit to its write. At most 250 ms may be lost in a crash, and timers are late. */
const WRITE_DELAY_MS = 200;
const PREFIX = PREFIXES.drafts;
/** Drafts of tabs that are gone are removed after 30 days, or when there are more than so many. */
const MAX_AGE_MS = 30 * 24 * 3600 * 1000;
const MAX_DRAFTS = 8;

const DRAFT_RECORD = v.object({
  schema: v.literal(RECORD_SCHEMA),
  savedAt: v.number(),
  name: v.string(),
  presetId: v.nullable(v.string()),
  /** The oldest drafts do not say it: they are saved as copies, never over a stored preset. */
  revision: v.fallback(v.nullable(REVISION), null),
  scene: v.unknown(),
  handover: v.optional(v.unknown(), null),
});
type DraftRecord = v.InferOutput<typeof DRAFT_RECORD>;

const RECEIVED_EDIT = v.object({
  from: v.string(),
  bounds: v.array(v.object({ what: v.string(), min: v.number(), max: v.number() })),
  preset: v.unknown(),
});

/** The draft of this tab, and those that other tabs have left. */
export class DraftStore {
  readonly #database: Database;
  readonly #health: StorageHealth;
  readonly #tab: Tab;
  readonly #unloadBackup: UnloadBackup;
  #pending: DraftRecord | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Later than every draft seen, whatever the clock says; ms since 1970. */
  #lastSavedAt = 0;

  /**
   * Writes pending changes whenever the page is hidden, frozen or unloaded.
   * @param database - where the records are
   * @param health - is told about failed writes
   * @param tab - whose draft it is
   */
  constructor(database: Database, health: StorageHealth, tab: Tab) {
    this.#database = database;
    this.#health = health;
    this.#tab = tab;
    this.#unloadBackup = new UnloadBackup(database.name);
    this.#flushWhenHidden();
  }

  /**
   * Call on every edit: it is written at most 250 ms later, and at once when the page is hidden. Never throws.
   * @param draft - the open sound; not saved when it is not plain JSON
   */
  save(draft: Draft): void {
    if (this.#health.readOnly) return;
    const copy = tryDecode(() => ({
      ok: true as const,
      scene: sanitizeJson(draft.scene, PRESET_LIMITS),
      handover: sanitizeJson(draft.handover ?? null, PRESET_LIMITS),
    }));
    if (!copy.ok) return;
    this.#lastSavedAt = Math.max(Date.now(), this.#lastSavedAt + 1);
    this.#pending = {
      schema: RECORD_SCHEMA,
      savedAt: this.#lastSavedAt,
      name: draft.name,
      presetId: draft.presetId,
      revision: draft.revision,
      scene: copy.scene,
      handover: copy.handover,
    };
    this.#timer ??= setTimeout(() => {
      this.#flush();
    }, WRITE_DELAY_MS);
  }

  /**
   * Reads the draft to go on with: this tab's own, else that of the tab it was duplicated from, else the latest. Never rejects.
   * @returns the draft, null when there is none
   */
  async load(): Promise<Draft | null> {
    if (this.#pending) return parseDraftRecord(this.#pending)?.draft ?? null;
    try {
      return await this.#find();
    } catch {
      return null;
    }
  }

  async #find(): Promise<Draft | null> {
    await this.#recoverUnloadBackup();
    const { entries } = await this.#database.entries(PREFIX);
    const found = entries
      .flatMap(([key, value]) => {
        const parsed = parseDraftRecord(value);
        return parsed ? [{ key, ...parsed }] : [];
      })
      .sort((a, b) => b.savedAt - a.savedAt);
    this.#lastSavedAt = Math.max(this.#lastSavedAt, found[0]?.savedAt ?? 0);
    await this.#prune(found);
    const own = [this.#tab.id, this.#tab.origin]
      .map((id) => found.find(({ key }) => key === PREFIX + id))
      .find((one) => one !== undefined);
    return (own ?? found[0])?.draft ?? null;
  }

  /**
   * Starts writing what is pending in the current task. `unloading`: the page may be gone before the transaction has run, so it
   * is also written synchronously to local storage.
   */
  #flush(unloading = false): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const record = this.#pending;
    if (!record) return;
    this.#pending = undefined;
    const key = PREFIX + this.#tab.id;
    if (unloading || this.#database.inMemory) this.#unloadBackup.save(key, record);
    void this.#database.put([[key, record]], 'relaxed').then(
      () => {
        if (!this.#database.inMemory) this.#unloadBackup.remove(key);
        this.#health.reportWrite(undefined);
      },
      (error: unknown) => {
        // Kept for the next try, unless a newer one is already pending.
        this.#pending ??= record;
        this.#health.reportWrite(error);
      },
    );
  }

  #flushWhenHidden(): void {
    if (typeof document === 'undefined') return;
    const flush = (): void => {
      this.#flush(true);
    };
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') flush();
    });
    document.addEventListener('freeze', flush);
    addEventListener('pagehide', flush);
  }

  /** Moves drafts of unloaded pages from local storage into the database, unless a newer one is stored there. */
  async #recoverUnloadBackup(): Promise<void> {
    if (this.#health.readOnly) return;
    for (const [key, value] of this.#unloadBackup.list()) {
      const backup = parseDraftRecord(value);
      if (backup) {
        await this.#database.update(
          key,
          (old) =>
            (parseDraftRecord(old)?.savedAt ?? 0) >= backup.savedAt ? { result: null } : { result: null, put: value },
          'relaxed',
        );
      }
      if (!backup || !this.#database.inMemory) this.#unloadBackup.remove(key);
    }
  }

  /** `found`: latest first. */
  async #prune(found: readonly { readonly key: string; readonly savedAt: number }[]): Promise<void> {
    if (this.#health.readOnly) return;
    const oldest = Date.now() - MAX_AGE_MS;
    const expired = found.filter(({ savedAt }, index) => index >= MAX_DRAFTS || savedAt < oldest).map(({ key }) => key);
    if (expired.length > 0) await this.#database.remove(expired).catch(() => undefined);
  }
}

/** Synchronous copies of drafts in local storage, for pages that are being unloaded. */
class UnloadBackup {
  readonly #prefix: string;

  constructor(databaseName: string) {
    this.#prefix = `${databaseName}-`;
  }

  save(key: string, record: DraftRecord): void {
    tryStorage(() => {
      localStorage.setItem(this.#prefix + key, JSON.stringify(record));
    });
  }

  remove(key: string): void {
    tryStorage(() => {
      localStorage.removeItem(this.#prefix + key);
    });
  }

  list(): [key: string, value: unknown][] {
    const found: [string, unknown][] = [];
    tryStorage(() => {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.#prefix + PREFIX)) continue;
        let value: unknown = null;
        tryStorage(() => {
          value = JSON.parse(localStorage.getItem(key) ?? 'null');
        });
        found.push([key.slice(this.#prefix.length), value]);
      }
    });
    return found;
  }
}

/** Local and session storage may be missing, switched off or full: the database remains. */
function tryStorage(action: () => void): void {
  try {
    assertWritable();
    action();
  } catch {
    // Then it does not happen.
  }
}

/** Identity of a tab across reloads. */
export interface Tab {
  readonly id: string;
  /** Id of the tab whose session storage it started with. */
  readonly origin: string;
}

/**
 * Finds out which tab this is. A duplicated tab starts with the other's session storage; a lock held as long as the page lives
 * tells them apart.
 * @param databaseName - first part of the names of lock and session storage key
 * @returns identity of this tab
 */
export async function claimTab(databaseName: string): Promise<Tab> {
  const key = `${databaseName}-tab`;
  let origin = '';
  tryStorage(() => {
    origin = sessionStorage.getItem(key) ?? '';
  });
  const id = origin !== '' && (await claimLock(`${key}/${origin}`)) ? origin : newId();
  if (id !== origin) await claimLock(`${key}/${id}`);
  tryStorage(() => {
    sessionStorage.setItem(key, id);
  });
  return { id, origin };
}

/**
 * Reads a draft record. Never throws.
 * @param value - the record as stored
 * @returns the draft and when it was saved (ms since 1970); null when it is not valid
 */
export function parseDraftRecord(value: unknown): { readonly draft: Draft; readonly savedAt: number } | null {
  const parsed = v.safeParse(DRAFT_RECORD, sanitizeRecord(value));
  if (!parsed.success) return null;
  const { name, presetId, revision, savedAt, scene, handover } = parsed.output;
  const restored = restoreScene(scene);
  if (!restored.ok) return null;
  const draft = { scene: restored.scene, presetId, revision, name: sanitizeName(name).text || UNNAMED };
  return { draft: { ...draft, handover: parseReceivedEdit(handover) }, savedAt };
}

/**
 * Reads what is stored about a sound that someone sent to be adjusted. Never throws.
 * @param value - as stored
 * @returns null when it is not valid
 */
export function parseReceivedEdit(value: unknown): ReceivedEdit | null {
  const parsed = v.safeParse(RECEIVED_EDIT, value);
  if (!parsed.success) return null;
  const restored = restorePreset(parsed.output.preset);
  if (!restored.ok) return null;
  const bounds = parsed.output.bounds.filter(({ min, max }) => min <= max);
  return { from: sanitizeName(parsed.output.from).text, bounds, preset: restored.preset };
}
