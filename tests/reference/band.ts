// Friction's kernels in plain double precision, one sample at a time: what they must equal.

/** Trapezoidal state-variable filter, settings reached linearly over the block. */
export class PlainBand {
  #s1 = 0;
  #s2 = 0;
  #g = NaN;
  #k = NaN;
  #weights = [0, 0, 0];

  /** `weights`: low, band (unit gain at the centre), high. Adds to `out`. */
  render(input: ArrayLike<number>, out: number[], g: number, k: number, weights: readonly number[]): void {
    const frames = input.length;
    const from = { g: Number.isNaN(this.#g) ? g : this.#g, k: Number.isNaN(this.#k) ? k : this.#k };
    for (let i = 0; i < frames; i++) {
      const t = (i + 1) / frames;
      const gNow = from.g + (g - from.g) * t;
      const kNow = from.k + (k - from.k) * t;
      const [low, band, high] = this.#weights.map((w, lane) => w + ((weights[lane] ?? 0) - w) * t);
      // Both integrators' equations solved together, by Cramer's rule: v1 = band, v2 = low.
      const x = input[i] ?? 0;
      const v1 = (this.#s1 + gNow * (x - this.#s2)) / (1 + gNow * (gNow + kNow));
      const v2 = this.#s2 + gNow * v1;
      this.#s1 = 2 * v1 - this.#s1;
      this.#s2 = 2 * v2 - this.#s2;
      out[i] = (out[i] ?? 0) + (low ?? 0) * v2 + (band ?? 0) * kNow * v1 + (high ?? 0) * (x - kNow * v1 - v2);
    }
    this.#g = g;
    this.#k = k;
    this.#weights = [...weights];
  }
}

/** Cubic through the two middle entries with the slopes of their neighbours. */
export function hermite(table: ArrayLike<number>, position: number): number {
  const n = table.length;
  const at = Math.floor(position);
  const t = position - at;
  const [a, b, c, d] = [-1, 0, 1, 2].map((k) => table[(((at + k) % n) + n) % n] ?? 0) as [
    number,
    number,
    number,
    number,
  ];
  const [m0, m1] = [(c - a) / 2, (d - b) / 2];
  return (
    (2 * t ** 3 - 3 * t ** 2 + 1) * b +
    (t ** 3 - 2 * t ** 2 + t) * m0 +
    (3 * t ** 2 - 2 * t ** 3) * c +
    (t ** 3 - t ** 2) * m1
  );
}

/** One ring of unit amplitude, struck at sample 0: r^n · sin((n + 1)·θ). */
export function ring(hz: number, t60Sec: number, sampleRate: number, frames: number): number[] {
  const theta = (2 * Math.PI * hz) / sampleRate;
  return Array.from({ length: frames }, (_, n) => 10 ** ((-3 * n) / (t60Sec * sampleRate)) * Math.sin((n + 1) * theta));
}
