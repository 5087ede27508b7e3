// Stroking hand: phrase → strokes forth and back → speed, pressure and position at any moment.
import { logNormalSpeed, minimumJerk, minimumJerkSpeed, smoothstep } from '../dsp/curves.ts';
import { clamp, exp, fromDb, log, sqrt } from '../dsp/math.ts';
import { pinkNoise } from '../dsp/pinkNoise.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { LoopFit } from './loopFit.ts';
import { phraseLength } from './phrase.ts';
import { TempoDrift } from './tempoDrift.ts';

/** How the hand strokes. */
export interface StrokeStyle {
  /** Strokes per second; forth and back count one each. */
  readonly pacePerSec: number;
  /** Mean speed of a stroke. */
  readonly speedCmPerSec: number;
  /** 0 free … 1 metronome. */
  readonly steadiness: number;
  /** 0 always alike … 1 full of change. */
  readonly surprise: number;
  /** Strokes one way only: the way back is in the air and makes no sound. */
  readonly oneWay: boolean;
}

/** The way back is 15 % faster and softer. Mean of both stays the stroke's time. */
const BACK_FASTER = 1.15;
const FORTH_SHARE = (2 * BACK_FASTER) / (1 + BACK_FASTER);
const BACK_SHARE = 2 / (1 + BACK_FASTER);
const BACK_DB = -2;
/** One way: most of the time touches, the rest flies back. */
const TOUCHING_SHARE = 1.1;
const FLYING_SHARE = 0.45;
/** The next stroke begins before the last has ended, so that the reversal is never a dead stop. */
const OVERLAP = 0.1;
/** At the reversal the hand draws a small loop: this much of the mean speed stays. */
const REVERSAL_SPEED = 0.16;
/** Shorter strokes are ballistic rather than guided: their speed rises fast and falls slowly. */
const BALLISTIC_SEC = 0.3;
const GUIDED_SEC = 0.8;
const MIN_STROKE_SEC = 0.12;
/** A one-shot stroke is no longer, however slow the pace. */
const MAX_ONE_SHOT_SEC = 4.5;
const LANDING_SEC = 0.09;
/** Rest between phrases, in strokes at full freedom. */
const REST_STROKES = 0.55;
const MIN_REST_SEC = 0.3;
const MAX_REST_SEC = 3.2;
const MIN_REACH = 0.55;
/** Periods of the slow variations: over seconds speed and pressure, over minutes pressure and place. */
const HASTE_SEC = 3.1;
const WEIGHT_SEC = 4.3;
const TOUCH_SEC = 0.9;
const MOOD_SEC = 260;
const PLACE_SEC = 300;
/** Every hand trembles: 8–12 Hz, a few per cent of its force. Source: J. McAuley & C. Marsden 2000. */
const TREMOR_SEC = 0.045;
const TREMOR = 0.06;
/** Levels resemble their neighbours, without memory beyond four strokes: no recording is louder than another as a whole. */
const LEVEL_NOISE = { octaves: 3, drawsPerStep: 3, limit: Infinity };
const MIN_LEVEL_DB = -7;
const MAX_LEVEL_DB = 5;
/** In a loop: cost of ending inside a phrase, in nepers of time stretching. */
const CUT_COST = 0.03;

/** One planned or running stroke; two of them alternate. */
class Stroke {
  index = -1;
  startSec = 0;
  durationSec = 1;
  /** Speed against the style's mean. */
  haste = 1;
  /** 1 touches, 0 flies back. */
  touch = 1;
  gain = 1;
  /** Exponent that shifts the moment of greatest speed. */
  skew = 1;
  /** 0 guided (minimum jerk) … 1 ballistic (log-normal). */
  ballistic = 0;
  from = 0;
  to = 0;
  /** True when the hand lands afresh, or lifts afterwards. */
  lands = true;
  lifts = false;

  /** Speed over the style's mean speed. */
  speedAt(timeSec: number): number {
    const u = (timeSec - this.startSec) / this.durationSec;
    if (u <= 0 || u >= 1) return 0;
    const warped = exp(this.skew * log(u));
    const guided = (minimumJerkSpeed(warped) * this.skew * warped) / u;
    return this.haste * (guided + (logNormalSpeed(u) - guided) * this.ballistic);
  }

