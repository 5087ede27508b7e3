// Random contacts of bristles: hash < rate → contact of drawn strength → four two-pole resonators of one bristle → sum.
// Four modes per vector; a silent bristle costs nothing.
import { hash32 } from './noise';

/** One block's contacts fit here; `frames` is never more than this. */
const FRAMES: i32 = 128;
/** −160 dB: far from denormal, far from audible. */
const SILENCE: f32 = 1e-8;
const BRISTLES: i32 = 8;
/** Quantiles of the contact strength: 64 equally likely values. */
const STRENGTHS: i32 = 64;

@unmanaged
class Bristles {
  /** Hash key of the contacts' stream and samples since it began. */
  key: u32;
  index: u32;
  /** Contacts per sample and their strength, as the last block ended. */
  rate: f32;
  gain: f32;
  /** Bit b: bristle b rings or is struck in this block. */
  awake: i32;
  count: i32;
  unused0: i32;
  unused1: i32;
}
const HEADER: usize = 32;
const AT_STRENGTHS: usize = HEADER;
/** Per bristle a1, a2, gain, y1, y2. */
const AT_MODES: usize = AT_STRENGTHS + 256;
const MODE_BYTES: usize = 80;
/** Per bristle the contacts of this block, a sample each. */
const AT_CONTACTS: usize = AT_MODES + 640;
const ROW_BYTES: usize = 512;
/** Four lanes of summed modes a sample. */
const AT_SUM: usize = AT_CONTACTS + 4096;
const END: usize = AT_SUM + 2048;
export const BRISTLES_BYTES: i32 = 7072;
export const BRISTLES_MAX: i32 = 8;
export const BRISTLE_STRENGTHS: i32 = 64;

export function bristlesInit(ptr: usize, count: i32, seed: u32): void {
  memory.fill(ptr, 0, END);
  const b = changetype<Bristles>(ptr);
  b.key = hash32(seed);
  b.count = min(count, BRISTLES);
}

/** Strength number 0…63 of the equally likely strengths a contact may have. */
export function bristlesSetStrength(ptr: usize, number: i32, strength: f32): void {
  store<f32>(ptr + AT_STRENGTHS + <usize>((number & (STRENGTHS - 1)) << 2), strength);
}

/** One mode 0…3 of one bristle: a1 = 2·r·cos θ, a2 = −r²; `gain` = amplitude · sin θ, so a contact of 1 rings up to `amplitude`. */
export function bristlesSetMode(ptr: usize, bristle: i32, mode: i32, a1: f32, a2: f32, gain: f32): void {
  const at = ptr + AT_MODES + <usize>bristle * MODE_BYTES + <usize>(mode << 2);
  store<f32>(at, a1);
  store<f32>(at, a2, 16);
  store<f32>(at, gain, 32);
}

/** Strikes one bristle in the coming block, beside the drawn contacts. */
export function bristlesStrike(ptr: usize, bristle: i32, offset: i32, strength: f32): void {
  const b = changetype<Bristles>(ptr);
  const at = ptr + AT_CONTACTS + <usize>bristle * ROW_BYTES + <usize>((offset & (FRAMES - 1)) << 2);
  store<f32>(at, load<f32>(at) + strength);
  b.awake |= 1 << bristle;
}

/**
 * Adds the ringing bristles to `out`. `rate` (contacts per sample, under 1) and `gain` are reached linearly by the
 * block's end; every contact draws its bristle, its sign and its strength.
 */
export function bristlesRender(ptr: usize, out: usize, rate: f32, gain: f32, frames: i32): void {
  const b = changetype<Bristles>(ptr);
  if (rate > 0 || b.rate > 0) drawContacts(ptr, b, rate, gain, frames);
  b.index += <u32>frames;
  b.rate = rate;
  b.gain = gain;
  if (b.awake === 0) return;
  const sum = ptr + AT_SUM;
  memory.fill(sum, 0, (<usize>frames) << 4);
  for (let bristle = 0; bristle < b.count; bristle += 2) {
    if ((b.awake & (3 << bristle)) === 0) continue;
    ringPair(ptr, b, bristle, sum, frames);
  }
  for (let i = 0; i < frames; i++) {
    const y = v128.load(sum + <usize>(i << 4));
    const pair = f32x4.add(y, v128.shuffle<f32>(y, y, 2, 3, 0, 1));
    const at = out + <usize>(i << 2);
    store<f32>(at, load<f32>(at) + f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1));
  }
}

