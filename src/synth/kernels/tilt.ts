// Spectral tilt, four emitters per vector, in place: three first-order shelves in series, corners fixed, gains ramped.
import { Simd } from './simd';

@unmanaged
class Tilt {
  lowNow: f32;
  highNow: f32;
  // One-pole low-passes: G = g/(1 + g), trapezoidal.
  g0: f32;
  g1: f32;
  g2: f32;
  unused0: i32;
  unused1: i32;
  unused2: i32;
  s0: v128;
  s1: v128;
  s2: v128;
}
export const TILT_BYTES: i32 = <i32>offsetof<Tilt>();

/** Scratch: four samples of four emitters, transposed. */
const scratch: usize = memory.data(64, 16);

/** The three corners, as G = g/(1 + g) with g = tan(π·corner/fs), and flat gains. */
export function tiltInit(ptr: usize, g0: f32, g1: f32, g2: f32): void {
  memory.fill(ptr, 0, TILT_BYTES);
  const tilt = changetype<Tilt>(ptr);
  tilt.g0 = g0;
  tilt.g1 = g1;
  tilt.g2 = g2;
  tilt.lowNow = 1;
  tilt.highNow = 1;
}

/**
 * Filters four buffers in place; give the same buffer again where there are fewer emitters (its lanes agree).
 * `low` and `high` are one shelf's gains below and above its corner, reached by the block's end.
 */
export function tiltRender(
  ptr: usize,
  b0: usize,
  b1: usize,
  b2: usize,
  b3: usize,
  low: f32,
  high: f32,
  frames: i32,
): void {
  const tilt = changetype<Tilt>(ptr);
  const perFrame = <f32>1 / <f32>frames;
  // A shelf is high·x + (low − high)·low-pass(x).
  let top = f32x4.splat(tilt.highNow);
  let rest = f32x4.splat(tilt.lowNow - tilt.highNow);
  const topStep = f32x4.splat((high - tilt.highNow) * perFrame);
  const restStep = f32x4.splat((low - high - (tilt.lowNow - tilt.highNow)) * perFrame);
  const g0 = f32x4.splat(tilt.g0);
  const g1 = f32x4.splat(tilt.g1);
  const g2 = f32x4.splat(tilt.g2);
  let s0 = tilt.s0;
  let s1 = tilt.s1;
  let s2 = tilt.s2;
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    Simd.transpose(v128.load(b0 + at), v128.load(b1 + at), v128.load(b2 + at), v128.load(b3 + at), scratch);
    for (let j: usize = 0; j < 64; j += 16) {
      top = f32x4.add(top, topStep);
      rest = f32x4.add(rest, restStep);
      const x = v128.load(scratch + j);
      const d0 = f32x4.mul(g0, f32x4.sub(x, s0));
      const low0 = f32x4.add(s0, d0);
      s0 = f32x4.add(low0, d0);
      const y0 = f32x4.add(f32x4.mul(top, x), f32x4.mul(rest, low0));
      const d1 = f32x4.mul(g1, f32x4.sub(y0, s1));
      const low1 = f32x4.add(s1, d1);
      s1 = f32x4.add(low1, d1);
      const y1 = f32x4.add(f32x4.mul(top, y0), f32x4.mul(rest, low1));
      const d2 = f32x4.mul(g2, f32x4.sub(y1, s2));
      const low2 = f32x4.add(s2, d2);
      s2 = f32x4.add(low2, d2);
      v128.store(scratch + j, f32x4.add(f32x4.mul(top, y1), f32x4.mul(rest, low2)));
    }
    Simd.transpose(v128.load(scratch), v128.load(scratch, 16), v128.load(scratch, 32), v128.load(scratch, 48), scratch);
    v128.store(b0 + at, v128.load(scratch));
    v128.store(b1 + at, v128.load(scratch, 16));
    v128.store(b2 + at, v128.load(scratch, 32));
    v128.store(b3 + at, v128.load(scratch, 48));
  }
  tilt.lowNow = low;
  tilt.highNow = high;
  tilt.s0 = Simd.flush(s0);
  tilt.s1 = Simd.flush(s1);
  tilt.s2 = Simd.flush(s2);
}
