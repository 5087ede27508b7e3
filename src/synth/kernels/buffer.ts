// Block operations: clear, add and scale with a gain ramp, energy, validity check. Frames are a multiple of 4.

/** Fills a block with zeros. */
export function clear(out: usize, frames: i32): void {
  memory.fill(out, 0, frames << 2);
}

/** out += input · gain, the gain running linearly from `from` to `to` over the block. */
export function addRamp(input: usize, out: usize, from: f32, to: f32, frames: i32): void {
  const step = (to - from) / <f32>frames;
  let gain = f32x4(from, from + step, from + step * 2, from + step * 3);
  const gainStep = f32x4.splat(step * 4);
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    const sum = f32x4.add(v128.load(out + at), f32x4.mul(v128.load(input + at), gain));
    v128.store(out + at, sum);
    gain = f32x4.add(gain, gainStep);
  }
}

/** buffer ·= gain, the gain running linearly from `from` to `to` over the block. */
export function scaleRamp(buffer: usize, from: f32, to: f32, frames: i32): void {
  const step = (to - from) / <f32>frames;
  let gain = f32x4(from, from + step, from + step * 2, from + step * 3);
  const gainStep = f32x4.splat(step * 4);
  for (let i = 0; i < frames; i += 4) {
    const at = buffer + <usize>(i << 2);
    v128.store(at, f32x4.mul(v128.load(at), gain));
    gain = f32x4.add(gain, gainStep);
  }
}

/** Sum of squares of the block. */
export function energy(input: usize, frames: i32): f32 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < frames; i += 4) {
    const x = v128.load(input + <usize>(i << 2));
    sum = f32x4.add(sum, f32x4.mul(x, x));
  }
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  );
}

/** Clears the block and returns 1 if it holds a NaN, an infinity or anything beyond ±`limit`; else 0. */
export function clearIfInvalid(buffer: usize, limit: f32, frames: i32): i32 {
  const bound = f32x4.splat(limit);
  let fine = i32x4.splat(-1);
  for (let i = 0; i < frames; i += 4) {
    const magnitude = f32x4.abs(v128.load(buffer + <usize>(i << 2)));
    fine = v128.and(fine, f32x4.le(magnitude, bound)); // false for NaN
  }
  if (i32x4.all_true(fine)) return 0;
  clear(buffer, frames);
  return 1;
}
