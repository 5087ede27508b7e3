// Modal bank: contact force → per mode (gain · damped rotating phasor) → sum. Output is velocity, so it has no DC.
// A ringing mode is one complex number. Blocks without contact run four samples of one mode to a vector; a contact runs four
// modes to a vector from rest and is then added to what rings already, so hits overlap, each with gains of its own.
// `Math` in a kernel is AssemblyScript’s own, compiled in: exact arithmetic, the same bits in every engine.
// Source: modal synthesis as a sum of damped oscillators (J.-M. Adrien 1991); block recurrence y[n+16] = c1·y[n+8] + c2·y[n].

@unmanaged
class Bank {
  modes: i32;
  /** Groups of four modes, padded to an even count so that two run side by side. */
  groups: i32;
  frames: i32;
  unused: i32;
}
const HEADER_BYTES: usize = 16;

// One group of four modes, eight vectors: phasor, rotation per sample, input gain (complex), rotation per block.
const GROUP_BYTES: usize = 128;
const U: usize = 0;
const V: usize = 16;
const ROTATION_RE: usize = 32;
const ROTATION_IM: usize = 48;
const INPUT_RE: usize = 64;
const INPUT_IM: usize = 80;
const BLOCK_RE: usize = 96;
const BLOCK_IM: usize = 112;

// One mode's tables: recurrence c1, c2 (padded), then the projections of the phasor on the next 16 samples.
const MODE_BYTES: usize = 144;
const C1: usize = 0;
const C2: usize = 4;
const NEXT_RE: usize = 16;
const NEXT_IM: usize = 80;

/** Modes weaker than this (amplitude squared) are set to rest: −140 dB, far above denormals. */
const SILENCE: f32 = 1e-14;

const MAX_MODES: i32 = 32;
const MAX_FRAMES: i32 = 256;
/** Scratch shared by all banks: indices of the modes that ring, and sums of four modes per sample. */
const ringing: usize = memory.data(128);
const sums: usize = memory.data(4096, 16);

function groupAt(ptr: usize, group: i32): usize {
  return ptr + HEADER_BYTES + <usize>group * GROUP_BYTES;
}

function modeAt(ptr: usize, mode: i32): usize {
  return ptr + HEADER_BYTES + <usize>changetype<Bank>(ptr).groups * GROUP_BYTES + <usize>mode * MODE_BYTES;
}

function paddedGroups(modes: i32): i32 {
  return ((modes + 7) >> 3) << 1;
}

/** Bytes of a bank of up to 32 modes. */
export function modalBytes(modes: i32): i32 {
  const groups = paddedGroups(modes);
  return <i32>HEADER_BYTES + groups * <i32>GROUP_BYTES + groups * 4 * <i32>MODE_BYTES;
}

/** Floats in a gain vector of a bank: one per mode, padded. */
export function modalGains(modes: i32): i32 {
  return paddedGroups(modes) << 2;
}

/** `frames`: the length of every later block, a multiple of 16 up to 256. */
export function modalInit(ptr: usize, modes: i32, frames: i32): void {
  assert(modes <= MAX_MODES && frames <= MAX_FRAMES && (frames & 15) === 0);
  memory.fill(ptr, 0, modalBytes(modes));
  const bank = changetype<Bank>(ptr);
  bank.modes = modes;
  bank.groups = paddedGroups(modes);
  bank.frames = frames;
}

/**
 * Sets a mode: `theta` radians and `decay` nepers per sample. A ringing mode keeps its phase, so the waveform has no jump.
 * At `phase` 0 the impulse response is that of a damped oscillator's velocity, e^(−dn)·(cos θn − d/θ·sin θn), with zero gain at
 * DC; other phases (radians) stand for the path from that part of the body to the ear.
 */
export function modalSetMode(ptr: usize, mode: i32, theta: f64, decay: f64, phase: f64): void {
  const frames = changetype<Bank>(ptr).frames;
  const lane = groupAt(ptr, mode >> 2) + <usize>((mode & 3) << 2);
  const r = Math.exp(-decay);
  const rotationRe = r * Math.cos(theta);
  const rotationIm = r * Math.sin(theta);
  store<f32>(lane, <f32>rotationRe, ROTATION_RE);
  store<f32>(lane, <f32>rotationIm, ROTATION_IM);
  const lag = decay / theta;
  store<f32>(lane, <f32>(Math.cos(phase) - lag * Math.sin(phase)), INPUT_RE);
  store<f32>(lane, <f32>(Math.sin(phase) + lag * Math.cos(phase)), INPUT_IM);
  const rBlock = Math.exp(-decay * <f64>frames);
  store<f32>(lane, <f32>(rBlock * Math.cos(theta * <f64>frames)), BLOCK_RE);
  store<f32>(lane, <f32>(rBlock * Math.sin(theta * <f64>frames)), BLOCK_IM);
  const table = modeAt(ptr, mode);
  let re = rotationRe;
  let im = rotationIm;
  for (let j = 0; j < 16; j++) {
    const at = table + <usize>(j << 2);
    store<f32>(at, <f32>re, NEXT_RE);
    store<f32>(at, <f32>-im, NEXT_IM);
    if (j === 7) {
      store<f32>(table, <f32>(2 * re), C1);
      store<f32>(table, <f32>-(re * re + im * im), C2);
    }
    const nextRe = re * rotationRe - im * rotationIm;
    im = re * rotationIm + im * rotationRe;
    re = nextRe;
  }
}

