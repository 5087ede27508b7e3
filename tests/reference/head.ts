// The near-field head in plain double precision, one emitter, one sample at a time: what the kernel must equal.

/** Band-pass b·(x − x₂) − a1·y₁ − a2·y₂. */
export interface Bell {
  readonly b: number;
  readonly a1: number;
  readonly a2: number;
}

/** What one emitter's filter glides through. Gains: direct and three low-passes. */
export interface EarTargets {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly dip: number;
  readonly notch: number;
  readonly bass: number;
  readonly delayLeft: number;
  readonly delayRight: number;
}

const NODES = [-2, -1, 0, 1, 2, 3];

/** Lagrange's polynomial through six samples around `base`, `t` past it. */
function lagrange(line: readonly number[], base: number, t: number): number {
  let sum = 0;
  for (const k of NODES) {
    let weight = 1;
    for (const j of NODES) if (j !== k) weight *= (t - j) / (k - j);
    sum += weight * (line[base + k] ?? 0);
  }
  return sum;
}

export class HeadReference {
  readonly #dip: Bell;
  readonly #notch: Bell;
  /** G of bass, low, mid and high. */
  readonly #poles: readonly number[];
  readonly #states = [0, 0, 0, 0];
  readonly #x: number[] = [0, 0];
  readonly #dipped: number[] = [0, 0];
  readonly #notched: number[] = [0, 0];
  readonly #lines: [number[], number[]] = [[], []];

  constructor(dip: Bell, notch: Bell, poles: readonly number[]) {
    this.#dip = dip;
    this.#notch = notch;
    this.#poles = poles;
  }

  /** One block; everything runs in a straight line from one target to the next. */
  render(input: Float32Array, from: EarTargets, to: EarTargets): { left: number[]; right: number[] } {
    const left: number[] = [];
    const right: number[] = [];
    const frames = input.length;
    for (let i = 0; i < frames; i++) {
      const ramp = (a: number, b: number): number => a + ((b - a) * (i + 1)) / frames;
      // Bells and bass take one step every four frames.
      const step = (a: number, b: number): number => a + ((b - a) * (i - (i % 4))) / frames;
      const x = input[i]!;
      const dip = bell(this.#dip, x, this.#x, this.#dipped);
      const notch = bell(this.#notch, x, this.#x, this.#notched);
      this.#x.unshift(x);
      this.#x.length = 2;
      const shaped = x + step(from.dip, to.dip) * dip + step(from.notch, to.notch) * notch;
      const v = shaped + step(from.bass, to.bass) * this.#lowPass(0, shaped);
      const basis = [v, this.#lowPass(1, v), this.#lowPass(2, v), this.#lowPass(3, v)];
      const weigh = (a: readonly number[], b: readonly number[]): number =>
        basis.reduce((sum, value, k) => sum + value * ramp(a[k]!, b[k]!), 0);
      this.#lines[0].push(weigh(from.left, to.left));
      this.#lines[1].push(weigh(from.right, to.right));
    }
    const start = this.#lines[0].length - frames;
    const read = (line: readonly number[], i: number, a: number, b: number): number => {
      const delay = (frame: number): number => a + ((b - a) * (frame + 1)) / frames;
      // Four frames share their nodes, chosen at the second of them.
      const whole = Math.ceil(delay(i - (i % 4) + 1));
      return lagrange(line, start + i - whole, whole - delay(i));
    };
    for (let i = 0; i < frames; i++) {
      left.push(read(this.#lines[0], i, from.delayLeft, to.delayLeft));
      right.push(read(this.#lines[1], i, from.delayRight, to.delayRight));
    }
    return { left, right };
  }

  #lowPass(index: number, x: number): number {
    const y = this.#states[index]! + this.#poles[index]! * (x - this.#states[index]!);
    this.#states[index] = 2 * y - this.#states[index]!;
    return y;
  }
}

function bell({ b, a1, a2 }: Bell, x: number, before: readonly number[], out: number[]): number {
  const y = b * (x - before[1]!) - a1 * out[0]! - a2 * out[1]!;
  out[1] = out[0]!;
  out[0] = y;
  return y;
}
