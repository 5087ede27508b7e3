// Look-ahead true-peak limiter: inter-sample peak → needed gain → sliding minimum → release → two box averages →
// delayed sound · gain. The averages span less than the window, so no peak can ever slip past the gain.
import { magnitude, PEAK_TAPS, truePeaks } from './meter';

/** Frames a block may hold. */
const BLOCK: i32 = 128;
/** The peaks found at sample i belong to the time between sample i − 8 and i − 7. */
const PEAK_DELAY: i32 = 8;
/** Queue places: more than the longest window (2 · 480 at 192 kHz). */
const QUEUE: i32 = 1024;
/** Gains are summed as integers of this many steps: the running sums stay exact for ever, and fit 32 bits. */
const STEPS: f32 = 4194304;
/** A gain this near to 1 is 1: the exponential release would never get there. */
const DONE: f32 = 0.9995;
/** Rest is not counted further than this. */
const LONG: i32 = 1 << 20;

@unmanaged
class Limiter {
  /** Length of one box average; the window is twice that. */
  box: i32;
  delay: i32;
  count: u32;
  head: i32;
  tail: i32;
  /** Samples since the released gain was last below 1. */
  rested: i32;
  place: i32;
  gain: f32;
  sum1: i32;
  unused: i32;
  sum2: i64;
}

// After the header: left and right (delay + block each), peaks, queue values, queue times, two rings of box averages.
function leftAt(ptr: usize): usize {
  return ptr + ((offsetof<Limiter>() + 15) & ~15);
}
function lineBytes(limiter: Limiter): usize {
  return <usize>((limiter.delay + BLOCK) << 2);
}

export function limiterBytes(box: i32): i32 {
  const header = <i32>((offsetof<Limiter>() + 15) & ~15);
  const lines = 2 * (limiterDelay(box) + BLOCK);
  return header + ((lines + BLOCK + 2 * QUEUE + 2 * box) << 2);
}

/** Frames from input to output. */
export function limiterDelay(box: i32): i32 {
  return 2 * box - 2 + PEAK_DELAY;
}

export function limiterInit(ptr: usize, box: i32): void {
  memory.fill(ptr, 0, limiterBytes(box));
  const limiter = changetype<Limiter>(ptr);
  limiter.box = box;
  limiter.delay = limiterDelay(box);
  limiter.gain = 1;
  limiter.rested = 4 * box;
  limiter.sum1 = box * <i32>STEPS;
  limiter.sum2 = <i64>box * <i64>limiter.sum1;
  const ring1 = leftAt(ptr) + 2 * lineBytes(limiter) + <usize>((BLOCK + 2 * QUEUE) << 2);
  const ring2 = ring1 + <usize>(box << 2);
  for (let i = 0; i < box; i++) {
    store<i32>(ring1 + <usize>(i << 2), <i32>STEPS);
    store<i32>(ring2 + <usize>(i << 2), limiter.sum1);
  }
}

/**
 * Limits both ears in place to `ceiling` between and at samples. `release` is the share of the way back the gain goes
 * each sample; `table` is the peak filter, `reach` the most it can lift a sample's magnitude. Returns the block's
 * smallest gain.
 */
export function limiterRender(
  ptr: usize,
  left: usize,
  right: usize,
  table: usize,
  reach: f32,
  ceiling: f32,
  release: f32,
  frames: i32,
): f32 {
  const limiter = changetype<Limiter>(ptr);
  const lineLeft = leftAt(ptr);
  const lineRight = lineLeft + lineBytes(limiter);
  const peaks = lineRight + lineBytes(limiter);
  const delayBytes = <usize>(limiter.delay << 2);
  const blockBytes = <usize>(frames << 2);
  memory.copy(lineLeft + delayBytes, left, blockBytes);
  memory.copy(lineRight + delayBytes, right, blockBytes);

  const early = <usize>((PEAK_TAPS - 1) << 2);
  const from = delayBytes - early - 4;
  const hot = magnitude(lineLeft + from, lineRight + from, frames + PEAK_TAPS) * reach > ceiling;
  let smallest: f32 = 1;
  if (!hot && limiter.rested >= 4 * limiter.box) {
    limiter.head = 0;
    limiter.tail = 0;
    memory.copy(left, lineLeft, blockBytes);
    memory.copy(right, lineRight, blockBytes);
  } else {
    if (hot) truePeaks(lineLeft + delayBytes - early, lineRight + delayBytes - early, table, peaks, frames);
    smallest = limit(limiter, peaks, hot, left, right, ceiling, release, frames);
  }
  memory.copy(lineLeft, lineLeft + blockBytes, delayBytes);
  memory.copy(lineRight, lineRight + blockBytes, delayBytes);
  return smallest;
}

