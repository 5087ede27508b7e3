// Ambience layer that a night adds to sparse scenes: whether one is needed, and what it is.
import { defaultValues } from '../params.ts';
import type { Layer, Scene } from '../scene.ts';
import { findTrigger } from '../triggers/index.ts';

const AMBIENCE_ID = 'night-bed';
const AMBIENCE_TRIGGER = 'softNoise';
/** Quiet, but audible in every gap. */
const AMBIENCE_GAIN_DB = -9;
/** Gestures slower than this leave gaps. */
const SPARSE_PER_SEC = 0.7;

/**
 * Checks whether a scene has gaps: single taps, or gestures with rests between them, and nothing continuous.
 * @param scene - the scene
 * @returns true when no audible layer sounds all the time
 */
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

/**
 * Creates the ambience layer of a scene.
 * @param scene - the scene
 * @returns a layer; null when none is needed
 */
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

/**
 * Adds the ambience layer, if the scene needs one.
 * @param scene - the scene
 * @returns a new scene, or the same
 */
export function withAmbience(scene: Scene): Scene {
  const ambience = createAmbienceLayer(scene);
  return ambience ? { ...scene, layers: [...scene.layers, ambience] } : scene;
}
