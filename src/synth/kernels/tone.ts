// Tilt of a layer's timbre, four emitters to a vector, in place: three first-order shelves in a row, corners fixed, gains ramped.
import { Lanes } from './lanes';

@unmanaged
class Tone {
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
export const TONE_BYTES: i32 = <i32>offsetof<Tone>();

/** A lane's round trip: four samples of four emitters. */
const turn: usize = memory.data(64, 16);

/** The three corners, as G = g/(1 + g) with g = tan(π·corner/fs), and flat gains. */
export function toneInit(ptr: usize, g0: f32, g1: f32, g2: f32): void {
  memory.fill(ptr, 0, TONE_BYTES);
  const tone = changetype<Tone>(ptr);
  tone.g0 = g0;
  tone.g1 = g1;
  tone.g2 = g2;
  tone.lowNow = 1;
  tone.highNow = 1;
}

/**
 * Filters four buffers in place; give the same buffer again where there are fewer emitters (its lanes agree).
 * `low` and `high` are one shelf's gains below and above its corner, reached by the block's end.
 */
export function toneRender(
  ptr: usize,
  b0: usize,
  b1: usize,
  b2: usize,
  b3: usize,
  low: f32,
  high: f32,
  frames: i32,
): void {
  const tone = changetype<Tone>(ptr);
  let highNow = f32x4.splat(tone.highNow);
  let tilt = f32x4.splat(tone.lowNow - tone.highNow);
  const highStep = f32x4.splat((high - tone.highNow) / <f32>frames);
  const tiltStep = f32x4.splat((low - high - (tone.lowNow - tone.highNow)) / <f32>frames);
  const ga = f32x4.splat(tone.g0);
  const ha = f32x4.splat(1 - tone.g0);
  const pa = f32x4.splat(1 - 2 * tone.g0);
  const gb = f32x4.splat(tone.g1);
  const hb = f32x4.splat(1 - tone.g1);
  const pb = f32x4.splat(1 - 2 * tone.g1);
  const gc = f32x4.splat(tone.g2);
  const hc = f32x4.splat(1 - tone.g2);
  const pc = f32x4.splat(1 - 2 * tone.g2);
  let sa = tone.s0;
  let sb = tone.s1;
  let sc = tone.s2;
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    Lanes.transpose(v128.load(b0 + at), v128.load(b1 + at), v128.load(b2 + at), v128.load(b3 + at), turn);
    for (let j: usize = 0; j < 64; j += 16) {
      highNow = f32x4.add(highNow, highStep);
      tilt = f32x4.add(tilt, tiltStep);
      const x = v128.load(turn + j);
      const xa = f32x4.mul(ga, x);
      const u = f32x4.add(f32x4.mul(highNow, x), f32x4.mul(tilt, f32x4.add(xa, f32x4.mul(ha, sa))));
      sa = f32x4.add(f32x4.add(xa, xa), f32x4.mul(pa, sa));
      const xb = f32x4.mul(gb, u);
      const v = f32x4.add(f32x4.mul(highNow, u), f32x4.mul(tilt, f32x4.add(xb, f32x4.mul(hb, sb))));
      sb = f32x4.add(f32x4.add(xb, xb), f32x4.mul(pb, sb));
      const xc = f32x4.mul(gc, v);
      v128.store(turn + j, f32x4.add(f32x4.mul(highNow, v), f32x4.mul(tilt, f32x4.add(xc, f32x4.mul(hc, sc)))));
      sc = f32x4.add(f32x4.add(xc, xc), f32x4.mul(pc, sc));
    }
    Lanes.transpose(v128.load(turn), v128.load(turn, 16), v128.load(turn, 32), v128.load(turn, 48), turn);
    v128.store(b0 + at, v128.load(turn));
    v128.store(b1 + at, v128.load(turn, 16));
    v128.store(b2 + at, v128.load(turn, 32));
    v128.store(b3 + at, v128.load(turn, 48));
  }
  tone.lowNow = low;
  tone.highNow = high;
  tone.s0 = Lanes.flush(sa);
  tone.s1 = Lanes.flush(sb);
  tone.s2 = Lanes.flush(sc);
}
