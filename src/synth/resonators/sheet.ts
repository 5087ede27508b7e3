// A thin sheet: click energy → 1–3 short rings + one of the sheet's own low modes + diffuse body → one bus per emitter.
import { DecayingNoiseBands, NOISE_BANDS } from '../dsp/decayingNoiseBands.ts';
import { DecayingSinePool } from '../dsp/decayingSinePool.ts';
import { clamp, decayRate, exp, exp2, fromDb, log, log2, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { VoiceContext } from '../trigger.ts';

/** Four numbers, one a band of the diffuse body. */
export type Bands = readonly [number, number, number, number];

/** What a sheet is made of. */
export interface SheetMaterial {
  /** Facets of the sheet: median frequency of their rings, spread (octaves, one SD), decay, rings of one click. */
  readonly clickHz: number;
  readonly spreadOct: number;
  readonly clickT60Sec: number;
  readonly rings: number;
  /** Lowest mode of a sheet of ordinary size, and its decay. */
  readonly modeHz: number;
  readonly modeT60Sec: number;
  /** Share of a click's energy in the sheet's modes and in its diffuse body, the rest rings at once. */
  readonly modeShare: number;
  readonly bodyShare: number;
  /** Centres of the diffuse body's bands. */
  readonly bandHz: Bands;
  /** The body answers most where the click rings: octaves, one SD. Limp stuff answers as a whole. */
  readonly focusOct: number;
  /** Diffuse body after clicks: relative level and decay by band. */
  readonly bodyDb: Bands;
  readonly bodyT60Sec: Bands;
  /** A diffuse body does not build up at once: sound first has to cross the sheet, and folds have to slide. */
  readonly bodyRiseSec: number;
  /** Colour of something sliding on it. */
  readonly slideDb: Bands;
}

/** The body's bands are broad: their skirts meet. */
const BAND_Q = 0.7;

/** Air follows the sheet almost at once, without a definite pitch. */
const AIR_Q = 0.8;
const AIR_T60_SEC = 0.04;
const AIR_RISE_SEC = 0.01;

/** In sleep nothing swells faster. */
const SLEEP_RISE_SEC = 0.008;
/** A ring lasts at least this many of its onsets, or the onset would swallow it. */
const RING_PER_RAMP = 2.5;

/** Colour of the room at rest: dark, as rooms are. */
const REST_SHARES: Bands = [0.7, 0.25, 0.04, 0.01];

const MODE_RATIOS = [1, 1.58, 2.12, 2.89, 3.66, 4.4, 5.3, 6.1] as const;
/** An object is drawn once: its modes stray from the ideal plate's. Source: Traer, Cusimano & McDermott 2019 (variation). */
const MODE_SPREAD = 0.1;

/** Flat pieces between the folds: clicks ring in one of them. Each gesture folds some anew. */
const FACETS = 14;
const REFOLDED = 5;
/** Each click rings a little off its facet's pitch (octaves). */
const FACET_DETUNE_OCT = 0.08;
/** Only every so many clicks also moves the sheet as a whole. */
const MODE_CHANCE = 0.4;
/** How differently gestures are coloured: nepers of power a band, one SD. */
const SLIDE_LEAN = 0.5;
/** Second and third ring of a click, octaves from the first (SD). */
const RING_SPREAD_OCT = 0.7;

/** Larger creases move more paper and ring lower: f ∝ E^−0.08. */
const PITCH_BY_ENERGY = -0.08;
/** The same at every sample rate. */
const HIGHEST_HZ = 13500;
const DRAWS_PER_CLICK = 16;
const CAPACITY = 320;

/** How the sheet is handled now. */
export interface SheetParams {
  /** Factor on all click frequencies. */
  pitch: number;
  /** Factor on the sheet's modes. */
  modePitch: number;
  /** Factor on the decay of rings and modes. */
  ring: number;
  /** Onset of each click. */
  rampSec: number;
  /** Factor on the energy in the diffuse body. */
  body: number;
}

export class Sheet {
  readonly #pool: DecayingSinePool;
  readonly #clouds: DecayingNoiseBands[] = [];
  readonly #airs: DecayingNoiseBands[] = [];
  readonly #random: Random;
  readonly #modeDetune: Float64Array;
  readonly #facetRandom: Random;
  /** Octaves from the median, in standard deviations. */
  readonly #facetPitch = new Float64Array(FACETS);
  /** Each facet's share of the body's bands, four numbers a facet. */
  readonly #facetBody = new Float64Array(NOISE_BANDS * FACETS);
  #folds = 0;
  #rest = 0;
  /** The body's rise is never faster. */
  readonly #slowestRiseSec: number;
  readonly #bodyGain = new Float64Array(NOISE_BANDS);
  readonly #slideShares = new Float64Array(NOISE_BANDS);
  readonly #slideGain = new Float64Array(NOISE_BANDS);
  #material: SheetMaterial | undefined;
  #clicks = 0;

  constructor({ kernels, arena, sampleRate, random, mode }: VoiceContext, emitters: number) {
    this.#slowestRiseSec = mode === 'sleep' ? SLEEP_RISE_SEC : 0;
    this.#random = random.stream('clicks');
    this.#pool = new DecayingSinePool(kernels, arena, sampleRate, CAPACITY, emitters);
    for (let i = 0; i < emitters; i++) {
      this.#clouds.push(new DecayingNoiseBands(kernels, arena, sampleRate, random.stream('body').uint32(i)));
      this.#airs.push(new DecayingNoiseBands(kernels, arena, sampleRate, random.stream('air').uint32(i)));
    }
    const modes = random.stream('modes');
    this.#facetRandom = random.stream('facets');
    for (let facet = 0; facet < FACETS; facet++) this.#fold(facet);
    this.#modeDetune = Float64Array.from(MODE_RATIOS, (_, mode) => exp(MODE_SPREAD * modes.normal(mode)));
  }

  /** Sets what the sheet is made of. Cheap when nothing changed; free of clicks at any time. */
  set(material: SheetMaterial): void {
    if (material === this.#material) return;
    this.#material = material;
    bandShares(material.bodyDb, this.#bodyGain);
    bandShares(material.slideDb, this.#slideShares);
    bandShares(material.slideDb, this.#slideGain);
    for (let facet = 0; facet < FACETS; facet++) this.#focus(facet);
    for (const cloud of this.#clouds) {
      for (let band = 0; band < NOISE_BANDS; band++) {
        cloud.setBand(
          band,
          material.bandHz[band] ?? 0,
          BAND_Q,
          material.bodyT60Sec[band] ?? 0,
          Math.max(material.bodyRiseSec, this.#slowestRiseSec),
        );
      }
    }
  }

  /** One click of `energy` (amplitude² · s), `relative` to the mean click, `atFrames` into the coming block. */
  click(emitter: number, atFrames: number, energy: number, relative: number, shape: SheetParams): void {
    const material = this.#material;
    if (!material) return;
    const random = this.#random;
    const draw = DRAWS_PER_CLICK * this.#clicks++;
    const bodyShare = clamp(material.bodyShare * shape.body, 0, 0.9);
    const ringShare = (1 - bodyShare) * (1 - material.modeShare);
    const modeShare = (1 - bodyShare) * material.modeShare;
    const clickT60Sec = Math.max(material.clickT60Sec * shape.ring, RING_PER_RAMP * shape.rampSec);
    // Some facets give more often than others.
    const which = random.uniform(draw + 13);
    const facet = Math.floor(which * which * FACETS);
    const colour = exp2(material.spreadOct * (this.#facetPitch[facet] ?? 0) + FACET_DETUNE_OCT * this.#bell(draw));
    const hz = material.clickHz * shape.pitch * exp(PITCH_BY_ENERGY * log(relative)) * colour;
    // The first ring carries most; the others lie around it, as the crease's facets do.
    let share = 1;
    for (let i = 0; i < material.rings; i++) {
      const last = i === material.rings - 1;
      const taken = last ? share : share * (0.35 + 0.5 * random.uniform(draw + 1 + i));
      share -= taken;
      const apart = i === 0 ? 1 : exp2(RING_SPREAD_OCT * this.#bell(draw + 3 * i));
      this.#ring(emitter, atFrames, energy * ringShare * taken, hz * apart, clickT60Sec, shape.rampSec, draw + 7 + i);
    }
    if (random.uniform(draw + 14) < MODE_CHANCE) {
      const mode = Math.floor(random.uniform(draw + 10) * MODE_RATIOS.length);
      const modeHz = material.modeHz * shape.modePitch * (MODE_RATIOS[mode] ?? 1) * (this.#modeDetune[mode] ?? 1);
      const modeEnergy = (energy * modeShare) / MODE_CHANCE;
      const modeT60Sec = Math.max(material.modeT60Sec * shape.ring, RING_PER_RAMP * shape.rampSec);
      this.#ring(emitter, atFrames, modeEnergy, modeHz, modeT60Sec, shape.rampSec, draw + 11);
    }
    const frame = Math.floor(atFrames);
    const cloud = this.#clouds[emitter];
    if (!cloud || bodyShare <= 0) return;
    for (let band = 0; band < NOISE_BANDS; band++) {
      cloud.strike(band, frame, energy * bodyShare * (this.#facetBody[NOISE_BANDS * facet + band] ?? 0));
    }
  }

  /** The hand has moved the sheet: some facets are folded anew. */
  refold(): void {
    for (let i = 0; i < REFOLDED; i++) this.#fold(Math.floor(this.#facetRandom.uniform(-1 - this.#folds) * FACETS));
    // Another fold, another pressure: each gesture slides in its own colour.
    const lean = SLIDE_LEAN * this.#facetRandom.normal(-1e9 - this.#folds);
    let sum = 0;
    for (let band = 0; band < NOISE_BANDS; band++) {
      const share = (this.#slideShares[band] ?? 0) * exp(lean * band);
      this.#slideGain[band] = share;
      sum += share;
    }
    for (let band = 0; band < NOISE_BANDS; band++) this.#slideGain[band] = (this.#slideGain[band] ?? 0) / sum;
  }

  /** A single sine of a body the sheet lies on (a book, the ground), of `energy`. */
  thump(emitter: number, atFrames: number, energy: number, hz: number, t60Sec: number, rampSec: number): void {
    this.#ring(emitter, atFrames, energy, hz, t60Sec, rampSec, DRAWS_PER_CLICK * this.#clicks++);
  }

  /** Steady power of the room at rest. Takes effect with `slide`. */
  rest(power: number): void {
    this.#rest = power;
  }

  /** Steady power of something sliding along the sheet, during the coming block, on every emitter. */
  slide(power: number): void {
    for (const cloud of this.#clouds) {
      for (let band = 0; band < NOISE_BANDS; band++) {
        cloud.feed(band, power * (this.#slideGain[band] ?? 0) + this.#rest * (REST_SHARES[band] ?? 0));
      }
    }
  }

  /** Air moved by the sheet: a broad band of noise round `hz`, during the coming block. */
  air(power: number, hz: number): void {
    for (const cloud of this.#airs) {
      if (power > 0) cloud.setBand(0, hz, AIR_Q, AIR_T60_SEC, AIR_RISE_SEC);
      cloud.feed(0, power);
    }
  }

  render(): void {
    this.#pool.render();
    for (let i = 0; i < this.#clouds.length; i++) {
      const out = this.#pool.bus(i);
      this.#clouds[i]?.render(out);
      this.#airs[i]?.render(out);
    }
  }

  /** Where an emitter's block lies after `render`. */
  bus(emitter: number): number {
    return this.#pool.bus(emitter);
  }

  #fold(facet: number): void {
    this.#facetPitch[facet] = this.#facetRandom.normal(this.#folds++);
    this.#focus(facet);
  }

  /** Spreads a facet's body over the bands: the material's colour, narrowed to where the facet rings. */
  #focus(facet: number): void {
    const material = this.#material;
    if (!material) return;
    const pitch = log2(material.clickHz) + material.spreadOct * (this.#facetPitch[facet] ?? 0);
    let sum = 0;
    for (let band = 0; band < NOISE_BANDS; band++) {
      const apart = (log2(material.bandHz[band] ?? 1) - pitch) / material.focusOct;
      const share = (this.#bodyGain[band] ?? 0) * exp(-0.5 * apart * apart);
      this.#facetBody[NOISE_BANDS * facet + band] = share;
      sum += share;
    }
    for (let i = NOISE_BANDS * facet; i < NOISE_BANDS * (facet + 1); i++) {
      this.#facetBody[i] = (this.#facetBody[i] ?? 0) / sum;
    }
  }

  /** About standard normal, within ±3, from three uniform draws: cheap enough for every ring. */
  #bell(index: number): number {
    const random = this.#random;
    return 2 * (random.uniform(index) + random.uniform(index + 1) + random.uniform(index + 2) - 1.5);
  }

  #ring(
    emitter: number,
    atFrames: number,
    energy: number,
    hz: number,
    t60Sec: number,
    rampSec: number,
    draw: number,
  ): void {
    const decay = decayRate(t60Sec);
    // ∫ A²·e^(−2dt)·sin² dt = A² / 4d; a slow onset costs part of it, which is given back up to 10 dB.
    const lost = Math.min(exp(0.45 * decay * rampSec), 3);
    const amplitude = 2 * sqrt(energy * decay) * lost;
    this.#pool.ring(
      emitter,
      atFrames,
      amplitude,
      Math.min(hz, HIGHEST_HZ),
      TAU * this.#random.uniform(draw),
      t60Sec,
      rampSec,
    );
  }
}

/** Levels in dB → shares of the power that add up to 1. */
function bandShares(levelsDb: Bands, shares: Float64Array): void {
  let sum = 0;
  for (let band = 0; band < NOISE_BANDS; band++) {
    const gain = fromDb(levelsDb[band] ?? 0);
    shares[band] = gain * gain;
    sum += gain * gain;
  }
  for (let band = 0; band < NOISE_BANDS; band++) shares[band] = (shares[band] ?? 0) / sum;
}
