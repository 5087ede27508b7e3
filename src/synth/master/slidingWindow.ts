// Moving sum: the last N values of a stream, their sum and mean.

/** Ring buffer with a running sum. */
export class SlidingWindow {
  readonly #values: Float64Array;
  #next = 0;
  #sum = 0;
  /** Values pushed since the start. */
  count = 0;

  constructor(length: number) {
    this.#values = new Float64Array(length);
  }

  push(value: number): void {
    const values = this.#values;
    this.#sum += value - (values[this.#next] ?? 0);
    values[this.#next] = value;
    this.#next += 1;
    this.count += 1;
    if (this.#next < values.length) return;
    // Recomputed once a round: rounding errors do not accumulate over a night.
    this.#next = 0;
    this.#sum = 0;
    for (const value of values) this.#sum += value;
  }

  /** The value pushed `back` pushes before the newest one (0); 0 before the start. */
  ago(back: number): number {
    const at = this.#next - 1 - back;
    return this.#values[at < 0 ? at + this.#values.length : at] ?? 0;
  }

  /** Sum over the window; before the start all is 0. */
  get sum(): number {
    return Math.max(0, this.#sum);
  }

  /** Mean over what has been pushed, the window's length at most. 0 before the start. */
  get mean(): number {
    return this.count === 0 ? 0 : this.sum / Math.min(this.count, this.#values.length);
  }

  reset(): void {
    this.#values.fill(0);
    this.#next = 0;
    this.#sum = 0;
    this.count = 0;
  }
}
