// One state of the open sound, as undo keeps it, and where the sound came from.
import type { Preset } from '../../../formats/preset.ts';
import type { Draft, ReceivedEdit } from '../../../storage/types.ts';
import { DEFAULT_ARC } from '../../../synth/index.ts';
import type { Scene } from '../../../synth/index.ts';
import { NONE } from '../../kit/immutableSets.ts';

/** What a sound was opened from. It changes with saving, not with undo: undo never forgets a save. */
export class Origin {
  presetId: string | null = $state(null);
  /** Of the kept preset `presetId`; null when it is none of the kept ones. */
  revision: number | null = null;
  saved: { readonly scene: Scene; readonly name: string } | null = $state.raw(null);
  /** It was sent by someone, to be adjusted and sent back. */
  handover: ReceivedEdit | null = $state.raw(null);
}

/** Everything undo brings back. Immutable. */
export interface Snapshot {
  readonly origin: Origin;
  readonly scene: Scene;
  readonly name: string;
  readonly selectedId: string;
  /** `layerId/paramId` of values that Vary leaves alone. */
  readonly locks: ReadonlySet<string>;
}

export function emptySnapshot(): Snapshot {
  const scene: Scene = {
    seed: 0,
    layers: [],
    room: { size: 0.3, amount: 0.3 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
  };
  return { origin: new Origin(), scene, name: '', selectedId: '', locks: NONE };
}

export function resumedFrom(draft: Draft, kept: Preset | null): Snapshot {
  // Someone's sound is kept by nobody here: it departed from what was sent.
  const saved = kept ?? draft.handover?.preset;
  const origin = new Origin();
  origin.presetId = draft.presetId;
  origin.revision = draft.revision;
  origin.handover = draft.handover ?? null;
  origin.saved = saved === undefined ? null : { scene: saved.scene, name: saved.name };
  const scene = plain(draft.scene);
  return { origin, scene, name: draft.name, selectedId: scene.layers[0]?.id ?? '', locks: NONE };
}

export function snapshotOf(
  preset: Preset,
  { revision = null, handover = null }: { revision?: number | null; handover?: ReceivedEdit | null } = {},
): Snapshot {
  const scene = plain(preset.scene);
  const origin = new Origin();
  origin.handover = handover;
  origin.presetId = preset.id;
  origin.revision = revision;
  origin.saved = { scene, name: preset.name };
  return { origin, scene, name: preset.name, selectedId: scene.layers[0]?.id ?? '', locks: NONE };
}

/** A plain copy: a proxy must never reach the sound or the store. */
function plain(scene: Scene): Scene {
  return $state.snapshot<Scene>(scene);
}
