// Near-field head (rigid sphere) for one layer, four emitters, or two emitters at both ears, per vector:
// peaking and low shelf filters → low-pass basis → ramped gains per ear → delay lines → six-point Lagrange taps → sum (+ send).
import { Simd } from './simd';

/** Frames each delay line remembers. Delays must stay inside MIN_DELAY … HISTORY − 4. */
const HISTORY: i32 = 128;
const MAX_BLOCK: i32 = 128;
const LINE_BYTES: usize = <usize>((HISTORY + MAX_BLOCK) << 2);

/**
 * Ramped vectors: 4 gains for the left ear, 4 for the right, dip, notch, bass, delays left, delays right. One or two
 * emitters share a vector with themselves: lanes 0 and 1 are their left ear, 2 and 3 their right; the second vectors rest.
 */
const RAMPED: i32 = 13;
const RIGHT: usize = 64;
const PEAKS: usize = 128;
const BASS: usize = 160;
const DELAYS: usize = 176;
const RAMPED_BYTES: usize = <usize>(RAMPED << 4);

@unmanaged
class Head {
  input0: usize;
  input1: usize;
  input2: usize;
  input3: usize;
  emitters: i32;
  sendTarget: f32;
  sendNow: f32;
  unused0: i32;
  // Band-passes of unit peak gain: b·(x − x₂) − a1·y₁ − a2·y₂.
  dipB: f32;
  dipA1: f32;
  dipA2: f32;
  notchB: f32;
  notchA1: f32;
  notchA2: f32;
  // Trapezoidal one-pole low-passes: G = g/(1 + g).
  bassG: f32;
  lowG: f32;
  midG: f32;
  highG: f32;
  unused1: i32;
  unused2: i32;
  x1: v128;
  x2: v128;
  dip1: v128;
  dip2: v128;
  notch1: v128;
  notch2: v128;
  bass: v128;
  low: v128;
  mid: v128;
  high: v128;
}
export const HEAD_TARGETS: i32 = <i32>offsetof<Head>();
const NOW: usize = <usize>HEAD_TARGETS + RAMPED_BYTES;
const LINES: usize = NOW + RAMPED_BYTES;
export const HEAD_BYTES: i32 = <i32>(LINES + 8 * LINE_BYTES);

/** Scratch: four samples of four emitters, transposed between time and emitters. */
const scratch: usize = memory.data(64, 16);
/** Per frame: the shaped sound and its three low-passes, four emitters each. */
const basis: usize = memory.data(8192, 16);
const sumLeft: usize = memory.data(512, 16);
const sumRight: usize = memory.data(512, 16);

class Ramp {
  /** Step of a ramped vector; `scale` is 1 over the number of steps. */
  @inline static step(at: usize, scale: v128): v128 {
    return f32x4.mul(f32x4.sub(v128.load(at), v128.load(at + RAMPED_BYTES)), scale);
  }
}

/** Clears the signal and sets the targets at once, without a ramp. */
export function headReset(ptr: usize): void {
  const head = changetype<Head>(ptr);
  memory.fill(ptr + offsetof<Head>('x1'), 0, <usize>HEAD_TARGETS - offsetof<Head>('x1'));
  memory.copy(ptr + NOW, ptr + <usize>HEAD_TARGETS, RAMPED_BYTES);
  memory.fill(ptr + LINES, 0, 8 * LINE_BYTES);
  head.sendNow = head.sendTarget;
}

/**
 * Filters the emitters and leaves, per frame, four vectors in `basis`: the sound and its three low-passes.
 * Peaking filters: y = x + gain·band-pass(x). One-poles: d = G·(x − s), y = s + d, s' = y + d.
 */
