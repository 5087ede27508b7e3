// Convergence of a loop: compares the end of each round with the end of the round before.

/** Rounds that differ by at most this share of the RMS (−114 dB) count as equal. */
const MAX_RELATIVE_DIFFERENCE = 2e-6;

/** Compares the last `frames` of each round of `total` with those of the round before. */
export class Convergence {
  readonly #from: number;
  readonly #total: number;
  readonly #previous: [Float32Array, Float32Array];
  #position = 0;
  #power = 0;
  #difference = 0;
  #rounds = 0;

  constructor(frames: number, total: number) {
    this.#from = total - frames;
    this.#total = total;
    this.#previous = [new Float32Array(frames), new Float32Array(frames)];
  }

  push(left: Float32Array, right: Float32Array): void {
    for (let i = Math.max(0, this.#from - this.#position); i < left.length; i++) {
      this.#compare(0, this.#position + i - this.#from, left[i] ?? 0);
      this.#compare(1, this.#position + i - this.#from, right[i] ?? 0);
    }
    this.#position += left.length;
  }

  /**
   * Ends the round.
   * @returns true when it equals the one before
   */
  endRound(): boolean {
    const same =
      this.#rounds > 0 && this.#difference <= MAX_RELATIVE_DIFFERENCE * MAX_RELATIVE_DIFFERENCE * this.#power;
    this.#position -= this.#total;
    this.#power = 0;
    this.#difference = 0;
    this.#rounds += 1;
    return same;
  }

  #compare(ear: 0 | 1, index: number, sample: number): void {
    const previous = this.#previous[ear];
    const difference = sample - (previous[index] ?? 0);
    previous[index] = sample;
    this.#power += sample * sample;
    this.#difference += difference * difference;
  }
}
