// Phrase lengths: how many gestures a hand makes before it rests.

export const MIN_PHRASE = 3;
export const MAX_PHRASE = 9;

/**
 * Length of a phrase.
 * @param share - 0…1, exclusive of 1
 * @returns `MIN_PHRASE`…`MAX_PHRASE` gestures
 */
export function phraseLength(share: number): number {
  return MIN_PHRASE + Math.floor((MAX_PHRASE - MIN_PHRASE + 1) * share);
}