function renderBasis(ptr: usize, frames: i32): void {
  const h = changetype<Head>(ptr);
  const targets = ptr + <usize>HEAD_TARGETS;
  const now = ptr + NOW;
  const perFour = f32x4.splat(<f32>4 / <f32>frames);
  // Peaking filters and bass change slowly: a step every four samples is smooth enough.
  let dip = v128.load(now + PEAKS);
  let notch = v128.load(now + PEAKS, 16);
  let bass = v128.load(now + BASS);
  const dipStep = Ramp.step(targets + PEAKS, perFour);
  const notchStep = Ramp.step(targets + PEAKS + 16, perFour);
  const bassStep = Ramp.step(targets + BASS, perFour);
  const dipB = f32x4.splat(h.dipB);
  const dipA1 = f32x4.splat(h.dipA1);
  const dipA2 = f32x4.splat(h.dipA2);
  const notchB = f32x4.splat(h.notchB);
  const notchA1 = f32x4.splat(h.notchA1);
  const notchA2 = f32x4.splat(h.notchA2);
  const bassG = f32x4.splat(h.bassG);
  const lowG = f32x4.splat(h.lowG);
  const midG = f32x4.splat(h.midG);
  const highG = f32x4.splat(h.highG);
  let x1 = h.x1;
  let x2 = h.x2;
  let dip1 = h.dip1;
  let dip2 = h.dip2;
  let notch1 = h.notch1;
  let notch2 = h.notch2;
  let bassS = h.bass;
  let lowS = h.low;
  let midS = h.mid;
  let highS = h.high;
  let to = basis;
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    Simd.transpose(
      v128.load(h.input0 + at),
      v128.load(h.input1 + at),
      v128.load(h.input2 + at),
      v128.load(h.input3 + at),
      scratch,
    );
    for (let j: usize = 0; j < 64; j += 16) {
      const x = v128.load(scratch + j);
      const dx = f32x4.sub(x, x2);
      x2 = x1;
      x1 = x;
      const dip0 = f32x4.sub(f32x4.sub(f32x4.mul(dipB, dx), f32x4.mul(dipA2, dip2)), f32x4.mul(dipA1, dip1));
      dip2 = dip1;
      dip1 = dip0;
      const notch0 = f32x4.sub(
        f32x4.sub(f32x4.mul(notchB, dx), f32x4.mul(notchA2, notch2)),
        f32x4.mul(notchA1, notch1),
      );
      notch2 = notch1;
      notch1 = notch0;
      const shaped = f32x4.add(x, f32x4.add(f32x4.mul(dip, dip0), f32x4.mul(notch, notch0)));

      const bassD = f32x4.mul(bassG, f32x4.sub(shaped, bassS));
      const rumble = f32x4.add(bassS, bassD);
      bassS = f32x4.add(rumble, bassD);
      const v = f32x4.add(shaped, f32x4.mul(bass, rumble));
      v128.store(to, v);

      const lowD = f32x4.mul(lowG, f32x4.sub(v, lowS));
      const low = f32x4.add(lowS, lowD);
      lowS = f32x4.add(low, lowD);
      v128.store(to, low, 16);
      const midD = f32x4.mul(midG, f32x4.sub(v, midS));
      const mid = f32x4.add(midS, midD);
      midS = f32x4.add(mid, midD);
      v128.store(to, mid, 32);
      const highD = f32x4.mul(highG, f32x4.sub(v, highS));
      const high = f32x4.add(highS, highD);
      highS = f32x4.add(high, highD);
      v128.store(to, high, 48);
      to += 64;
    }
    dip = f32x4.add(dip, dipStep);
    notch = f32x4.add(notch, notchStep);
    bass = f32x4.add(bass, bassStep);
  }
  h.x1 = Simd.flush(x1);
  h.x2 = Simd.flush(x2);
  h.dip1 = Simd.flush(dip1);
  h.dip2 = Simd.flush(dip2);
  h.notch1 = Simd.flush(notch1);
  h.notch2 = Simd.flush(notch2);
  h.bass = Simd.flush(bassS);
  h.low = Simd.flush(lowS);
  h.mid = Simd.flush(midS);
  h.high = Simd.flush(highS);
}

