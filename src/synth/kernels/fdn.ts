// Feedback delay network (FDN), four samples per vector: two inputs → one-pole low-pass → 6 early reflections, and
// → 4 or 8 delay lines (three-tap FIR damping → Householder mixing → back in) → two outputs.
// Source: J.-M. Jot & A. Chaigne 1991 (FDN with absorbent filters); Householder feedback matrix: J. O. Smith.

const LINES: i32 = 8;
const REFLECTIONS: i32 = 6;

@unmanaged
class Network {
  /** Frames per delay line, a power of two. */
  size: i32;
  /** 4 or 8. */
  lines: i32;
  position: i32;
  /** Spacing of the damping taps. */
  spacing: i32;
  /** Input low-pass: y = (1 − pole)·x + pole·y₁. */
  pole: f32;
  lowLeft: f32;
  lowRight: f32;
  inputGain: f32;
  tailGain: f32;
  unused0: i32;
  unused1: i32;
  unused2: i32;
}
const HEADER: usize = 48;
/** Eight delays (i32), centre taps, side taps; six reflections: delay and gain for the left output, then for the right. */
export const FDN_DELAYS: i32 = <i32>HEADER;
export const FDN_DAMPING_CENTRE: i32 = FDN_DELAYS + LINES * 4;
export const FDN_DAMPING_SIDE: i32 = FDN_DAMPING_CENTRE + LINES * 4;
export const FDN_REFLECTIONS: i32 = FDN_DAMPING_SIDE + LINES * 4;
const LINE_DATA: usize = <usize>(FDN_REFLECTIONS + REFLECTIONS * 16);
/** A copy of each line's first samples behind its last, so that four can be read anywhere. */
const GUARD: i32 = 4;

/** Bytes for a network whose delay lines hold `size` frames. */
export function fdnBytes(size: i32): i32 {
  return <i32>LINE_DATA + (LINES + 1) * ((size + GUARD) << 2);
}

/** A silent network of 4 or 8 `lines`. Fill delays (in frames, 5 + 2·spacing … size − 8) and gains by the offsets above. */
export function fdnInit(ptr: usize, size: i32, lines: i32, spacing: i32, pole: f32): void {
  memory.fill(ptr, 0, fdnBytes(size));
  const network = changetype<Network>(ptr);
  network.size = size;
  network.lines = lines;
  network.spacing = spacing;
  network.pole = pole;
}

/** Clears the signal; delays and gains stay. */
export function fdnReset(ptr: usize): void {
  const network = changetype<Network>(ptr);
  network.lowLeft = 0;
  network.lowRight = 0;
  memory.fill(ptr + LINE_DATA, 0, (LINES + 1) * ((network.size + GUARD) << 2));
}

/** Sets the input gain at once, without a ramp: for a network at rest. */
export function fdnSetInputGain(ptr: usize, gain: f32): void {
  changetype<Network>(ptr).inputGain = gain;
}

/** Output gain of the delay lines. */
export function fdnSetTailGain(ptr: usize, gain: f32): void {
  changetype<Network>(ptr).tailGain = gain;
}

class Line {
  /** One-pole low-pass over four samples in a row; `powers` = pole, pole², pole³, pole⁴. */
  @inline static lowPass(x: v128, pole: v128, pole2: v128, powers: v128, last: f32): v128 {
    const zero = f32x4.splat(0);
    const pair = f32x4.add(x, f32x4.mul(pole, v128.shuffle<f32>(zero, x, 0, 4, 5, 6)));
    const four = f32x4.add(pair, f32x4.mul(pole2, v128.shuffle<f32>(zero, pair, 0, 1, 4, 5)));
    return f32x4.add(four, f32x4.mul(powers, f32x4.splat(last)));
  }

  /** Four samples of line `k`: delayed, damped, decayed. */
  @inline static read(ptr: usize, line: usize, k: usize, position: i32, mask: i32, spacing: i32): v128 {
    const at = position - load<i32>(ptr + (k << 2), <usize>HEADER);
    const centre = v128.load(line + <usize>((at & mask) << 2));
    const before = v128.load(line + <usize>(((at - spacing) & mask) << 2));
    const after = v128.load(line + <usize>(((at + spacing) & mask) << 2));
    return f32x4.add(
      f32x4.mul(v128.load32_splat(ptr + (k << 2), <usize>HEADER + 32), centre),
      f32x4.mul(v128.load32_splat(ptr + (k << 2), <usize>HEADER + 64), f32x4.add(before, after)),
    );
  }

  @inline static write(line: usize, position: i32, size: i32, x: v128): void {
    v128.store(line + <usize>(position << 2), x);
    if (position === 0) v128.store(line + <usize>(size << 2), x);
  }
}

