// When and how hard a person acts: phrase → group of onsets → onset, with 1/f timing, hand noise, rests and related levels.
import { clamp, exp, log, sqrt } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { TempoDrift } from './tempoDrift.ts';

/** Octaves summed for 1/f fluctuation: from one onset to the next up to some 256 onsets. */
const PINK_OCTAVES = 9;
const PINK_LIMIT = 2.2;
/** ln 10 / 20: normal levels of deviation s dB have a mean power this many times s² dB above their middle. */
const POWER_MEAN = 0.115;
/** Levels remember some eight onsets: a hand that stays loud for minutes would only be a louder layer. */
const LEVEL_OCTAVES = 4;

/** No onset follows another sooner, so that fast rates never turn into a buzz. */
const REFRACTORY_SEC = 0.06;
/**
 * No gap is longer, rests included: a long silence makes the next onset a surprise. Hands asked to be slower than that need
 * room round their beat, or every gap would be cut to the same length.
 */
const LONGEST_GAP_SEC = 3;
const LONGEST_GAP_BEATS = 1.5;
const SHORTEST_REST_SEC = 0.8;
const LONGEST_REST_SEC = 2.5;
const SMALLEST_PHRASE = 3;
const LARGEST_PHRASE = 9;
/** How often a phrase is as long as the one before. */
const SAME_LENGTH = 0.55;
/** The last onset of a phrase comes later than its rhythm asks. Source: J. Loehr & C. Palmer 2007. */
const FINAL_LENGTHENING = 1.08;
const TEMPO_WANDER_SEC = 45;
const TEMPO_WANDER = 0.035;

/** How regular the hand is at one steadiness. */
interface Regularity {
  readonly steadiness: number;
  /** Coefficient of variation of free, renewal-like intervals (gamma distributed). */
  readonly freeCv: number;
  /** Share of the interval that wanders with long memory. */
  readonly wander: number;
  /** Share of the interval that each movement misses its moment by; neighbours compensate. */
  readonly motor: number;
  /** Scales rests: a metronome takes none. */
  readonly rest: number;
}
const REGULARITY: readonly Regularity[] = [
  { steadiness: 0, freeCv: 0.7, wander: 0.08, motor: 0.06, rest: 1 },
  { steadiness: 0.5, freeCv: 0, wander: 0.07, motor: 0.05, rest: 1 },
  { steadiness: 0.75, freeCv: 0, wander: 0.04, motor: 0.03, rest: 1 },
  { steadiness: 1, freeCv: 0, wander: 0.004, motor: 0.005, rest: 0 },
];

/**
 * Standard 1/f ("pink") fluctuation at an integer index ≥ 0, a pure function of the stream and the index: each octave is
 * held twice as long as the one below. About unit variance, cut at ±2.2.
 * Source: Voss and Clarke 1978; long memory in human rhythm and its appeal: H. Hennig et al. 2011.
 */
export function pinkNoise(random: Random, index: number, octaves = PINK_OCTAVES): number {
  let sum = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += random.normal((Math.floor(index / (1 << octave)) + 1) * PINK_OCTAVES + octave);
  }
  return clamp(sum / sqrt(octaves), -PINK_LIMIT, PINK_LIMIT);
}

/**
 * A smooth wandering value, a pure function of the stream and time: knots `periodSec` apart, joined without corners.
 * About unit variance at the knots, never beyond ±2.5. For the slow scales of variation (seconds, minutes).
 * `offsetSec` (a whole number) gives another wandering of the same stream. In a loop of `loopSec` the way closes.
 */
export function wander(random: Random, timeSec: number, periodSec: number, loopSec = Infinity, offsetSec = 0): number {
  if (loopSec < Infinity) return wanderRound(random, timeSec / loopSec, loopSec / periodSec, offsetSec);
  const position = (timeSec + offsetSec) / periodSec + random.uniform(-1);
  const knot = Math.floor(position);
  const t = position - knot;
  const blend = t * t * (3 - 2 * t);
  return random.normal(knot) * (1 - blend) + random.normal(knot + 1) * blend;
}

/** The same on a ring of as many knots as fit: the last is joined to the first. `turn` counts loops. */
function wanderRound(random: Random, turn: number, periods: number, offset: number): number {
  const knots = Math.max(1, Math.round(periods));
  const position = (turn - Math.floor(turn)) * knots;
  const knot = Math.floor(position);
  const t = position - knot;
  const blend = t * t * (3 - 2 * t);
  return random.normal(offset + (knot % knots)) * (1 - blend) + random.normal(offset + ((knot + 1) % knots)) * blend;
}

export interface ClockOptions {
  /** Play one phrase of one to three onsets, then never again. */
  readonly once: boolean;
  /** When the first onset may come, seconds. */
  readonly startSec: number;
  /**
   * In a loop: play as many onsets as fit, then never again. All intervals are stretched a little, so that the first onset
   * of the next time round follows the last as any onset follows another.
   */
  readonly loopSec?: number;
  /** In a loop: an even number of onsets, where every other one differs (forth and back). */
  readonly pairs?: boolean;
}