function limit(
  limiter: Limiter,
  peaks: usize,
  hot: bool,
  left: usize,
  right: usize,
  ceiling: f32,
  release: f32,
  frames: i32,
): f32 {
  const lineLeft = leftAt(changetype<usize>(limiter));
  const lineRight = lineLeft + lineBytes(limiter);
  const values = peaks + <usize>(BLOCK << 2);
  const times = values + <usize>(QUEUE << 2);
  const ring1 = times + <usize>(QUEUE << 2);
  const ring2 = ring1 + <usize>(limiter.box << 2);
  const window = <u32>(2 * limiter.box);
  const scale = 1 / (<f64>STEPS * <f64>limiter.box * <f64>limiter.box);
  const mask = QUEUE - 1;
  let smallest: f32 = 1;
  for (let i = 0; i < frames; i++) {
    const at = <usize>(i << 2);
    let needed: f32 = 1;
    if (hot) {
      const peak = load<f32>(peaks + at);
      if (peak > ceiling) needed = ceiling / peak;
    }
    // The smallest needed gain of the window waits at the queue's head; larger ones behind a smaller never matter.
    let tail = limiter.tail;
    while (tail !== limiter.head && load<f32>(values + <usize>(((tail - 1) & mask) << 2)) >= needed) {
      tail = (tail - 1) & mask;
    }
    store<f32>(values + <usize>(tail << 2), needed);
    store<u32>(times + <usize>(tail << 2), limiter.count);
    limiter.tail = (tail + 1) & mask;
    if (limiter.count - load<u32>(times + <usize>(limiter.head << 2)) >= window) {
      limiter.head = (limiter.head + 1) & mask;
    }
    limiter.count += 1;
    const lowest = load<f32>(values + <usize>(limiter.head << 2));

    let gain = limiter.gain;
    gain = lowest < gain ? lowest : gain + (lowest - gain) * release;
    if (lowest === 1 && gain > DONE) gain = 1;
    limiter.gain = gain;
    limiter.rested = gain < 1 ? 0 : min(limiter.rested + 1, LONG);

    const place = <usize>(limiter.place << 2);
    const steps = <i32>(gain * STEPS);
    limiter.sum1 += steps - load<i32>(ring1 + place);
    store<i32>(ring1 + place, steps);
    limiter.sum2 += <i64>limiter.sum1 - <i64>load<i32>(ring2 + place);
    store<i32>(ring2 + place, limiter.sum1);
    limiter.place = limiter.place + 1 === limiter.box ? 0 : limiter.place + 1;

    const smooth = <f32>(<f64>limiter.sum2 * scale);
    smallest = min(smallest, smooth);
    store<f32>(left + at, load<f32>(lineLeft + at) * smooth);
    store<f32>(right + at, load<f32>(lineRight + at) * smooth);
  }
  return smallest;
}

/** Hard clip as the last stage: NaN becomes 0, everything else is clamped to ±`bound`. */
export function limiterClamp(buffer: usize, bound: f32, frames: i32): void {
  const high = f32x4.splat(bound);
  const low = f32x4.splat(-bound);
  for (let i = 0; i < frames; i += 4) {
    const at = buffer + <usize>(i << 2);
    const x = v128.load(at);
    const number = v128.and(x, f32x4.eq(x, x));
    v128.store(at, f32x4.max(low, f32x4.min(high, number)));
  }
}
