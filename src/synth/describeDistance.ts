// How near a sound is, as every screen and every sentence says it: "23 cm", and "1 m" for the outer ring.
import { distanceM } from './index.ts';

export function distanceWords(closeness: number): string {
  const centimetres = Math.round(distanceM(closeness) * 100);
  return centimetres >= 100 ? '1 m' : `${String(centimetres)} cm`;
}
