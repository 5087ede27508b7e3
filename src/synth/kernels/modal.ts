// Bank of decaying partials, four to a vector: force → y = a1·y₁ + a2·y₂ + gain·(x − x₁) per mode, summed.
// The difference of the input gives velocity: no DC, the right tilt.

@unmanaged
class Modal {
  groups: i32;
  lastInput: f32;
  unused0: i32;
  unused1: i32;
}
/** After the header: per group of four modes a1, a2, y1, y2, gain (five vectors). */
const GROUP_BYTES: usize = 80;
const HEADER_BYTES: usize = 16;

export function modalBytes(modes: i32): i32 {
  return <i32>HEADER_BYTES + ((modes + 3) >> 2) * <i32>GROUP_BYTES;
}

export function modalInit(ptr: usize, modes: i32): void {
  memory.fill(ptr, 0, modalBytes(modes));
  changetype<Modal>(ptr).groups = (modes + 3) >> 2;
}

/** One mode's recursion: a1 = 2·r·cos θ, a2 = −r². */
export function modalSetMode(ptr: usize, mode: i32, a1: f32, a2: f32): void {
  const at = ptr + HEADER_BYTES + <usize>(mode >> 2) * GROUP_BYTES + <usize>((mode & 3) << 2);
  store<f32>(at, a1);
  store<f32>(at, a2, 16);
}

export function modalSetGain(ptr: usize, mode: i32, gain: f32): void {
  const at = ptr + HEADER_BYTES + <usize>(mode >> 2) * GROUP_BYTES + <usize>((mode & 3) << 2);
  store<f32>(at, gain, 64);
}

/** Adds the ringing modes to `out`, driven by the force `input`. */
export function modalRender(ptr: usize, input: usize, out: usize, frames: i32): void {
  const bank = changetype<Modal>(ptr);
  for (let group = 0; group < bank.groups; group++) {
    const at = ptr + HEADER_BYTES + <usize>group * GROUP_BYTES;
    const a1 = v128.load(at);
    const a2 = v128.load(at, 16);
    let y1 = v128.load(at, 32);
    let y2 = v128.load(at, 48);
    const gain = v128.load(at, 64);
    let x1 = bank.lastInput;
    for (let i = 0; i < frames; i++) {
      const x = load<f32>(input + <usize>(i << 2));
      const y = f32x4.add(
        f32x4.add(f32x4.mul(a1, y1), f32x4.mul(a2, y2)),
        f32x4.mul(gain, f32x4.splat(x - x1)),
      );
      x1 = x;
      y2 = y1;
      y1 = y;
      const sum =
        f32x4.extract_lane(y, 0) + f32x4.extract_lane(y, 1) + f32x4.extract_lane(y, 2) + f32x4.extract_lane(y, 3);
      store<f32>(out + <usize>(i << 2), load<f32>(out + <usize>(i << 2)) + sum);
    }
    const audible = f32x4.gt(f32x4.abs(y1), f32x4.splat(1e-15));
    v128.store(at, v128.and(y1, audible), 32);
    v128.store(at, v128.and(y2, audible), 48);
  }
  bank.lastInput = load<f32>(input + <usize>((frames - 1) << 2));
}
