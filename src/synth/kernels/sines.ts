// Pool of decaying sines: each one = onset ramp × decaying, gliding sine, added to its own bus.
// A free decay needs no input, so time runs in the lanes: four samples make a vector v, and v₊₁ = c1·v + c2·v₋₁ holds for
// every decaying sine with c1 = 2·r⁴·cos 4θ and c2 = −r⁸. It therefore starts anywhere, between samples too, without masks.
// `Math` in a kernel is AssemblyScript’s own, compiled in: exact arithmetic, the same bits in every engine.

@unmanaged
class Pool {
  capacity: i32;
  active: i32;
  unused0: i32;
  unused1: i32;
}

@unmanaged
class Sine {
  c1: f32;
  c2: f32;
  bus: i32;
  /** First frame of the block it writes to, a multiple of 4. */
  start: i32;
  /** Vectors until it has faded below the gate. */
  left: i32;
  /** Vectors until its onset ramp is over. */
  ramping: i32;
  /** Amplitude of its decay now, for stealing. */
  level: f32;
  /** Decay of the level over one vector. */
  fall: f32;
  rampStep: f32;
  /** Added to c1 at every vector: the pitch glides. */
  glide: f32;
  /** Where the glide ends. */
  lowest: f32;
  unused0: i32;
}
const HEADER_BYTES: usize = 16;
/** After the numbers: the vector before, the vector now, the ramp. */
const BEFORE: usize = 48;
const NOW: usize = 64;
const RAMP: usize = 80;
const SINE_BYTES: usize = 96;

/** A sine ends here: −120 dB of full scale, far above denormals. */
const GATE: f64 = 1e-6;
/** A gliding pitch rises to this many times itself at most, and stays clear of the turning point of 4·omega. */
const GLIDE_LIMIT: f64 = 1.6;
const GLIDE_TOP: f64 = 2.9;
/** The shortest onset: one sample, which also hides the part before a fractional start. */
const MIN_RAMP: f64 = 1;

export function sinesBytes(capacity: i32): i32 {
  return <i32>(HEADER_BYTES + <usize>capacity * SINE_BYTES);
}

export function sinesInit(ptr: usize, capacity: i32): void {
  memory.fill(ptr, 0, sinesBytes(capacity));
  changetype<Pool>(ptr).capacity = capacity;
}

/** One onset, as the control code queues it: eight f64. */
@unmanaged
class Onset {
  bus: f64;
  /** Frames into the block, fractions count. */
  at: f64;
  amplitude: f64;
  /** Radians a frame, and at the onset. */
  omega: f64;
  phase: f64;
  /** Decay rate, 1 / frames. */
  decay: f64;
  rampFrames: f64;
  /** How fast omega grows, its own share a frame; 0 for a steady pitch. */
  glide: f64;
}
const ONSET_BYTES: usize = 64;

/**
 * amplitude · ramp · e^(−decay·t) · sin(omega·t + phase), t in frames from the onset. A full pool drops its quietest
 * sine, or the new one when that is quieter still.
 */
