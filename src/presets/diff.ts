// Differences between two scenes, as data, the most audible first.
import { ARC_SPECS, findTrigger, LAYER_GAIN, MASTER_GAIN, PLACE_SPECS, ROOM_SPECS, toTravel } from '../synth/index.ts';
import type { Layer, NumberParam, Path, Place, Scene } from '../synth/index.ts';

/** How far a slider would move. */
export type ChangeSize = 'minimal' | 'small' | 'medium' | 'large';

/** A number that is higher or lower. */
export interface NumberChange {
  readonly kind: 'number';
  readonly group: 'params' | 'place' | 'gain' | 'master' | 'room' | 'arc';
  readonly id: string;
  readonly spec: NumberParam;
  readonly direction: 'more' | 'less';
  readonly size: ChangeSize;
  readonly from: number;
  readonly to: number;
}

/** What became of a part of a scene. */
export type Change =
  | { readonly kind: 'layerAdded' | 'layerRemoved' }
  | NumberChange
  | { readonly kind: 'choice'; readonly id: string; readonly from: string; readonly to: string }
  | { readonly kind: 'muted' | 'mono'; readonly to: boolean }
  | { readonly kind: 'path'; readonly from: Path; readonly to: Path }
  /** Positive is to the left. */
  | { readonly kind: 'direction'; readonly from: Place; readonly to: Place; readonly byDeg: number }
  /** Other random numbers. */
  | { readonly kind: 'seed' };

/** One difference. */
export interface Difference {
  /** `layer-1/params/softness`, `layer-1`, `room/size`: what differs, in the first scene's ids. */
  readonly path: string;
  /** Of the scene it is in; null for the whole scene. */
  readonly layer: Layer | null;
  /** All layers of that scene. */
  readonly layers: readonly Layer[];
  readonly change: Change;
  /** How audible it is; the list is in this order. */
  readonly weight: number;
}

type Push = (path: string, change: Change | null, weight: number) => void;

/**
 * Compares two scenes.
 * @param a - before
 * @param b - after
 * @returns the differences, the most audible first; empty when every sample is the same
 */
export function diffScenes(a: Scene, b: Scene): readonly Difference[] {
  const found: Difference[] = [];
  const pairs = pairLayers(a.layers, b.layers);
  for (const layer of a.layers) {
    const partner = pairs.get(layer);
    if (partner) diffLayers(layer, partner, pusher(found, a.layers, layer));
    else found.push(wholeLayer('layerRemoved', layer, a.layers));
  }
  const paired = new Set(pairs.values());
  for (const layer of b.layers) if (!paired.has(layer)) found.push(wholeLayer('layerAdded', layer, b.layers));
  const push = pusher(found, a.layers, null);
  push('master/gainDb', numberChange('master', 'gainDb', MASTER_GAIN, a.master.gainDb, b.master.gainDb), 60);
  if (a.master.mono !== b.master.mono) push('master/mono', { kind: 'mono', to: b.master.mono }, 70);
  push('room/amount', numberChange('room', 'amount', ROOM_SPECS.amount, a.room.amount, b.room.amount), 40);
  push('room/size', numberChange('room', 'size', ROOM_SPECS.size, a.room.size, b.room.size), 30);
  for (const [id, spec] of Object.entries(ARC_SPECS)) {
    const key = id as keyof typeof ARC_SPECS;
    push(`arc/${id}`, numberChange('arc', id, spec, a.arc[key], b.arc[key]), 10);
  }
  if (a.seed !== b.seed) push('seed', { kind: 'seed' }, 20);
  // Array sorting is stable: equal weights stay in order.
  return found.sort((one, other) => other.weight - one.weight);
}

function wholeLayer(kind: 'layerAdded' | 'layerRemoved', layer: Layer, layers: readonly Layer[]): Difference {
  return { path: layer.id, layer, layers, change: { kind }, weight: 100 };
}

