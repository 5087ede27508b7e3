// When a loop has settled: the end of a round against the end of the round before.

/** Rounds that differ by no more than this share of the sound's root mean square (−114 dB) are the same. */
const SAME = 2e-6;

/** Compares the last `frames` of each round of `total` with those of the round before. */
export class RoundEnd {
  readonly #from: number;
  readonly #total: number;
  readonly #before: [Float32Array, Float32Array];
  #at = 0;
  #power = 0;
  #difference = 0;
  #rounds = 0;

  constructor(frames: number, total: number) {
    this.#from = total - frames;
    this.#total = total;
    this.#before = [new Float32Array(frames), new Float32Array(frames)];
  }

  take(left: Float32Array, right: Float32Array): void {
    for (let i = Math.max(0, this.#from - this.#at); i < left.length; i++) {
      this.#compare(0, this.#at + i - this.#from, left[i] ?? 0);
      this.#compare(1, this.#at + i - this.#from, right[i] ?? 0);
    }
    this.#at += left.length;
  }

  /** Ends the round; true when it was like the one before. */
  close(): boolean {
    const same = this.#rounds > 0 && this.#difference <= SAME * SAME * this.#power;
    this.#at -= this.#total;
    this.#power = 0;
    this.#difference = 0;
    this.#rounds += 1;
    return same;
  }

  #compare(ear: 0 | 1, at: number, sample: number): void {
    const before = this.#before[ear];
    const step = sample - (before[at] ?? 0);
    before[at] = sample;
    this.#power += sample * sample;
    this.#difference += step * step;
  }
}
