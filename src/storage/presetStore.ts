// Presets, the working sound and the settings, kept on this device. One record each; nothing is overwritten unseen.
import { breaths } from '../lib/yieldToMain.ts';
import { Connection, isQuota } from './database.ts';
import { claimTab, Drafts } from './draftStore.ts';
import type { DraftSurroundings } from './draftStore.ts';
import { databaseKeyValue, memoryKeyValue } from './keyValueStore.ts';
import type { KeyValue } from './keyValueStore.ts';
import { samePlain } from '../formats/sanitizeJson.ts';
import type { Plain, PlainObject } from '../formats/sanitizeJson.ts';
import type { Preset } from '../formats/preset.ts';
import { firstRecord, nextRecord, OWN } from './presetRevisions.ts';
import {
  isNewer,
  mergeSettings,
  plainSettings,
  readPresetRecord,
  readSettingsRecord,
  SCHEMA,
  wordsFrom,
} from './presetRecord.ts';
import type { PresetRecord } from './presetRecord.ts';
import { restorePreset } from '../formats/parsePreset.ts';
import type { Draft, PresetStore, SaveResult, StoredPreset, StoreStatus, VersionWords } from './types.ts';
import { freeName, freshId } from '../formats/sanitizeText.ts';
import { Trace } from './evictionMarker.ts';
import type { Lost } from './evictionMarker.ts';
import { inTurn } from './webLock.ts';

const DATABASE = 'hushcraft';
const PRESETS = 'preset/';
const PRACTICE = 'practice/';
const SETTINGS = 'settings';
const META = 'meta';
const TOMBSTONE_MS = 30 * 24 * 3600 * 1000;

const NO_DATABASE =
  'This browser does not let Hushcraft keep anything here (a private window, or storage is switched off). Everything works, but save what you like as a file before you close the page.';
const NO_ROOM =
  'There is no room left for Hushcraft on this device. The sound is still open: export it as a file, or free some space and save again.';
const NO_ANSWER = 'The browser’s storage did not answer. The sound is still open: try again, or export it as a file.';
const NEWER =
  'A newer version of Hushcraft has been here. Your sounds are shown but not changed: reload the page to get the new version.';

/** Opens the store. Never rejects: without a database it keeps everything for this visit, and says so in `status`. */
export async function openStore(options: { readonly databaseName?: string } = {}): Promise<PresetStore> {
  const name = options.databaseName ?? DATABASE;
  const store = new DeviceStore(name);
  await store.open();
  return store;
}

class DeviceStore implements PresetStore {
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  readonly #channel: BroadcastChannel | undefined;
  #keyValue: KeyValue = memoryKeyValue();
  readonly #around: DraftSurroundings;
  #drafts: Drafts;
  readonly #trace: Trace;
  #lost: Lost | null = null;
  /** Ids of the sounds that are here, as far as this tab knows. */
  #live = new Set<string>();
  #persistent = false;
  /** Why nothing (or nothing more) can be kept, '' if it can. */
  #memoryReason = '';
  #newer = false;
  /** The settings as last read or written here: what differs from them was changed here. */
  #settings: PlainObject = {};

