// Float samples → 16 or 24-bit integers, with triangular (TPDF) dither of one step from a seeded generator.

/** Full scale of 24 and 16 bit. */
const FULL_SCALE = { 16: 32767, 24: 8388607 } as const;

/** Quantizes samples. The same sound always gives the same integers, whatever file they end up in. */
export class Quantizer {
  readonly #fullScale: number;
  #noise = 0x2545f491;

  constructor(bits: 16 | 24) {
    this.#fullScale = FULL_SCALE[bits];
  }

  /**
   * Quantizes one sample. Call in the order of the file: left, right, left …
   * @param sample - full scale is ±1; clamped
   * @returns an integer
   */
  quantize(sample: number): number {
    const fullScale = this.#fullScale;
    // Digital silence stays silence.
    const dither = sample === 0 ? 0 : this.#uniform() + this.#uniform() - 1;
    return Math.max(-fullScale - 1, Math.min(fullScale, Math.round(sample * fullScale + dither)));
  }

  #uniform(): number {
    let x = this.#noise;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#noise = x;
    return (x >>> 0) / 4294967296;
  }
}
