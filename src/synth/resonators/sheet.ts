// Thin sheet: click energy → 1–3 decaying sines + one of the sheet's low modes + decaying noise bands → one bus per emitter.
import { bandShares, DecayingNoiseBands, NOISE_BANDS } from '../dsp/decayingNoiseBands.ts';
import { createDecayingSine, DecayingSinePool } from '../dsp/decayingSinePool.ts';
import { clamp, decayRate, exp, exp2, log, log2, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';
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
  /** The body responds most where the click rings: octaves, one SD. Limp material responds as a whole. */
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
const MODE_PROBABILITY = 0.4;
/** How differently gestures are coloured: nepers of power a band, one SD. */
const SLIDE_LEAN = 0.5;
/** Second and third ring of a click, octaves from the first (SD). */
const RING_SPREAD_OCT = 0.7;

/** Larger creases move more paper and ring lower: f ∝ E^−0.08. */
const PITCH_BY_ENERGY = -0.08;
/** The same at every sample rate. */
const MAX_HZ = 13500;
/** Draws reserved per click; 0…8 also serve the pitches. */
const DRAWS_PER_CLICK = 16;
const SHARE_DRAW = 1;
const RING_PHASE_DRAW = 7;
const MODE_DRAW = 10;
const MODE_PHASE_DRAW = 11;
const FACET_DRAW = 13;
const HAS_MODE_DRAW = 14;
/** First draw of the slides' colours in the stream of the facets, counted downwards. */
const SLIDE_DRAWS = -1e9;
const MAX_BODY_SHARE = 0.9;
const MAX_MAKE_UP = 3;
const CAPACITY = 320;

/** A click. May be reused: it is copied. */
export interface SheetClick {
  emitter: number;
  /** Frames into the coming block, fractions count. */
  atFrames: number;
  /** Amplitude² · seconds. */
  energy: number;
  /** Energy over the mean click's: larger clicks ring lower. */
  relative: number;
}

/** A single sine of what the sheet lies on. May be reused: it is copied. */
export interface SheetThump {
  emitter: number;
  /** Frames into the coming block, fractions count. */
  atFrames: number;
  /** Amplitude² · seconds. */
  energy: number;
  hz: number;
  t60Sec: number;
  /** Length of its onset. */
  rampSec: number;
}

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

/** A sheet of paper, leaves or cloth. */
export class Sheet {
  readonly #pool: DecayingSinePool;
  readonly #bodies: DecayingNoiseBands[] = [];
  readonly #airs: DecayingNoiseBands[] = [];
  readonly #random: Random;
  readonly #modeDetune: Float64Array;
  readonly #facetRandom: Random;
  /** Octaves from the median, in standard deviations. */
  readonly #facetPitch = new Float64Array(FACETS);
  /** Each facet's share of the body's bands, four numbers a facet. */
  readonly #facetBody = new Float64Array(NOISE_BANDS * FACETS);
  #folds = 0;
  /** The body's rise is never faster. */
  readonly #minRiseSec: number;
  readonly #bodyShares = new Float64Array(NOISE_BANDS);
  readonly #slideShares = new Float64Array(NOISE_BANDS);
  readonly #slideGain = new Float64Array(NOISE_BANDS);
  #material: SheetMaterial | undefined;
  #clicks = 0;
  /** Reused for every sine, and for the band of moved air. */
  readonly #sine = createDecayingSine();
  readonly #airBand = { hz: 0, q: AIR_Q, t60Sec: AIR_T60_SEC, riseSec: AIR_RISE_SEC };

  /**
   * @param context - of the voice
   * @param emitters - number of buses
   */
  constructor(context: VoiceContext, emitters: number) {
    const { random, mode } = context;
    this.#minRiseSec = mode === 'sleep' ? SLEEP_RISE_SEC : 0;
    this.#random = random.stream('clicks');
    this.#pool = new DecayingSinePool(context, { capacity: CAPACITY, buses: emitters });
    for (let i = 0; i < emitters; i++) {
      this.#bodies.push(new DecayingNoiseBands(context, random.stream('body').uint32(i)));
      this.#airs.push(new DecayingNoiseBands(context, random.stream('air').uint32(i)));
    }
    const modes = random.stream('modes');
    this.#facetRandom = random.stream('facets');
    for (let facet = 0; facet < FACETS; facet++) this.#fold(facet);
    this.#modeDetune = Float64Array.from(MODE_RATIOS, (_, mode) => exp(MODE_SPREAD * modes.normal(mode)));
  }

  /**
   * Changes what the sheet is made of. Cheap when nothing changed; free of clicks at any time.
   * @param material - the material
   */
  setMaterial(material: SheetMaterial): void {
    if (material === this.#material) return;
    this.#material = material;
    bandShares(this.#bodyShares, material.bodyDb);
    bandShares(this.#slideShares, material.slideDb);
    bandShares(this.#slideGain, material.slideDb);
    for (let facet = 0; facet < FACETS; facet++) this.#focus(facet);
    for (const body of this.#bodies) {
      for (let band = 0; band < NOISE_BANDS; band++) {
        body.setBand(band, {
          hz: material.bandHz[band] ?? 0,
          q: BAND_Q,
          t60Sec: material.bodyT60Sec[band] ?? 0,
          riseSec: Math.max(material.bodyRiseSec, this.#minRiseSec),
        });
      }
    }
  }

  /**
   * Adds one click to the coming block.
   * @param click - where, when, how strong
   * @param params - how the sheet is handled
   */
  addClick(click: SheetClick, params: SheetParams): void {
    const material = this.#material;
    if (!material) return;
    const { emitter, atFrames, energy } = click;
    const random = this.#random;
    const draw = DRAWS_PER_CLICK * this.#clicks++;
    const bodyShare = clamp(material.bodyShare * params.body, 0, MAX_BODY_SHARE);
    const ringShare = (1 - bodyShare) * (1 - material.modeShare);
    const modeShare = (1 - bodyShare) * material.modeShare;
    const sine = this.#sine;
    sine.bus = emitter;
    sine.atFrames = atFrames;
    sine.rampSec = params.rampSec;
    const minT60Sec = RING_PER_RAMP * params.rampSec;
    // Some facets click more often than others.
    const which = random.uniform(draw + FACET_DRAW);
    const facet = Math.floor(which * which * FACETS);
    const colour = exp2(material.spreadOct * (this.#facetPitch[facet] ?? 0) + FACET_DETUNE_OCT * this.#bell(draw));
    const hz = material.clickHz * params.pitch * exp(PITCH_BY_ENERGY * log(click.relative)) * colour;
    // The first ring carries most; the others lie around it, as the crease's facets do.
    let rest = 1;
    for (let i = 0; i < material.rings; i++) {
      const last = i === material.rings - 1;
      const share = last ? rest : rest * (0.35 + 0.5 * random.uniform(draw + SHARE_DRAW + i));
      rest -= share;
      const apart = i === 0 ? 1 : exp2(RING_SPREAD_OCT * this.#bell(draw + 3 * i));
      sine.hz = hz * apart;
      sine.t60Sec = Math.max(material.clickT60Sec * params.ring, minT60Sec);
      this.#pushSine(energy * ringShare * share, draw + RING_PHASE_DRAW + i);
    }
    if (random.uniform(draw + HAS_MODE_DRAW) < MODE_PROBABILITY) {
      const mode = Math.floor(random.uniform(draw + MODE_DRAW) * MODE_RATIOS.length);
      sine.hz = material.modeHz * params.modePitch * (MODE_RATIOS[mode] ?? 1) * (this.#modeDetune[mode] ?? 1);
      sine.t60Sec = Math.max(material.modeT60Sec * params.ring, minT60Sec);
      this.#pushSine((energy * modeShare) / MODE_PROBABILITY, draw + MODE_PHASE_DRAW);
    }
    const frame = Math.floor(atFrames);
    const body = this.#bodies[emitter];
    if (!body || bodyShare <= 0) return;
    for (let band = 0; band < NOISE_BANDS; band++) {
      body.excite(band, frame, energy * bodyShare * (this.#facetBody[NOISE_BANDS * facet + band] ?? 0));
    }
  }

  /** The hand has moved the sheet: some facets are folded anew. */
  refold(): void {
    for (let i = 0; i < REFOLDED; i++) this.#fold(Math.floor(this.#facetRandom.uniform(-1 - this.#folds) * FACETS));
    // Another fold, another pressure: each gesture slides in its own colour.
    const lean = SLIDE_LEAN * this.#facetRandom.normal(SLIDE_DRAWS - this.#folds);
    let sum = 0;
    for (let band = 0; band < NOISE_BANDS; band++) {
      const share = (this.#slideShares[band] ?? 0) * exp(lean * band);
      this.#slideGain[band] = share;
      sum += share;
    }
    for (let band = 0; band < NOISE_BANDS; band++) this.#slideGain[band] = (this.#slideGain[band] ?? 0) / sum;
  }

  /**
   * Adds a single sine of a body the sheet lies on (a book, the ground) to the coming block.
   * @param thump - where, when, how strong, how it rings
   */
  addThump({ emitter, atFrames, energy, hz, t60Sec, rampSec }: SheetThump): void {
    const sine = this.#sine;
    sine.bus = emitter;
    sine.atFrames = atFrames;
    sine.hz = hz;
    sine.t60Sec = t60Sec;
    sine.rampSec = rampSec;
    this.#pushSine(energy, DRAWS_PER_CLICK * this.#clicks++);
  }

  /**
   * Sets the steady powers of the coming block, on every emitter.
   * @param slidePower - mean square of something sliding along the sheet
   * @param restPower - mean square of the room at rest
   */
  setSteadyPower(slidePower: number, restPower: number): void {
    for (const body of this.#bodies) {
      for (let band = 0; band < NOISE_BANDS; band++) {
        body.setFeed(band, slidePower * (this.#slideGain[band] ?? 0) + restPower * (REST_SHARES[band] ?? 0));
      }
    }
  }

  /**
   * Sets the air moved by the sheet during the coming block, a broad band of noise.
   * @param power - mean square
   * @param hz - centre
   */
  setAir(power: number, hz: number): void {
    this.#airBand.hz = hz;
    for (const air of this.#airs) {
      if (power > 0) air.setBand(0, this.#airBand);
      air.setFeed(0, power);
    }
  }

  /** Renders one block into the buses. */
  render(): void {
    this.#pool.render();
    for (let i = 0; i < this.#bodies.length; i++) {
      const out = this.#pool.bus(i);
      this.#bodies[i]?.render(out);
      this.#airs[i]?.render(out);
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
      const share = (this.#bodyShares[band] ?? 0) * exp(-0.5 * apart * apart);
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

  /** Pushes the prepared sine with this energy; `draw` names its phase. */
  #pushSine(energy: number, draw: number): void {
    const sine = this.#sine;
    const decay = decayRate(sine.t60Sec);
    // ∫ A²·e^(−2dt)·sin² dt = A² / 4d; a slow onset costs part of it, which is compensated up to 10 dB.
    const makeUp = Math.min(exp(0.45 * decay * sine.rampSec), MAX_MAKE_UP);
    sine.amplitude = 2 * sqrt(energy * decay) * makeUp;
    sine.hz = Math.min(sine.hz, MAX_HZ);
    sine.phase = TAU * this.#random.uniform(draw);
    this.#pool.push(sine);
  }
}