/** Lists the modes that ring and sets the others to rest. Returns how many ring. */
function listRinging(ptr: usize): i32 {
  const bank = changetype<Bank>(ptr);
  let count = 0;
  for (let mode = 0; mode < bank.modes; mode++) {
    const lane = groupAt(ptr, mode >> 2) + <usize>((mode & 3) << 2);
    const u = load<f32>(lane, U);
    const v = load<f32>(lane, V);
    if (u * u + v * v > SILENCE) {
      store<i32>(ringing + <usize>(count << 2), mode);
      count++;
    } else {
      store<f32>(lane, 0, U);
      store<f32>(lane, 0, V);
    }
  }
  return count;
}

function advanceGroup(at: usize): void {
  const u = v128.load(at, U);
  const v = v128.load(at, V);
  const re = v128.load(at, BLOCK_RE);
  const im = v128.load(at, BLOCK_IM);
  v128.store(at, f32x4.sub(f32x4.mul(u, re), f32x4.mul(v, im)), U);
  v128.store(at, f32x4.add(f32x4.mul(u, im), f32x4.mul(v, re)), V);
}

/** Four samples of a mode's future, `offset` bytes into its projection tables. */
function project(table: usize, u: v128, v: v128): v128 {
  return f32x4.add(f32x4.mul(u, v128.load(table, NEXT_RE)), f32x4.mul(v, v128.load(table, NEXT_IM)));
}

/** Adds one block of free ringing to `out`. Returns how many modes ring. */
export function modalRing(ptr: usize, out: usize): i32 {
  const bank = changetype<Bank>(ptr);
  const frames = bank.frames;
  const count = listRinging(ptr);
  for (let i = 0; i < count; i += 2) {
    const first = load<i32>(ringing + <usize>(i << 2));
    // An odd one out runs beside a copy of itself whose phasor is zero.
    const second = i + 1 < count ? load<i32>(ringing + <usize>((i + 1) << 2)) : first;
    const laneA = groupAt(ptr, first >> 2) + <usize>((first & 3) << 2);
    const laneB = groupAt(ptr, second >> 2) + <usize>((second & 3) << 2);
    const tableA = modeAt(ptr, first);
    const tableB = modeAt(ptr, second);
    const uA = v128.load32_splat(laneA, U);
    const vA = v128.load32_splat(laneA, V);
    let uB = v128.load32_splat(laneB, U);
    let vB = v128.load32_splat(laneB, V);
    if (second === first) {
      uB = f32x4.splat(0);
      vB = f32x4.splat(0);
    }
    const c1A = v128.load32_splat(tableA, C1);
    const c2A = v128.load32_splat(tableA, C2);
    const c1B = v128.load32_splat(tableB, C1);
    const c2B = v128.load32_splat(tableB, C2);
    let a0 = project(tableA, uA, vA);
    let a1 = project(tableA + 16, uA, vA);
    let a2 = project(tableA + 32, uA, vA);
    let a3 = project(tableA + 48, uA, vA);
    let b0 = project(tableB, uB, vB);
    let b1 = project(tableB + 16, uB, vB);
    let b2 = project(tableB + 32, uB, vB);
    let b3 = project(tableB + 48, uB, vB);
    for (let n = 0; n < frames; n += 16) {
      const at = out + <usize>(n << 2);
      v128.store(at, f32x4.add(v128.load(at), f32x4.add(a0, b0)));
      v128.store(at, f32x4.add(v128.load(at, 16), f32x4.add(a1, b1)), 16);
      v128.store(at, f32x4.add(v128.load(at, 32), f32x4.add(a2, b2)), 32);
      v128.store(at, f32x4.add(v128.load(at, 48), f32x4.add(a3, b3)), 48);
      a0 = f32x4.add(f32x4.mul(c1A, a2), f32x4.mul(c2A, a0));
      a1 = f32x4.add(f32x4.mul(c1A, a3), f32x4.mul(c2A, a1));
      b0 = f32x4.add(f32x4.mul(c1B, b2), f32x4.mul(c2B, b0));
      b1 = f32x4.add(f32x4.mul(c1B, b3), f32x4.mul(c2B, b1));
      a2 = f32x4.add(f32x4.mul(c1A, a0), f32x4.mul(c2A, a2));
      a3 = f32x4.add(f32x4.mul(c1A, a1), f32x4.mul(c2A, a3));
      b2 = f32x4.add(f32x4.mul(c1B, b0), f32x4.mul(c2B, b2));
      b3 = f32x4.add(f32x4.mul(c1B, b1), f32x4.mul(c2B, b3));
    }
  }
  if (count > 0) for (let group = 0; group < bank.groups; group++) advanceGroup(groupAt(ptr, group));
  return count;
}

