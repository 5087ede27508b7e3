// Pure edits of a scene: every function returns a new scene that shares what did not change.
import {
  ARC_SPECS,
  clampParam,
  defaultValues,
  findTrigger,
  LAYER_GAIN,
  MACROS,
  MASTER_GAIN,
  MAX_LAYERS,
  PATHS,
  PLACE_SPECS,
  ROOM_SPECS,
} from '../../../synth/index.ts';
import type { Arc, Layer, Master, ParamValue, Place, Room, Scene } from '../../../synth/index.ts';

/** Layer ids are given in this order; each has its own hue. */
const LAYER_IDS = ['layer-1', 'layer-2', 'layer-3', 'layer-4'] as const;
/** Where a new layer may stand: the freest of these is taken. */
const SEATS_DEG = [60, -60, 120, -120, 20, -20, 180];

export function findLayer(scene: Scene, id: string): Layer | undefined {
  return scene.layers.find((layer) => layer.id === id);
}

export function updateLayer(scene: Scene, id: string, change: (layer: Layer) => Layer): Scene {
  return { ...scene, layers: scene.layers.map((layer) => (layer.id === id ? change(layer) : layer)) };
}

/** Clamps to the parameter's range; an unknown parameter changes nothing. */
export function setParam(scene: Scene, layerId: string, paramId: string, value: ParamValue): Scene {
  const spec = findTrigger(findLayer(scene, layerId)?.trigger ?? '')?.params[paramId];
  if (!spec) return scene;
  const safe = clampParam(spec, value);
  return updateLayer(scene, layerId, (layer) => ({ ...layer, params: { ...layer.params, [paramId]: safe } }));
}

export function setPlace(scene: Scene, layerId: string, change: Partial<Place>): Scene {
  return updateLayer(scene, layerId, (layer) => ({ ...layer, place: safePlace({ ...layer.place, ...change }) }));
}

export function setGain(scene: Scene, layerId: string, gainDb: number): Scene {
  return updateLayer(scene, layerId, (layer) => ({ ...layer, gainDb: clampParam(LAYER_GAIN, gainDb) as number }));
}

export function setMuted(scene: Scene, layerId: string, muted: boolean): Scene {
  return updateLayer(scene, layerId, (layer) => ({ ...layer, muted }));
}

export function setRoom(scene: Scene, change: Partial<Room>): Scene {
  const room = { ...scene.room, ...change };
  return {
    ...scene,
    room: {
      size: clampParam(ROOM_SPECS.size, room.size) as number,
      amount: clampParam(ROOM_SPECS.amount, room.amount) as number,
    },
  };
}

export function setMaster(scene: Scene, change: Partial<Master>): Scene {
  const master = { ...scene.master, ...change };
  return { ...scene, master: { ...master, gainDb: clampParam(MASTER_GAIN, master.gainDb) as number } };
}

export function setArc(scene: Scene, change: Partial<Arc>): Scene {
  const arc = { ...scene.arc };
  for (const key of Object.keys(ARC_SPECS) as (keyof Arc)[]) {
    arc[key] = clampParam(ARC_SPECS[key], change[key] ?? arc[key]) as number;
  }
  return { ...scene, arc };
}

/** Adds a layer of this trigger in the freest seat; null when there is no room or no such trigger. */
export function addLayer(scene: Scene, triggerId: string): { readonly scene: Scene; readonly id: string } | null {
  const trigger = findTrigger(triggerId);
  if (!trigger || scene.layers.length >= MAX_LAYERS) return null;
  const id = freeLayerId(scene);
  const layer: Layer = {
    id,
    trigger: triggerId,
    gainDb: LAYER_GAIN.default,
    muted: false,
    params: defaultValues(trigger.params),
    place: { ...defaultPlace(), azimuthDeg: freeSeat(scene) },
  };
  return { scene: { ...scene, layers: [...scene.layers, layer] }, id };
}

/** A copy on the other side of the head; null when there is no room. */
export function duplicateLayer(scene: Scene, layerId: string): { readonly scene: Scene; readonly id: string } | null {
  const index = scene.layers.findIndex((layer) => layer.id === layerId);
  const layer = scene.layers[index];
  if (!layer || scene.layers.length >= MAX_LAYERS) return null;
  const id = freeLayerId(scene);
  const mirrored =
    layer.place.azimuthDeg === 0 || Math.abs(layer.place.azimuthDeg) === 180
      ? freeSeat(scene)
      : -layer.place.azimuthDeg;
  const copy: Layer = { ...layer, id, params: { ...layer.params }, place: { ...layer.place, azimuthDeg: mirrored } };
  const layers = [...scene.layers];
  layers.splice(index + 1, 0, copy);
  return { scene: { ...scene, layers }, id };
}

/** The last layer stays: a scene has at least one. */
export function removeLayer(scene: Scene, layerId: string): Scene {
  if (scene.layers.length <= 1) return scene;
  return { ...scene, layers: scene.layers.filter((layer) => layer.id !== layerId) };
}