/** In a loop, what it costs to end inside a phrase, or after a very short one: as much as stretching time by this share. */
const CUT_COST = 0.02;
const STUMP_COST = 0.05;

/**
 * The onset clock of one hand or tool. Ask `dueSec` every block with the values of the moment, `take` the onset when it is due,
 * then read how it is to be played. Works in absolute seconds, so the sample rate does not matter.
 *
 * Source: intervals as wandering timekeeper plus motor delays, after A. Wing & A. Kristofferson 1973; levels share a part of the
 * timing's fluctuation (a longer preparation is a stronger act), after Räsänen et al. 2015.
 */
export class OnsetClock {
  /** Onsets taken so far. */
  index = 0;
  /** The last onset taken: level against the layer's mean (dB), its place in the phrase, the phrase's length and number. */
  levelDb = 0;
  position = 0;
  length = 0;
  phrase = -1;
  timeSec: number;

  readonly #once: boolean;
  readonly #options: ClockOptions;
  readonly #random: Random;
  readonly #loopSec: number;
  /** In a loop: when each onset is due. */
  #times: Float64Array | undefined;
  readonly #timing: Random;
  readonly #motor: Random;
  readonly #free: Random;
  readonly #level: Random;
  readonly #phrases: Random;
  readonly #tempo: Random;
  readonly #drift: TempoDrift;
  readonly #mood: Random;
  // The coming onset: where it stands in its phrase, and its draws.
  #nextPosition = 0;
  #nextLength = 0;
  #nextPhrase = -1;
  #pink = 0;
  #motorStep = 0;
  #freeDraw = 0;
  #restDraw = 0;

  constructor(random: Random, options: ClockOptions) {
    this.#options = options;
    this.#random = random;
    this.#once = options.once;
    this.#loopSec = options.loopSec ?? Infinity;
    this.timeSec = options.startSec;
    this.#timing = random.stream('timing');
    this.#motor = random.stream('motor');
    this.#free = random.stream('free');
    this.#level = random.stream('level');
    this.#phrases = random.stream('phrases');
    this.#tempo = random.stream('tempo');
    this.#drift = new TempoDrift(random.stream('drift'), this.#loopSec);
    this.#mood = random.stream('mood');
    this.#beginPhrase();
    this.#draw();
  }

