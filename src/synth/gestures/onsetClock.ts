// Onset clock: phrase → onset times (1/f timing, motor noise, rests) → levels related to the timing.
import { clamp, exp } from '../dsp/math.ts';
import { pinkNoise } from '../dsp/pinkNoise.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { LoopFit } from './loopFit.ts';
import { MIN_PHRASE, phraseLength } from './phrase.ts';
import { TempoDrift } from './tempoDrift.ts';

/** ln 10 / 20: normal levels of deviation s dB have a mean power this many times s² dB above their middle. */
const POWER_MEAN = 0.115;
/** Levels remember some eight onsets: a hand that stays loud for minutes would only be a louder layer. */
const LEVEL_NOISE = { octaves: 4 };
const MIN_LEVEL_DB = -18;
const MAX_LEVEL_DB = 4.5;

/** No onset follows another sooner, so that fast rates never turn into a buzz. */
const REFRACTORY_SEC = 0.06;
/**
 * No gap is longer, rests included: a long silence makes the next onset a surprise. Hands asked to be slower than that need
 * room round their beat, or every gap would be cut to the same length.
 */
const MAX_GAP_SEC = 3;
const MAX_GAP_BEATS = 1.5;
const MEDIAN_REST_SEC = 1.3;
const MIN_REST_SEC = 0.8;
const MAX_REST_SEC = 2.5;
/** How often a phrase is as long as the one before. */
const SAME_LENGTH = 0.55;
/** A one-shot plays up to this many onsets. */
const MAX_ONE_SHOT_ONSETS = 3;
/** The last onset of a phrase comes later than its rhythm asks. Source: J. Loehr & C. Palmer 2007. */
const FINAL_LENGTHENING = 1.08;
const TEMPO_NOISE_SEC = 45;
const TEMPO_NOISE = 0.035;
const LEVEL_MOOD_SEC = 5;

/** First rest draw in the stream of the phrases. */
const REST_DRAWS = 1e6;

/** In a loop: cost of ending inside a phrase, or after a very short one, in nepers of time stretching. */
const CUT_COST = 0.02;
const SHORT_PHRASE_COST = 0.05;

/** How regular the hand is at one steadiness. */
interface Regularity {
  readonly steadiness: number;
  /** Coefficient of variation of free, renewal-like intervals (gamma distributed). */
  readonly freeCv: number;
  /** Share of the interval that varies with 1/f memory. */
  readonly timekeeper: number;
  /** Share of the interval by which each movement misses its moment; neighbours compensate. */
  readonly motor: number;
  /** Scales rests: a metronome takes none. */
  readonly rest: number;
}
const REGULARITY: readonly Regularity[] = [
  { steadiness: 0, freeCv: 0.7, timekeeper: 0.08, motor: 0.06, rest: 1 },
  { steadiness: 0.5, freeCv: 0, timekeeper: 0.07, motor: 0.05, rest: 1 },
  { steadiness: 0.75, freeCv: 0, timekeeper: 0.04, motor: 0.03, rest: 1 },
  { steadiness: 1, freeCv: 0, timekeeper: 0.004, motor: 0.005, rest: 0 },
];
/** `timekeeper` at which the tempo noise has its nominal size. */
const NOMINAL_TIMEKEEPER = 0.04;

/** How a hand plays: the macros every rhythmic trigger has. */
export interface Playing {
  /** Onsets per second. */
  readonly pace: number;
  /** 0 free … 1 metronome. */
  readonly steadiness: number;
  /** 0 always alike … 1 full of change. */
  readonly surprise: number;
}

/** What an onset clock is created with. */
export interface ClockOptions {
  /** Play one phrase of one to three onsets, then never again. */
  readonly oneShot: boolean;
  /** When the first onset may come, seconds. */
  readonly startSec: number;
  /**
   * In a loop: play as many onsets as fit, then never again. All intervals are stretched a little, so that the first onset
   * of the next round follows the last as any onset follows another.
   */
  readonly loopSec?: number;
  /** In a loop: an even number of onsets, where every other one differs (forth and back). */
  readonly pairs?: boolean;
}

/**
 * Onsets of one hand or tool. Read `dueSec` every block, call `advance` when an onset is due, then read how it is played.
 * Works in absolute seconds, so the sample rate does not matter.
 *
 * Source: intervals as a drifting timekeeper plus motor delays, after A. Wing & A. Kristofferson 1973; levels share a part of
 * the timing's fluctuation (a longer preparation is a stronger act), after Räsänen et al. 2015.
 */
