// A preset at rest: a named scene with the words people keep beside it. The file format's shape, version 2.
import { findTrigger } from '../synth/index.ts';
import type { Layer, ParamValue, Scene } from '../synth/index.ts';
import { checksumOf } from './checksum.ts';
import { plainCopy, PRESET_LIMITS } from './sanitizeJson.ts';
import type { PlainObject } from './sanitizeJson.ts';
import { cleanName, freshId, safeFileName } from './sanitizeText.ts';

export const PRESET_FORMAT = 'hushcraft-preset';
/** Goes up when the shape changes, or when the same numbers would sound different. */
export const PRESET_VERSION = 2;
export const FILE_EXTENSION = '.hush.json';
export const UNNAMED = 'Untitled sound';

export interface Preset {
  readonly format: typeof PRESET_FORMAT;
  readonly version: typeof PRESET_VERSION;
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly tags: readonly string[];
  readonly note: string;
  readonly scene: Scene;
}

/** Why something from outside was refused: `code` for the program, `message` for the person. */
export interface RestoreError {
  readonly code:
    | 'empty'
    | 'too-large'
    | 'not-text'
    | 'not-json'
    | 'too-deep'
    | 'too-many'
    | 'unsafe-key'
    | 'wrong-format'
    | 'newer-version'
    | 'damaged'
    | 'wrong-shape';
  /** One line: what happened, that nothing was changed, and where it helps, what to do. */
  readonly message: string;
}

/** A scene becomes a preset of its own, with a new id and today's date. */
export function newPreset(scene: Scene, name: string, words: Partial<Pick<Preset, 'tags' | 'note'>> = {}): Preset {
  return {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: freshId(),
    name: cleanName(name).text || UNNAMED,
    createdAt: new Date().toISOString(),
    tags: [...(words.tags ?? [])],
    note: words.note ?? '',
    scene: plainCopy(scene, PRESET_LIMITS) as unknown as Scene,
  };
}

/**
 * The text of a preset file: every value written, fields always in the same order, a checksum at the end, no line break
 * after it (so that no part of a file is a file). Throws only for what `restorePreset` would refuse.
 */
export function serializePreset(preset: Preset): string {
  const plain = plainPreset(preset);
  return JSON.stringify({ ...plain, checksum: checksumOf(plain) }, null, 2);
}

/** What a preset's file holds, in the file's order, without the checksum. */
export function plainPreset(preset: Preset): PlainObject {
  const { scene } = preset;
  const file = {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: preset.id,
    name: preset.name,
    createdAt: preset.createdAt,
    tags: preset.tags,
    note: preset.note,
    scene: {
      seed: scene.seed,
      layers: scene.layers.map(orderLayer),
      room: { size: scene.room.size, amount: scene.room.amount },
      master: { gainDb: scene.master.gainDb, mono: scene.master.mono },
      arc: {
        slower: scene.arc.slower,
        thinner: scene.arc.thinner,
        darker: scene.arc.darker,
        farther: scene.arc.farther,
        stiller: scene.arc.stiller,
      },
    },
  };
  return plainCopy(file, PRESET_LIMITS) as PlainObject;
}

export function presetFileName(preset: Pick<Preset, 'name'>): string {
  return safeFileName(preset.name, FILE_EXTENSION);
}

function orderLayer(layer: Layer): Layer {
  const { place } = layer;
  return {
    id: layer.id,
    trigger: layer.trigger,
    gainDb: layer.gainDb,
    muted: layer.muted,
    params: orderParams(layer),
    place: {
      azimuthDeg: place.azimuthDeg,
      elevationDeg: place.elevationDeg,
      closeness: place.closeness,
      spread: place.spread,
      path: place.path,
      periodSec: place.periodSec,
    },
  };
}

/** In the trigger's own order, as its sliders stand. */
function orderParams({ trigger, params }: Layer): Record<string, ParamValue> {
  const known = Object.keys(findTrigger(trigger)?.params ?? {}).filter((id) => Object.hasOwn(params, id));
  const ids = [...known, ...Object.keys(params).filter((id) => !known.includes(id))];
  return Object.fromEntries(ids.map((id) => [id, params[id] ?? 0]));
}
