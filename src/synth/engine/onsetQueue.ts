// The onsets since they were last asked for, kept without allocating. What does not fit is forgotten: it is for the picture only.

/** A sound began: which layer, where (degrees, metres), how hard. */
export interface Onset {
  layerId: string;
  frame: number;
  strength: number;
  azimuthDeg: number;
  distanceM: number;
}

const MAX_ONSETS = 64;

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

  /** Calls `use` for each and forgets them. The object is reused. */
  drain(onOnset: (onset: Onset) => void): void {
    for (let i = 0; i < this.#count; i++) {
      const onset = this.#onsets[i];
      if (onset) onOnset(onset);
    }
    this.#count = 0;
  }
}
