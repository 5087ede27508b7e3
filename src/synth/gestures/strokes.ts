// A hand that strokes: phrase → forth and back → speed, pressure and place at any moment.
import { clamp, exp, log } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { TempoDrift } from './tempoDrift.ts';
import { pinkNoise } from './onsetClock.ts';

/** Shape of one movement. */
export interface StrokeStyle {
  /** Strokes per second; forth and back count one each. */
  readonly pacePerSec: number;
  /** Mean speed of a stroke. */
  readonly speedCmPerSec: number;
  readonly steadiness: number;
  readonly surprise: number;
  /** Strokes one way only: the way back is in the air and makes no sound. */
  readonly oneWay: boolean;
}

/** Peak speed over mean speed of a minimum-jerk movement. */
export const MIN_JERK_PEAK = 1.875;

/** The way back is 15 % faster and softer. Mean of both stays the stroke's time. */
const BACK_FASTER = 1.15;
const FORTH_SHARE = (2 * BACK_FASTER) / (1 + BACK_FASTER);
const BACK_SHARE = 2 / (1 + BACK_FASTER);
const BACK_DB = -2;
/** One way: most of the time touches, the rest flies back. */
const TOUCHING_SHARE = 1.1;
const FLYING_SHARE = 0.45;
/** The next stroke begins before the last has ended, so that turning is never a dead stop. */
const OVERLAP = 0.1;
/** Turning, the hand draws a small loop: this much of the mean speed stays. */
const TURNING_SPEED = 0.16;
/** Shorter strokes are thrown rather than guided: their speed rises fast and falls slowly. */
const THROWN_SEC = 0.3;
const GUIDED_SEC = 0.8;
const SHORTEST_SEC = 0.12;
/** A stroke on its own is no longer, however slow the pace. */
const LONGEST_SINGLE_SEC = 4.5;
const LANDING_SEC = 0.09;
const SMALLEST_PHRASE = 3;
const LARGEST_PHRASE = 9;
/** Rest between phrases, in strokes at full freedom. */
const REST_STROKES = 0.55;
const SHORTEST_REST_SEC = 0.3;
const LONGEST_REST_SEC = 3.2;
const SMALLEST_REACH = 0.55;
/** Over seconds the hand hurries and leans, over minutes it changes its mind and its place. */
const HASTE_SEC = 3.1;
const WEIGHT_SEC = 4.3;
const TOUCH_SEC = 0.9;
const MOOD_SEC = 260;
const PLACE_SEC = 300;
/** Every hand trembles: 8–12 Hz, a few per cent of its force. Source: J. McAuley & C. Marsden 2000. */
const TREMOR_SEC = 0.045;
const TREMOR = 0.06;

/**
 * Speed of a guided movement over its mean speed, at share `u` of its time.
 * Source: T. Flash & N. Hogan 1985 (minimum jerk).
 */
export function minJerkSpeed(u: number): number {
  if (u <= 0 || u >= 1) return 0;
  const v = u * (1 - u);
  return 30 * v * v;
}

/** How far along a guided movement is, 0…1. */
export function minJerkPlace(u: number): number {
  if (u <= 0) return 0;
  if (u >= 1) return 1;
  return u * u * u * (10 - u * (15 - 6 * u));
}

const THROW_MEDIAN = 0.4;
const THROW_SIGMA = 0.34;
/** Brings the truncated, tapered curve back to a mean of 1. */
const THROW_SCALE = 1.0663;

/** Speed of a thrown movement over its mean speed. Source: R. Plamondon 1995 (log-normal strokes), cut to its time. */
export function logNormalSpeed(u: number): number {
  if (u <= 0 || u >= 1) return 0;
  const z = log(u / THROW_MEDIAN) / THROW_SIGMA;
  return (THROW_SCALE * exp(-0.5 * z * z) * (1 - u * u * u * u)) / (u * THROW_SIGMA * 2.5066282746310002);
}

