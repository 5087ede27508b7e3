// Short room, time in the lanes: two sends → low-pass → six wall echoes + eight delay lines (three-tap damping →
// Householder mixing → back in) → both ears.

const LINES: i32 = 8;
const ECHOES: i32 = 6;

@unmanaged
class Room {
  /** Frames per ring, a power of two. */
  size: i32;
  position: i32;
  /** Spacing of the damping taps. */
  spacing: i32;
  /** One-pole low-pass at the entrance: y = (1 − pole)·x + pole·y₁. */
  pole: f32;
  lowLeft: f32;
  lowRight: f32;
  gainNow: f32;
  tail: f32;
}
const HEADER: usize = 32;
/** Eight delays (i32), middle taps, side taps; six echoes: delays and gains for the left ear, then for the right. */
export const FDN_DELAYS: i32 = <i32>HEADER;
export const FDN_DAMPING_CENTRE: i32 = FDN_DELAYS + LINES * 4;
export const FDN_DAMPING_SIDE: i32 = FDN_DAMPING_CENTRE + LINES * 4;
export const FDN_REFLECTIONS: i32 = FDN_DAMPING_SIDE + LINES * 4;
const RINGS: usize = <usize>(FDN_REFLECTIONS + ECHOES * 16);
/** A copy of each ring's first samples behind its last, so that four can be read anywhere. */
const GUARD: i32 = 4;

/** Bytes for a room whose rings hold `size` frames. */
export function fdnBytes(size: i32): i32 {
  return <i32>RINGS + (LINES + 1) * ((size + GUARD) << 2);
}

/** An empty room. Fill delays (in frames, 5 + 2·spacing … size − 8) and gains by the offsets above. */
export function fdnInit(ptr: usize, size: i32, spacing: i32, pole: f32): void {
  memory.fill(ptr, 0, fdnBytes(size));
  const room = changetype<Room>(ptr);
  room.size = size;
  room.spacing = spacing;
  room.pole = pole;
}

/** Forgets all sound; delays and gains stay. */
export function fdnReset(ptr: usize): void {
  const room = changetype<Room>(ptr);
  room.lowLeft = 0;
  room.lowRight = 0;
  memory.fill(ptr + RINGS, 0, (LINES + 1) * ((room.size + GUARD) << 2));
}

/** Takes the entrance gain over at once: for a room at rest. */
export function fdnSetInputGain(ptr: usize, gain: f32): void {
  changetype<Room>(ptr).gainNow = gain;
}

/** How loud the eight lines are at the ears. */
export function fdnSetTailGain(ptr: usize, gain: f32): void {
  changetype<Room>(ptr).tail = gain;
}

class Four {
  /** One-pole low-pass over four samples in a row; `powers` = pole, pole², pole³, pole⁴. */
  @inline static lowPass(x: v128, pole: v128, pole2: v128, powers: v128, last: f32): v128 {
    const zero = f32x4.splat(0);
    const pair = f32x4.add(x, f32x4.mul(pole, v128.shuffle<f32>(zero, x, 0, 4, 5, 6)));
    const four = f32x4.add(pair, f32x4.mul(pole2, v128.shuffle<f32>(zero, pair, 0, 1, 4, 5)));
    return f32x4.add(four, f32x4.mul(powers, f32x4.splat(last)));
  }

  /** Four samples of line `k` as they come back: delayed, damped, decayed. */
  @inline static come(ptr: usize, ring: usize, k: usize, position: i32, mask: i32, spacing: i32): v128 {
    const at = position - load<i32>(ptr + (k << 2), <usize>HEADER);
    const middle = v128.load(ring + <usize>((at & mask) << 2));
    const before = v128.load(ring + <usize>(((at - spacing) & mask) << 2));
    const after = v128.load(ring + <usize>(((at + spacing) & mask) << 2));
    return f32x4.add(
      f32x4.mul(v128.load32_splat(ptr + (k << 2), <usize>HEADER + 32), middle),
      f32x4.mul(v128.load32_splat(ptr + (k << 2), <usize>HEADER + 64), f32x4.add(before, after)),
    );
  }

  @inline static keep(ring: usize, position: i32, size: i32, x: v128): void {
    v128.store(ring + <usize>(position << 2), x);
    if (position === 0) v128.store(ring + <usize>(size << 2), x);
  }
}