export class OnsetClock {
  /** Onsets played so far. */
  index = 0;
  /** The last onset: its level against the layer's mean, place in the phrase, the phrase's length and number. */
  levelDb = 0;
  phrasePosition = 0;
  phraseLength = 0;
  phrase = -1;
  timeSec: number;

  readonly #options: ClockOptions;
  readonly #random: Random;
  readonly #loopSec: number;
  /** In a loop: when each onset is due. */
  #loopTimes: Float64Array | undefined;
  readonly #timing: Random;
  readonly #motor: Random;
  readonly #free: Random;
  readonly #level: Random;
  readonly #phrases: Random;
  readonly #tempo: SmoothNoise;
  readonly #drift: TempoDrift;
  readonly #mood: SmoothNoise;
  // The coming onset: its place in the phrase, and its draws.
  #nextPosition = 0;
  #nextLength = 0;
  #nextPhrase = -1;
  #timekeeperDraw = 0;
  #motorDraw = 0;
  #freeDraw = 0;
  #restDraw = 0;

  /**
   * @param random - the stream
   * @param options - one shot, start, loop
   */
  constructor(random: Random, options: ClockOptions) {
    this.#options = options;
    this.#random = random;
    this.#loopSec = options.loopSec ?? Infinity;
    this.timeSec = options.startSec;
    this.#timing = random.stream('timing');
    this.#motor = random.stream('motor');
    this.#free = random.stream('free');
    this.#level = random.stream('level');
    this.#phrases = random.stream('phrases');
    const loop = { loop: this.#loopSec, phase: 'zero' } as const;
    this.#tempo = new SmoothNoise(random.stream('tempo'), { period: TEMPO_NOISE_SEC, ...loop });
    this.#drift = new TempoDrift(random.stream('drift'), this.#loopSec);
    this.#mood = new SmoothNoise(random.stream('mood'), { period: LEVEL_MOOD_SEC, ...loop });
    this.#beginPhrase();
    this.#draw();
  }

  /** True once a one-shot or a loop has played all its onsets. */
  get finished(): boolean {
    if (this.#loopTimes && this.index >= this.#loopTimes.length) return true;
    return this.#options.oneShot && this.#nextPhrase > 0;
  }

  /** True when the coming onset opens a phrase: the moment to change object, hand or place. */
  get opensPhrase(): boolean {
    return this.#nextPosition === 0;
  }

  /**
   * When the next onset is due. Follows the values at once, so a waiting onset comes sooner when the pace goes up; it may
   * then lie in the past: play it now.
   * @param playing - pace, steadiness, surprise of the moment
   * @returns seconds; Infinity when there is none
   */
  dueSec(playing: Playing): number {
    if (this.#loopSec < Infinity && !this.#options.oneShot) {
      this.#loopTimes ??= this.#fit(playing);
      return this.#loopTimes[this.index] ?? Infinity;
    }
    if (this.finished) return Infinity;
    if (this.index === 0) return this.timeSec;
    return this.timeSec + this.#gapSec(playing, this.opensPhrase);
  }

  /**
   * Plays the due onset.
   * @param timeSec - when it is played
   * @param surprise - 0…1, scales how much its level differs
   */
  advance(timeSec: number, surprise: number): void {
    this.timeSec = timeSec;
    this.phrasePosition = this.#nextPosition;
    this.phraseLength = this.#nextLength;
    this.phrase = this.#nextPhrase;
    // 2 dB of deviation at the default of 0.35; phrases begin a little firmer and end a little softer.
    const spreadDb = 0.8 + 2.2 * surprise + 3.6 * surprise * surprise;
    const share = this.phraseLength > 1 ? this.phrasePosition / (this.phraseLength - 1) : 0;
    const contourDb = (0.5 - share) * (0.5 + surprise);
    const moodDb = this.#mood.at(timeSec) * 1.2 * surprise;
    const noise =
      0.6 * pinkNoise(this.#timing, this.index, LEVEL_NOISE) + 0.8 * pinkNoise(this.#level, this.index, LEVEL_NOISE);
    // The mean power of unequal levels lies above their middle: compensated, so that surprise is no volume knob.
    const middleDb = -POWER_MEAN * spreadDb * spreadDb;
    this.levelDb = clamp(middleDb + spreadDb * noise + contourDb + moodDb, MIN_LEVEL_DB, MAX_LEVEL_DB);
    this.index += 1;
    this.#nextPosition += 1;
    if (this.#nextPosition >= this.#nextLength) this.#beginPhrase();
    this.#draw();
  }

  /** From the last onset to the next; `opensPhrase`: that one opens a phrase. */
  #gapSec({ pace, steadiness, surprise }: Playing, opensPhrase: boolean): number {
    let at = 1;
    while (at < REGULARITY.length - 1 && steadiness > (REGULARITY[at]?.steadiness ?? 1)) at++;
    const low = REGULARITY[at - 1];
    const high = REGULARITY[at];
    if (!low || !high) return MAX_GAP_SEC;
    const t = clamp((steadiness - low.steadiness) / (high.steadiness - low.steadiness), 0, 1);
    const freeCv = low.freeCv + (high.freeCv - low.freeCv) * t;
    const timekeeper = low.timekeeper + (high.timekeeper - low.timekeeper) * t;
    const motor = low.motor + (high.motor - low.motor) * t;
    const rest = low.rest + (high.rest - low.rest) * t;

    const beatSec = 1 / (pace * this.#drift.at(this.timeSec, pace, steadiness));
    const tempo = this.#tempo.at(this.timeSec) * TEMPO_NOISE * (timekeeper / NOMINAL_TIMEKEEPER);
    let gapSec =
      beatSec *
      (exp(timekeeper * this.#timekeeperDraw + tempo) * gammaFactor(freeCv, this.#freeDraw) + motor * this.#motorDraw);
    if (opensPhrase) gapSec += rest * this.#restSec(surprise);
    else if (this.#nextPosition === this.#nextLength - 1) gapSec += rest * (FINAL_LENGTHENING - 1) * beatSec;
    const maxSec = Math.max(MAX_GAP_SEC, MAX_GAP_BEATS / pace);
    return clamp(gapSec, Math.min(REFRACTORY_SEC, 0.5 * beatSec), maxSec);
  }

  /** Plays the clock through once, endlessly, and returns the stretched times of the onsets that fit the loop best. */
  #fit(playing: Playing): Float64Array {
    const { startSec, pairs = false } = this.#options;
    const probe = new OnsetClock(this.#random, this.#options);
    const fit = new LoopFit(this.#loopSec);
    const times: number[] = [];
    let nextSec = startSec;
    while (fit.searching(nextSec - startSec)) {
      probe.advance(nextSec, playing.surprise);
      times.push(nextSec);
      const durationSec = nextSec + probe.#gapSec(playing, true) - startSec;
      const short = probe.phrasePosition + 1 < MIN_PHRASE ? SHORT_PHRASE_COST : 0;
      if (!pairs || times.length % 2 === 0) {
        fit.offer(times.length, durationSec, probe.opensPhrase ? 0 : CUT_COST + short);
      }
      nextSec += probe.#gapSec(playing, probe.opensPhrase);
    }
    return Float64Array.from(times.slice(0, fit.count), (timeSec) => startSec + (timeSec - startSec) * fit.stretch);
  }

  #beginPhrase(): void {
    this.#nextPhrase += 1;
    this.#nextPosition = 0;
    const uniform = this.#phrases.uniform(3 * this.#nextPhrase);
    if (this.#options.oneShot) this.#nextLength = 1 + Math.floor(MAX_ONE_SHOT_ONSETS * uniform);
    else if (this.#nextLength === 0 || this.#phrases.uniform(3 * this.#nextPhrase + 1) > SAME_LENGTH) {
      // The mean of two draws: middling lengths are the most frequent.
      this.#nextLength = phraseLength(0.5 * (uniform + this.#phrases.uniform(3 * this.#nextPhrase + 2)));
    }
  }

  #draw(): void {
    this.#timekeeperDraw = pinkNoise(this.#timing, this.index);
    this.#motorDraw = this.#motor.normal(this.index) - this.#motor.normal(this.index - 1);
    this.#freeDraw = this.#free.normal(this.index);
    this.#restDraw = this.#phrases.normal(REST_DRAWS + this.index);
  }

  #restSec(surprise: number): number {
    const rest = MEDIAN_REST_SEC * exp((0.1 + 0.6 * surprise) * this.#restDraw);
    return clamp(rest, MIN_REST_SEC, MAX_REST_SEC);
  }
}

/** A gamma-distributed factor of mean 1 and coefficient of variation `cv` from one normal draw. Source: Wilson & Hilferty 1931. */
function gammaFactor(cv: number, normal: number): number {
  if (cv <= 0) return 1;
  const root = 1 - (cv * cv) / 9 + (cv / 3) * normal;
  return root * root * root;
}