/** Adds the response to `inLeft`, `inRight` (times a gain that ramps to `gain` over the block) to `left` and `right`. */
export function fdnRender(
  ptr: usize,
  inLeft: usize,
  inRight: usize,
  gain: f32,
  left: usize,
  right: usize,
  frames: i32,
): void {
  const network = changetype<Network>(ptr);
  const size = network.size;
  const mask = size - 1;
  const spacing = network.spacing;
  const stride = <usize>((size + GUARD) << 2);
  const inputLine = ptr + LINE_DATA;
  const q0 = inputLine + stride;
  const q1 = q0 + stride;
  const q2 = q1 + stride;
  const q3 = q2 + stride;
  const q4 = q3 + stride;
  const q5 = q4 + stride;
  const q6 = q5 + stride;
  const q7 = q6 + stride;
  const a = network.pole;
  const pole = f32x4.splat(a);
  const pole2 = f32x4.splat(a * a);
  const powers = f32x4(a, a * a, a * a * a, a * a * a * a);
  const step = (gain - network.inputGain) / <f32>frames;
  let gainRamp = f32x4.mul(
    f32x4.splat(1 - a),
    f32x4.add(f32x4.splat(network.inputGain), f32x4.mul(f32x4.splat(step), f32x4(1, 2, 3, 4))),
  );
  const gainStep = f32x4.splat(step * 4 * (1 - a));
  const tail = f32x4.splat(network.tailGain);
  const eight = network.lines === LINES;
  let lowLeft = network.lowLeft;
  let lowRight = network.lowRight;
  let position = network.position;
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    const l = Line.lowPass(f32x4.mul(gainRamp, v128.load(inLeft + at)), pole, pole2, powers, lowLeft);
    const r = Line.lowPass(f32x4.mul(gainRamp, v128.load(inRight + at)), pole, pole2, powers, lowRight);
    lowLeft = f32x4.extract_lane(l, 3);
    lowRight = f32x4.extract_lane(r, 3);
    gainRamp = f32x4.add(gainRamp, gainStep);

    const v0 = Line.read(ptr, q0, 0, position, mask, spacing);
    const v1 = Line.read(ptr, q1, 1, position, mask, spacing);
    const v2 = Line.read(ptr, q2, 2, position, mask, spacing);
    const v3 = Line.read(ptr, q3, 3, position, mask, spacing);
    const s01 = f32x4.add(v0, v1);
    const s23 = f32x4.add(v2, v3);
    let outLeft: v128;
    let outRight: v128;
    // Householder reflection: every line minus 2/N of the sum of all. The inputs and outputs have sign patterns that are
    // orthogonal to each other and to the mixing, so that both outputs hear unlike tails.
    if (eight) {
      const v4 = Line.read(ptr, q4, 4, position, mask, spacing);
      const v5 = Line.read(ptr, q5, 5, position, mask, spacing);
      const v6 = Line.read(ptr, q6, 6, position, mask, spacing);
      const v7 = Line.read(ptr, q7, 7, position, mask, spacing);
      const s45 = f32x4.add(v4, v5);
      const s67 = f32x4.add(v6, v7);
      const mix = f32x4.mul(f32x4.splat(0.25), f32x4.add(f32x4.add(s01, s23), f32x4.add(s45, s67)));
      Line.write(q0, position, size, f32x4.add(f32x4.sub(v0, mix), l));
      Line.write(q1, position, size, f32x4.add(f32x4.sub(v1, mix), r));
      Line.write(q2, position, size, f32x4.add(f32x4.sub(v2, mix), r));
      Line.write(q3, position, size, f32x4.add(f32x4.sub(v3, mix), l));
      Line.write(q4, position, size, f32x4.sub(f32x4.sub(v4, mix), r));
      Line.write(q5, position, size, f32x4.sub(f32x4.sub(v5, mix), l));
      Line.write(q6, position, size, f32x4.sub(f32x4.sub(v6, mix), l));
      Line.write(q7, position, size, f32x4.sub(f32x4.sub(v7, mix), r));
      outLeft = f32x4.add(f32x4.sub(s01, s23), f32x4.sub(s45, s67));
      outRight = f32x4.add(
        f32x4.sub(f32x4.sub(v0, v1), f32x4.sub(v3, v2)),
        f32x4.sub(f32x4.sub(v5, v4), f32x4.sub(v6, v7)),
      );
    } else {
      const sum = f32x4.add(s01, s23);
      const mix = f32x4.mul(f32x4.splat(0.5), sum);
      Line.write(q0, position, size, f32x4.add(f32x4.sub(v0, mix), l));
      Line.write(q1, position, size, f32x4.add(f32x4.sub(v1, mix), r));
      Line.write(q2, position, size, f32x4.sub(f32x4.sub(v2, mix), r));
      Line.write(q3, position, size, f32x4.sub(f32x4.sub(v3, mix), l));
      outLeft = f32x4.sub(f32x4.add(v0, v3), f32x4.add(v1, v2));
      outRight = sum;
    }
    Line.write(inputLine, position, size, f32x4.add(l, r));

    outLeft = f32x4.mul(tail, outLeft);
    outRight = f32x4.mul(tail, outRight);
    for (let tap: usize = 0; tap < <usize>(REFLECTIONS << 4); tap += 16) {
      const reflection = ptr + <usize>FDN_REFLECTIONS + tap;
      const fromLeft = inputLine + <usize>(((position - load<i32>(reflection)) & mask) << 2);
      outLeft = f32x4.add(outLeft, f32x4.mul(v128.load32_splat(reflection, 4), v128.load(fromLeft)));
      const fromRight = inputLine + <usize>(((position - load<i32>(reflection, 8)) & mask) << 2);
      outRight = f32x4.add(outRight, f32x4.mul(v128.load32_splat(reflection, 12), v128.load(fromRight)));
    }
    v128.store(left + at, f32x4.add(v128.load(left + at), outLeft));
    v128.store(right + at, f32x4.add(v128.load(right + at), outRight));
    position = (position + 4) & mask;
  }
  network.lowLeft = lowLeft;
  network.lowRight = lowRight;
  network.position = position;
  network.inputGain = gain;
}
