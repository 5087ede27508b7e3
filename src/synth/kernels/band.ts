// State-variable filter (topology-preserving transform), cutoff and damping ramped over the block: band, low or high.
// Source: V. Zavalishin, "The Art of VA Filter Design", ch. 4 (trapezoidal integrators).

@unmanaged
class Band {
  s1: f32;
  s2: f32;
  g: f32;
  k: f32;
}
export const BAND_BYTES: i32 = <i32>offsetof<Band>();

/** Below this the state is flushed, far before it becomes denormal. */
const SILENCE: f32 = 1e-15;

/**
 * Filters a block. `g` = tan(π·cutoff/fs) and `k` = 1/Q are reached linearly by the block's end.
 * `low`, `band`, `high` weigh the three outputs; the band output has unit gain at its centre. `out` may be `input`.
 */
export function bandRender(
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
  const f = changetype<Band>(ptr);
  if (f.g == 0) {
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
