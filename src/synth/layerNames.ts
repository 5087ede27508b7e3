// What a layer is called beside its neighbours: "brushing", or "second tapping" when there are two of a kind.
import { findTrigger } from './index.ts';
import type { Layer } from './index.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth'];

export function layerName(layers: readonly Layer[], layer: Layer): string {
  const label = (findTrigger(layer.trigger)?.label ?? 'an unknown sound').toLowerCase();
  const same = layers.filter(({ trigger }) => trigger === layer.trigger);
  return same.length > 1 ? `${ORDINALS[same.indexOf(layer)] ?? 'another'} ${label}` : label;
}
