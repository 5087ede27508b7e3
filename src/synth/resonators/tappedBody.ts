// Tapped object: hits → modal bank (body modes, cavity, thump) + dense response (8 octave bands of decaying noise).
import { contactPower } from '../exciters/contact.ts';
import type { Hit } from '../exciters/contact.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { DspContext } from '../dsp/block.ts';
import { kWeightPower } from '../dsp/curves.ts';
import { clamp, cos, decayRate, exp, fromDb, lerp, lerpLog, log2, pow, sqrt } from '../dsp/math.ts';
import { ModalBank } from '../dsp/modalBank.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';
import { BAND_COUNT, LOWEST_BAND_HZ } from '../materials/objects.ts';
import type { ObjectMaterial } from '../materials/objects.ts';
import { DiffuseNoise } from '../dsp/diffuseNoise.ts';

const BODY_MODES = 26;
const CAVITY_MODES = 2;
const THUMP_MODES = 4;
export const MODES = BODY_MODES + CAVITY_MODES + THUMP_MODES;

/** What the hand and the table do: frequencies, decays, levels. */
const THUMP_HZ = [88, 142, 226, 335];
const THUMP_SEC = [0.1, 0.08, 0.065, 0.05];
const THUMP_DB = [-2, 0, -2, -5];
/** Air resonances over the lowest one. */
const CAVITY_RATIO = [1, 2.3];
const CAVITY_DB = [0, -7];

/** Frequencies of one object differ from the drawing by this share; modes that radiate or rub more die sooner. */
const OBJECT_DETUNE = 0.035;
const OBJECT_DECAY = 0.3;
/** Parts of a body are heard over paths of their own: phases up to this, radians, in proportion to frequency up to that. */
const PHASE = 2;
const PHASE_HZ = 1000;
/** Levels of one mode differ this much from hit to hit, dB. Source: Traer et al. 2019 as used in resynthesis. */
const HIT_DB = 2;
/** ln 10 / 20: levels of deviation s dB have a mean power this many times s² dB above their middle; compensated. */
const POWER_MEAN = 0.115;
const MAX_T60_SEC = 2.5;
/** Contact for which the surface's level is given. */
const NAIL_SEC = 0.0004;
/** Force of unit impulse: its mean square times its length; the contact whose surface response is mostly below the corner. */
const LOBE_POWER = 1.3;
const SURFACE_EDGE_SEC = 0.0006;
/** Hits lie this far apart; the hand's usual place across the body. */
const SCATTER = 0.12;
export const DEFAULT_Y = 0.4;
const MIN_MODE_SHAPE = 0.12;
/** Mean square of the spatial weight of a hit. */
const MEAN_MODE_SHAPE = 0.3;

/** First draws of each property in the stream of the object. */
const DRAWS = {
  spacing: 100,
  detune: 200,
  split: 300,
  decay: 400,
  level: 500,
  waveX: 600,
  waveY: 700,
  cavityDetune: 800,
  cavityLevel: 810,
  thumpDetune: 820,
  thumpLevel: 830,
  dense: 840,
  phase: 900,
} as const;

/** The object, and how it stands. */
export interface BodyParams {
  material: ObjectMaterial;
  /** 0 small … 1 large. */
  size: number;
  /** Factor on the decay times. */
  ring: number;
  /** 0 mellow and long … 1 dry and distinct. */
  crispness: number;
  /** Amount of the thump below, 0…1. */
  table: number;
  /** How hollow it is, 0…1. */
  cavity: number;
}

/** An object under a hand. Its modes are drawn once per object; hits differ. */
export class TappedBody {
  readonly bank: ModalBank;
  readonly #dense: DiffuseNoise;
  readonly #random: Random;
  readonly #hits: Random;
  readonly #params: BodyParams;
  readonly #hz = new Float64Array(MODES);
  readonly #t60 = new Float64Array(MODES);
  /** Amplitude of each mode per unit impulse. */
  readonly #gain = new Float64Array(MODES);
  readonly #phase = new Float64Array(MODES);
  readonly #waveX = new Float64Array(MODES);
  readonly #waveY = new Float64Array(MODES);
  /** Rms of each dense band per unit impulse. */
  readonly #denseRms = new Float64Array(BAND_COUNT);
  readonly #denseSec = new Float64Array(BAND_COUNT);
  readonly #weight = new Float64Array(MODES);
  readonly #denseWeight = new Float64Array(BAND_COUNT);
  #weightedX = NaN;
  #damping = 1;
  #surfaceGain = 0;