/** Two bristles side by side: neither has to wait for its own last sample. */
function ringPair(ptr: usize, b: Bristles, bristle: i32, sum: usize, frames: i32): void {
  const at = ptr + AT_MODES + <usize>bristle * MODE_BYTES;
  const row = ptr + AT_CONTACTS + <usize>bristle * ROW_BYTES;
  const a1 = v128.load(at);
  const a2 = v128.load(at, 16);
  const level = v128.load(at, 32);
  const c1 = v128.load(at, 80);
  const c2 = v128.load(at, 96);
  const otherLevel = v128.load(at, 112);
  let y1 = v128.load(at, 48);
  let y2 = v128.load(at, 64);
  let z1 = v128.load(at, 128);
  let z2 = v128.load(at, 144);
  for (let i = 0; i < frames; i++) {
    const from = row + <usize>(i << 2);
    const y = f32x4.add(f32x4.mul(a1, y1), f32x4.add(f32x4.mul(a2, y2), f32x4.mul(level, v128.load32_splat(from))));
    const z = f32x4.add(
      f32x4.mul(c1, z1),
      f32x4.add(f32x4.mul(c2, z2), f32x4.mul(otherLevel, v128.load32_splat(from, 512))),
    );
    y2 = y1;
    y1 = y;
    z2 = z1;
    z1 = z;
    const into = sum + <usize>(i << 4);
    v128.store(into, f32x4.add(v128.load(into), f32x4.add(y, z)));
  }
  memory.fill(row, 0, 2 * ROW_BYTES);
  const silence = f32x4.splat(SILENCE);
  const audible = v128.or(f32x4.gt(f32x4.abs(y1), silence), f32x4.gt(f32x4.abs(y2), silence));
  const otherAudible = v128.or(f32x4.gt(f32x4.abs(z1), silence), f32x4.gt(f32x4.abs(z2), silence));
  v128.store(at, v128.and(y1, audible), 48);
  v128.store(at, v128.and(y2, audible), 64);
  v128.store(at, v128.and(z1, otherAudible), 128);
  v128.store(at, v128.and(z2, otherAudible), 144);
  if (!v128.any_true(v128.or(audible, otherAudible))) b.awake &= ~(3 << bristle);
}

/** Draws the block's contacts: four samples' hashes at a time, a second hash for each contact found. */
function drawContacts(ptr: usize, b: Bristles, rate: f32, gain: f32, frames: i32): void {
  const key = i32x4.splat(b.key);
  let counter = i32x4.add(i32x4.splat(b.index), i32x4(0, 1, 2, 3));
  const rateStep = (rate - b.rate) / <f32>frames;
  const gainStep = (gain - b.gain) / <f32>frames;
  for (let i = 0; i < frames; i += 4) {
    let x = v128.xor(i32x4.mul(counter, i32x4.splat(0x9e3779b1)), key);
    x = v128.xor(x, i32x4.shr_u(x, 16));
    x = i32x4.mul(x, i32x4.splat(0x21f0aaad));
    x = v128.xor(x, i32x4.shr_u(x, 15));
    x = i32x4.mul(x, i32x4.splat(0x735a2d97));
    x = v128.xor(x, i32x4.shr_u(x, 15));
    // 2³¹ as the top: signed comparison of the upper 31 bits.
    const limit = <i32>((b.rate + rateStep * <f32>i) * 2147483520);
    let hits = i32x4.bitmask(i32x4.lt_s(i32x4.shr_u(x, 1), i32x4.splat(limit)));
    while (hits !== 0) {
      const lane = ctz(hits);
      hits &= hits - 1;
      const draw = hash32(b.key ^ ((b.index + <u32>(i + lane)) * 0x85ebca6b));
      const bristle = (<i32>((draw & 0xffff) * <u32>b.count)) >> 16;
      const strength = load<f32>(ptr + AT_STRENGTHS + <usize>(((draw >> 16) & 63) << 2));
      const amplitude = (b.gain + gainStep * <f32>(i + lane)) * strength;
      bristlesStrike(ptr, bristle, i + lane, draw >> 31 ? amplitude : -amplitude);
    }
    counter = i32x4.add(counter, i32x4.splat(4));
  }
}
