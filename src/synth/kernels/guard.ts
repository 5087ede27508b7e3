// Startle guard: peak of every short tick of the input; piecewise linear gain on the delayed sound.

/** Largest magnitude of both ears in every `tickFrames` (a multiple of 4) frames, to `peaks`. */
export function guardPeaks(left: usize, right: usize, peaks: usize, tickFrames: i32, frames: i32): void {
  let tick = peaks;
  for (let start = 0; start < frames; start += tickFrames) {
    let largest = f32x4.splat(0);
    for (let i = start; i < start + tickFrames; i += 4) {
      const at = <usize>(i << 2);
      largest = f32x4.max(largest, f32x4.max(f32x4.abs(v128.load(left + at)), f32x4.abs(v128.load(right + at))));
    }
    const high = f32x4.max(largest, v128.shuffle<f32>(largest, largest, 2, 3, 0, 1));
    store<f32>(tick, max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)));
    tick += 4;
  }
}

/** out = input · gain, the gain running linearly through `gains`: one node at every tick's start and one at the end. */
export function guardApply(input: usize, out: usize, gains: usize, tickFrames: i32, frames: i32): void {
  let node = gains;
  for (let start = 0; start < frames; start += tickFrames) {
    const from = load<f32>(node);
    const step = (load<f32>(node, 4) - from) / <f32>tickFrames;
    node += 4;
    let gain = f32x4(from, from + step, from + step * 2, from + step * 3);
    const gainStep = f32x4.splat(step * 4);
    for (let i = start; i < start + tickFrames; i += 4) {
      const at = <usize>(i << 2);
      v128.store(out + at, f32x4.mul(v128.load(input + at), gain));
      gain = f32x4.add(gain, gainStep);
    }
  }
}