/** Moves a layer by `steps` in the order of the chips and of the description. */
export function moveLayer(scene: Scene, layerId: string, steps: number): Scene {
  const from = scene.layers.findIndex((layer) => layer.id === layerId);
  const to = Math.min(scene.layers.length - 1, Math.max(0, from + steps));
  if (from < 0 || from === to) return scene;
  const layers = [...scene.layers];
  layers.splice(to, 0, ...layers.splice(from, 1));
  return { ...scene, layers };
}

/** Another trigger in the same place; the house macros mean the same there, so they stay where their units agree. */
export function changeTrigger(scene: Scene, layerId: string, triggerId: string): Scene {
  const next = findTrigger(triggerId);
  if (!next) return scene;
  return updateLayer(scene, layerId, (layer) => {
    const before = findTrigger(layer.trigger);
    const params = defaultValues(next.params);
    for (const macro of MACROS) {
      const [old, spec, value] = [before?.params[macro], next.params[macro], layer.params[macro]];
      if (old?.kind !== 'number' || spec?.kind !== 'number' || old.unit !== spec.unit || value === undefined) continue;
      params[macro] = clampParam(spec, value);
    }
    return { ...layer, trigger: triggerId, params };
  });
}

/** What is heard: solo and blocked layers become mutes, one-ear listening becomes mono. */
export function applyListeningFilters(
  scene: Scene,
  options: {
    readonly solo: ReadonlySet<string>;
    readonly blocked: (triggerId: string) => boolean;
    readonly mono: boolean;
  },
): Scene {
  const { solo, blocked, mono } = options;
  const layers = scene.layers.map((layer) => {
    const silent = layer.muted || (solo.size > 0 && !solo.has(layer.id)) || blocked(layer.trigger);
    return silent === layer.muted ? layer : { ...layer, muted: silent };
  });
  return { ...scene, layers, master: mono ? { ...scene.master, mono: true } : scene.master };
}

/** Same content, whatever the order of keys. */
export function sameScene(a: Scene, b: Scene): boolean {
  return a === b || same(a, b);
}

/** A layer's hue, 0…3: by its id where it is one of ours, else the first hue left free. */
export function hueOf(scene: Scene, layerId: string): number {
  const own = hueOfId(layerId);
  if (own >= 0) return own;
  const taken = new Set(scene.layers.map(({ id }) => hueOfId(id)).filter((hue) => hue >= 0));
  const free = LAYER_IDS.map((_, hue) => hue).filter((hue) => !taken.has(hue));
  const strangers = scene.layers.filter(({ id }) => hueOfId(id) < 0);
  return free[strangers.findIndex(({ id }) => id === layerId)] ?? 0;
}

export function defaultPlace(): Place {
  return {
    azimuthDeg: PLACE_SPECS.azimuthDeg.default,
    elevationDeg: PLACE_SPECS.elevationDeg.default,
    closeness: PLACE_SPECS.closeness.default,
    spread: PLACE_SPECS.spread.default,
    path: 'still',
    periodSec: PLACE_SPECS.periodSec.default,
  };
}

/** −180 < angle ≤ 180. */
export function wrapDeg(angle: number): number {
  const turned = ((angle % 360) + 360) % 360;
  return turned > 180 ? turned - 360 : turned;
}

function safePlace(place: Place): Place {
  const turned = Number.isFinite(place.azimuthDeg) ? wrapDeg(place.azimuthDeg) : PLACE_SPECS.azimuthDeg.default;
  return {
    azimuthDeg: turned,
    elevationDeg: clampParam(PLACE_SPECS.elevationDeg, place.elevationDeg) as number,
    closeness: clampParam(PLACE_SPECS.closeness, place.closeness) as number,
    spread: clampParam(PLACE_SPECS.spread, place.spread) as number,
    path: PATHS.includes(place.path) ? place.path : 'still',
    periodSec: clampParam(PLACE_SPECS.periodSec, place.periodSec) as number,
  };
}

function freeLayerId(scene: Scene): string {
  const used = new Set(scene.layers.map(({ id }) => id));
  const ours = LAYER_IDS.find((id) => !used.has(id));
  if (ours) return ours;
  let number = LAYER_IDS.length + 1;
  while (used.has(`layer-${String(number)}`)) number += 1;
  return `layer-${String(number)}`;
}

/** The seat farthest from every layer there is. */
function freeSeat(scene: Scene): number {
  let best = SEATS_DEG[0] ?? 0;
  let bestGap = -1;
  for (const seat of SEATS_DEG) {
    const gap = Math.min(360, ...scene.layers.map(({ place }) => Math.abs(wrapDeg(seat - place.azimuthDeg))));
    if (gap > bestGap) [best, bestGap] = [seat, gap];
  }
  return best;
}

function hueOfId(id: string): number {
  return (LAYER_IDS as readonly string[]).indexOf(id);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
  return (
    keysA.length === keysB.length &&
    keysA.every((key) => key in b && same(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