/** Sends `inLeft`, `inRight` (times a gain reached by the block's end) through the room; adds to `left` and `right`. */
export function fdnRender(
  ptr: usize,
  inLeft: usize,
  inRight: usize,
  gain: f32,
  left: usize,
  right: usize,
  frames: i32,
): void {
  const room = changetype<Room>(ptr);
  const size = room.size;
  const mask = size - 1;
  const spacing = room.spacing;
  const stride = <usize>((size + GUARD) << 2);
  const echoRing = ptr + RINGS;
  const q0 = echoRing + stride;
  const q1 = q0 + stride;
  const q2 = q1 + stride;
  const q3 = q2 + stride;
  const q4 = q3 + stride;
  const q5 = q4 + stride;
  const q6 = q5 + stride;
  const q7 = q6 + stride;
  const a = room.pole;
  const pole = f32x4.splat(a);
  const pole2 = f32x4.splat(a * a);
  const powers = f32x4(a, a * a, a * a * a, a * a * a * a);
  const step = (gain - room.gainNow) / <f32>frames;
  let entry = f32x4.mul(
    f32x4.splat(1 - a),
    f32x4.add(f32x4.splat(room.gainNow), f32x4.mul(f32x4.splat(step), f32x4(1, 2, 3, 4))),
  );
  const entryStep = f32x4.splat(step * 4 * (1 - a));
  const tail = f32x4.splat(room.tail);
  const quarter = f32x4.splat(0.25);
  let lowLeft = room.lowLeft;
  let lowRight = room.lowRight;
  let position = room.position;
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    const l = Four.lowPass(f32x4.mul(entry, v128.load(inLeft + at)), pole, pole2, powers, lowLeft);
    const r = Four.lowPass(f32x4.mul(entry, v128.load(inRight + at)), pole, pole2, powers, lowRight);
    lowLeft = f32x4.extract_lane(l, 3);
    lowRight = f32x4.extract_lane(r, 3);
    entry = f32x4.add(entry, entryStep);

    const v0 = Four.come(ptr, q0, 0, position, mask, spacing);
    const v1 = Four.come(ptr, q1, 1, position, mask, spacing);
    const v2 = Four.come(ptr, q2, 2, position, mask, spacing);
    const v3 = Four.come(ptr, q3, 3, position, mask, spacing);
    const v4 = Four.come(ptr, q4, 4, position, mask, spacing);
    const v5 = Four.come(ptr, q5, 5, position, mask, spacing);
    const v6 = Four.come(ptr, q6, 6, position, mask, spacing);
    const v7 = Four.come(ptr, q7, 7, position, mask, spacing);
    const s01 = f32x4.add(v0, v1);
    const s23 = f32x4.add(v2, v3);
    const s45 = f32x4.add(v4, v5);
    const s67 = f32x4.add(v6, v7);
    // Householder reflection: every line minus a quarter of the sum of all eight.
    const mix = f32x4.mul(quarter, f32x4.add(f32x4.add(s01, s23), f32x4.add(s45, s67)));
    Four.keep(q0, position, size, f32x4.add(f32x4.sub(v0, mix), l));
    Four.keep(q1, position, size, f32x4.add(f32x4.sub(v1, mix), r));
    Four.keep(q2, position, size, f32x4.add(f32x4.sub(v2, mix), r));
    Four.keep(q3, position, size, f32x4.add(f32x4.sub(v3, mix), l));
    Four.keep(q4, position, size, f32x4.sub(f32x4.sub(v4, mix), r));
    Four.keep(q5, position, size, f32x4.sub(f32x4.sub(v5, mix), l));
    Four.keep(q6, position, size, f32x4.sub(f32x4.sub(v6, mix), l));
    Four.keep(q7, position, size, f32x4.sub(f32x4.sub(v7, mix), r));
    Four.keep(echoRing, position, size, f32x4.add(l, r));

    // Two sign patterns at right angles to each other, to the mixing and to both sends: the ears hear unlike tails.
    let outLeft = f32x4.mul(tail, f32x4.add(f32x4.sub(s01, s23), f32x4.sub(s45, s67)));
    let outRight = f32x4.mul(
      tail,
      f32x4.add(f32x4.sub(f32x4.sub(v0, v1), f32x4.sub(v3, v2)), f32x4.sub(f32x4.sub(v5, v4), f32x4.sub(v6, v7))),
    );
    for (let echo: usize = 0; echo < <usize>(ECHOES << 4); echo += 16) {
      const tap = ptr + <usize>FDN_REFLECTIONS + echo;
      const near = echoRing + <usize>(((position - load<i32>(tap)) & mask) << 2);
      outLeft = f32x4.add(outLeft, f32x4.mul(v128.load32_splat(tap, 4), v128.load(near)));
      const other = echoRing + <usize>(((position - load<i32>(tap, 8)) & mask) << 2);
      outRight = f32x4.add(outRight, f32x4.mul(v128.load32_splat(tap, 12), v128.load(other)));
    }
    v128.store(left + at, f32x4.add(v128.load(left + at), outLeft));
    v128.store(right + at, f32x4.add(v128.load(right + at), outRight));
    position = (position + 4) & mask;
  }
  room.lowLeft = lowLeft;
  room.lowRight = lowRight;
  room.position = position;
  room.gainNow = gain;
}