/**
 * One block of one contact: adds the response of the bank at rest to `force` (with `gains` per mode) to `out`, and its
 * state to the ringing state. Call after `modalRing`. The force is zero before frame `from`, a multiple of 4.
 */
export function modalDrive(ptr: usize, gains: usize, force: usize, from: i32, out: usize): void {
  const bank = changetype<Bank>(ptr);
  const frames = bank.frames;
  memory.fill(sums, 0, <usize>(frames << 4));
  let half = f32x4.splat(0);
  for (let group = 0; group < bank.groups; group += 2) {
    const atA = groupAt(ptr, group);
    const atB = groupAt(ptr, group + 1);
    const reA = v128.load(atA, ROTATION_RE);
    const imA = v128.load(atA, ROTATION_IM);
    const reB = v128.load(atB, ROTATION_RE);
    const imB = v128.load(atB, ROTATION_IM);
    const gain = gains + <usize>(group << 4);
    const gainA = v128.load(gain);
    const gainB = v128.load(gain, 16);
    const inputReA = f32x4.mul(gainA, v128.load(atA, INPUT_RE));
    const inputImA = f32x4.mul(gainA, v128.load(atA, INPUT_IM));
    const inputReB = f32x4.mul(gainB, v128.load(atB, INPUT_RE));
    const inputImB = f32x4.mul(gainB, v128.load(atB, INPUT_IM));
    half = f32x4.add(half, f32x4.add(inputReA, inputReB));
    let uA = f32x4.splat(0);
    let vA = f32x4.splat(0);
    let uB = f32x4.splat(0);
    let vB = f32x4.splat(0);
    for (let n = from; n < frames; n++) {
      const x = v128.load32_splat(force + <usize>(n << 2));
      const u = f32x4.sub(f32x4.mul(uA, reA), f32x4.mul(vA, imA));
      const v = f32x4.add(f32x4.mul(uA, imA), f32x4.mul(vA, reA));
      uA = f32x4.add(u, f32x4.mul(x, inputReA));
      vA = f32x4.add(v, f32x4.mul(x, inputImA));
      const p = f32x4.sub(f32x4.mul(uB, reB), f32x4.mul(vB, imB));
      const q = f32x4.add(f32x4.mul(uB, imB), f32x4.mul(vB, reB));
      uB = f32x4.add(p, f32x4.mul(x, inputReB));
      vB = f32x4.add(q, f32x4.mul(x, inputImB));
      const at = sums + <usize>(n << 4);
      v128.store(at, f32x4.add(v128.load(at), f32x4.add(uA, uB)));
    }
    v128.store(atA, f32x4.add(v128.load(atA, U), uA), U);
    v128.store(atA, f32x4.add(v128.load(atA, V), vA), V);
    v128.store(atB, f32x4.add(v128.load(atB, U), uB), U);
    v128.store(atB, f32x4.add(v128.load(atB, V), vB), V);
  }
  // A response that starts with a step counts its first sample half (trapezoidal rule), or the force itself would leak into the
  // sound as an offset.
  const direct = f32x4.splat(
    -0.5 *
      (f32x4.extract_lane(half, 0) +
        f32x4.extract_lane(half, 1) +
        f32x4.extract_lane(half, 2) +
        f32x4.extract_lane(half, 3)),
  );
  for (let n = from; n < frames; n += 4) {
    const at = sums + <usize>(n << 4);
    const s0 = v128.load(at);
    const s1 = v128.load(at, 16);
    const s2 = v128.load(at, 32);
    const s3 = v128.load(at, 48);
    // Transpose and add: four sums over modes become four neighbouring samples.
    const low01 = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
    const even = f32x4.add(low01, high01);
    const odd = f32x4.add(low23, high23);
    const sum = f32x4.add(v128.shuffle<f32>(even, odd, 0, 1, 4, 5), v128.shuffle<f32>(even, odd, 2, 3, 6, 7));
    const to = out + <usize>(n << 2);
    const leak = f32x4.mul(direct, v128.load(force + <usize>(n << 2)));
    v128.store(to, f32x4.add(v128.load(to), f32x4.add(sum, leak)));
  }
}
