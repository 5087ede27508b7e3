// Library item: what a card shows of one saved or factory preset, ready to search.
import type { Preset } from '../../../formats/preset.ts';
import { FACTORY } from '../../../presets/factory.ts';
import type { StoredPreset } from '../../../storage/types.ts';
import { describeScene } from '../../describeScene.ts';
import { triggerLabel } from '../../triggerMessages.ts';
import type { Scene } from '../../../synth/index.ts';
import type { Findable } from './search.ts';

/** One saved or factory preset. */
export interface LibraryItem extends Findable {
  readonly id: string;
  readonly preset: Preset;
  readonly favourite: boolean;
  /** The stored record, or null for a factory preset. */
  readonly stored: StoredPreset | null;
}

const descriptions = new WeakMap<Scene, string>();

/**
 * Describes a scene, once per scene object.
 * @param scene - the scene
 * @returns the description in plain words
 */
export function describeSceneOnce(scene: Scene): string {
  const known = descriptions.get(scene);
  if (known !== undefined) return known;
  const text = describeScene(scene);
  descriptions.set(scene, text);
  return text;
}

/**
 * Library item of a saved preset.
 * @param stored - the stored record
 * @returns the item
 */
export function fromStored(stored: StoredPreset): LibraryItem {
  return createItem(stored.preset, stored.favourite, stored);
}

/**
 * Library items of all factory presets.
 * @param favourites - ids of those marked as favourites
 * @returns the items, in their order
 */
export function factoryItems(favourites: readonly string[]): readonly LibraryItem[] {
  return FACTORY.map((preset) => createItem(preset, favourites.includes(preset.id), null));
}

/**
 * Labels of the blocked triggers that a scene would play.
 * @param scene - the scene
 * @param blocked - ids of blocked triggers
 * @returns the labels, each once
 */
export function blockedTriggersIn(scene: Scene, blocked: readonly string[]): readonly string[] {
  const ids = new Set(
    scene.layers.filter((layer) => !layer.muted && blocked.includes(layer.trigger)).map((layer) => layer.trigger),
  );
  return [...ids].map(triggerLabel);
}

function createItem(preset: Preset, favourite: boolean, stored: StoredPreset | null): LibraryItem {
  const { id, name, tags, note, scene } = preset;
  return { id, name, tags, note, words: describeSceneOnce(scene), preset, favourite, stored };
}
