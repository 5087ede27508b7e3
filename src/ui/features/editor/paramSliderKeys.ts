// How a slider answers to keys and to typed numbers.

/** A slider's travel in whole steps. */
export const STEPS = 1000;
const SMALL = 10;
const LARGE = 100;

/** Exact entry in another unit than the parameter's own (centimetres for closeness). */
export interface ExactUnit {
  readonly unit: 'centimetres' | 'minutes';
  readonly show: (value: number) => number;
  readonly read: (typed: number) => number;
}

/** Steps for this key: arrows 1 %, with Shift 0.1 %, pages 10 %; null for keys that are none of the slider's (or native). */
export function stepFor(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>,
): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const arrow = event.shiftKey ? 1 : SMALL;
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return arrow;
    case 'ArrowLeft':
    case 'ArrowDown':
      return -arrow;
    case 'PageUp':
      return LARGE;
    case 'PageDown':
      return -LARGE;
    case 'Home':
      return -STEPS;
    case 'End':
      return STEPS;
    default:
      return null;
  }
}

/** "1,6 per second" → 1.6; null for what is no number. */
export function readNumber(text: string): number | null {
  const found = /[-−+]?\d*[.,]?\d+/.exec(text.trim());
  if (!found) return null;
  const value = Number(found[0].replace('−', '-').replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}
