// What a card shows: one kept or factory preset with its words, ready to search.
import { FACTORY } from '../../../presets/factory.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { StoredPreset } from '../../../storage/types.ts';
import { describeScene } from '../../describeScene.ts';
import { triggerLabel } from '../../triggerMessages.ts';
import type { Scene } from '../../../synth/index.ts';
import type { Findable } from './search.ts';

export interface Sound extends Findable {
  readonly id: string;
  readonly preset: Preset;
  readonly favourite: boolean;
  /** The kept record, or null for a factory preset. */
  readonly stored: StoredPreset | null;
}

const words = new WeakMap<Scene, string>();

/** The scene in plain words, worked out once per scene. */
export function wordsOf(scene: Scene): string {
  const known = words.get(scene);
  if (known !== undefined) return known;
  const text = describeScene(scene);
  words.set(scene, text);
  return text;
}

export function keptSound(stored: StoredPreset): Sound {
  const { preset, favourite } = stored;
  const { id, name, tags, note } = preset;
  return { id, name, tags, note, words: wordsOf(preset.scene), preset, favourite, stored };
}

export function factorySounds(favourites: readonly string[]): readonly Sound[] {
  return FACTORY.map((preset) => {
    const { id, name, tags, note } = preset;
    return {
      id,
      name,
      tags,
      note,
      words: wordsOf(preset.scene),
      preset,
      favourite: favourites.includes(id),
      stored: null,
    };
  });
}

/** Labels of the triggers in a scene that this person never wants to hear. */
export function neverInside(scene: Scene, never: readonly string[]): readonly string[] {
  const ids = new Set(
    scene.layers.filter((layer) => !layer.muted && never.includes(layer.trigger)).map((layer) => layer.trigger),
  );
  return [...ids].map(triggerLabel);
}