/** The same with four lines instead of eight: fewer echoes a second, for devices that must save. Lines 4…7 are not used. */
export function fdnRenderFour(
  ptr: usize,
  inLeft: usize,
  inRight: usize,
  gain: f32,
  left: usize,
  right: usize,
  frames: i32,
): void {
  const room = changetype<Room>(ptr);
  const size = room.size;
  const mask = size - 1;
  const spacing = room.spacing;
  const stride = <usize>((size + GUARD) << 2);
  const echoRing = ptr + RINGS;
  const q0 = echoRing + stride;
  const q1 = q0 + stride;
  const q2 = q1 + stride;
  const q3 = q2 + stride;
  const a = room.pole;
  const pole = f32x4.splat(a);
  const pole2 = f32x4.splat(a * a);
  const powers = f32x4(a, a * a, a * a * a, a * a * a * a);
  const step = (gain - room.gainNow) / <f32>frames;
  let entry = f32x4.mul(
    f32x4.splat(1 - a),
    f32x4.add(f32x4.splat(room.gainNow), f32x4.mul(f32x4.splat(step), f32x4(1, 2, 3, 4))),
  );
  const entryStep = f32x4.splat(step * 4 * (1 - a));
  const tail = f32x4.splat(room.tail);
  const half = f32x4.splat(0.5);
  let lowLeft = room.lowLeft;
  let lowRight = room.lowRight;
  let position = room.position;
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    const l = Four.lowPass(f32x4.mul(entry, v128.load(inLeft + at)), pole, pole2, powers, lowLeft);
    const r = Four.lowPass(f32x4.mul(entry, v128.load(inRight + at)), pole, pole2, powers, lowRight);
    lowLeft = f32x4.extract_lane(l, 3);
    lowRight = f32x4.extract_lane(r, 3);
    entry = f32x4.add(entry, entryStep);

    const v0 = Four.come(ptr, q0, 0, position, mask, spacing);
    const v1 = Four.come(ptr, q1, 1, position, mask, spacing);
    const v2 = Four.come(ptr, q2, 2, position, mask, spacing);
    const v3 = Four.come(ptr, q3, 3, position, mask, spacing);
    const sum = f32x4.add(f32x4.add(v0, v1), f32x4.add(v2, v3));
    const mix = f32x4.mul(half, sum);
    Four.keep(q0, position, size, f32x4.add(f32x4.sub(v0, mix), l));
    Four.keep(q1, position, size, f32x4.add(f32x4.sub(v1, mix), r));
    Four.keep(q2, position, size, f32x4.sub(f32x4.sub(v2, mix), r));
    Four.keep(q3, position, size, f32x4.sub(f32x4.sub(v3, mix), l));
    Four.keep(echoRing, position, size, f32x4.add(l, r));

    // Two sign patterns at right angles to each other and to both sends.
    let outLeft = f32x4.mul(tail, f32x4.sub(f32x4.add(v0, v3), f32x4.add(v1, v2)));
    let outRight = f32x4.mul(tail, sum);
    for (let echo: usize = 0; echo < <usize>(ECHOES << 4); echo += 16) {
      const tap = ptr + <usize>FDN_REFLECTIONS + echo;
      const near = echoRing + <usize>(((position - load<i32>(tap)) & mask) << 2);
      outLeft = f32x4.add(outLeft, f32x4.mul(v128.load32_splat(tap, 4), v128.load(near)));
      const other = echoRing + <usize>(((position - load<i32>(tap, 8)) & mask) << 2);
      outRight = f32x4.add(outRight, f32x4.mul(v128.load32_splat(tap, 12), v128.load(other)));
    }
    v128.store(left + at, f32x4.add(v128.load(left + at), outLeft));
    v128.store(right + at, f32x4.add(v128.load(right + at), outRight));
    position = (position + 4) & mask;
  }
  room.lowLeft = lowLeft;
  room.lowRight = lowRight;
  room.position = position;
  room.gainNow = gain;
}
