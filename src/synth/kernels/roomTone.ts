// Room tone: white noise for each ear → two low-passes → high-pass → gain ramp, added to what is there.

@unmanaged
class RoomTone {
  /** Filter states; left and right in lanes 0 and 1. */
  first: v128;
  second: v128;
  slow: v128;
}
export const ROOM_TONE_BYTES: i32 = <i32>offsetof<RoomTone>();

export function roomToneReset(ptr: usize): void {
  memory.fill(ptr, 0, ROOM_TONE_BYTES);
}

/** One-pole low-passes with coefficients `first`, `second` in series, minus a third with `slow`: a band-pass. Gain ramps `from` → `to`. */
export function roomToneRender(
  ptr: usize,
  noiseLeft: usize,
  noiseRight: usize,
  left: usize,
  right: usize,
  first: f32,
  second: f32,
  slow: f32,
  from: f32,
  to: f32,
  frames: i32,
): void {
  const state = changetype<RoomTone>(ptr);
  const a = f32x4.splat(first);
  const b = f32x4.splat(second);
  const c = f32x4.splat(slow);
  const step = f32x4.splat((to - from) / <f32>frames);
  let gain = f32x4.splat(from);
  let s1 = state.first;
  let s2 = state.second;
  let s3 = state.slow;
  for (let i = 0; i < frames; i++) {
    const at = <usize>(i << 2);
    const x = v128.shuffle<f32>(v128.load32_splat(noiseLeft + at), v128.load32_splat(noiseRight + at), 0, 4, 0, 4);
    s1 = f32x4.add(s1, f32x4.mul(a, f32x4.sub(x, s1)));
    s2 = f32x4.add(s2, f32x4.mul(b, f32x4.sub(s1, s2)));
    s3 = f32x4.add(s3, f32x4.mul(c, f32x4.sub(s2, s3)));
    gain = f32x4.add(gain, step);
    const y = f32x4.mul(f32x4.sub(s2, s3), gain);
    store<f32>(left + at, load<f32>(left + at) + f32x4.extract_lane(y, 0));
    store<f32>(right + at, load<f32>(right + at) + f32x4.extract_lane(y, 1));
  }
  state.first = s1;
  state.second = s2;
  state.slow = s3;
}