  /**
   * @param context - kernels, memory, sample rate
   * @param random - names the object: two hands on one object share it
   * @param params - the initial object
   */
  constructor(context: DspContext, random: Random, params: BodyParams) {
    this.bank = new ModalBank(context, { modes: MODES, frames: BLOCK_FRAMES });
    this.#dense = new DiffuseNoise(context);
    this.#random = random.stream('object');
    this.#hits = random.stream('hits');
    this.#params = { ...params };
    this.#draw();
  }

  /** Response of the surface under the finger, per unit force. Level: against the whole body's, for a nail of 0.4 ms. */
  get surfaceGain(): number {
    return this.#surfaceGain;
  }

  /**
   * Changes the object. Cheap when nothing changed; safe while ringing.
   * @param params - copied
   */
  setParams(params: BodyParams): void {
    const now = this.#params;
    const same =
      now.material === params.material &&
      near(now.size, params.size) &&
      near(now.ring, params.ring) &&
      near(now.crispness, params.crispness) &&
      near(now.table, params.table) &&
      near(now.cavity, params.cavity);
    if (same) return;
    Object.assign(now, params);
    this.#damping = 1;
    this.#weightedX = NaN;
    this.#draw();
  }

  #decaySec(hz: number): number {
    const { material, ring, crispness, size } = this.#params;
    // Bigger things ring longer; crisp is short, mellow is long.
    const factor = ring * lerpLog(1.5, 0.67, crispness) * lerpLog(0.85, 1.18, size);
    return Math.min(MAX_T60_SEC, material.t1kSec * pow(hz / 1000, -material.slope) * factor);
  }

  #draw(): void {
    const { material, size, ring, crispness, table, cavity } = this.#params;
    const random = this.#random;
    const lowest = lerpLog(material.smallHz, material.largeHz, size);
    const shift = pow(sqrt(material.smallHz * material.largeHz) / lowest, 0.6);

    const pairs = material.twins > 0;
    const count = pairs ? BODY_MODES / 2 : BODY_MODES;
    const { ratios } = material;
    const last = ratios[ratios.length - 1] ?? 1;
    const spacing = (last - (ratios[0] ?? 1)) / Math.max(1, ratios.length - 1);
    let ratio = 1;
    for (let i = 0; i < count; i++) {
      ratio = ratios[i] ?? ratio + spacing * random.range(DRAWS.spacing + i, 0.5, 1.3);
      const hz = lowest * ratio * exp(OBJECT_DETUNE * random.normal(DRAWS.detune + i));
      // Energy of an octave is shared by the modes in it.
      const perOctave = Math.max(1, (0.7 * ratio) / spacing);
      for (let twin = 0; twin < (pairs ? 2 : 1); twin++) {
        const mode = pairs ? 2 * i + twin : i;
        const split = pairs ? material.twins * (twin - 0.5) * random.range(DRAWS.split + mode, 0.6, 1.4) : 0;
        const at = hz * (1 + split);
        const t60 = this.#decaySec(at) * exp(OBJECT_DECAY * random.normal(DRAWS.decay + mode));
        const levelDb = bandDb(material.bandsDb, at * shift) + material.unevenDb * random.normal(DRAWS.level + mode);
        this.#phase[mode] = PHASE * Math.min(1, at / PHASE_HZ) * random.range(DRAWS.phase + mode, -1, 1);
        this.#set(mode, at, t60, levelDb - 10 * log10(perOctave * (pairs ? 2 : 1)));
        this.#waveX[mode] = 1 + Math.floor(random.uniform(DRAWS.waveX + mode) * (1.5 + 0.3 * i));
        this.#waveY[mode] = 1 + Math.floor(random.uniform(DRAWS.waveY + mode) * (1.5 + 0.3 * i));
      }
    }
    const cavityHz = lerpLog(material.cavitySmallHz, material.cavityLargeHz, size);
    for (let i = 0; i < CAVITY_MODES; i++) {
      const mode = BODY_MODES + i;
      const hz = cavityHz * (CAVITY_RATIO[i] ?? 1) * exp(OBJECT_DETUNE * random.normal(DRAWS.cavityDetune + i));
      const levelDb =
        material.cavityDb + (CAVITY_DB[i] ?? 0) + lerp(-26, 4, cavity) + random.normal(DRAWS.cavityLevel + i);
      this.#set(mode, hz, material.cavitySec * pow(ring, 0.5), cavity < 0.01 ? -90 : levelDb);
    }
    for (let i = 0; i < THUMP_MODES; i++) {
      const mode = BODY_MODES + CAVITY_MODES + i;
      const hz = (THUMP_HZ[i] ?? 100) * exp(OBJECT_DETUNE * 2 * random.normal(DRAWS.thumpDetune + i));
      const sec = (THUMP_SEC[i] ?? 0.08) * lerpLog(0.6, 3, table);
      const levelDb =
        material.thumpDb + (THUMP_DB[i] ?? 0) + lerp(-20, 12, table) + 2 * random.normal(DRAWS.thumpLevel + i);
      this.#set(mode, hz, sec, table < 0.01 ? -90 : levelDb);
    }
    let whole = 0;
    for (let mode = 0; mode < BODY_MODES; mode++) {
      const gain = this.#gain[mode] ?? 0;
      whole += (MEAN_MODE_SHAPE * gain * gain) / (4 * decayRate(this.#t60[mode] ?? 1));
    }
    for (let band = 0; band < BAND_COUNT; band++) {
      const hz = LOWEST_BAND_HZ * (1 << band);
      const levelDb = bandDb(material.bandsDb, hz * shift) + material.denseDb + random.normal(DRAWS.dense + band);
      const sec = this.#decaySec(hz) * material.denseDecay;
      this.#denseSec[band] = sec;
      this.#denseRms[band] = fromDb(levelDb) * sqrt(2 * decayRate(sec));
      whole += fromDb(2 * levelDb);
    }
    this.#surfaceGain = fromDb(material.surfaceDb + lerp(-6, 6, crispness)) * sqrt(whole * NAIL_SEC);
  }

  #set(mode: number, hz: number, t60Sec: number, levelDb: number): void {
    this.#hz[mode] = hz;
    this.#t60[mode] = t60Sec;
    // Level is energy: a longer ring is not a louder one.
    this.#gain[mode] = fromDb(levelDb) * sqrt(4 * decayRate(t60Sec));
    this.bank.setMode(mode, hz, t60Sec, this.#phase[mode] ?? 0);
  }

  /**
   * Damps the body modes: a finger that stays on the body shortens its ring.
   * @param share - of the decay time, 0…1; 1 when the finger has left
   */
  damp(share: number): void {
    if (share === this.#damping) return;
    this.#damping = share;
    for (let mode = 0; mode < BODY_MODES; mode++) {
      this.bank.setMode(mode, this.#hz[mode] ?? 100, (this.#t60[mode] ?? 0.1) * share, this.#phase[mode] ?? 0);
    }
  }

  /**
   * Loudness-weighted energy of one hit of unit impulse.
   * @param x - about where on the body, 0 middle … 1 rim
   * @param contactSec - duration of the contact
   * @param softness - 0 nail … 1 fingertip
   * @param rough - noise over force, amplitude
   * @returns energy per impulse²
   */
  energy(x: number, contactSec: number, softness: number, rough: number): number {
    if (!near(x, this.#weightedX)) this.#updateWeights(x);
    let sum = 0;
    for (let mode = 0; mode < MODES; mode++) {
      sum += (this.#weight[mode] ?? 0) * contactPower(this.#hz[mode] ?? 0, contactSec, softness, rough);
    }
    for (let band = 0; band < BAND_COUNT; band++) {
      const hz = LOWEST_BAND_HZ * (1 << band);
      sum += (this.#denseWeight[band] ?? 0) * contactPower(hz, contactSec, softness, rough);
    }
    // The force's own energy above the surface's corner.
    const edge = contactSec / SURFACE_EDGE_SEC;
    return sum + (LOBE_POWER * this.#surfaceGain * this.#surfaceGain) / (contactSec * (1 + edge * edge));
  }

  /** Energies of modes and bands for hits scattered about `x`, before the contact's own spectrum. */
  #updateWeights(x: number): void {
    this.#weightedX = x;
    for (let mode = 0; mode < MODES; mode++) {
      const gain = this.#gain[mode] ?? 0;
      let shape = 1;
      if (mode < BODY_MODES) {
        shape = 0;
        for (let i = -1; i <= 1; i++) {
          for (let j = -1; j <= 1; j++) {
            const at = this.#modeShape(mode, clamp(x + i * SCATTER, 0, 1), DEFAULT_Y + j * SCATTER);
            shape += (at * at) / 9; // nine places
          }
        }
      }
      const hz = this.#hz[mode] ?? 100;
      this.#weight[mode] = (kWeightPower(hz) * shape * gain * gain) / (4 * decayRate(this.#t60[mode] ?? 1));
    }
    for (let band = 0; band < BAND_COUNT; band++) {
      const gain = this.#denseRms[band] ?? 0;
      const d = decayRate(this.#denseSec[band] ?? 1);
      this.#denseWeight[band] = (kWeightPower(LOWEST_BAND_HZ * (1 << band)) * gain * gain) / (2 * d);
    }
  }

  /** Mode shape: how strongly a mode moves at a place, each axis 0 middle … 1 rim. */
  #modeShape(mode: number, x: number, y: number): number {
    const alongX = cos(Math.PI * (this.#waveX[mode] ?? 1) * x * 0.5);
    const shape = alongX * cos(Math.PI * (this.#waveY[mode] ?? 1) * y * 0.5);
    // No finger is a point: nothing is ever quite at rest under it.
    return Math.abs(shape) < MIN_MODE_SHAPE ? (shape < 0 ? -MIN_MODE_SHAPE : MIN_MODE_SHAPE) : shape;
  }

  /**
   * Writes a hit's gains per mode.
   * @param out - receives one gain per mode
   * @param x - where on the body, 0 middle … 1 rim
   * @param y - across, 0 middle … 1 rim
   * @param hit - number of the hit, names its draws
   * @param surprise - 0…1, how much hits differ
   */
  gains(out: Float32Array, x: number, y: number, hit: number, surprise: number): void {
    const spread = HIT_DB * (0.4 + 1.2 * surprise + surprise * surprise);
    for (let mode = 0; mode < MODES; mode++) {
      const shape = mode < BODY_MODES ? this.#modeShape(mode, x, y) : 1;
      const differs = mode < BODY_MODES ? spread : 0.5 * spread;
      out[mode] =
        (this.#gain[mode] ?? 0) *
        shape *
        fromDb(differs * this.#hits.normal(hit * MODES + mode) - POWER_MEAN * differs * differs);
    }
  }

  /**
   * Excites the dense response, at the current frame.
   * @param contact - the hit's force
   * @param hit - number of the hit, names its draws
   * @param surprise - 0…1, how much hits differ
   */
  exciteDense({ strength, contactSec, softness, rough }: Hit, hit: number, surprise: number): void {
    const rise = clamp(0.3 * contactSec, 0.0002, 0.004);
    const spread = HIT_DB * (0.3 + 0.7 * surprise + surprise * surprise);
    for (let band = 0; band < BAND_COUNT; band++) {
      const power = contactPower(LOWEST_BAND_HZ * (1 << band), contactSec, softness, rough);
      const amount =
        strength *
        sqrt(power) *
        fromDb(spread * this.#hits.normal(-1 - hit * BAND_COUNT - band) - POWER_MEAN * spread * spread);
      this.#dense.setDecay(band, this.#denseSec[band] ?? 0.1, rise);
      this.#dense.excite(band, amount * (this.#denseRms[band] ?? 0));
    }
  }

  /**
   * Adds the dense response.
   * @param noise - white noise of unit variance
   * @param out - samples
   * @param frames - length of both
   */
  renderDense(noise: Ptr, out: Ptr, frames: number): void {
    this.#dense.render(noise, out, frames);
  }
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3;
const log10 = (x: number): number => 0.30102999566398 * log2(x);

/** Level of a profile in octave bands at any frequency, in dB; falls 12 dB per octave outside. */
function bandDb(bands: readonly number[], hz: number): number {
  const at = log2(hz / LOWEST_BAND_HZ);
  if (at <= 0) return (bands[0] ?? 0) + 12 * at;
  const top = bands.length - 1;
  if (at >= top) return (bands[top] ?? 0) - 12 * (at - top);
  const low = Math.floor(at);
  return lerp(bands[low] ?? 0, bands[low + 1] ?? 0, at - low);
}
