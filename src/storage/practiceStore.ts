// Practice entries: one record each.
import { restoreEntry } from '../formats/practiceEntry.ts';
import type { PracticeEntry } from '../formats/practiceEntry.ts';
import { createYielder } from '../lib/yieldToMain.ts';
import { PREFIXES } from './database.ts';
import type { Database } from './database.ts';

const PREFIX = PREFIXES.practice;

/** The practice entries of this device. */
export class PracticeStore {
  readonly #database: Database;

  /**
   * @param database - where the records are
   */
  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Reads all entries. Records that cannot be read are left untouched and counted.
   * @returns entries in no particular order, and the number of unreadable records; rejects when the database does not work
   */
  async list(): Promise<{ readonly entries: readonly PracticeEntry[]; readonly unreadable: number }> {
    const { entries: records, unreadable } = await this.#database.entries(PREFIX);
    const entries: PracticeEntry[] = [];
    const yieldToMain = createYielder();
    for (const [key, value] of records) {
      await yieldToMain();
      const restored = restoreEntry(value);
      if (restored.ok && PREFIX + restored.entry.id === key) entries.push(restored.entry);
    }
    return { entries, unreadable: records.length - entries.length + unreadable };
  }

  /**
   * Saves entries: all of them or none. Rejects with the browser's own error when they could not be written.
   * @param entries - new or changed entries
   */
  async save(entries: readonly PracticeEntry[]): Promise<void> {
    // Plain copies: reactive values cannot be stored.
    await this.#database.put(entries.map((entry) => [PREFIX + entry.id, JSON.parse(JSON.stringify(entry))]));
  }

  /**
   * Removes entries. Rejects with the browser's own error when they could not be removed.
   * @param ids - their ids
   */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#database.remove(ids.map((id) => PREFIX + id));
  }

  /**
   * Calls a listener when another tab changed entries.
   * @param listener - reads them anew
   * @returns unsubscribe function
   */
  subscribe(listener: () => void): () => void {
    return this.#database.subscribe('practice', listener);
  }
}
