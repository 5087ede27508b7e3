// State-variable filter (topology-preserving transform), cutoff and damping ramped over the block: band, low or high.
// Source: V. Zavalishin, "The Art of VA Filter Design", ch. 4 (trapezoidal integrators).

@unmanaged
class Svf {
  s1: f32;
  s2: f32;
  g: f32;
  k: f32;
}
export const SVF_BYTES: i32 = <i32>offsetof<Svf>();

/** Below this the state is flushed, far before it becomes denormal. */
const SILENCE: f32 = 1e-15;

/**
 * Filters a block. `g` = tan(π·cutoff/fs) and `k` = 1/Q are reached linearly by the block's end.
 * `low`, `band`, `high` weigh the three outputs; the band output has unit gain at its centre. `out` may be `input`.
 */
export function svfRender(
  ptr: usize,
  input: usize,
  out: usize,
  g: f32,
  k: f32,
  low: f32,
  band: f32,
  high: f32,
  frames: i32,
): void {
  const f = changetype<Svf>(ptr);
  if (f.g === 0) {
    f.g = g;
    f.k = k;
  }
  const gStep = (g - f.g) / <f32>frames;
  const kStep = (k - f.k) / <f32>frames;
  let gNow = f.g;
  let kNow = f.k;
  let s1 = f.s1;
  let s2 = f.s2;
  for (let i = 0; i < frames; i++) {
    gNow += gStep;
    kNow += kStep;
    const x = load<f32>(input + <usize>(i << 2));
    const h = (x - (gNow + kNow) * s1 - s2) / (1 + gNow * (gNow + kNow));
    const v1 = gNow * h;
    const b = v1 + s1;
    s1 = b + v1;
    const v2 = gNow * b;
    const l = v2 + s2;
    s2 = l + v2;
    store<f32>(out + <usize>(i << 2), low * l + band * kNow * b + high * h);
  }
  f.g = g;
  f.k = k;
  f.s1 = abs(s1) < SILENCE ? 0 : s1;
  f.s2 = abs(s2) < SILENCE ? 0 : s2;
}

/** Four filters side by side, one to a lane: state, then where each ramp stands, then where it goes. */
@unmanaged
class FilterBank {
  s1: v128;
  s2: v128;
  g: v128;
  k: v128;
  low: v128;
  band: v128;
  high: v128;
  gTo: v128;
  kTo: v128;
  lowTo: v128;
  bandTo: v128;
  highTo: v128;
}
export const FILTER_BANK_BYTES: i32 = <i32>offsetof<FilterBank>();

/** Sets what lane 0…3 reaches by the end of the next block. Output weights as in `bandRender`. */
export function filterBankSet(ptr: usize, lane: i32, g: f32, k: f32, low: f32, band: f32, high: f32): void {
  const at = ptr + <usize>(lane << 2);
  store<f32>(at, g, offsetof<FilterBank>('gTo'));
  store<f32>(at, k, offsetof<FilterBank>('kTo'));
  store<f32>(at, low, offsetof<FilterBank>('lowTo'));
  store<f32>(at, band, offsetof<FilterBank>('bandTo'));
  store<f32>(at, high, offsetof<FilterBank>('highTo'));
  if (load<f32>(at, offsetof<FilterBank>('g')) === 0) {
    store<f32>(at, g, offsetof<FilterBank>('g'));
    store<f32>(at, k, offsetof<FilterBank>('k'));
  }
}

/** Adds the sum of the four filters to `out`; everything ramps linearly over the block. */
export function filterBankRender(ptr: usize, input: usize, out: usize, frames: i32): void {
  const f = changetype<FilterBank>(ptr);
  const share = f32x4.splat(1 / <f32>frames);
  const one = f32x4.splat(1);
  let g = f.g;
  let k = f.k;
  let low = f.low;
  let band = f.band;
  let high = f.high;
  const gStep = f32x4.mul(f32x4.sub(f.gTo, g), share);
  const kStep = f32x4.mul(f32x4.sub(f.kTo, k), share);
  const lowStep = f32x4.mul(f32x4.sub(f.lowTo, low), share);
  const bandStep = f32x4.mul(f32x4.sub(f.bandTo, band), share);
  const highStep = f32x4.mul(f32x4.sub(f.highTo, high), share);
  let s1 = f.s1;
  let s2 = f.s2;
  for (let i = 0; i < frames; i++) {
    const at = <usize>(i << 2);
    g = f32x4.add(g, gStep);
    k = f32x4.add(k, kStep);
    low = f32x4.add(low, lowStep);
    band = f32x4.add(band, bandStep);
    high = f32x4.add(high, highStep);
    const x = v128.load32_splat(input + at);
    const gk = f32x4.add(g, k);
    const scale = f32x4.div(one, f32x4.add(one, f32x4.mul(g, gk)));
    const h = f32x4.mul(f32x4.sub(f32x4.sub(x, f32x4.mul(gk, s1)), s2), scale);
    const v1 = f32x4.mul(g, h);
    const b = f32x4.add(v1, s1);
    s1 = f32x4.add(b, v1);
    const v2 = f32x4.mul(g, b);
    const l = f32x4.add(v2, s2);
    s2 = f32x4.add(l, v2);
    const y = f32x4.add(f32x4.add(f32x4.mul(low, l), f32x4.mul(f32x4.mul(band, k), b)), f32x4.mul(high, h));
    const pair = f32x4.add(y, v128.shuffle<f32>(y, y, 2, 3, 0, 1));
    const sum = f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
    store<f32>(out + at, load<f32>(out + at) + sum);
  }
  f.g = f.gTo;
  f.k = f.kTo;
  f.low = f.lowTo;
  f.band = f.bandTo;
  f.high = f.highTo;
  const silence = f32x4.splat(SILENCE);
  f.s1 = v128.and(s1, f32x4.gt(f32x4.abs(s1), silence));
  f.s2 = v128.and(s2, f32x4.gt(f32x4.abs(s2), silence));
}