  /** True once a `once` clock has given all its onsets. */
  get finished(): boolean {
    if (this.#times && this.index >= this.#times.length) return true;
    return this.#once && this.#nextPhrase > 0;
  }

  /** True when the coming onset opens a phrase: the moment to change object, hand or place. */
  get atRest(): boolean {
    return this.#nextPosition === 0;
  }

  /**
   * When the next onset is due, seconds; Infinity when there is none. Follows the values at once, so a waiting onset comes
   * sooner when the pace goes up; it may then lie in the past: play it now.
   */
  dueSec(pacePerSec: number, steadiness: number, surprise: number): number {
    if (this.#loopSec < Infinity && !this.#once) {
      this.#times ??= this.#fit(pacePerSec, steadiness, surprise);
      return this.#times[this.index] ?? Infinity;
    }
    if (this.finished) return Infinity;
    if (this.index === 0) return this.timeSec;
    return this.timeSec + this.#gapSec(pacePerSec, steadiness, surprise, this.#nextPosition === 0);
  }

  /** From the last onset to the next; `opens`: that one opens a phrase. */
  #gapSec(pacePerSec: number, steadiness: number, surprise: number, opens: boolean): number {
    let at = 1;
    while (at < REGULARITY.length - 1 && steadiness > (REGULARITY[at]?.steadiness ?? 1)) at++;
    const low = REGULARITY[at - 1];
    const high = REGULARITY[at];
    if (!low || !high) return LONGEST_GAP_SEC;
    const t = clamp((steadiness - low.steadiness) / (high.steadiness - low.steadiness), 0, 1);
    const freeCv = low.freeCv + (high.freeCv - low.freeCv) * t;
    const wanderShare = low.wander + (high.wander - low.wander) * t;
    const motorShare = low.motor + (high.motor - low.motor) * t;
    const restShare = low.rest + (high.rest - low.rest) * t;

    const beatSec = 1 / (pacePerSec * this.#drift.at(this.timeSec, pacePerSec, steadiness));
    const tempo =
      wander(this.#tempo, this.timeSec, TEMPO_WANDER_SEC, this.#loopSec) * TEMPO_WANDER * (wanderShare / 0.04);
    let gapSec =
      beatSec *
      (exp(wanderShare * this.#pink + tempo) * gammaLike(freeCv, this.#freeDraw) + motorShare * this.#motorStep);
    if (opens) gapSec += restShare * this.#restSec(surprise);
    else if (this.#nextPosition === this.#nextLength - 1) gapSec += restShare * (FINAL_LENGTHENING - 1) * beatSec;
    const longestSec = Math.max(LONGEST_GAP_SEC, LONGEST_GAP_BEATS / pacePerSec);
    return clamp(gapSec, Math.min(REFRACTORY_SEC, 0.5 * beatSec), longestSec);
  }

  /** Plays the clock through once and picks the number of onsets that needs the least stretching and cuts no phrase short. */
  #fit(pacePerSec: number, steadiness: number, surprise: number): Float64Array {
    const { startSec, pairs = false } = this.#options;
    const loopSec = this.#loopSec;
    const probe = new OnsetClock(this.#random, this.#options);
    const times: number[] = [];
    let best = { cost: Infinity, count: 1, stretch: 1 };
    let nextSec = startSec;
    while (nextSec - startSec < 2 * loopSec || best.cost === Infinity) {
      probe.take(nextSec, surprise);
      times.push(nextSec);
      const roundSec = nextSec + probe.#gapSec(pacePerSec, steadiness, surprise, true) - startSec;
      const stump = probe.position + 1 < SMALLEST_PHRASE ? STUMP_COST : 0;
      const stretch = loopSec / roundSec;
      const cost = Math.abs(log(stretch)) + (probe.atRest ? 0 : CUT_COST + stump);
      const fits = !pairs || times.length % 2 === 0;
      if (fits && cost < best.cost) best = { cost, count: times.length, stretch };
      nextSec += probe.#gapSec(pacePerSec, steadiness, surprise, probe.atRest);
    }
    const fitted = new Float64Array(best.count);
    for (let i = 0; i < best.count; i++) fitted[i] = startSec + ((times[i] ?? 0) - startSec) * best.stretch;
    return fitted;
  }

  /** Takes the due onset as played at `timeSec`; `surprise` scales how much its level differs. */
  take(timeSec: number, surprise: number): void {
    this.timeSec = timeSec;
    this.position = this.#nextPosition;
    this.length = this.#nextLength;
    this.phrase = this.#nextPhrase;
    // 2 dB of deviation at the default of 0.35; phrases begin a little firmer and end a little softer.
    const spreadDb = 0.8 + 2.2 * surprise + 3.6 * surprise * surprise;
    const share = this.length > 1 ? this.position / (this.length - 1) : 0;
    const contourDb = (0.5 - share) * (0.5 + surprise);
    const moodDb = wander(this.#mood, timeSec, 5, this.#loopSec) * 1.2 * surprise;
    const ownDb =
      0.6 * pinkNoise(this.#timing, this.index, LEVEL_OCTAVES) +
      0.8 * pinkNoise(this.#level, this.index, LEVEL_OCTAVES);
    // The mean power of unequal levels lies above their middle: taken back, so that surprise is no volume knob.
    const middleDb = -POWER_MEAN * spreadDb * spreadDb;
    this.levelDb = clamp(middleDb + spreadDb * ownDb + contourDb + moodDb, -18, 4.5);
    this.index += 1;
    this.#nextPosition += 1;
    if (this.#nextPosition >= this.#nextLength) this.#beginPhrase();
    this.#draw();
  }

  #beginPhrase(): void {
    this.#nextPhrase += 1;
    this.#nextPosition = 0;
    const uniform = this.#phrases.uniform(3 * this.#nextPhrase);
    if (this.#once) this.#nextLength = 1 + Math.floor(3 * uniform);
    else if (this.#nextLength === 0 || this.#phrases.uniform(3 * this.#nextPhrase + 1) > SAME_LENGTH) {
      // The mean of two draws: middling lengths are the most frequent.
      const other = this.#phrases.uniform(3 * this.#nextPhrase + 2);
      const spread = LARGEST_PHRASE - SMALLEST_PHRASE + 1;
      this.#nextLength = SMALLEST_PHRASE + Math.floor(spread * 0.5 * (uniform + other));
    }
  }

  #draw(): void {
    this.#pink = pinkNoise(this.#timing, this.index);
    this.#motorStep = this.#motor.normal(this.index) - this.#motor.normal(this.index - 1);
    this.#freeDraw = this.#free.normal(this.index);
    this.#restDraw = this.#phrases.normal(1e6 + this.index);
  }

  #restSec(surprise: number): number {
    const rest = 1.3 * exp((0.1 + 0.6 * surprise) * this.#restDraw);
    return clamp(rest, SHORTEST_REST_SEC, LONGEST_REST_SEC);
  }
}

/** A gamma-distributed factor of mean 1 and coefficient of variation `cv` from one normal draw. Source: Wilson & Hilferty 1931. */
function gammaLike(cv: number, normal: number): number {
  if (cv <= 0) return 1;
  const root = 1 - (cv * cv) / 9 + (cv / 3) * normal;
  return root * root * root;
}
