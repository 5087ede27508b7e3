// Where rain lands: drop energy → rings of the spot | bubble + splash; far drops → a shimmering wash → one bus per emitter.
import { DecayingNoiseBands, NOISE_BANDS } from '../dsp/decayingNoiseBands.ts';
import { DecayingSinePool } from '../dsp/decayingSinePool.ts';
import { clamp, decayRate, exp, fromDb, log2, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';
import type { VoiceContext } from '../trigger.ts';
import type { RainSurface } from '../materials/rainSurfaces.ts';

const CAPACITY = 160;
const BAND_Q = 0.7;
/** Four bands of the wash: −5 dB an octave above the first thousand. */
const WASH_HZ = [330, 900, 2300, 5600] as const;
const WASH_T60_SEC = [0.05, 0.042, 0.032, 0.024] as const;
/** Draws set aside for each drop. */
const DRAWS = 16;
/** In sleep nothing rises faster. */
const SLEEP_RAMP_SEC = 0.008;
/** Higher bubbles would glide beyond what a grain can. */
const HIGHEST_BUBBLE_HZ = 3600;
/** How much of itself a bubble's pitch rises by, per e-fold of its decay, at most. Source: K. van den Doel 2005. */
const BUBBLE_RISE = 0.1;
const LOUD_RADIUS_M = 0.0016;
const BUBBLE_RAMP_SEC = 0.0012;
/** A far drop colours the wash round its pitch: octaves, one SD. */
const FOCUS_OCT = 0.9;
/** Share of a far drop that rings. */
const TICK_SHARE = 0.3;
/** Against the rings of a near one. */
const FAR_T60 = 0.6;

/** How drops are heard now. */
export interface RainParams {
  /** Factor on all frequencies. */
  pitch: number;
  /** Factor on all decays. */
  ring: number;
  /** Onset of each tap. */
  rampSec: number;
}

export class RainGround {
  readonly #pool: DecayingSinePool;
  readonly #washes: DecayingNoiseBands[] = [];
  readonly #splashes: DecayingNoiseBands[] = [];
  readonly #random: Random;
  readonly #slowestSec: number;
  readonly #washShares = new Float64Array(NOISE_BANDS);
  readonly #splashShares = new Float64Array(NOISE_BANDS);
  readonly #focus = new Float64Array(NOISE_BANDS);
  #surface: RainSurface | undefined;
  #pitch = 0;
  #ring = 0;
  #rampSec = 0;

  constructor({ kernels, arena, sampleRate, random, mode }: VoiceContext, emitters: number) {
    this.#slowestSec = mode === 'sleep' ? SLEEP_RAMP_SEC : 0;
    this.#random = random.stream('drops');
    this.#pool = new DecayingSinePool(kernels, arena, sampleRate, CAPACITY, emitters);
    for (let i = 0; i < emitters; i++) {
      this.#washes.push(new DecayingNoiseBands(kernels, arena, sampleRate, random.stream('wash').uint32(i)));
      this.#splashes.push(new DecayingNoiseBands(kernels, arena, sampleRate, random.stream('splash').uint32(i)));
    }
  }

  bus(emitter: number): Ptr {
    return this.#pool.bus(emitter);
  }

  /** Sets surface and shape; cheap when nothing changed. `slopeDb`: the wash's bands, each against the one below. */
  set(surface: RainSurface, shape: RainParams, slopeDb: number): void {
    bandShares(this.#washShares, (band) => slopeDb * band + (surface.washDb[band] ?? 0));
    const ramp = Math.max(shape.rampSec, this.#slowestSec);
    const same = surface === this.#surface && near(shape.pitch, this.#pitch) && near(shape.ring, this.#ring);
    if (same && near(ramp, this.#rampSec)) return;
    this.#surface = surface;
    this.#pitch = shape.pitch;
    this.#ring = shape.ring;
    this.#rampSec = ramp;
    bandShares(this.#splashShares, (band) => surface.splashDb[band] ?? 0);
    const rise = Math.max(surface.splashRiseSec, ramp);
    for (let band = 0; band < NOISE_BANDS; band++) {
      const splashHz = (surface.splashHz[band] ?? 0) * shape.pitch;
      const splashSec = (surface.splashT60Sec[band] ?? 0) * shape.ring;
      for (const splash of this.#splashes) splash.setBand(band, splashHz, BAND_Q, splashSec, rise);
      const washSec = (WASH_T60_SEC[band] ?? 0) * shape.ring;
      for (const wash of this.#washes) wash.setBand(band, (WASH_HZ[band] ?? 0) * shape.pitch, BAND_Q, washSec, rise);
    }
  }

  /** Rain too far to hear single drops: mean square per emitter from now on. */
  wash(emitter: number, power: number): void {
    for (let band = 0; band < NOISE_BANDS; band++) {
      this.#washes[emitter]?.feed(band, power * (this.#washShares[band] ?? 0));
    }
  }

  /** A drop a little away: `at` in frames, `energy` in amplitude² · seconds, `hz` its colour. `id` names its draws. */
  far(id: number, emitter: number, at: number, energy: number, hz: number): void {
    const wash = this.#washes[emitter];
    let sum = 0;
    for (let band = 0; band < NOISE_BANDS; band++) {
      const away = log2(hz / ((WASH_HZ[band] ?? 1) * this.#pitch)) / FOCUS_OCT;
      const share = exp(-0.5 * away * away) * (this.#washShares[band] ?? 0);
      this.#focus[band] = share;
      sum += share;
    }
    if (!wash || sum <= 0) return;
    for (let band = 0; band < NOISE_BANDS; band++) {
      wash.strike(band, Math.floor(at), (1 - TICK_SHARE) * energy * ((this.#focus[band] ?? 0) / sum));
    }
    const t60Sec = FAR_T60 * (this.#surface?.modeT60Sec[1] ?? 0) * this.#ring;
    this.#ringAt(emitter, at, TICK_SHARE * energy, hz, TAU * this.#random.uniform(DRAWS * id), t60Sec, this.#rampSec);
  }

  /** A drop that lands near. `sizeMm` lowers its pitch; `bubble`: it falls on water. */
  near(id: number, emitter: number, at: number, energy: number, sizeMm: number, bubble: boolean): void {
    const surface = this.#surface;
    const splash = this.#splashes[emitter];
    if (!surface || !splash) return;
    const ringShare = bubble ? 0.75 : surface.ringShare;
    for (let band = 0; band < NOISE_BANDS; band++) {
      splash.strike(band, Math.floor(at), (1 - ringShare) * energy * (this.#splashShares[band] ?? 0));
    }
    if (bubble) this.#bubble(id, emitter, at, ringShare * energy, sizeMm);
    else this.#tap(id, emitter, at, ringShare * energy, sizeMm, surface);
  }

  render(): void {
    this.#pool.render();
    for (let i = 0; i < this.#washes.length; i++) {
      this.#washes[i]?.render(this.bus(i));
      this.#splashes[i]?.render(this.bus(i));
    }
  }

  #tap(id: number, emitter: number, at: number, energy: number, sizeMm: number, surface: RainSurface): void {
    const first = DRAWS * id;
    const spot = exp(surface.spotSpread * this.#random.normal(first) - 0.25 * (sizeMm - 1.5));
    let sum = 0;
    for (let mode = 0; mode < NOISE_BANDS; mode++) sum += 0.2 + this.#random.uniform(first + 1 + mode);
    for (let mode = 0; mode < NOISE_BANDS; mode++) {
      // Where on the thing it lands decides how much each mode hears of it.
      const share = (0.2 + this.#random.uniform(first + 1 + mode)) / sum;
      const hz = (surface.modesHz[mode] ?? 0) * spot * this.#pitch * exp(0.05 * this.#random.normal(first + 6 + mode));
      const t60Sec = (surface.modeT60Sec[mode] ?? 0) * this.#ring;
      const phase = TAU * this.#random.uniform(first + 11 + mode);
      this.#ringAt(emitter, at, share * energy, hz, phase, t60Sec, this.#rampSec);
    }
  }

  /** Radius r: f = 3/r, decay 0.13/r + 0.0072·r^−1.5, pitch rising as it fades. Source: K. van den Doel 2005. */
  #bubble(id: number, emitter: number, at: number, energy: number, sizeMm: number): void {
    const first = DRAWS * id;
    const radius = clamp(0.00055 * sizeMm * exp(0.35 * this.#random.normal(first)), 0.0008, 0.006);
    const hz = Math.min((3 / radius) * Math.min(1, 0.4 + 0.6 * this.#pitch), HIGHEST_BUBBLE_HZ);
    const decay = 0.13 / radius + 0.0072 / (radius * sqrt(radius));
    // Small bubbles are quiet ones: amplitude grows faster than size.
    const heard = Math.min(1, (radius / LOUD_RADIUS_M) * (radius / LOUD_RADIUS_M));
    const t60Sec = (decayRate(1) / decay) * this.#ring;
    const rise = this.#random.uniform(first + 2) < 0.6 ? BUBBLE_RISE * decay : 0;
    const ramp = Math.max(BUBBLE_RAMP_SEC, this.#rampSec);
    this.#ringAt(emitter, at, heard * energy, hz, TAU * this.#random.uniform(first + 3), t60Sec, ramp, rise);
  }

  #ringAt(
    emitter: number,
    at: number,
    energy: number,
    hz: number,
    phase: number,
    t60Sec: number,
    rampSec: number,
    glide = 0,
  ): void {
    // A slow onset swallows a short ring: it lasts at least as long as its onset takes.
    const lasting = Math.max(t60Sec, 2.5 * rampSec);
    this.#pool.ring(emitter, at, sqrt(4 * decayRate(lasting) * energy), hz, phase, lasting, rampSec, glide);
  }
}

/** Levels in dB → shares of one. */
function bandShares(shares: Float64Array, db: (band: number) => number): void {
  let sum = 0;
  for (let band = 0; band < NOISE_BANDS; band++) sum += fromDb(2 * db(band));
  for (let band = 0; band < NOISE_BANDS; band++) shares[band] = fromDb(2 * db(band)) / sum;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.002 * b;
}