/** One planned or running stroke; two of them take turns. */
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
  thrown = 0;
  from = 0;
  to = 0;
  /** True when the hand lands afresh, or lifts afterwards. */
  lands = true;
  lifts = false;

  speedAt(timeSec: number): number {
    const u = (timeSec - this.startSec) / this.durationSec;
    if (u <= 0 || u >= 1) return 0;
    const warped = exp(this.skew * log(u));
    const guided = (minJerkSpeed(warped) * this.skew * warped) / u;
    return this.haste * (guided + (logNormalSpeed(u) - guided) * this.thrown);
  }

  placeAt(timeSec: number): number {
    const u = (timeSec - this.startSec) / this.durationSec;
    if (u <= 0) return 0;
    return u >= 1 ? 1 : minJerkPlace(exp(this.skew * log(u)));
  }

  /** 0 in the air, 1 on the surface. */
  contactAt(timeSec: number): number {
    const in_ = smooth((timeSec - this.startSec) / LANDING_SEC);
    const out = smooth((this.startSec + this.durationSec - timeSec) / LANDING_SEC);
    return this.touch * in_ * out;
  }

  get endSec(): number {
    return this.startSec + this.durationSec;
  }
}

export interface StrokesOptions {
  readonly once: boolean;
  readonly startSec: number;
  /** In a loop: as many strokes as fit, a little stretched, so that the first follows the last as any follows another. */
  readonly loopSec?: number;
}

/** One round of a loop: strokes, stretching of their time, where the hand is at the end. */
interface Round {
  readonly count: number;
  readonly stretch: number;
  readonly endsAt: number;
}
const ENDLESS: Round = { count: Infinity, stretch: 1, endsAt: -1 };
/** What it costs to end inside a phrase: as much as stretching time by this share. */
const CUT_COST = 0.03;

