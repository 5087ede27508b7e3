// A scene in plain words: "soft nail taps on glass, slow, close to the left ear; silk brush on the right".
import type { ValuesOf } from './params.ts';
import { distanceM } from './scene.ts';
import type { Layer, Place, Scene } from './scene.ts';
import { findTrigger } from './triggers/index.ts';

/** The whole scene; muted layers are left out. */
export function describeScene(scene: Scene): string {
  const parts = scene.layers.filter((layer) => !layer.muted).map(describeLayer);
  return parts.length > 0 ? parts.join('; ') : 'silence';
}

export function describeLayer(layer: Layer): string {
  const trigger = findTrigger(layer.trigger);
  if (!trigger) return 'an unknown sound';
  return `${trigger.describe(layer.params as ValuesOf<typeof trigger.params>)}, ${describePlace(layer.place)}`;
}

/** "close to the left ear", "in front, an arm’s length away", "circling the head". */
export function describePlace(place: Place): string {
  const metres = distanceM(place.closeness);
  const side = sideOf(place.azimuthDeg);
  if (place.path === 'orbit') return metres < 0.3 ? 'circling close round the head' : 'circling the head';
  if (place.path === 'earToEar') return metres < 0.3 ? 'from ear to ear, close' : 'from ear to ear';
  if (metres < 0.2 && (side === 'left' || side === 'right')) return `at the ${side} ear`;
  if (metres < 0.4) return side === 'left' || side === 'right' ? `close to the ${side} ear` : `close, ${side}`;
  if (metres < 0.7) return side === 'left' || side === 'right' ? `on the ${side}` : side;
  return side === 'left' || side === 'right' ? `on the ${side}, a little away` : `${side}, a little away`;
}

function sideOf(azimuthDeg: number): 'in front' | 'behind' | 'left' | 'right' {
  const size = Math.abs(azimuthDeg);
  if (size < 25) return 'in front';
  if (size > 155) return 'behind';
  return azimuthDeg > 0 ? 'left' : 'right';
}
