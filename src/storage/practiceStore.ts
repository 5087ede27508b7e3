// Where the practice record lies: one record an entry, beside the sounds in the same database, or in memory without one.
import { breaths } from '../lib/yieldToMain.ts';
import { Connection } from './database.ts';
import { databaseKeyValue, memoryKeyValue } from './keyValueStore.ts';
import type { KeyValue } from './keyValueStore.ts';
import { restoreEntry } from '../formats/practiceEntry.ts';
import type { PracticeEntry } from '../formats/practiceRecord.ts';

const DATABASE = 'hushcraft';
const PREFIX = 'practice/';

export interface PracticeShelf {
  /** Every readable entry; what cannot be read is left alone and counted. */
  list(): Promise<{ readonly entries: readonly PracticeEntry[]; readonly unreadable: number }>;
  /** All of them or none: rejects when they could not be written. */
  put(entries: readonly PracticeEntry[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Another tab changed something. */
  onChange(listener: () => void): () => void;
}

export async function openShelf(databaseName: string = DATABASE): Promise<PracticeShelf> {
  const keyValue = await openKeyValue(databaseName);
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`${databaseName}/practice`);
  const listeners = new Set<() => void>();
  if (channel) {
    channel.onmessage = () => {
      for (const listener of listeners) listener();
    };
  }
  return {
    async list() {
      const { entries: found, lost } = await keyValue.entries(PREFIX);
      const entries: PracticeEntry[] = [];
      const breathe = breaths();
      for (const [key, value] of found) {
        await breathe();
        const restored = restoreEntry(value);
        if (restored.ok && PREFIX + restored.entry.id === key) entries.push(restored.entry);
      }
      return { entries, unreadable: found.length - entries.length + lost };
    },
    async put(entries) {
      // Plain copies: reactive values cannot be stored.
      await keyValue.putAll(entries.map((entry) => [PREFIX + entry.id, JSON.parse(JSON.stringify(entry))]));
      channel?.postMessage('changed');
    },
    async remove(ids) {
      await keyValue.remove(ids.map((id) => PREFIX + id));
      channel?.postMessage('changed');
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function openKeyValue(name: string): Promise<KeyValue> {
  if (typeof indexedDB === 'undefined') return memoryKeyValue();
  const connection = new Connection(name, { newer: () => undefined });
  const keyValue = databaseKeyValue(connection.use);
  try {
    await keyValue.get(PREFIX);
    return keyValue;
  } catch {
    return memoryKeyValue();
  }
}
