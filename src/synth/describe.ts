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

/** "at the left ear", "close, behind on the right", "in front, a little away", "circling the head". */
export function describePlace(place: Place): string {
  const metres = distanceM(place.closeness);
  if (place.path === 'orbit') return metres < NEAR_M ? 'circling close round the head' : 'circling the head';
  if (place.path === 'earToEar') return metres < NEAR_M ? 'from ear to ear, close' : 'from ear to ear';
  return [direction(place.azimuthDeg, metres), height(place.elevationDeg)].filter((words) => words !== '').join(', ');
}

const AT_THE_EAR_M = 0.2;
const NEAR_M = 0.4;
const AWAY_M = 0.7;

function direction(azimuthDeg: number, metres: number): string {
  const size = Math.abs(azimuthDeg);
  const side = azimuthDeg > 0 ? 'left' : 'right';
  const beside = size >= 55 && size <= 125;
  if (beside && metres < AT_THE_EAR_M) return `at the ${side} ear`;
  if (beside && metres < NEAR_M) return `close to the ${side} ear`;
  const where =
    size < 25
      ? 'in front'
      : size < 55
        ? `in front, to the ${side}`
        : beside
          ? `on the ${side}`
          : size <= 155
            ? `behind, on the ${side}`
            : 'behind';
  return metres < NEAR_M ? `close, ${where}` : metres < AWAY_M ? where : `${where}, a little away`;
}

function height(elevationDeg: number): string {
  return elevationDeg < -25 ? 'low down' : elevationDeg > 35 ? 'from above' : '';
}