  constructor(name: string) {
    this.#name = name;
    this.#trace = new Trace(name);
    this.#around = {
      name,
      lasting: () => this.#memoryReason !== NO_DATABASE,
      mayWrite: () => !this.#newer,
      written: (error) => {
        this.#noteWrite(error);
      },
    };
    this.#drafts = new Drafts(this.#keyValue, { id: '', origin: '' }, this.#around);
    this.#channel = openChannel(name, () => {
      this.#notify();
    });
  }

  async open(): Promise<void> {
    const connection = new Connection(this.#name, {
      newer: () => {
        this.#becomeReadOnly();
      },
    });
    const kept = databaseKeyValue(connection.use);
    let draftsLieIn = databaseKeyValue(connection.useRelaxed);
    try {
      await this.#greet(kept);
      this.#keyValue = kept;
      await this.#sweep();
    } catch {
      this.#keyValue = memoryKeyValue();
      this.#memoryReason = NO_DATABASE;
      draftsLieIn = this.#keyValue;
    }
    this.#persistent = await isPersisted();
    this.#drafts = new Drafts(draftsLieIn, await claimTab(this.#name), this.#around);
    this.#flushWhenHidden();
  }

  get status(): StoreStatus {
    if (this.#newer) return { kind: 'readOnly', reason: NEWER };
    if (this.#memoryReason !== '') return { kind: 'memory', reason: this.#memoryReason };
    return { kind: 'ready', persistent: this.#persistent };
  }

  get lost(): Lost | null {
    return this.#lost;
  }

  settleLoss(): void {
    this.#trace.settle();
    this.#lost = null;
    this.#announce();
  }

  async list(): Promise<{ presets: StoredPreset[]; unreadable: number }> {
    const { entries, lost } = await this.#keyValue.entries(PRESETS);
    const presets: StoredPreset[] = [];
    let unreadable = lost;
    const breathe = breaths();
    for (const [key, value] of entries) {
      await breathe();
      const read = readPresetRecord(key.slice(PRESETS.length), value);
      if (read.kind === 'ok') {
        if (read.record.deletedAt === null) presets.push(read.stored);
      } else unreadable += 1;
      if (read.kind === 'newer') this.#becomeReadOnly();
    }
    this.#live = new Set(presets.map(({ preset }) => preset.id));
    await this.#compareTrace(entries.length);
    presets.sort((a, b) => compare(b.updatedAt, a.updatedAt) || compare(a.preset.id, b.preset.id));
    return { presets, unreadable };
  }

  async save(preset: Preset, revision: number | null, words: VersionWords = OWN): Promise<SaveResult> {
    const restored = restorePreset(preset);
    if (!restored.ok) return { kind: 'failed', message: restored.error.message };
    if (this.#newer) return { kind: 'failed', message: NEWER };
    try {
      const result = await this.#saveRestored(restored.preset, revision, words);
      if (result.kind !== 'failed') this.#noteWrite(undefined);
      return result;
    } catch (error) {
      this.#noteWrite(error);
      return { kind: 'failed', message: isQuota(error) ? NO_ROOM : NO_ANSWER };
    }
  }

  async setFavourite(id: string, favourite: boolean): Promise<void> {
    await this.#edit(id, (record) => ({ ...record, favourite }));
  }

  async remove(id: string): Promise<void> {
    await this.#edit(id, (record) => ({ ...record, deletedAt: new Date().toISOString() }));
    this.#live.delete(id);
    await this.#leaveTrace();
  }

  async undelete(id: string): Promise<StoredPreset | null> {
    const stored = await this.#edit(id, (record) => ({ ...record, deletedAt: null }));
    if (stored) this.#live.add(id);
    await this.#leaveTrace();
    return stored;
  }

  async olderVersions(id: string): Promise<StoredPreset[]> {
    const read = readPresetRecord(id, await this.#keyValue.get(PRESETS + id));
    if (read.kind !== 'ok') return [];
    return read.record.older.flatMap(({ preset, revision, updatedAt, ...words }) => {
      const restored = restorePreset(preset);
      if (!restored.ok) return [];
      return [{ preset: restored.preset, favourite: false, revision, updatedAt, ...wordsFrom(words) }];
    });
  }

  async loadDraft(): Promise<Draft | null> {
    return this.#drafts.load().catch(() => null);
  }

  saveDraft(draft: Draft): void {
    this.#drafts.save(draft);
  }

  async loadSettings(): Promise<Record<string, unknown>> {
    const record = await this.#keyValue.get(SETTINGS).catch(() => undefined);
    if (isNewer(record)) this.#becomeReadOnly();
    this.#settings = readSettingsRecord(record);
    return structuredClone(this.#settings);
  }

  async saveSettings(settings: Record<string, unknown>): Promise<void> {
    this.#mayWrite();
    const ours = plainSettings(settings);
    if (typeof ours['backupAt'] === 'string') this.#trace.note({ backupAt: ours['backupAt'] });
    const before = this.#settings;
    const written = await inTurn(`${this.#name}/${SETTINGS}`, () =>
      this.#keyValue.change(SETTINGS, (old) => {
        if (isNewer(old)) return { result: null };
        const merged = mergeSettings(before, ours, readSettingsRecord(old));
        return { result: merged, put: { schema: SCHEMA, settings: merged } };
      }),
    );
    if (!written) this.#becomeReadOnly();
    else this.#settings = ours;
    this.#announce();
  }

  async requestPersistence(): Promise<boolean> {
    try {
      const persistent = await navigator.storage.persist();
      if (persistent !== this.#persistent) {
        this.#persistent = persistent;
        this.#notify();
      }
      return persistent;
    } catch {
      return false;
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  // --- opening -----------------------------------------------------------------------------------------------------

  /** Proves that the database can be read and, unless it is full, written. Throws when it cannot be used at all. */
  async #greet(kept: KeyValue): Promise<void> {
    const meta = await kept.get(META);
    if (isNewer(meta)) this.#becomeReadOnly();
    if (this.#newer) return;
    const marks = this.#trace.read();
    if (marks.lost) this.#lost = marks;
    else if (meta === undefined) this.#lost = this.#trace.lose();
    try {
      await kept.change(META, (old) =>
        old === undefined ? { result: null, put: { schema: SCHEMA } } : { result: null },
      );
    } catch (error) {
      if (!isQuota(error)) throw error;
      this.#memoryReason = NO_ROOM;
    }
  }

  /** Looks for records of a newer version, and lets go of what was deleted long ago. */
  async #sweep(): Promise<void> {
    const { entries } = await this.#keyValue.entries(PRESETS);
    if (entries.some(([, value]) => isNewer(value))) this.#becomeReadOnly();
    if (this.#newer) return;
    const oldest = new Date(Date.now() - TOMBSTONE_MS).toISOString();
    const gone = entries.filter(([key, value]) => wasDeletedBefore(key.slice(PRESETS.length), value, oldest));
    if (gone.length > 0) await this.#keyValue.remove(gone.map(([key]) => key)).catch(() => undefined);
  }

  /** Notes what is here; an empty database that nobody emptied was cleared by the browser, also while the page is open. */
  async #compareTrace(records: number): Promise<void> {
    if (this.#memoryReason === NO_DATABASE || this.#newer) return;
    // Another tab may have settled it.
    if (this.#lost && !this.#trace.read().lost) this.#lost = null;
    if (records === 0 && (await this.#keyValue.get(META)) === undefined) {
      this.#lost ??= this.#trace.lose();
      await this.#keyValue.put(META, { schema: SCHEMA }).catch(() => undefined);
    } else await this.#leaveTrace();
  }

  async #leaveTrace(): Promise<void> {
    if (this.#memoryReason === NO_DATABASE) return;
    const practice = await this.#keyValue.count(PRACTICE).catch(() => this.#trace.read().practice);
    this.#trace.note({ presets: this.#live.size, practice });
  }

  #flushWhenHidden(): void {
    if (typeof document === 'undefined') return;
    const flush = (): void => {
      this.#drafts.flush(true);
    };
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') flush();
    });
    document.addEventListener('freeze', flush);
    addEventListener('pagehide', flush);
  }

  // --- writing -----------------------------------------------------------------------------------------------------

  async #saveRestored(preset: Preset, revision: number | null, words: VersionWords): Promise<SaveResult> {
    const key = PRESETS + preset.id;
    const outcome = await inTurn(`${this.#name}/${key}`, () =>
      this.#keyValue.change<Outcome>(key, (old) => {
        if (old === undefined) return keep(firstRecord(preset, words));
        const read = readPresetRecord(preset.id, old);
        if (read.kind === 'newer') return { result: { kind: 'newer' } };
        if (read.kind === 'unreadable') return { result: { kind: 'taken', other: null } };
        const { record, stored } = read;
        if (record.deletedAt === null) {
          // The same again (a write that was tried twice, a file imported twice) changes nothing.
          if (samePreset(stored.preset, preset)) return { result: { kind: 'kept', stored } };
          if (record.revision !== revision) return { result: { kind: 'taken', other: stored } };
        }
        return keep(nextRecord(record, preset, words));
      }),
    );
    if (outcome.kind === 'newer') {
      this.#becomeReadOnly();
      return { kind: 'failed', message: NEWER };
    }
    if (outcome.kind === 'taken') return this.#saveBeside(preset, outcome.other, words);
    this.#live.add(preset.id);
    await this.#leaveTrace();
    this.#announce();
    return { kind: 'saved', stored: outcome.stored };
  }

  /** Someone else's work lies under this id: ours is kept as a copy. */
  async #saveBeside(preset: Preset, other: StoredPreset | null, words: VersionWords): Promise<SaveResult> {
    const { presets } = await this.list();
    const name = freeName(
      preset.name,
      presets.map((one) => one.preset.name),
    );
    const result = await this.#saveRestored({ ...preset, id: freshId(), name }, null, words);
    return result.kind === 'saved' && other ? { kind: 'keptBoth', stored: result.stored, other } : result;
  }

  /** Changes what is kept beside a preset. The revision stays: the preset itself is the same. */
  async #edit(id: string, change: (record: PresetRecord) => PresetRecord): Promise<StoredPreset | null> {
    this.#mayWrite();
    const key = PRESETS + id;
    try {
      const stored = await inTurn(`${this.#name}/${key}`, () =>
        this.#keyValue.change<StoredPreset | null>(key, (old) => {
          const read = readPresetRecord(id, old);
          if (read.kind !== 'ok') return { result: null };
          const record = change(read.record);
          return { result: { ...read.stored, favourite: record.favourite }, put: record };
        }),
      );
      this.#noteWrite(undefined);
      if (stored) this.#announce();
      return stored;
    } catch (error) {
      this.#noteWrite(error);
      throw new Error(isQuota(error) ? NO_ROOM : NO_ANSWER, { cause: error });
    }
  }

  #mayWrite(): void {
    if (this.#newer) throw new Error(NEWER);
  }

  #noteWrite(error: unknown): void {
    const full = isQuota(error);
    if (full === (this.#memoryReason === NO_ROOM) || this.#memoryReason === NO_DATABASE) return;
    if (error !== undefined && !full) return;
    this.#memoryReason = full ? NO_ROOM : '';
    this.#notify();
  }

  #becomeReadOnly(): void {
    if (this.#newer) return;
    this.#newer = true;
    this.#notify();
  }

  #announce(): void {
    this.#channel?.postMessage('changed');
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Only what says that it was deleted is looked at closely: at every start there may be hundreds of others. */
function wasDeletedBefore(id: string, value: unknown, moment: string): boolean {
  const { deletedAt } = Object(value) as { readonly deletedAt?: unknown };
  if (typeof deletedAt !== 'string' || deletedAt >= moment) return false;
  return readPresetRecord(id, value).kind === 'ok';
}

type Outcome =
  | { readonly kind: 'kept'; readonly stored: StoredPreset }
  | { readonly kind: 'taken'; readonly other: StoredPreset | null }
  | { readonly kind: 'newer' };

function keep(record: PresetRecord): { result: Outcome; put: PresetRecord } {
  const { favourite, revision, updatedAt, by, note } = record;
  return {
    result: { kind: 'kept', stored: { preset: record.preset as Preset, favourite, revision, updatedAt, by, note } },
    put: record,
  };
}

function samePreset(a: Preset, b: Preset): boolean {
  return samePlain(a as unknown as Plain, b as unknown as Plain);
}

function openChannel(name: string, changed: () => void): BroadcastChannel | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined;
  const channel = new BroadcastChannel(name);
  // What the message says does not matter: everything is read anew, through the same door.
  channel.onmessage = changed;
  return channel;
}

async function isPersisted(): Promise<boolean> {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
