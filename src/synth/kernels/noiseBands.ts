// Decaying noise in four bands: energy impulses + feed → leaky energy integrator → follower → √ → × band-passed white noise → sum.
// Bands in lanes. Source of the filter: V. Zavalishin, "The Art of VA Filter Design", ch. 4 (trapezoidal integrators).
import { hash32 } from './noise';

@unmanaged
class NoiseBands {
  key: u32;
  index: u32;
  unused0: i32;
  unused1: i32;
}
/** After the header one vector each, a lane a band. */
const G: usize = 16;
/** g + k, with k = 1/Q. */
const DAMP: usize = 32;
/** 1 / (1 + g·(g + k)). */
const SOLVE: usize = 48;
const WEIGHT: usize = 64;
const FALL: usize = 80;
const RISE: usize = 96;
const S1: usize = 112;
const S2: usize = 128;
const ENERGY: usize = 144;
const FOLLOW: usize = 160;
const FEED: usize = 176;
export const NOISE_BANDS_BYTES: i32 = 192;

/** sqrt(3) / 2³¹: a signed 32-bit integer to uniform noise of unit variance. */
const TO_UNIT_VARIANCE: f32 = 8.065485e-10;
/** Filter state below this is flushed, far before it becomes denormal. */
const SILENCE: f32 = 1e-15;
/** An energy below this (−140 dB) is none. */
const NO_ENERGY: f32 = 1e-14;

export function noiseBandsInit(ptr: usize, seed: u32): void {
  memory.fill(ptr, 0, NOISE_BANDS_BYTES);
  changetype<NoiseBands>(ptr).key = hash32(seed);
}

/**
 * Band 0…3: `g` = tan(π·centre/fs), `k` = 1/Q, `weight` on its output (the filter has unit gain at its centre). The stored
 * energy falls by `fall` a frame; its envelope rises by the share `rise` a frame. Takes effect at once, without a jump.
 */
export function noiseBandsSetBand(ptr: usize, band: i32, g: f32, k: f32, weight: f32, fall: f32, rise: f32): void {
  const at = ptr + <usize>(band << 2);
  store<f32>(at, g, G);
  store<f32>(at, g + k, DAMP);
  store<f32>(at, 1 / (1 + g * (g + k)), SOLVE);
  store<f32>(at, weight * k * TO_UNIT_VARIANCE, WEIGHT);
  store<f32>(at, fall, FALL);
  store<f32>(at, rise, RISE);
}

/** Energy that enters band 0…3 at every frame from now on. */
export function noiseBandsSetFeed(ptr: usize, band: i32, energy: f32): void {
  store<f32>(ptr + <usize>(band << 2), energy, FEED);
}

/** Adds the noise to `out`. `impulses`: energy that enters besides, four bands per frame. Returns whether it still sounds. */
export function noiseBandsRender(ptr: usize, impulses: usize, out: usize, frames: i32): bool {
  const bands = changetype<NoiseBands>(ptr);
  const g = v128.load(ptr, G);
  const damp = v128.load(ptr, DAMP);
  const solve = v128.load(ptr, SOLVE);
  const weight = v128.load(ptr, WEIGHT);
  const fall = v128.load(ptr, FALL);
  const rise = v128.load(ptr, RISE);
  const feed = v128.load(ptr, FEED);
  let s1 = v128.load(ptr, S1);
  let s2 = v128.load(ptr, S2);
  let energy = v128.load(ptr, ENERGY);
  let follow = v128.load(ptr, FOLLOW);
  const key = i32x4.splat(bands.key);
  let counter = i32x4.add(i32x4.splat(bands.index << 2), i32x4(0, 1, 2, 3));
  for (let i = 0; i < frames; i++) {
    let bits = v128.xor(i32x4.mul(counter, i32x4.splat(0x9e3779b1)), key);
    bits = v128.xor(bits, i32x4.shr_u(bits, 16));
    bits = i32x4.mul(bits, i32x4.splat(0x21f0aaad));
    bits = v128.xor(bits, i32x4.shr_u(bits, 15));
    bits = i32x4.mul(bits, i32x4.splat(0x735a2d97));
    bits = v128.xor(bits, i32x4.shr_u(bits, 15));
    counter = i32x4.add(counter, i32x4.splat(4));
    const x = f32x4.mul(f32x4.convert_i32x4_s(bits), weight);
    const h = f32x4.mul(f32x4.sub(f32x4.sub(x, f32x4.mul(damp, s1)), s2), solve);
    const v1 = f32x4.mul(g, h);
    const band = f32x4.add(v1, s1);
    s1 = f32x4.add(band, v1);
    const v2 = f32x4.mul(g, band);
    s2 = f32x4.add(f32x4.add(v2, s2), v2);
    const entering = f32x4.add(feed, v128.load(impulses + <usize>(i << 4)));
    energy = f32x4.add(f32x4.mul(energy, fall), entering);
    follow = f32x4.add(follow, f32x4.mul(rise, f32x4.sub(energy, follow)));
    const y = f32x4.mul(band, f32x4.sqrt(follow));
    const half = f32x4.add(y, v128.shuffle<f32>(y, y, 2, 3, 0, 1));
    const sum = f32x4.extract_lane(half, 0) + f32x4.extract_lane(half, 1);
    const to = out + <usize>(i << 2);
    store<f32>(to, load<f32>(to) + sum);
  }
  bands.index += frames;
  const silence = f32x4.splat(SILENCE);
  const none = f32x4.splat(NO_ENERGY);
  const audible = f32x4.gt(follow, none);
  v128.store(ptr, v128.and(s1, f32x4.gt(f32x4.abs(s1), silence)), S1);
  v128.store(ptr, v128.and(s2, f32x4.gt(f32x4.abs(s2), silence)), S2);
  v128.store(ptr, v128.and(energy, f32x4.gt(energy, none)), ENERGY);
  v128.store(ptr, v128.and(follow, audible), FOLLOW);
  return v128.any_true(audible);
}
