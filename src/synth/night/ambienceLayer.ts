// The bed that a night puts under sparse sounds by itself: whether one is needed, and what it is.
import { defaultValues } from '../params.ts';
import type { Layer, Scene } from '../scene.ts';
import { findTrigger } from '../triggers/index.ts';

const BED_ID = 'night-bed';
const BED_TRIGGER = 'softNoise';
/** Quiet: found when listened for, heard in every gap. */
const BED_DB = -9;
/** Gestures slower than this leave gaps, strokes and squeezes in a second. */
const SPARSE_PER_SEC = 0.7;

/** True when nothing in the scene sounds all the time: single taps, or gestures with rests between them. */
export function isSparse(scene: Scene): boolean {
  const heard = scene.layers.filter(({ muted }) => !muted);
  return heard.length > 0 && heard.every(hasGaps);
}

function hasGaps({ trigger, params }: Layer): boolean {
  const family = findTrigger(trigger)?.family;
  if (family === 'ambience' || family === 'air' || family === 'water') return false;
  const { pace } = params;
  return family === 'contact' || (typeof pace === 'number' && pace < SPARSE_PER_SEC);
}

/** The bed for a scene, or null: it has a bed already, or needs none. */
export function bedFor(scene: Scene): Layer | null {
  const trigger = findTrigger(BED_TRIGGER);
  if (!trigger || !isSparse(scene)) return null;
  return {
    id: BED_ID,
    trigger: BED_TRIGGER,
    gainDb: BED_DB,
    muted: false,
    params: { ...defaultValues(trigger.params), brightness: 0.28, softness: 0.75, swell: 0.35, width: 0.9 },
    place: { azimuthDeg: 0, elevationDeg: 0, closeness: 0.25, spread: 1, path: 'still', periodSec: 60 },
  };
}

/** A scene with its bed beneath, if it needs one. */
export function withBed(scene: Scene): Scene {
  const bed = bedFor(scene);
  return bed ? { ...scene, layers: [...scene.layers, bed] } : scene;
}
