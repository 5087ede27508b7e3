// Dense response: white noise → 8 octave bands (two band-pass stages each) → × a decaying envelope per band → sum.
// Source: late response as exponentially decaying noise per band (J. Moorer 1979); filters: Zavalishin, "The Art of VA Filter Design".

/** Octave bands, four to a vector. */
export const DIFFUSE_BANDS: i32 = 8;

// Per vector of four bands: states of both filter stages, their coefficients, output scale, envelope, what still flows into it,
// and the decays of both per sample.
const S1: usize = 0;
const S2: usize = 16;
const S3: usize = 32;
const S4: usize = 48;
const A1: usize = 64;
const A2: usize = 80;
const A3: usize = 96;
const SCALE: usize = 112;
const LEVEL: usize = 128;
const FEED: usize = 144;
const FALL: usize = 160;
const RISE: usize = 176;
const VECTOR_BYTES: usize = 192;
export const DIFFUSE_BYTES: i32 = 384;

/** −140 dB: below this the envelopes and filters are set to rest. */
const SILENCE: f32 = 1e-7;

function laneAt(ptr: usize, band: i32): usize {
  return ptr + <usize>(band >> 2) * VECTOR_BYTES + <usize>((band & 3) << 2);
}

/** Tunes a band: `g` = tan(π·centre/fs), `k` = 1/Q of a stage, `scale` brings unit-variance noise to unit variance in the band. */
export function diffuseSetBand(ptr: usize, band: i32, g: f64, k: f64, scale: f64): void {
  const lane = laneAt(ptr, band);
  const a1 = 1 / (1 + g * (g + k));
  store<f32>(lane, <f32>a1, A1);
  store<f32>(lane, <f32>(g * a1), A2);
  store<f32>(lane, <f32>(g * g * a1), A3);
  store<f32>(lane, <f32>(k * k * scale), SCALE);
}

/** How the envelope falls and how fast a hit flows into it: factors per sample, below 1. */
export function diffuseSetDecay(ptr: usize, band: i32, fall: f64, rise: f64): void {
  const lane = laneAt(ptr, band);
  store<f32>(lane, <f32>fall, FALL);
  store<f32>(lane, <f32>rise, RISE);
}

/** A hit: the band's envelope will rise by about `amount`. */
export function diffuseExcite(ptr: usize, band: i32, amount: f32): void {
  const lane = laneAt(ptr, band);
  const rise = load<f32>(lane, RISE);
  store<f32>(lane, load<f32>(lane, FEED) + amount * (1 - rise), FEED);
}

/** Adds `frames` samples driven by unit-variance white `noise` to `out`. Returns 0 when all bands are at rest. */
export function diffuseRender(ptr: usize, noise: usize, out: usize, frames: i32): i32 {
  let loud: f32 = 0;
  for (let band = 0; band < DIFFUSE_BANDS; band++) {
    const lane = laneAt(ptr, band);
    loud = max(loud, load<f32>(lane, LEVEL) + load<f32>(lane, FEED));
  }
  if (loud < SILENCE) {
    for (let part = 0; part < 2; part++) {
      const at = ptr + <usize>part * VECTOR_BYTES;
      const zero = f32x4.splat(0);
      v128.store(at, zero, S1);
      v128.store(at, zero, S2);
      v128.store(at, zero, S3);
      v128.store(at, zero, S4);
      v128.store(at, zero, LEVEL);
      v128.store(at, zero, FEED);
    }
    return 0;
  }
  for (let part = 0; part < 2; part++) {
    const at = ptr + <usize>part * VECTOR_BYTES;
    const a1 = v128.load(at, A1);
    const a2 = v128.load(at, A2);
    const a3 = v128.load(at, A3);
    const scale = v128.load(at, SCALE);
    const fall = v128.load(at, FALL);
    const rise = v128.load(at, RISE);
    let s1 = v128.load(at, S1);
    let s2 = v128.load(at, S2);
    let s3 = v128.load(at, S3);
    let s4 = v128.load(at, S4);
    let level = v128.load(at, LEVEL);
    let feed = v128.load(at, FEED);
    for (let n = 0; n < frames; n++) {
      const x = v128.load32_splat(noise + <usize>(n << 2));
      const d1 = f32x4.sub(x, s2);
      const first = f32x4.add(f32x4.mul(a1, s1), f32x4.mul(a2, d1));
      const low1 = f32x4.add(s2, f32x4.add(f32x4.mul(a2, s1), f32x4.mul(a3, d1)));
      s1 = f32x4.sub(f32x4.add(first, first), s1);
      s2 = f32x4.sub(f32x4.add(low1, low1), s2);
      const d2 = f32x4.sub(first, s4);
      const band = f32x4.add(f32x4.mul(a1, s3), f32x4.mul(a2, d2));
      const low2 = f32x4.add(s4, f32x4.add(f32x4.mul(a2, s3), f32x4.mul(a3, d2)));
      s3 = f32x4.sub(f32x4.add(band, band), s3);
      s4 = f32x4.sub(f32x4.add(low2, low2), s4);
      level = f32x4.add(f32x4.mul(level, fall), feed);
      feed = f32x4.mul(feed, rise);
      const y = f32x4.mul(f32x4.mul(band, scale), level);
      const to = out + <usize>(n << 2);
      const sum =
        f32x4.extract_lane(y, 0) + f32x4.extract_lane(y, 1) + f32x4.extract_lane(y, 2) + f32x4.extract_lane(y, 3);
      store<f32>(to, load<f32>(to) + sum);
    }
    v128.store(at, s1, S1);
    v128.store(at, s2, S2);
    v128.store(at, s3, S3);
    v128.store(at, s4, S4);
    v128.store(at, level, LEVEL);
    v128.store(at, feed, FEED);
  }
  return 1;
}
