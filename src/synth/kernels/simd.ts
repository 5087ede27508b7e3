// SIMD helpers: transpose and denormal flush.

/** State below this is flushed, far before it becomes denormal. */
const SILENCE: f32 = 1e-15;

export class Simd {
  /** Transposes the rows a, b, c, d: stores their columns as four vectors at `to`. */
  @inline static transpose(a: v128, b: v128, c: v128, d: v128, to: usize): void {
    const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5), 32);
    v128.store(to, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7), 48);
  }

  /** Sets decayed lanes to zero. */
  @inline static flush(x: v128): v128 {
    return v128.and(x, f32x4.gt(f32x4.abs(x), f32x4.splat(SILENCE)));
  }
}
