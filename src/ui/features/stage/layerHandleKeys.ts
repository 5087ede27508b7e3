// Arrow keys on a mark: left and right turn it round the head, up and down bring it nearer and farther.
import type { Place } from '../../../synth/index.ts';

const TURN_DEG = 5;
const FINE_TURN_DEG = 1;
const NEARER = 0.05;
const FINE_NEARER = 0.01;

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** The change of place for this key, or null. Left turns left (anticlockwise seen from above). */
export function moveFor(event: KeyPress, place: Place): Partial<Place> | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const turn = event.shiftKey ? FINE_TURN_DEG : TURN_DEG;
  const nearer = event.shiftKey ? FINE_NEARER : NEARER;
  switch (event.key) {
    case 'ArrowLeft':
      return { azimuthDeg: place.azimuthDeg + turn };
    case 'ArrowRight':
      return { azimuthDeg: place.azimuthDeg - turn };
    case 'ArrowUp':
      return { closeness: place.closeness + nearer };
    case 'ArrowDown':
      return { closeness: place.closeness - nearer };
    default:
      return null;
  }
}
