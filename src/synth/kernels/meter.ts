// Both ears → K-weighting (head shelf, then high-pass) → energy; and the true peak between samples by polyphase interpolation.
// Source: ITU-R BS.1770-5, annexes 1 and 2. The interpolation filter's design is in `master/weighting.ts`.

/**
 * Lanes 0 and 1 run the shelf for left and right, lanes 2 and 3 the high-pass on what the shelf gave a sample ago. State
 * variables, not direct form: near 0 Hz its rounding noise would come out 10⁴ times larger in single precision.
 */
@unmanaged
class Loudness {
  /** Of the integrators … */
  a1: v128;
  a2: v128;
  a3: v128;
  /** … and of the mixture: input, band, low. */
  m0: v128;
  m1: v128;
  m2: v128;
  z1: v128;
  z2: v128;
  y: v128;
}
export const LOUDNESS_BYTES: i32 = <i32>offsetof<Loudness>();

/** Below this the state is flushed, far before it becomes denormal. */
const SILENCE: f32 = 1e-15;

/** One second-order section: `stage` 0 is the shelf, 1 the high-pass. */
export function loudnessSet(ptr: usize, stage: i32, a1: f32, a2: f32, a3: f32, m0: f32, m1: f32, m2: f32): void {
  for (let ear = 0; ear < 2; ear++) {
    const at = ptr + <usize>((2 * stage + ear) << 2);
    store<f32>(at, a1);
    store<f32>(at, a2, 16);
    store<f32>(at, a3, 32);
    store<f32>(at, m0, 48);
    store<f32>(at, m1, 64);
    store<f32>(at, m2, 80);
  }
}

/** Clears the filter states; the coefficients stay. */
export function loudnessReset(ptr: usize): void {
  const state = changetype<Loudness>(ptr);
  const zero = f32x4.splat(0);
  state.z1 = zero;
  state.z2 = zero;
  state.y = zero;
}

/** The K-weighted energy of both ears over these frames: the sum of squares, one sample late. */
export function loudnessEnergy(ptr: usize, left: usize, right: usize, frames: i32): f32 {
  const state = changetype<Loudness>(ptr);
  const a1 = state.a1;
  const a2 = state.a2;
  const a3 = state.a3;
  const m0 = state.m0;
  const m1 = state.m1;
  const m2 = state.m2;
  let z1 = state.z1;
  let z2 = state.z2;
  let y = state.y;
  let sum = f32x4.splat(0);
  for (let i = 0; i < frames; i++) {
    const at = <usize>(i << 2);
    const ears = v128.shuffle<f32>(v128.load32_splat(left + at), v128.load32_splat(right + at), 0, 4, 0, 4);
    const x = v128.shuffle<f32>(ears, y, 0, 1, 4, 5);
    const rest = f32x4.sub(x, z2);
    const band = f32x4.add(f32x4.mul(a1, z1), f32x4.mul(a2, rest));
    const low = f32x4.add(z2, f32x4.add(f32x4.mul(a2, z1), f32x4.mul(a3, rest)));
    z1 = f32x4.sub(f32x4.add(band, band), z1);
    z2 = f32x4.sub(f32x4.add(low, low), z2);
    y = f32x4.add(f32x4.mul(m0, x), f32x4.add(f32x4.mul(m1, band), f32x4.mul(m2, low)));
    sum = f32x4.add(sum, f32x4.mul(y, y));
  }
  const floor = f32x4.splat(SILENCE);
  state.y = v128.and(y, f32x4.gt(f32x4.abs(y), floor));
  state.z1 = v128.and(z1, f32x4.gt(f32x4.abs(z1), floor));
  state.z2 = v128.and(z2, f32x4.gt(f32x4.abs(z2), floor));
  return f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
}

/** Taps of one phase of the interpolation filter, and phases between two samples. */
export const PEAK_TAPS: i32 = 16;
export const PEAK_PHASES: i32 = 8;

/**
 * Largest magnitude of both ears from each sample to the next, written to `peaks`; returns the largest of all.
 * `left` and `right` begin `PEAK_TAPS` − 1 samples early; `table` holds the phases of tap 0, then of tap 1, …
 * `peaks[i]` tells of the time from sample i − 8 to i − 7, counted from the first new sample.
 */
export function truePeaks(left: usize, right: usize, table: usize, peaks: usize, frames: i32): f32 {
  let largest: f32 = 0;
  for (let i = 0; i < frames; i++) {
    const at = <usize>(i << 2);
    let l0 = f32x4.splat(0);
    let l1 = f32x4.splat(0);
    let r0 = f32x4.splat(0);
    let r1 = f32x4.splat(0);
    for (let tap: usize = 0; tap < 16; tap++) {
      const c0 = v128.load(table + (tap << 5));
      const c1 = v128.load(table + (tap << 5), 16);
      const l = v128.load32_splat(left + at + (tap << 2));
      const r = v128.load32_splat(right + at + (tap << 2));
      l0 = f32x4.add(l0, f32x4.mul(c0, l));
      l1 = f32x4.add(l1, f32x4.mul(c1, l));
      r0 = f32x4.add(r0, f32x4.mul(c0, r));
      r1 = f32x4.add(r1, f32x4.mul(c1, r));
    }
    const peak = largestOf(f32x4.max(f32x4.max(f32x4.abs(l0), f32x4.abs(l1)), f32x4.max(f32x4.abs(r0), f32x4.abs(r1))));
    store<f32>(peaks + at, peak);
    largest = max(largest, peak);
  }
  return largest;
}

/** Largest magnitude of two buffers; `frames` is a multiple of 4. */
export function magnitude(left: usize, right: usize, frames: i32): f32 {
  let largest = f32x4.splat(0);
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    largest = f32x4.max(largest, f32x4.max(f32x4.abs(v128.load(left + at)), f32x4.abs(v128.load(right + at))));
  }
  return largestOf(largest);
}

function largestOf(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}
