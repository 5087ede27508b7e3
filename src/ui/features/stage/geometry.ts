// The stage's map: a place round the head ↔ a point on the drawing. Front is up, left is left; rings are spaced by the
// logarithm of distance, so a step of closeness is the same step everywhere. Units: shares of the stage's side, 0…1.
import { closenessFromDistance } from '../../../synth/index.ts';
import type { Place } from '../../../synth/index.ts';
import { wrapDeg } from '../editor/sceneEdits.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const CENTRE = 0.5;
/** Radius of the 12 cm ring and of the 1 m ring. */
export const NEAR_RADIUS = 0.186;
export const FAR_RADIUS = 0.435;
/** Half the head's width and height, and the ears' distance from the middle. */
export const HEAD = { halfWidth: 0.098, halfHeight: 0.118 } as const;

const RADIANS = Math.PI / 180;

export function radiusOf(closeness: number): number {
  return FAR_RADIUS - (FAR_RADIUS - NEAR_RADIUS) * closeness;
}

export function radiusAt(metres: number): number {
  return radiusOf(closenessFromDistance(metres));
}

export function pointAt(azimuthDeg: number, radius: number): Point {
  return {
    x: CENTRE - radius * Math.sin(azimuthDeg * RADIANS),
    y: CENTRE - radius * Math.cos(azimuthDeg * RADIANS),
  };
}

export function pointOf({ azimuthDeg, closeness }: Pick<Place, 'azimuthDeg' | 'closeness'>): Point {
  return pointAt(azimuthDeg, radiusOf(closeness));
}

/** The place under a point, closeness held between the rings. */
export function placeAt({ x, y }: Point): Pick<Place, 'azimuthDeg' | 'closeness'> {
  const [dx, dy] = [x - CENTRE, y - CENTRE];
  const closeness = (FAR_RADIUS - Math.hypot(dx, dy)) / (FAR_RADIUS - NEAR_RADIUS);
  return {
    azimuthDeg: wrapDeg(Math.atan2(-dx, -dy) / RADIANS),
    closeness: Math.min(1, Math.max(0, closeness)),
  };
}

/** Half the arc a drifting layer wanders along, and half the arc of a stroke with the way its ends fall back (in closeness). */
const DRIFT_DEG = 34;
const STROKE_DEG = 32;
const STROKE_RECEDE = 0.05;
const STEPS_ALONG = 48;

/** The way a layer travels, as an SVG path in stage units; '' where it stands still. */
export function pathLine(place: Place): string {
  const { azimuthDeg, closeness, path } = place;
  switch (path) {
    case 'still':
      return '';
    case 'orbit':
      return `${line(closeness, -180, 180, 0)}Z`;
    case 'earToEar':
      return Math.abs(azimuthDeg) > 90 ? line(closeness, 90, 270, 0) : line(closeness, -90, 90, 0);
    case 'drift':
      return line(closeness, azimuthDeg - DRIFT_DEG, azimuthDeg + DRIFT_DEG, 0);
    case 'strokes':
      return line(closeness, azimuthDeg - STROKE_DEG, azimuthDeg + STROKE_DEG, STROKE_RECEDE);
  }
}

function line(closeness: number, fromDeg: number, toDeg: number, recede: number): string {
  const points = Array.from({ length: STEPS_ALONG + 1 }, (_, step) => {
    const along = (2 * step) / STEPS_ALONG - 1;
    const angle = (fromDeg + toDeg) / 2 + (along * (toDeg - fromDeg)) / 2;
    const { x, y } = pointAt(angle, radiusOf(Math.max(0, closeness - recede * along * along)));
    return `${x.toFixed(4)} ${y.toFixed(4)}`;
  });
  return `M${points.join('L')}`;
}