/** Sums the basis with four ramped gains and appends the lanes to four delay lines. */
function renderLines(now: usize, target: usize, line: usize, frames: i32): void {
  const perFrame = f32x4.splat(<f32>1 / <f32>frames);
  let g0 = v128.load(now);
  let g1 = v128.load(now, 16);
  let g2 = v128.load(now, 32);
  let g3 = v128.load(now, 48);
  const step0 = Ramp.step(target, perFrame);
  const step1 = Ramp.step(target + 16, perFrame);
  const step2 = Ramp.step(target + 32, perFrame);
  const step3 = Ramp.step(target + 48, perFrame);
  let from = basis;
  for (let i = 0; i < frames; i += 4) {
    for (let j: usize = 0; j < 64; j += 16) {
      g0 = f32x4.add(g0, step0);
      g1 = f32x4.add(g1, step1);
      g2 = f32x4.add(g2, step2);
      g3 = f32x4.add(g3, step3);
      const even = f32x4.add(f32x4.mul(g0, v128.load(from)), f32x4.mul(g2, v128.load(from, 32)));
      const odd = f32x4.add(f32x4.mul(g1, v128.load(from, 16)), f32x4.mul(g3, v128.load(from, 48)));
      v128.store(scratch + j, f32x4.add(even, odd));
      from += 64;
    }
    Simd.transpose(v128.load(scratch), v128.load(scratch, 16), v128.load(scratch, 32), v128.load(scratch, 48), scratch);
    const to = line + <usize>(i << 2);
    v128.store(to, v128.load(scratch));
    v128.store(to + LINE_BYTES, v128.load(scratch, 16));
    v128.store(to + 2 * LINE_BYTES, v128.load(scratch, 32));
    v128.store(to + 3 * LINE_BYTES, v128.load(scratch, 48));
  }
}

/** Adds a delay line, its delay ramping linearly from `from` to `to` frames, to `out`; four samples per vector. */
function readMovingTap(line: usize, from: f32, to: f32, out: usize, frames: i32): void {
  const step = (to - from) / <f32>frames;
  const delayStep = f32x4.splat(step * 4);
  let delay = f32x4.add(f32x4.splat(from), f32x4.mul(f32x4.splat(step), f32x4(1, 2, 3, 4)));
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const three = f32x4.splat(3);
  const outer = f32x4.splat(1.0 / 120.0);
  const middle = f32x4.splat(1.0 / 24.0);
  const inner = f32x4.splat(1.0 / 12.0);
  for (let i = 0; i < frames; i += 4) {
    // One whole delay serves four samples; the rest t may leave [0, 1) by a hair, where the polynomial still holds.
    const whole = <i32>ceil(f32x4.extract_lane(delay, 1));
    const t = f32x4.sub(f32x4.splat(<f32>whole), delay);
    const near = f32x4.sub(t, one);
    const a = f32x4.mul(t, near);
    const b = f32x4.sub(a, two);
    const c = f32x4.sub(a, f32x4.splat(6));
    const ab = f32x4.mul(f32x4.mul(a, b), outer);
    const ac = f32x4.mul(f32x4.mul(a, c), middle);
    const bc = f32x4.mul(f32x4.mul(b, c), inner);
    const at = line + <usize>((i - whole) << 2);
    let sum = f32x4.mul(f32x4.mul(ab, f32x4.sub(three, t)), v128.load(at - 8));
    sum = f32x4.add(sum, f32x4.mul(f32x4.mul(ac, f32x4.sub(t, two)), v128.load(at - 4)));
    sum = f32x4.sub(sum, f32x4.mul(f32x4.mul(bc, near), v128.load(at)));
    sum = f32x4.add(sum, f32x4.mul(f32x4.mul(bc, t), v128.load(at, 4)));
    sum = f32x4.sub(sum, f32x4.mul(f32x4.mul(ac, f32x4.add(t, one)), v128.load(at, 8)));
    sum = f32x4.add(sum, f32x4.mul(f32x4.mul(ab, f32x4.add(t, two)), v128.load(at, 12)));
    const o = out + <usize>(i << 2);
    v128.store(o, f32x4.add(v128.load(o), sum));
    delay = f32x4.add(delay, delayStep);
  }
}

