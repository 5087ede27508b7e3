// DC blocker for both ears, in place: sample repair; first-order high-pass; gain ramp.

@unmanaged
class Dc {
  /** The last sound sample that came in, and the last that went out (before the gain): left and right. */
  x: v128;
  y: v128;
}
export const DC_BYTES: i32 = <i32>offsetof<Dc>();

/** Below this the state is flushed, far before it becomes denormal. */
const SILENCE: f32 = 1e-15;
/** A sample that takes the place of a broken one: the last good one, fading by this much each. */
const FADE: f32 = 0.98;

export function dcReset(ptr: usize): void {
  memory.fill(ptr, 0, DC_BYTES);
}

/**
 * Replaces every NaN, infinity or magnitude beyond `limit` by the last good sample, fading away. Returns 1 if there
 * were any, else 0.
 */
export function dcRepair(ptr: usize, left: usize, right: usize, limit: f32, frames: i32): i32 {
  const bound = f32x4.splat(limit);
  let fine = i32x4.splat(-1);
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    fine = v128.and(fine, f32x4.le(f32x4.abs(v128.load(left + at)), bound)); // false for NaN
    fine = v128.and(fine, f32x4.le(f32x4.abs(v128.load(right + at)), bound));
  }
  if (i32x4.all_true(fine)) return 0;
  const state = changetype<Dc>(ptr);
  repairChannel(left, f32x4.extract_lane(state.x, 0), limit, frames);
  repairChannel(right, f32x4.extract_lane(state.x, 1), limit, frames);
  return 1;
}

function repairChannel(buffer: usize, before: f32, limit: f32, frames: i32): void {
  let last = before;
  for (let i = 0; i < frames; i++) {
    const at = buffer + <usize>(i << 2);
    const x = load<f32>(at);
    last = abs(x) <= limit ? x : last * FADE;
    store<f32>(at, last);
  }
}

/** High-pass with pole `pole` (1 − 2π·corner/fs), then a gain running linearly from `from` to `to`. */
export function dcRender(ptr: usize, left: usize, right: usize, pole: f32, from: f32, to: f32, frames: i32): void {
  const state = changetype<Dc>(ptr);
  const r = f32x4.splat(pole);
  const step = f32x4.splat((to - from) / <f32>frames);
  let gain = f32x4.splat(from);
  let x1 = state.x;
  let y = state.y;
  for (let i = 0; i < frames; i++) {
    const at = <usize>(i << 2);
    const x = v128.shuffle<f32>(v128.load32_splat(left + at), v128.load32_splat(right + at), 0, 4, 0, 4);
    y = f32x4.add(f32x4.sub(x, x1), f32x4.mul(r, y));
    x1 = x;
    gain = f32x4.add(gain, step);
    const out = f32x4.mul(y, gain);
    v128.store_lane<f32>(left + at, out, 0);
    v128.store_lane<f32>(right + at, out, 1);
  }
  state.x = x1;
  state.y = v128.and(y, f32x4.gt(f32x4.abs(y), f32x4.splat(SILENCE)));
}