function spawn(ptr: usize, onset: Onset): void {
  const at = onset.at;
  const amplitude = onset.amplitude;
  const omega = onset.omega;
  const phase = onset.phase;
  const decay = onset.decay;
  const pool = changetype<Pool>(ptr);
  const size = abs<f64>(amplitude);
  if (size <= GATE) return;
  let slot = pool.active;
  if (slot === pool.capacity) {
    let quietest = <f32>size;
    slot = -1;
    for (let i = 0; i < pool.active; i++) {
      const level = changetype<Sine>(ptr + HEADER_BYTES + <usize>i * SINE_BYTES).level;
      if (level < quietest) {
        quietest = level;
        slot = i;
      }
    }
    if (slot < 0) return;
  } else {
    pool.active = slot + 1;
  }
  const base = ptr + HEADER_BYTES + <usize>slot * SINE_BYTES;
  const sine = changetype<Sine>(base);
  const start = (<i32>at) & ~3;
  const delay = at - <f64>start;
  const ramp = max(onset.rampFrames, MIN_RAMP);
  const fall = Math.exp(-4 * decay);
  sine.bus = <i32>onset.bus;
  sine.start = start;
  sine.level = <f32>size;
  sine.fall = <f32>fall;
  sine.ramping = <i32>Math.ceil((delay + ramp) * 0.25);
  sine.left = sine.ramping + <i32>Math.ceil(Math.log(size / GATE) / (4 * decay));
  sine.rampStep = <f32>(1 / ramp);
  for (let lane = 0; lane < 4; lane++) {
    store<f32>(base + RAMP + <usize>(lane << 2), <f32>((<f64>lane - delay) / ramp));
  }
  sine.c1 = <f32>(2 * fall * Math.cos(4 * omega));
  sine.c2 = <f32>(-fall * fall);
  // While the pitch moves slowly against its own period, moving c1 alone keeps the amplitude near enough.
  sine.glide = 0;
  sine.lowest = <f32>(-2 * fall);
  if (onset.glide !== 0) {
    sine.glide = <f32>(-2 * fall * Math.sin(4 * omega) * 16 * omega * onset.glide);
    sine.lowest = <f32>(2 * fall * Math.cos(Math.min(4 * GLIDE_LIMIT * omega, GLIDE_TOP)));
  }
  // The eight samples before and at the start, by rotating one phasor.
  const r = Math.exp(-decay);
  const stepX = r * Math.cos(omega);
  const stepY = r * Math.sin(omega);
  const first = -4 - delay;
  const gain = amplitude * Math.exp(-decay * first);
  let x = gain * Math.cos(omega * first + phase);
  let y = gain * Math.sin(omega * first + phase);
  for (let i = 0; i < 8; i++) {
    store<f32>(base + BEFORE + <usize>(i << 2), <f32>y);
    const nextX = x * stepX - y * stepY;
    y = x * stepY + y * stepX;
    x = nextX;
  }
}

/**
 * Starts the `count` sines of the queue, then adds every sine to its bus: `buses` holds one block of `frames` after the
 * other. Returns how many still sound.
 */
export function sinesRender(ptr: usize, queue: usize, count: i32, buses: usize, frames: i32): i32 {
  for (let i = 0; i < count; i++) spawn(ptr, changetype<Onset>(queue + <usize>i * ONSET_BYTES));
  const pool = changetype<Pool>(ptr);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let index = 0;
  while (index < pool.active) {
    const base = ptr + HEADER_BYTES + <usize>index * SINE_BYTES;
    const sine = changetype<Sine>(base);
    let c1 = f32x4.splat(sine.c1);
    const glide = f32x4.splat(sine.glide);
    const lowest = f32x4.splat(sine.lowest);
    const c2 = f32x4.splat(sine.c2);
    let before = v128.load(base, BEFORE);
    let now = v128.load(base, NOW);
    let at = buses + <usize>((sine.bus * frames + sine.start) << 2);
    const vectors = min((frames - sine.start) >> 2, sine.left);
    const ramping = min(vectors, sine.ramping);
    if (ramping > 0) {
      let ramp = v128.load(base, RAMP);
      const step = f32x4.splat(4 * sine.rampStep);
      for (let i = 0; i < ramping; i++) {
        const w = f32x4.min(f32x4.max(ramp, zero), one);
        const smooth = f32x4.mul(f32x4.mul(w, w), f32x4.sub(f32x4.splat(3), f32x4.add(w, w)));
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(smooth, now)));
        const next = f32x4.add(f32x4.mul(c1, now), f32x4.mul(c2, before));
        before = now;
        now = next;
        c1 = f32x4.max(f32x4.add(c1, glide), lowest);
        ramp = f32x4.add(ramp, step);
        at += 16;
      }
      v128.store(base, ramp, RAMP);
      sine.ramping -= ramping;
    }
    let level = sine.level;
    for (let i = ramping; i < vectors; i++) {
      v128.store(at, f32x4.add(v128.load(at), now));
      const next = f32x4.add(f32x4.mul(c1, now), f32x4.mul(c2, before));
      before = now;
      now = next;
      c1 = f32x4.max(f32x4.add(c1, glide), lowest);
      level *= sine.fall;
      at += 16;
    }
    sine.left -= vectors;
    if (sine.left <= 0) {
      pool.active -= 1;
      const last = ptr + HEADER_BYTES + <usize>pool.active * SINE_BYTES;
      if (last !== base) memory.copy(base, last, SINE_BYTES);
      continue;
    }
    sine.level = level;
    sine.c1 = f32x4.extract_lane(c1, 0);
    sine.start = 0;
    v128.store(base, before, BEFORE);
    v128.store(base, now, NOW);
    index += 1;
  }
  return pool.active;
}
