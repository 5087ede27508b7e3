// Wavetable read by a moving contact: position x = ∫ v dt → 4-point Hermite interpolation of a circular profile → added,
// or used as amplitude modulation. The profile is stored at the spatial step of the fastest movement, so none aliases.
// Source: K. van den Doel, P. Kry, D. Pai, "FoleyAutomatic", SIGGRAPH 2001 (profile read at the contact point).

@unmanaged
class Surface {
  /** Place in table entries and entries per sample, in units of 2⁻³²: exact sums, whatever the length of the night. */
  position: u64;
  step: i64;
  gain: f32;
}
export const SURFACE_BYTES: i32 = <i32>offsetof<Surface>();

const ONE: f64 = 4294967296;
const TO_FRACTION: f32 = 5.9604645e-8; // 2⁻²⁴

export function surfaceInit(ptr: usize, position: i32): void {
  const s = changetype<Surface>(ptr);
  s.position = (<u64>(<u32>position)) << 32;
  s.step = 0;
  s.gain = 0;
}

/** Catmull–Rom (cubic Hermite) through the four entries round `x`; `mask` = entries − 1, a power of two less one. */
function read(table: usize, mask: i32, x: u64): f32 {
  const at = <i32>(x >> 32);
  const t = <f32>(<i32>((<u32>x) >> 8)) * TO_FRACTION;
  const a = load<f32>(table + <usize>(((at - 1) & mask) << 2));
  const b = load<f32>(table + <usize>((at & mask) << 2));
  const c = load<f32>(table + <usize>(((at + 1) & mask) << 2));
  const d = load<f32>(table + <usize>(((at + 2) & mask) << 2));
  const half: f32 = 0.5;
  const slope = half * (c - a);
  const bend = a - 2.5 * b + 2 * c - half * d;
  const twist = half * (d - a) + 1.5 * (b - c);
  return ((twist * t + bend) * t + slope) * t + b;
}

/** out += gain · profile(x). `step` (entries a sample, ≥ 0) and `gain` are reached linearly by the block's end. */
export function surfaceAdd(ptr: usize, table: usize, mask: i32, out: usize, step: f64, gain: f32, frames: i32): void {
  const s = changetype<Surface>(ptr);
  const last = <i64>(step * ONE);
  const stepStep = (last - s.step) / <i64>frames;
  const gainStep = (gain - s.gain) / <f32>frames;
  let now = s.step;
  let level = s.gain;
  let x = s.position;
  for (let i = 0; i < frames; i++) {
    now += stepStep;
    level += gainStep;
    x += <u64>now;
    const at = out + <usize>(i << 2);
    store<f32>(at, load<f32>(at) + level * read(table, mask, x));
  }
  s.position = x;
  s.step = last;
  s.gain = gain;
}

/** buffer ·= 1 + depth · profile(x): the rows of a brush, the threads of a weave. */
export function surfaceModulate(
  ptr: usize,
  table: usize,
  mask: i32,
  buffer: usize,
  step: f64,
  depth: f32,
  frames: i32,
): void {
  const s = changetype<Surface>(ptr);
  const last = <i64>(step * ONE);
  const stepStep = (last - s.step) / <i64>frames;
  const depthStep = (depth - s.gain) / <f32>frames;
  let now = s.step;
  let level = s.gain;
  let x = s.position;
  for (let i = 0; i < frames; i++) {
    now += stepStep;
    level += depthStep;
    x += <u64>now;
    const at = buffer + <usize>(i << 2);
    store<f32>(at, load<f32>(at) * (1 + level * read(table, mask, x)));
  }
  s.position = x;
  s.step = last;
  s.gain = depth;
}
