// Contact force of one hit: skewed lobe sin^1.5(π·u) × (1 + noise), at a fractional start.
import { hash32 } from './noise';

const PI: f32 = 3.1415927;
/** Signed 32-bit integer to uniform noise of unit variance: √3 / 2³¹. */
const TO_UNIT_VARIANCE: f32 = 8.065485e-10;

/**
 * Writes one block of force. `start` is where in this block (frames, may be negative or fractional) the contact begins,
 * `length` its duration in frames; `warp` bends the lobe, its peak lies at 0.5^(1/warp) of the length. `rough` is the noise's
 * standard deviation against the force; `seed` names this hit. Outside the contact the force is zero.
 */
export function pulseRender(
  out: usize,
  start: f32,
  length: f32,
  warp: f32,
  peak: f32,
  rough: f32,
  seed: u32,
  frames: i32,
): void {
  memory.fill(out, 0, <usize>(frames << 2));
  const first = max<i32>(0, <i32>Mathf.ceil(start));
  const end = min<i32>(frames, <i32>Mathf.ceil(start + length));
  // The noise counts from the hit's own beginning, so that blocks of any place draw the same values.
  const origin = <i32>Mathf.ceil(start);
  for (let n = first; n < end; n++) {
    const t = (<f32>n - start) / length;
    if (t <= 0 || t >= 1) continue;
    const lobe = Mathf.sin(PI * Mathf.pow(t, warp));
    if (lobe <= 0) continue;
    const noise = <f32>(<i32>hash32(<u32>(n - origin) + seed)) * TO_UNIT_VARIANCE;
    store<f32>(out + <usize>(n << 2), peak * lobe * Mathf.sqrt(lobe) * (1 + rough * noise));
  }
}