  /** Share of the way, 0…1. */
  positionAt(timeSec: number): number {
    const u = (timeSec - this.startSec) / this.durationSec;
    if (u <= 0) return 0;
    return u >= 1 ? 1 : minimumJerk(exp(this.skew * log(u)));
  }

  /** 0 in the air, 1 on the surface. */
  contactAt(timeSec: number): number {
    const landing = smoothstep((timeSec - this.startSec) / LANDING_SEC);
    const lifting = smoothstep((this.startSec + this.durationSec - timeSec) / LANDING_SEC);
    return this.touch * landing * lifting;
  }

  get endSec(): number {
    return this.startSec + this.durationSec;
  }
}

/** What a stroking hand is created with. */
export interface StrokesOptions {
  /** Play one single stroke. */
  readonly oneShot: boolean;
  /** When the first stroke begins, seconds. */
  readonly startSec: number;
  /** In a loop: as many strokes as fit, a little stretched, so that the first follows the last as any follows another. */
  readonly loopSec?: number;
}

/** The strokes of one loop: their number, the stretch of their time, the final position. */
interface LoopPlan {
  readonly count: number;
  readonly stretch: number;
  readonly endPosition: number;
}
const ENDLESS: LoopPlan = { count: Infinity, stretch: 1, endPosition: -1 };

/**
 * A stroking hand. Call `advanceTo` with rising times, then read it. Every draw is a function of the stream and the stroke's
 * number, so the same style gives the same strokes whatever the steps in time.
 * Three scales of variation: stroke by stroke, over seconds (pressure, speed), over minutes (place, pressure).
 */
export class Strokes {
  /** Speed over the surface, cm/s; 0 while in the air. */
  speedCmPerSec = 0;
  /** Speed over the style's mean speed. */
  relativeSpeed = 0;
  /** How hard the hand rests, 0 in the air … about 1. */
  pressure = 0;
  /** Level of the running stroke, amplitude round 1. */
  gain = 1;
  /** −1…1 along the stroke. */
  position = 0;
  /** Strokes begun, and whether one began (touching), or the hand landed from the air, since the last step. */
  count = 0;
  began = false;
  landed = false;
  /** True while neither stroke moves or touches. */
  resting = true;

  readonly #oneShot: boolean;
  readonly #options: StrokesOptions;
  readonly #random: Random;
  readonly #loopSec: number;
  /** Known with the first stroke. */
  #plan: LoopPlan | undefined;
  readonly #timing: Random;
  readonly #level: Random;
  readonly #shape: Random;
  readonly #phrases: Random;
  readonly #drift: TempoDrift;
  readonly #haste: SmoothNoise;
  readonly #weight: SmoothNoise;
  readonly #touch: SmoothNoise;
  readonly #tremor: SmoothNoise;
  readonly #mood: SmoothNoise;
  readonly #place: SmoothNoise;
  #last = new Stroke();
  #now = new Stroke();
  #nextSec: number;
  #strokesLeft = 0;
  #phrase = -1;
  #pressureSlow = 0;

  /**
   * @param random - the stream
   * @param options - one shot, start, loop
   */
  constructor(random: Random, options: StrokesOptions) {
    const { loopSec = Infinity } = options;
    this.#options = options;
    this.#loopSec = loopSec;
    this.#random = random;
    this.#oneShot = options.oneShot;
    this.#nextSec = options.startSec;
    this.#timing = random.stream('timing');
    this.#level = random.stream('level');
    this.#shape = random.stream('shape');
    this.#phrases = random.stream('phrases');
    this.#drift = new TempoDrift(random.stream('drift'), loopSec);
    this.#haste = new SmoothNoise(random.stream('haste'), { period: HASTE_SEC, loop: loopSec });
    this.#weight = new SmoothNoise(random.stream('weight'), { period: WEIGHT_SEC, loop: loopSec });
    this.#touch = new SmoothNoise(random.stream('touch'), { period: TOUCH_SEC, loop: loopSec });
    this.#tremor = new SmoothNoise(random.stream('tremor'), { period: TREMOR_SEC, loop: loopSec });
    this.#mood = new SmoothNoise(random.stream('mood'), { period: MOOD_SEC, loop: loopSec });
    this.#place = new SmoothNoise(random.stream('place'), { period: PLACE_SEC, loop: loopSec });
    this.#last.startSec = -10;
    this.#now.startSec = -10;
    this.#now.to = -1;
  }