function pusher(found: Difference[], layers: readonly Layer[], layer: Layer | null): Push {
  return (part, change, weight) => {
    const path = layer ? `${layer.id}/${part}` : part;
    if (change) found.push({ path, layer, layers, change, weight: Math.round(weight) });
  };
}

/** The same id and trigger first; then what is left, by trigger and in order. */
function pairLayers(a: readonly Layer[], b: readonly Layer[]): Map<Layer, Layer> {
  const pairs = new Map<Layer, Layer>();
  const free = new Set(b);
  const fits = [
    (one: Layer, other: Layer) => one.trigger === other.trigger && one.id === other.id,
    (one: Layer, other: Layer) => one.trigger === other.trigger,
  ];
  for (const fit of fits) {
    for (const layer of a) {
      const partner = pairs.has(layer) ? undefined : [...free].find((other) => fit(layer, other));
      if (!partner) continue;
      pairs.set(layer, partner);
      free.delete(partner);
    }
  }
  return pairs;
}

function diffLayers(a: Layer, b: Layer, push: Push): void {
  if (a.muted !== b.muted) push('muted', { kind: 'muted', to: b.muted }, 95);
  for (const [id, spec] of Object.entries(findTrigger(a.trigger)?.params ?? {})) {
    const from = a.params[id] ?? spec.default;
    const to = b.params[id] ?? spec.default;
    if (spec.kind === 'choice') {
      if (from !== to) push(`params/${id}`, { kind: 'choice', id, from: String(from), to: String(to) }, 85);
    } else {
      const change = numberChange('params', id, spec, Number(from), Number(to));
      push(`params/${id}`, change, (PARAM_WEIGHTS[id] ?? 40) + 20 * sliderDistance(spec, Number(from), Number(to)));
    }
  }
  const gain = numberChange('gain', 'gainDb', LAYER_GAIN, a.gainDb, b.gainDb);
  push('gainDb', gain, 60 + 20 * sliderDistance(LAYER_GAIN, a.gainDb, b.gainDb));
  diffPlaces(a.place, b.place, push);
  if (a.id !== b.id) push('id', { kind: 'seed' }, 20);
}

const PARAM_WEIGHTS: Readonly<Record<string, number>> = { pace: 70, softness: 65, brightness: 60, crispness: 50 };

function diffPlaces(a: Place, b: Place, push: Push): void {
  const number = (id: keyof typeof PLACE_SPECS, weight: number): void => {
    push(`place/${id}`, numberChange('place', id, PLACE_SPECS[id], a[id], b[id]), weight);
  };
  if (a.path !== b.path) push('place/path', { kind: 'path', from: a.path, to: b.path }, 75);
  number('closeness', 66 + 20 * sliderDistance(PLACE_SPECS.closeness, a.closeness, b.closeness));
  if (a.azimuthDeg !== b.azimuthDeg) {
    const byDeg = ((b.azimuthDeg - a.azimuthDeg + 540) % 360) - 180;
    push('place/azimuthDeg', { kind: 'direction', from: a, to: b, byDeg }, 55 + Math.abs(byDeg) / 6);
  }
  number('elevationDeg', 35);
  number('spread', 35);
  const moves = a.path !== 'still' && a.path !== 'strokes' && a.path === b.path;
  number('periodSec', moves ? 35 : 5);
}

function numberChange(
  group: NumberChange['group'],
  id: string,
  spec: NumberParam,
  from: number,
  to: number,
): NumberChange | null {
  if (from === to) return null;
  const direction = to > from ? 'more' : 'less';
  return { kind: 'number', group, id, spec, direction, size: changeSize(sliderDistance(spec, from, to)), from, to };
}

/** How far the slider would move, 0…1. */
function sliderDistance(spec: NumberParam, from: number, to: number): number {
  return Math.abs(toTravel(spec, to) - toTravel(spec, from));
}

function changeSize(distance: number): ChangeSize {
  if (distance < 0.06) return 'minimal';
  if (distance < 0.2) return 'small';
  return distance < 0.5 ? 'medium' : 'large';
}
