// Surface under a moving point: position x = ∫ v dt → 4-point Hermite read of a circular profile → added or used as a shape.
// The profile is stored at the spatial step of the fastest movement, so no movement can fold its spectrum.
// Source: K. van den Doel, P. Kry, D. Pai, "FoleyAutomatic", SIGGRAPH 2001 (profile read at the contact point).

@unmanaged
class Surface {
  /** In table entries; kept inside the table. */
  position: f64;
  /** Entries per sample. */
  step: f32;
  gain: f32;
}
export const SURFACE_BYTES: i32 = <i32>offsetof<Surface>();

export function surfaceInit(ptr: usize, position: f64): void {
  const s = changetype<Surface>(ptr);
  s.position = position;
  s.step = 0;
  s.gain = 0;
}

/** Catmull–Rom (cubic Hermite) through the four entries round `position`; `mask` = entries − 1, a power of two less one. */
function read(table: usize, mask: i32, position: f64): f32 {
  const at = <i32>position;
  const t = <f32>(position - <f64>at);
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
export function surfaceAdd(ptr: usize, table: usize, mask: i32, out: usize, step: f32, gain: f32, frames: i32): void {
  const s = changetype<Surface>(ptr);
  const stepStep = (step - s.step) / <f32>frames;
  const gainStep = (gain - s.gain) / <f32>frames;
  let x = s.position;
  for (let i = 0; i < frames; i++) {
    s.step += stepStep;
    s.gain += gainStep;
    x += <f64>s.step;
    const at = out + <usize>(i << 2);
    store<f32>(at, load<f32>(at) + s.gain * read(table, mask, x));
  }
  settle(s, x, mask, step, gain);
}

/** buffer ·= 1 + depth · profile(x): the rows of a brush, the threads of a weave. */
export function surfaceShape(
  ptr: usize,
  table: usize,
  mask: i32,
  buffer: usize,
  step: f32,
  depth: f32,
  frames: i32,
): void {
  const s = changetype<Surface>(ptr);
  const stepStep = (step - s.step) / <f32>frames;
  const gainStep = (depth - s.gain) / <f32>frames;
  let x = s.position;
  for (let i = 0; i < frames; i++) {
    s.step += stepStep;
    s.gain += gainStep;
    x += <f64>s.step;
    const at = buffer + <usize>(i << 2);
    store<f32>(at, load<f32>(at) * (1 + s.gain * read(table, mask, x)));
  }
  settle(s, x, mask, step, depth);
}

/** Ends the ramps exactly and wraps the position, so that it never loses precision. */
function settle(s: Surface, x: f64, mask: i32, step: f32, gain: f32): void {
  const entries = <f64>(mask + 1);
  s.position = x - entries * Math.floor(x / entries);
  s.step = step;
  s.gain = gain;
}
