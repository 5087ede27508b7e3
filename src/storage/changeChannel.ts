// Announces changes to the other tabs over BroadcastChannel. A message says what kind of data changed; it is then read anew.
import { Signal } from '../lib/signal.ts';

/** What changed: saved presets, settings, practice entries; or all data was deleted. */
export type ChangeKind = 'presets' | 'settings' | 'practice' | 'deleted';

/** Channel of each kind, after the name of the database. Tabs that still run version 0.2.0 use the same ones. */
const CHANNEL_SUFFIX: Readonly<Record<ChangeKind, string>> = {
  presets: '',
  settings: '',
  practice: '/practice',
  deleted: '/erased',
};
const KINDS = Object.keys(CHANNEL_SUFFIX) as ChangeKind[];

/** Sends to other tabs and receives from them; a tab does not receive its own messages. Silent without BroadcastChannel. */
export class ChangeChannel {
  readonly #signals = Object.fromEntries(KINDS.map((kind) => [kind, new Signal<void>()])) as Record<
    ChangeKind,
    Signal<void>
  >;
  readonly #channels = new Map<string, BroadcastChannel>();

  /**
   * @param name - name of the database
   */
  constructor(name: string) {
    if (typeof BroadcastChannel === 'undefined') return;
    for (const suffix of new Set(Object.values(CHANNEL_SUFFIX))) {
      const channel = new BroadcastChannel(name + suffix);
      const kinds = KINDS.filter((kind) => CHANNEL_SUFFIX[kind] === suffix);
      channel.onmessage = ({ data }) => {
        // A message that names no kind (version 0.2.0) stands for all kinds of its channel.
        const named = kinds.filter((kind) => kind === data);
        for (const kind of named.length > 0 ? named : kinds) this.#signals[kind].emit();
      };
      this.#channels.set(suffix, channel);
    }
  }

  /**
   * Tells the other tabs.
   * @param kind - what changed here
   */
  announce(kind: ChangeKind): void {
    this.#channels.get(CHANNEL_SUFFIX[kind])?.postMessage(kind);
  }

  /**
   * Calls a listener when another tab announces a change.
   * @param kind - which changes
   * @param listener - reads anew
   * @returns unsubscribe function
   */
  subscribe(kind: ChangeKind, listener: () => void): () => void {
    return this.#signals[kind].subscribe(listener);
  }

  /** Sends and receives nothing more. */
  close(): void {
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }
}
