// What the rest of the app may know of the store: presets kept on this device, and the sound being worked on.
import type { Scene } from '../synth/index.ts';
import type { Bound } from '../formats/sharedPreset.ts';
import type { Preset } from '../formats/preset.ts';
import type { Lost } from './evictionMarker.ts';

/** What is kept beside one version of a preset. */
export interface VersionWords {
  /** Who it says it is from; '' for one's own. */
  readonly by: string;
  /** What they wrote with it. */
  readonly note: string;
}

/** One kept preset with its bookkeeping. Plain data. */
export interface StoredPreset extends VersionWords {
  readonly preset: Preset;
  readonly favourite: boolean;
  /** Counts up with every save; a save made against an older revision is a conflict. */
  readonly revision: number;
  readonly updatedAt: string;
}

/** The working scene: survives reload and crash. */
export interface Draft {
  readonly scene: Scene;
  /** The preset it came from, or null for a new sound. */
  readonly presetId: string | null;
  /** Of that preset, the revision this work departed from; null when it is none of the kept ones, or not known. */
  readonly revision: number | null;
  readonly name: string;
  /** Set while it is someone's sound, being adjusted for them. */
  readonly handover?: Handover | null;
}

/** A sound that someone sent to be adjusted: whose it is, and how far its values may be moved. */
export interface Handover {
  /** Who it says it is from; may be empty. */
  readonly from: string;
  readonly bounds: readonly Bound[];
  /** As it came: what is sent back keeps its id. */
  readonly preset: Preset;
}

export type StoreStatus =
  /** `persistent`: the browser has promised not to clear it by itself. */
  | { readonly kind: 'ready'; readonly persistent: boolean }
  /** Kept for this visit only (private window, storage switched off, disk full): `reason` in words. */
  | { readonly kind: 'memory'; readonly reason: string }
  /** A newer version of Hushcraft wrote this data: it is shown, not changed. */
  | { readonly kind: 'readOnly'; readonly reason: string };

export type SaveResult =
  | { readonly kind: 'saved'; readonly stored: StoredPreset }
  /** Another tab had saved meanwhile: both are kept, ours as a copy under a new id and name. */
  | { readonly kind: 'keptBoth'; readonly stored: StoredPreset; readonly other: StoredPreset }
  /** Nothing was lost: the sound is still open. `message` says what happened and what to do. */
  | { readonly kind: 'failed'; readonly message: string };

export interface PresetStore {
  readonly status: StoreStatus;
  /** What the browser has cleared by itself, until the person has settled it. */
  readonly lost: Lost | null;
  settleLoss(): void;
  /** Every readable preset; unreadable records are left untouched and counted. */
  list(): Promise<{ readonly presets: readonly StoredPreset[]; readonly unreadable: number }>;
  /** `revision`: the one the caller last saw, or null for a new preset. `words`: of a version that someone sent. */
  save(preset: Preset, revision: number | null, words?: VersionWords): Promise<SaveResult>;
  /** This and the other changes reject with a message in words when nothing could be written. */
  setFavourite(id: string, favourite: boolean): Promise<void>;
  /** Can be undone by `undelete` for 30 days. */
  remove(id: string): Promise<void>;
  undelete(id: string): Promise<StoredPreset | null>;
  /** Up to three earlier versions, latest first. */
  olderVersions(id: string): Promise<readonly StoredPreset[]>;
  loadDraft(): Promise<Draft | null>;
  /** Call on every edit: written at most 250 ms later, and at once when the page is hidden. Never rejects. */
  saveDraft(draft: Draft): void;
  /** Small settings of this device (theme, never-list, volume …). */
  loadSettings(): Promise<Record<string, unknown>>;
  /** Takes all of them; what another tab changed meanwhile stays, unless it was changed here too. */
  saveSettings(settings: Record<string, unknown>): Promise<void>;
  /** Asks the browser to keep the data. */
  requestPersistence(): Promise<boolean>;
  /** Another tab changed something, or `status` changed. Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
}
