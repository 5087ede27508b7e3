// The bed that a night puts under sparse sounds by itself: whether one is needed, and what it is.
import { defaultValues } from '../params.ts';
import type { Layer, Scene } from '../scene.ts';
import { findTrigger } from '../triggers/index.ts';

const AMBIENCE_ID = 'night-bed';
const AMBIENCE_TRIGGER = 'softNoise';
/** Quiet: found when listened for, heard in every gap. */
const AMBIENCE_GAIN_DB = -9;
/** Gestures slower than this leave gaps, strokes and squeezes in a second. */
const SPARSE_PER_SEC = 0.7;

/** True when nothing in the scene sounds all the time: single taps, or gestures with rests between them. */
export function needsAmbience(scene: Scene): boolean {
  const audible = scene.layers.filter(({ muted }) => !muted);
  return audible.length > 0 && audible.every(hasGaps);
}

function hasGaps({ trigger, params }: Layer): boolean {
  const family = findTrigger(trigger)?.family;
  if (family === 'ambience' || family === 'air' || family === 'water') return false;
  const { pace } = params;
  return family === 'contact' || (typeof pace === 'number' && pace < SPARSE_PER_SEC);
}

/** The bed for a scene, or null: it has a bed already, or needs none. */
export function createAmbienceLayer(scene: Scene): Layer | null {
  const trigger = findTrigger(AMBIENCE_TRIGGER);
  if (!trigger || !needsAmbience(scene)) return null;
  return {
    id: AMBIENCE_ID,
    trigger: AMBIENCE_TRIGGER,
    gainDb: AMBIENCE_GAIN_DB,
    muted: false,
    params: { ...defaultValues(trigger.params), brightness: 0.28, softness: 0.75, swell: 0.35, width: 0.9 },
    place: { azimuthDeg: 0, elevationDeg: 0, closeness: 0.25, spread: 1, path: 'still', periodSec: 60 },
  };
}

/** A scene with its bed beneath, if it needs one. */
export function withAmbience(scene: Scene): Scene {
  const ambience = createAmbienceLayer(scene);
  return ambience ? { ...scene, layers: [...scene.layers, ambience] } : scene;
}
