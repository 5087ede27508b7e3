// Snapshot: one immutable state of the open sound for the undo history, and the origin of the sound.
import type { Preset } from '../../../formats/preset.ts';
import type { Draft, ReceivedEdit } from '../../../storage/types.ts';
import { DEFAULT_ARC } from '../../../synth/index.ts';
import type { Scene } from '../../../synth/index.ts';
import { EMPTY_SET } from '../../kit/immutableSets.ts';

/** What a sound was opened from. It changes with saving, not with undo: undo never forgets a save. */
export class Origin {
  presetId: string | null = $state(null);
  /** Of the saved preset `presetId`; null when it is none of the saved ones. */
  revision: number | null = null;
  saved: { readonly scene: Scene; readonly name: string } | null = $state.raw(null);
  /** It was sent by someone, to be adjusted and sent back. */
  receivedEdit: ReceivedEdit | null = $state.raw(null);
}

/** Everything undo brings back. Immutable. */
export interface Snapshot {
  readonly origin: Origin;
  readonly scene: Scene;
  readonly name: string;
  readonly selectedId: string;
  /** `layerId/paramId` of values that variations leave alone. */
  readonly locks: ReadonlySet<string>;
}

/** @returns a snapshot of a scene without layers */
export function emptySnapshot(): Snapshot {
  const scene: Scene = {
    seed: 0,
    layers: [],
    room: { size: 0.3, amount: 0.3 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
  };
  return { origin: new Origin(), scene, name: '', selectedId: '', locks: EMPTY_SET };
}

/**
 * Snapshot of unsaved work.
 * @param draft - the work
 * @param stored - the preset it departed from, if that is still there
 * @returns the snapshot; dirty where the work differs from that preset
 */
export function snapshotOfDraft(draft: Draft, stored: Preset | null): Snapshot {
  // A received sound is not saved here: it departed from what was sent.
  const saved = stored ?? draft.handover?.preset;
  const origin = new Origin();
  origin.presetId = draft.presetId;
  origin.revision = draft.revision;
  origin.receivedEdit = draft.handover ?? null;
  origin.saved = saved === undefined ? null : { scene: saved.scene, name: saved.name };
  const scene = copyScene(draft.scene);
  return { origin, scene, name: draft.name, selectedId: scene.layers[0]?.id ?? '', locks: EMPTY_SET };
}

/**
 * Snapshot of a preset as it is.
 * @param preset - the preset
 * @param options - `revision`: of a saved preset; `receivedEdit`: set where someone sent it to be adjusted
 * @returns the snapshot; not dirty
 */
export function snapshotOfPreset(
  preset: Preset,
  { revision = null, receivedEdit = null }: { revision?: number | null; receivedEdit?: ReceivedEdit | null } = {},
): Snapshot {
  const scene = copyScene(preset.scene);
  const origin = new Origin();
  origin.receivedEdit = receivedEdit;
  origin.presetId = preset.id;
  origin.revision = revision;
  origin.saved = { scene, name: preset.name };
  return { origin, scene, name: preset.name, selectedId: scene.layers[0]?.id ?? '', locks: EMPTY_SET };
}

/** A plain copy: a proxy must never reach the sound or the store. */
function copyScene(scene: Scene): Scene {
  return $state.snapshot<Scene>(scene);
}