  /** True once the single stroke of a one-shot has ended. */
  get finished(): boolean {
    return this.#oneShot && this.count > 0 && this.resting;
  }

  /**
   * Moves on.
   * @param timeSec - now, seconds since the start
   * @param style - how the hand strokes; new strokes follow it
   */
  advanceTo(timeSec: number, style: StrokeStyle): void {
    this.began = false;
    this.landed = false;
    if (!this.#plan) this.#setPlan(style);
    while (timeSec >= this.#nextSec && !(this.#oneShot && this.count > 0)) this.#begin(style);
    const last = this.#last;
    const now = this.#now;
    const contactLast = last.contactAt(timeSec);
    const contactNow = now.contactAt(timeSec);
    // Within a phrase the hand stays down from one stroke to the next.
    const held = last.touch > 0 && now.touch > 0 && !now.lands && timeSec < now.startSec + LANDING_SEC;
    const contact = held ? Math.max(contactLast, contactNow, now.touch) : Math.max(contactLast, contactNow);
    const along = last.speedAt(timeSec) * last.touch + now.speedAt(timeSec) * now.touch;
    const reversal = REVERSAL_SPEED * contact;
    const haste = 1 + 0.22 * style.surprise * this.#haste.at(timeSec);
    const relative = sqrt(along * along + reversal * reversal) * haste;
    this.relativeSpeed = contact > 0 ? relative : 0;
    this.speedCmPerSec = this.relativeSpeed * style.speedCmPerSec;

    this.#pressureSlow =
      style.surprise *
        (0.5 * this.#weight.at(timeSec) + 0.25 * this.#touch.at(timeSec) + 0.15 * this.#mood.at(timeSec)) +
      TREMOR * this.#tremor.at(timeSec);
    const share = clamp((timeSec - now.startSec) / now.durationSec, 0, 1);
    const arc = 4 * share * (1 - share);
    this.pressure = contact * clamp((0.7 + 0.3 * arc) * exp(this.#pressureSlow), 0.2, 1.8);
    const blend = smoothstep((timeSec - now.startSec) / (OVERLAP * now.durationSec));
    this.gain = last.gain + (now.gain - last.gain) * blend;

    const drift = 0.12 * style.surprise * this.#place.at(timeSec);
    const place =
      last.from + (last.to - last.from) * last.positionAt(timeSec) + (now.to - now.from) * now.positionAt(timeSec);
    this.position = clamp(place + drift, -1, 1);
    this.resting = contact === 0 && timeSec >= Math.max(last.endSec, now.endSec);
  }

  /** In a loop the initial position equals the final one. */
  #setPlan(style: StrokeStyle): void {
    const looped = !this.#oneShot && this.#loopSec < Infinity;
    this.#plan = looped ? this.#fit(style) : ENDLESS;
    if (looped) this.#now.to = this.#plan.endPosition;
  }

  /** Plays the strokes through once, endlessly, and picks the number that fits the loop best. */
  #fit(style: StrokeStyle): LoopPlan {
    const { startSec } = this.#options;
    const probe = new Strokes(this.#random, { ...this.#options, oneShot: false });
    probe.#plan = ENDLESS;
    const fit = new LoopFit(this.#loopSec);
    let endPosition = -1;
    while (fit.searching(probe.#nextSec - startSec)) {
      probe.#begin(style);
      // Forth and back belong together.
      if (probe.count % 2 === 1) continue;
      const last = probe.#now;
      const durationSec = last.endSec + probe.#gapSec(last, true, style) - startSec;
      const whole = probe.#strokesLeft <= 0 || style.steadiness === 1;
      if (fit.offer(probe.count, durationSec, whole ? 0 : CUT_COST)) endPosition = last.to;
    }
    return { count: fit.count, stretch: fit.stretch, endPosition };
  }

  #begin(style: StrokeStyle): void {
    const stroke = this.#last;
    const before = this.#now;
    const index = this.count;
    const plan = this.#plan ?? ENDLESS;
    const loose = 1 - style.steadiness;
    const back = index % 2 === 1;
    const flies = back && style.oneWay;
    if (this.#strokesLeft <= 0) this.#beginPhrase();

    const share = style.oneWay ? (back ? FLYING_SHARE : TOUCHING_SHARE) : back ? BACK_SHARE : FORTH_SHARE;
    const p = pinkNoise(this.#timing, index);
    const hand = this.#timing.normal(-1 - index);
    // At the default steadiness of 0.75: 6 % from stroke to stroke.
    const timing = exp((0.01 + 0.2 * loose * loose + 0.11 * loose) * p + (0.01 + 0.09 * loose) * hand);
    stroke.index = index;
    stroke.startSec = this.#nextSec;
    const pacePerSec = style.pacePerSec * this.#drift.at(this.#nextSec, style.pacePerSec, style.steadiness);
    stroke.durationSec = Math.max(MIN_STROKE_SEC, (share * timing) / (pacePerSec * (1 - OVERLAP)));
    stroke.durationSec *= plan.stretch;
    if (this.#oneShot) stroke.durationSec = Math.min(stroke.durationSec, MAX_ONE_SHOT_SEC);
    stroke.haste = exp((0.04 + 0.22 * style.surprise) * this.#shape.normal(3 * index));
    if (back) stroke.haste *= FORTH_SHARE;
    stroke.skew = exp((0.05 + 0.12 * style.surprise) * this.#shape.normal(3 * index + 1));
    stroke.ballistic = clamp((GUIDED_SEC - stroke.durationSec) / (GUIDED_SEC - BALLISTIC_SEC), 0, 1);
    stroke.touch = flies ? 0 : 1;
    const spreadDb = 0.4 + 4 * style.surprise; // 1.8 dB at the default
    const db =
      clamp(spreadDb * pinkNoise(this.#level, index, LEVEL_NOISE), MIN_LEVEL_DB, MAX_LEVEL_DB) + (back ? BACK_DB : 0);
    stroke.gain = fromDb(db);
    stroke.from = before.to;
    const reach = clamp(
      1 - (0.08 + 0.5 * style.surprise) * 0.5 * Math.abs(this.#shape.normal(3 * index + 2)),
      MIN_REACH,
      1,
    );
    stroke.to = back ? -reach : reach;
    stroke.lands = before.lifts || before.touch === 0 || index === 0;
    this.#strokesLeft -= 1;
    const last = index === plan.count - 1;
    const lifts = this.#strokesLeft <= 0 || this.#oneShot || last;
    stroke.lifts = lifts && loose > 0;
    this.#nextSec = last ? Infinity : stroke.endSec + this.#gapSec(stroke, lifts, style, plan.stretch);

    this.#last = before;
    this.#now = stroke;
    this.count += 1;
    if (!flies) {
      this.began = true;
      // In a loop whose hand never lifts, the first stroke goes on from the last.
      this.landed = stroke.lands && !(index === 0 && loose === 0 && plan !== ENDLESS);
    }
  }

  /** From a stroke's end to the next one's beginning; below 0 they overlap. */
  #gapSec(stroke: Stroke, lifts: boolean, style: StrokeStyle, stretch = 1): number {
    const loose = 1 - style.steadiness;
    if (!lifts) return style.oneWay ? 0 : -OVERLAP * stroke.durationSec;
    if (loose === 0) return -OVERLAP * stroke.durationSec;
    const rest = (REST_STROKES / style.pacePerSec) * exp(0.5 * this.#phrases.normal(2 * this.#phrase + 1));
    return loose * 2 * clamp(rest, MIN_REST_SEC, MAX_REST_SEC) * stretch;
  }

  #beginPhrase(): void {
    this.#phrase += 1;
    this.#strokesLeft = phraseLength(this.#phrases.uniform(2 * this.#phrase));
  }
}
