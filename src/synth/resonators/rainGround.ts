// Rain impacts: near drops → decaying sines (surface modes | bubble) + splash noise; far drops → wash noise → a bus per emitter.
import { bandShares, DecayingNoiseBands, NOISE_BANDS } from '../dsp/decayingNoiseBands.ts';
import { createDecayingSine, DecayingSinePool } from '../dsp/decayingSinePool.ts';
import { clamp, decayRate, exp, log2, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';
import type { VoiceContext } from '../trigger.ts';
import type { RainSurface } from '../materials/rainSurfaces.ts';

const CAPACITY = 160;
const BAND_Q = 0.7;
/** Four bands of the wash: −5 dB an octave above the first thousand. */
const WASH_HZ = [330, 900, 2300, 5600] as const;
const WASH_T60_SEC = [0.05, 0.042, 0.032, 0.024] as const;
/** Draws reserved per drop, and the first ones of each property. */
const DRAWS_PER_DROP = 16;
const SHARE_DRAWS = 1;
const DETUNE_DRAWS = 6;
const PHASE_DRAWS = 11;
/** In sleep nothing rises faster. */
const SLEEP_RAMP_SEC = 0.008;
/** Higher bubbles would glide beyond what the sine kernel can. */
const MAX_BUBBLE_HZ = 3600;
/** How much of itself a bubble's pitch rises by, per e-fold of its decay, at most. Source: K. van den Doel 2005. */
const BUBBLE_RISE = 0.1;
/** Share of bubbles whose pitch rises. */
const RISING_BUBBLES = 0.6;
/** Share of a drop's energy in its bubble. */
const BUBBLE_SHARE = 0.75;
/** Detuning of a spot's modes (sd, nepers). */
const MODE_DETUNE = 0.05;
/** A ring lasts at least this many of its onsets. */
const RING_PER_RAMP = 2.5;
const LOUD_RADIUS_M = 0.0016;
const BUBBLE_RAMP_SEC = 0.0012;
/** A far drop colours the wash round its pitch: octaves, one SD. */
const FOCUS_OCT = 0.9;
/** Share of a far drop that rings. */
const TICK_SHARE = 0.3;
/** Against the rings of a near one. */
const FAR_T60 = 0.6;

/** How drops sound now. */
export interface RainParams {
  /** Factor on all frequencies. */
  pitch: number;
  /** Factor on all decays. */
  ring: number;
  /** Onset of each tap. */
  rampSec: number;
}

/** A drop a little away. May be reused: it is copied. */
export interface FarDrop {
  /** Names its draws. */
  id: number;
  emitter: number;
  /** Frames into the coming block, fractions count. */
  atFrames: number;
  /** Amplitude² · seconds. */
  energy: number;
  /** Its colour. */
  hz: number;
}

/** A drop that lands near. May be reused: it is copied. */
export interface NearDrop {
  /** Names its draws. */
  id: number;
  emitter: number;
  /** Frames into the coming block, fractions count. */
  atFrames: number;
  /** Amplitude² · seconds. */
  energy: number;
  /** Larger drops sound lower. */
  sizeMm: number;
  /** It falls on water. */
  bubble: boolean;
}

/** The ground that rain falls on. */
export class RainGround {
  readonly #pool: DecayingSinePool;
  readonly #washes: DecayingNoiseBands[] = [];
  readonly #splashes: DecayingNoiseBands[] = [];
  readonly #random: Random;
  readonly #minRampSec: number;
  readonly #washShares = new Float64Array(NOISE_BANDS);
  readonly #splashShares = new Float64Array(NOISE_BANDS);
  readonly #focus = new Float64Array(NOISE_BANDS);
  #surface: RainSurface | undefined;
  #pitch = 0;
  #ring = 0;
  #rampSec = 0;
  /** Reused for every sine. */
  readonly #sine = createDecayingSine();

  /**
   * @param context - of the voice
   * @param emitters - number of buses
   */
  constructor(context: VoiceContext, emitters: number) {
    const { random, mode } = context;
    this.#minRampSec = mode === 'sleep' ? SLEEP_RAMP_SEC : 0;
    this.#random = random.stream('drops');
    this.#pool = new DecayingSinePool(context, { capacity: CAPACITY, buses: emitters });
    for (let i = 0; i < emitters; i++) {
      this.#washes.push(new DecayingNoiseBands(context, random.stream('wash').uint32(i)));
      this.#splashes.push(new DecayingNoiseBands(context, random.stream('splash').uint32(i)));
    }
  }

  /**
   * Address of an emitter's block after `render`.
   * @param emitter - index
   * @returns a block of samples
   */
  bus(emitter: number): Ptr {
    return this.#pool.bus(emitter);
  }

  /**
   * Changes what the rain falls on and how; cheap when nothing changed.
   * @param surface - the material
   * @param params - pitch, ring, onset
   * @param slopeDb - of the wash: each band against the one below
   */
  setParams(surface: RainSurface, params: RainParams, slopeDb: number): void {
    bandShares(this.#washShares, surface.washDb, slopeDb);
    const ramp = Math.max(params.rampSec, this.#minRampSec);
    const same = surface === this.#surface && near(params.pitch, this.#pitch) && near(params.ring, this.#ring);
    if (same && near(ramp, this.#rampSec)) return;
    this.#surface = surface;
    this.#pitch = params.pitch;
    this.#ring = params.ring;
    this.#rampSec = ramp;
    bandShares(this.#splashShares, surface.splashDb);
    const rise = Math.max(surface.splashRiseSec, ramp);
    for (let band = 0; band < NOISE_BANDS; band++) {
      const splashHz = (surface.splashHz[band] ?? 0) * params.pitch;
      const splashSec = (surface.splashT60Sec[band] ?? 0) * params.ring;
      const splashBand = { hz: splashHz, q: BAND_Q, t60Sec: splashSec, riseSec: rise };
      for (const splash of this.#splashes) splash.setBand(band, splashBand);
      const washSec = (WASH_T60_SEC[band] ?? 0) * params.ring;
      const washBand = { hz: (WASH_HZ[band] ?? 0) * params.pitch, q: BAND_Q, t60Sec: washSec, riseSec: rise };
      for (const wash of this.#washes) wash.setBand(band, washBand);
    }
  }

  /**
   * Sets the rain too far to hear single drops.
   * @param emitter - index
   * @param power - mean square, from now on
   */
  setWash(emitter: number, power: number): void {
    for (let band = 0; band < NOISE_BANDS; band++) {
      this.#washes[emitter]?.setFeed(band, power * (this.#washShares[band] ?? 0));
    }
  }

  /**
   * Adds a drop a little away to the coming block: a short burst in the wash and one short sine.
   * @param drop - copied
   */
  addFarDrop({ id, emitter, atFrames, energy, hz }: FarDrop): void {
    const wash = this.#washes[emitter];
    let sum = 0;
    for (let band = 0; band < NOISE_BANDS; band++) {
      const apart = log2(hz / ((WASH_HZ[band] ?? 1) * this.#pitch)) / FOCUS_OCT;
      const share = exp(-0.5 * apart * apart) * (this.#washShares[band] ?? 0);
      this.#focus[band] = share;
      sum += share;
    }
    if (!wash || sum <= 0) return;
    for (let band = 0; band < NOISE_BANDS; band++) {
      wash.excite(band, Math.floor(atFrames), (1 - TICK_SHARE) * energy * ((this.#focus[band] ?? 0) / sum));
    }
    const sine = this.#sine;
    sine.bus = emitter;
    sine.atFrames = atFrames;
    sine.hz = hz;
    sine.phase = TAU * this.#random.uniform(DRAWS_PER_DROP * id);
    sine.t60Sec = FAR_T60 * (this.#surface?.modeT60Sec[1] ?? 0) * this.#ring;
    sine.rampSec = this.#rampSec;
    sine.glidePerSec = 0;
    this.#pushSine(TICK_SHARE * energy);
  }

  /**
   * Adds a drop that lands near to the coming block: splash, and the modes of the surface or a bubble.
   * @param drop - copied
   */
  addNearDrop(drop: NearDrop): void {
    const surface = this.#surface;
    const splash = this.#splashes[drop.emitter];
    if (!surface || !splash) return;
    const ringShare = drop.bubble ? BUBBLE_SHARE : surface.ringShare;
    for (let band = 0; band < NOISE_BANDS; band++) {
      splash.excite(band, Math.floor(drop.atFrames), (1 - ringShare) * drop.energy * (this.#splashShares[band] ?? 0));
    }
    this.#sine.bus = drop.emitter;
    this.#sine.atFrames = drop.atFrames;
    if (drop.bubble) this.#pushBubble(drop.id, ringShare * drop.energy, drop.sizeMm);
    else this.#pushModes(drop.id, ringShare * drop.energy, drop.sizeMm, surface);
  }

  /** Renders one block into the buses. */
  render(): void {
    this.#pool.render();
    for (let i = 0; i < this.#washes.length; i++) {
      this.#washes[i]?.render(this.bus(i));
      this.#splashes[i]?.render(this.bus(i));
    }
  }

  #pushModes(id: number, energy: number, sizeMm: number, surface: RainSurface): void {
    const first = DRAWS_PER_DROP * id;
    const sine = this.#sine;
    const spot = exp(surface.spotSpread * this.#random.normal(first) - 0.25 * (sizeMm - 1.5));
    let sum = 0;
    for (let mode = 0; mode < NOISE_BANDS; mode++) sum += 0.2 + this.#random.uniform(first + SHARE_DRAWS + mode);
    for (let mode = 0; mode < NOISE_BANDS; mode++) {
      // Where on the thing it lands decides how much each mode is excited.
      const share = (0.2 + this.#random.uniform(first + SHARE_DRAWS + mode)) / sum;
      const detune = exp(MODE_DETUNE * this.#random.normal(first + DETUNE_DRAWS + mode));
      sine.hz = (surface.modesHz[mode] ?? 0) * spot * this.#pitch * detune;
      sine.phase = TAU * this.#random.uniform(first + PHASE_DRAWS + mode);
      sine.t60Sec = (surface.modeT60Sec[mode] ?? 0) * this.#ring;
      sine.rampSec = this.#rampSec;
      sine.glidePerSec = 0;
      this.#pushSine(share * energy);
    }
  }

  /** Radius r: f = 3/r, decay 0.13/r + 0.0072·r^−1.5, pitch rising as it fades. Source: K. van den Doel 2005. */
  #pushBubble(id: number, energy: number, sizeMm: number): void {
    const first = DRAWS_PER_DROP * id;
    const sine = this.#sine;
    const radiusM = clamp(0.00055 * sizeMm * exp(0.35 * this.#random.normal(first)), 0.0008, 0.006);
    sine.hz = Math.min((3 / radiusM) * Math.min(1, 0.4 + 0.6 * this.#pitch), MAX_BUBBLE_HZ);
    const decay = 0.13 / radiusM + 0.0072 / (radiusM * sqrt(radiusM));
    // Small bubbles are quiet ones: amplitude grows faster than size.
    const sizeGain = Math.min(1, (radiusM / LOUD_RADIUS_M) * (radiusM / LOUD_RADIUS_M));
    sine.t60Sec = (decayRate(1) / decay) * this.#ring;
    sine.glidePerSec = this.#random.uniform(first + 2) < RISING_BUBBLES ? BUBBLE_RISE * decay : 0;
    sine.rampSec = Math.max(BUBBLE_RAMP_SEC, this.#rampSec);
    sine.phase = TAU * this.#random.uniform(first + 3);
    this.#pushSine(sizeGain * energy);
  }

  /** Pushes the prepared sine with this energy. */
  #pushSine(energy: number): void {
    const sine = this.#sine;
    // A slow onset swallows a short ring: it lasts at least as long as its onset takes.
    sine.t60Sec = Math.max(sine.t60Sec, RING_PER_RAMP * sine.rampSec);
    sine.amplitude = sqrt(4 * decayRate(sine.t60Sec) * energy);
    this.#pool.push(sine);
  }
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.002 * b;
}