/** The same with a fixed delay: constant weights. */
function readFixedTap(line: usize, delay: f32, out: usize, frames: i32): void {
  const whole = <i32>ceil(delay);
  const t = <f32>whole - delay;
  const a = t * (t - 1);
  const b = a - 2;
  const c = a - 6;
  const w0 = f32x4.splat((a * b * (3 - t)) / 120);
  const w1 = f32x4.splat((a * c * (t - 2)) / 24);
  const w2 = f32x4.splat((b * c * (1 - t)) / 12);
  const w3 = f32x4.splat((b * c * t) / 12);
  const w4 = f32x4.splat((-a * c * (t + 1)) / 24);
  const w5 = f32x4.splat((a * b * (t + 2)) / 120);
  for (let i = 0; i < frames; i += 4) {
    const at = line + <usize>((i - whole) << 2);
    const o = out + <usize>(i << 2);
    const even = f32x4.add(
      f32x4.add(f32x4.mul(w0, v128.load(at - 8)), f32x4.mul(w2, v128.load(at))),
      f32x4.mul(w4, v128.load(at, 8)),
    );
    const odd = f32x4.add(
      f32x4.add(f32x4.mul(w1, v128.load(at - 4)), f32x4.mul(w3, v128.load(at, 4))),
      f32x4.mul(w5, v128.load(at, 12)),
    );
    v128.store(o, f32x4.add(v128.load(o), f32x4.add(even, odd)));
  }
}

/** Adds `input` to `out`, and `input` · gain (running from → to) to `send`. */
function addWithSend(input: usize, out: usize, send: usize, from: f32, to: f32, frames: i32): void {
  const step = (to - from) / <f32>frames;
  let gain = f32x4.add(f32x4.splat(from), f32x4.mul(f32x4.splat(step), f32x4(1, 2, 3, 4)));
  const gainStep = f32x4.splat(step * 4);
  for (let i = 0; i < frames; i += 4) {
    const at = <usize>(i << 2);
    const x = v128.load(input + at);
    v128.store(out + at, f32x4.add(v128.load(out + at), x));
    v128.store(send + at, f32x4.add(v128.load(send + at), f32x4.mul(x, gain)));
    gain = f32x4.add(gain, gainStep);
  }
}

/**
 * Adds a block of up to 128 frames (a multiple of 4) to both ears and to the room's two sends.
 * Ramped values reach their targets by the block's end.
 */
export function headRender(
  ptr: usize,
  left: usize,
  right: usize,
  sendLeft: usize,
  sendRight: usize,
  frames: i32,
): void {
  const head = changetype<Head>(ptr);
  renderBasis(ptr, frames);
  const emitters = <usize>head.emitters;
  // Vectors for each ear, or lanes for each ear inside one.
  const perEar: usize = emitters > 2 ? 4 : 2;
  const lines = ptr + LINES + <usize>(HISTORY << 2);
  renderLines(ptr + NOW, ptr + <usize>HEAD_TARGETS, lines, frames);
  if (perEar === 4) renderLines(ptr + NOW + RIGHT, ptr + <usize>HEAD_TARGETS + RIGHT, lines + 4 * LINE_BYTES, frames);
  memory.fill(sumLeft, 0, frames << 2);
  memory.fill(sumRight, 0, frames << 2);
  for (let ear: usize = 0; ear < 2; ear++) {
    const sum = ear === 0 ? sumLeft : sumRight;
    for (let e: usize = 0; e < emitters; e++) {
      const lane = ear * perEar + e;
      const from = load<f32>(ptr + NOW + DELAYS + (lane << 2));
      const to = load<f32>(ptr + <usize>HEAD_TARGETS + DELAYS + (lane << 2));
      const line = lines + lane * LINE_BYTES;
      if (from === to) readFixedTap(line, from, sum, frames);
      else readMovingTap(line, from, to, sum, frames);
      const start = line - <usize>(HISTORY << 2);
      memory.copy(start, start + <usize>(frames << 2), <usize>(HISTORY << 2));
    }
  }
  addWithSend(sumLeft, left, sendLeft, head.sendNow, head.sendTarget, frames);
  addWithSend(sumRight, right, sendRight, head.sendNow, head.sendTarget, frames);
  head.sendNow = head.sendTarget;
  memory.copy(ptr + NOW, ptr + <usize>HEAD_TARGETS, RAMPED_BYTES);
}
