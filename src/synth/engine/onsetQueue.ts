// Queue of onsets for the visualisation, without allocation. When it is full, further onsets are dropped.

/** Onset of an event: layer, engine frame, strength 0…1, direction and distance. */
export interface Onset {
  layerId: string;
  frame: number;
  strength: number;
  azimuthDeg: number;
  distanceM: number;
}

const MAX_ONSETS = 64;

/** Holds the onsets since the last `drain`. */
export class OnsetQueue {
  readonly #onsets: Onset[] = Array.from({ length: MAX_ONSETS }, () => ({
    layerId: '',
    frame: 0,
    strength: 0,
    azimuthDeg: 0,
    distanceM: 1,
  }));
  #count = 0;

  push(layerId: string, frame: number, strength: number, azimuthDeg: number, distanceM: number): void {
    const onset = this.#onsets[this.#count];
    if (!onset) return;
    onset.layerId = layerId;
    onset.frame = frame;
    onset.strength = strength;
    onset.azimuthDeg = azimuthDeg;
    onset.distanceM = distanceM;
    this.#count += 1;
  }

  /**
   * Reads and removes all onsets.
   * @param onOnset - called for each; the object is reused
   */
  drain(onOnset: (onset: Onset) => void): void {
    for (let i = 0; i < this.#count; i++) {
      const onset = this.#onsets[i];
      if (onset) onOnset(onset);
    }
    this.#count = 0;
  }
}
