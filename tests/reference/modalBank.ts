// Plain f64 reference of the modal bank: the usual two-pole resonators, one after the other, sample by sample.

/** One contact: its force, when it begins, and how strongly it drives each partial. */
export interface ReferenceContact {
  readonly at: number;
  readonly force: ArrayLike<number>;
  readonly gains: readonly number[];
}

export interface ReferenceMode {
  readonly hz: number;
  readonly t60Sec: number;
}

/**
 * y[n] = 2r·cos θ·y[n−1] − r²·y[n−2] + x[n] + b·x[n−1] per partial: impulse response e^(−dn)·(cos θn − d/θ·sin θn), its first
 * sample halved.
 */
export class ReferenceBank {
  readonly #a1: Float64Array;
  readonly #a2: Float64Array;
  readonly #b1: Float64Array;
  readonly #y1: Float64Array;
  readonly #y2: Float64Array;
  readonly #x1: Float64Array;

  constructor(modes: readonly ReferenceMode[], sampleRate: number) {
    const n = modes.length;
    this.#a1 = new Float64Array(n);
    this.#a2 = new Float64Array(n);
    this.#b1 = new Float64Array(n);
    this.#y1 = new Float64Array(n);
    this.#y2 = new Float64Array(n);
    this.#x1 = new Float64Array(n);
    modes.forEach(({ hz, t60Sec }, i) => {
      const theta = (2 * Math.PI * hz) / sampleRate;
      const d = Math.log(1000) / (t60Sec * sampleRate);
      const r = Math.exp(-d);
      this.#a1[i] = 2 * r * Math.cos(theta);
      this.#a2[i] = -r * r;
      this.#b1[i] = -r * (Math.cos(theta) + (d / theta) * Math.sin(theta));
    });
  }

  /** Adds `frames` samples to `out`; `contacts` are placed against the first of them. */
  render(contacts: readonly ReferenceContact[], out: Float64Array, frames: number): void {
    for (let n = 0; n < frames; n++) {
      let sum = 0;
      for (let i = 0; i < this.#a1.length; i++) {
        let x = 0;
        for (const { at, force, gains } of contacts) {
          const k = n - at;
          if (k >= 0 && k < force.length) x += force[k]! * gains[i]!;
        }
        const y = this.#a1[i]! * this.#y1[i]! + this.#a2[i]! * this.#y2[i]! + x + this.#b1[i]! * this.#x1[i]!;
        this.#x1[i] = x;
        this.#y2[i] = this.#y1[i]!;
        this.#y1[i] = y;
        sum += y - 0.5 * x;
      }
      out[n] = out[n]! + sum;
    }
  }
}