/**
 * The moving hand. Call `moveTo` with rising times, then read it. Every draw is a function of the stream and the stroke's
 * number, so the same style gives the same strokes whatever the steps in time.
 * Three scales of variation: stroke by stroke, over seconds (pressure, speed), over minutes (place, pressure, haste).
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

  readonly #once: boolean;
  readonly #options: StrokesOptions;
  readonly #random: Random;
  /** In a loop: known with the first stroke. */
  #round: Round | undefined;
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
  #left = 0;
  #phrase = -1;
  #pressureSlow = 0;

  constructor(random: Random, options: StrokesOptions) {
    const { loopSec = Infinity } = options;
    this.#options = options;
    this.#random = random;
    this.#once = options.once;
    this.#nextSec = options.startSec;
    this.#timing = random.stream('timing');
    this.#level = random.stream('level');
    this.#shape = random.stream('shape');
    this.#phrases = random.stream('phrases');
    this.#drift = new TempoDrift(random.stream('drift'), loopSec);
    this.#haste = new SmoothNoise(random.stream('haste'), loopSec / HASTE_SEC);
    this.#weight = new SmoothNoise(random.stream('weight'), loopSec / WEIGHT_SEC);
    this.#touch = new SmoothNoise(random.stream('touch'), loopSec / TOUCH_SEC);
    this.#tremor = new SmoothNoise(random.stream('tremor'), loopSec / TREMOR_SEC);
    this.#mood = new SmoothNoise(random.stream('mood'), loopSec / MOOD_SEC);
    this.#place = new SmoothNoise(random.stream('place'), loopSec / PLACE_SEC);
    this.#last.startSec = -10;
    this.#now.startSec = -10;
    this.#now.to = -1;
  }

  /** True once the single stroke of `once` has ended. */
  get finished(): boolean {
    return this.#once && this.count > 0 && this.resting;
  }

  moveTo(timeSec: number, style: StrokeStyle): void {
    this.began = false;
    this.landed = false;
    if (!this.#round) this.#open(style);
    while (timeSec >= this.#nextSec && !(this.#once && this.count > 0)) this.#begin(style);
    const last = this.#last;
    const now = this.#now;
    const contactLast = last.contactAt(timeSec);
    const contactNow = now.contactAt(timeSec);
    // Within a phrase the hand stays down from one stroke to the next.
    const held = last.touch > 0 && now.touch > 0 && !now.lands && timeSec < now.startSec + LANDING_SEC;
    const contact = held ? Math.max(contactLast, contactNow, now.touch) : Math.max(contactLast, contactNow);
    const along = last.speedAt(timeSec) * last.touch + now.speedAt(timeSec) * now.touch;
    const turning = TURNING_SPEED * contact;
    const wandering = 1 + 0.22 * style.surprise * this.#haste.at(timeSec / HASTE_SEC);
    const relative = Math.sqrt(along * along + turning * turning) * wandering;
    this.relativeSpeed = contact > 0 ? relative : 0;
    this.speedCmPerSec = this.relativeSpeed * style.speedCmPerSec;

    this.#pressureSlow =
      style.surprise *
        (0.5 * this.#weight.at(timeSec / WEIGHT_SEC) +
          0.25 * this.#touch.at(timeSec / TOUCH_SEC) +
          0.15 * this.#mood.at(timeSec / MOOD_SEC)) +
      TREMOR * this.#tremor.at(timeSec / TREMOR_SEC);
    const share = clamp((timeSec - now.startSec) / now.durationSec, 0, 1);
    const arc = 4 * share * (1 - share);
    this.pressure = contact * clamp((0.7 + 0.3 * arc) * exp(this.#pressureSlow), 0.2, 1.8);
    const turned = smooth((timeSec - now.startSec) / (OVERLAP * now.durationSec));
    this.gain = last.gain + (now.gain - last.gain) * turned;

    const drift = 0.12 * style.surprise * this.#place.at(timeSec / PLACE_SEC);
    const place =
      last.from + (last.to - last.from) * last.placeAt(timeSec) + (now.to - now.from) * now.placeAt(timeSec);
    this.position = clamp(place + drift, -1, 1);
    this.resting = contact === 0 && timeSec >= Math.max(last.endSec, now.endSec);
  }

  /** A loop's hand begins where it will have ended. */
  #open(style: StrokeStyle): void {
    this.#round = ENDLESS;
    if (this.#once || (this.#options.loopSec ?? Infinity) === Infinity) return;
    this.#round = this.#fit(style);
    this.#now.to = this.#round.endsAt;
  }

  /** Plays the strokes through once and picks the number that needs the least stretching and cuts no phrase short. */
  #fit(style: StrokeStyle): Round {
    const { startSec, loopSec = Infinity } = this.#options;
    const probe = new Strokes(this.#random, { once: false, startSec, loopSec });
    probe.#round = ENDLESS;
    let best = { ...ENDLESS, cost: Infinity };
    while (probe.#nextSec - startSec < 2 * loopSec || best.cost === Infinity) {
      probe.#begin(style);
      const last = probe.#now;
      // Forth and back belong together.
      if (probe.count % 2 === 1) continue;
      const natural = probe.#left <= 0;
      const roundSec = last.endSec + probe.#gapAfter(last, true, style) - startSec;
      const stretch = loopSec / roundSec;
      const cost = Math.abs(log(stretch)) + (natural || style.steadiness === 1 ? 0 : CUT_COST);
      if (cost < best.cost) best = { cost, count: probe.count, stretch, endsAt: last.to };
    }
    return best;
  }

  #begin(style: StrokeStyle): void {
    const stroke = this.#last;
    const before = this.#now;
    const index = this.count;
    const round = this.#round ?? ENDLESS;
    const loose = 1 - style.steadiness;
    const back = index % 2 === 1;
    const flies = back && style.oneWay;
    if (this.#left <= 0) this.#beginPhrase();

    const share = style.oneWay ? (back ? FLYING_SHARE : TOUCHING_SHARE) : back ? BACK_SHARE : FORTH_SHARE;
    const p = pinkNoise(this.#timing, index);
    const hand = this.#timing.normal(-1 - index);
    // At the default steadiness of 0.75: 6 % from stroke to stroke.
    const timing = exp((0.01 + 0.2 * loose * loose + 0.11 * loose) * p + (0.01 + 0.09 * loose) * hand);
    stroke.index = index;
    stroke.startSec = this.#nextSec;
    const pacePerSec = style.pacePerSec * this.#drift.at(this.#nextSec, style.pacePerSec, style.steadiness);
    stroke.durationSec = Math.max(SHORTEST_SEC, (share * timing) / (pacePerSec * (1 - OVERLAP)));
    stroke.durationSec *= round.stretch;
    if (this.#once) stroke.durationSec = Math.min(stroke.durationSec, LONGEST_SINGLE_SEC);
    stroke.haste = exp((0.04 + 0.22 * style.surprise) * this.#shape.normal(3 * index));
    if (back) stroke.haste *= FORTH_SHARE;
    stroke.skew = exp((0.05 + 0.12 * style.surprise) * this.#shape.normal(3 * index + 1));
    stroke.thrown = clamp((GUIDED_SEC - stroke.durationSec) / (GUIDED_SEC - THROWN_SEC), 0, 1);
    stroke.touch = flies ? 0 : 1;
    const spreadDb = 0.4 + 4 * style.surprise; // 1.8 dB at the default
    const db = clamp(spreadDb * neighbourly(this.#level, index), -7, 5) + (back ? BACK_DB : 0);
    stroke.gain = exp((db * 2.302585092994046) / 20);
    stroke.from = before.to;
    const reach = clamp(
      1 - (0.08 + 0.5 * style.surprise) * 0.5 * Math.abs(this.#shape.normal(3 * index + 2)),
      SMALLEST_REACH,
      1,
    );
    stroke.to = back ? -reach : reach;
    stroke.lands = before.lifts || before.touch === 0 || index === 0;
    this.#left -= 1;
    const last = index === round.count - 1;
    const lifts = this.#left <= 0 || this.#once || last;
    stroke.lifts = lifts && loose > 0;
    this.#nextSec = last ? Infinity : stroke.endSec + this.#gapAfter(stroke, lifts, style, round.stretch);

    this.#last = before;
    this.#now = stroke;
    this.count += 1;
    if (!flies) {
      this.began = true;
      // In a loop whose hand never lifts, the first stroke goes on from the last.
      this.landed = stroke.lands && !(index === 0 && loose === 0 && round !== ENDLESS);
    }
  }

  /** From a stroke's end to the next one's beginning; below 0 they overlap. */
  #gapAfter(stroke: Stroke, lifts: boolean, style: StrokeStyle, stretch = 1): number {
    const loose = 1 - style.steadiness;
    if (!lifts) return style.oneWay ? 0 : -OVERLAP * stroke.durationSec;
    if (loose === 0) return -OVERLAP * stroke.durationSec;
    const rest = (REST_STROKES / style.pacePerSec) * exp(0.5 * this.#phrases.normal(2 * this.#phrase + 1));
    return loose * 2 * clamp(rest, SHORTEST_REST_SEC, LONGEST_REST_SEC) * stretch;
  }

  #beginPhrase(): void {
    this.#phrase += 1;
    const span = LARGEST_PHRASE - SMALLEST_PHRASE + 1;
    this.#left = SMALLEST_PHRASE + Math.floor(span * this.#phrases.uniform(2 * this.#phrase));
  }
}

function smooth(x: number): number {
  const t = clamp(x, 0, 1);
  return t * t * (3 - 2 * t);
}

const NEIGHBOURS = 3;

/**
 * Short-memory fluctuation of unit variance at a stroke's number: like its neighbours, but with no memory beyond four
 * strokes, so that no take is louder than another as a whole.
 */
function neighbourly(random: Random, index: number): number {
  let sum = 0;
  for (let octave = 0; octave < NEIGHBOURS; octave++) {
    sum += random.normal((Math.floor(index / (1 << octave)) + 1) * NEIGHBOURS + octave);
  }
  return sum / Math.sqrt(NEIGHBOURS);
}
