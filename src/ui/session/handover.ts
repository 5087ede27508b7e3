// A sound that someone sent to be adjusted: whose it is, and how far its values may be moved.
import type { Bound } from '../../presets/parcel.ts';
import type { Preset } from '../../presets/preset.ts';
import type { Layer, ParamValue, Scene } from '../../synth/index.ts';

export interface Handover {
  /** Who it says it is from; may be empty. */
  readonly from: string;
  readonly bounds: readonly Bound[];
  /** As it came: what is sent back keeps its id. */
  readonly preset: Preset;
}

/** The limits of one value, named as a `Bound` names it; null where it may be moved freely. */
export function boundOf(bounds: readonly Bound[], what: string): Bound | null {
  return bounds.find((bound) => bound.what === what) ?? null;
}

/** The scene with every bounded value between its ends. The same object when nothing was outside. */
export function heldWithin(scene: Scene, bounds: readonly Bound[]): Scene {
  if (bounds.length === 0) return scene;
  const hold = <Value extends ParamValue>(what: string, value: Value): Value => {
    const bound = boundOf(bounds, what);
    if (!bound || typeof value !== 'number') return value;
    return Math.min(bound.max, Math.max(bound.min, value)) as Value;
  };
  const layers = scene.layers.map((layer) => heldLayer(layer, hold));
  const gainDb = hold('master/gainDb', scene.master.gainDb);
  const moved = layers.some((layer, index) => layer !== scene.layers[index]) || gainDb !== scene.master.gainDb;
  return moved ? { ...scene, layers, master: { ...scene.master, gainDb } } : scene;
}

function heldLayer(layer: Layer, hold: <Value extends ParamValue>(what: string, value: Value) => Value): Layer {
  const { id, params, place } = layer;
  const closeness = hold(`${id}/place/closeness`, place.closeness);
  const gainDb = hold(`${id}/gainDb`, layer.gainDb);
  const kept = Object.fromEntries(
    Object.entries(params).map(([param, value]) => [param, hold(`${id}/params/${param}`, value)]),
  );
  const moved = Object.keys(params).some((param) => kept[param] !== params[param]);
  if (!moved && closeness === place.closeness && gainDb === layer.gainDb) return layer;
  return { ...layer, gainDb, params: kept, place: { ...place, closeness } };
}
