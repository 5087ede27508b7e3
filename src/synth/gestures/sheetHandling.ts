// Hands on a sheet: onset clock → overlapping movements (squeeze, rub, turn, step) → how fast the sheet gives; and the bursts
// in which it cracks: that rate → self-exciting arrivals.
import { clamp, exp, log } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { OnsetClock, wander } from './onsetClock.ts';

export type SheetGesture = 'squeeze' | 'rub' | 'turn' | 'walk';

/** What one movement drives. */
const GIVE = 0;
const SLIDE = 1;
const AIR = 2;

/** Single contacts inside a gesture. */
export const TICK = 0;
export const FLAP = 1;
export const STEP = 2;

const MAX_MOVEMENTS = 24;
const MAX_CONTACTS = 16;

/** A held sheet goes on settling: its click rate falls as 1/t, clicks even in log time. Source: Y. Lahini et al. 2023. */
const SETTLE_ONSET_SEC = 0.06;
const SETTLE_SEC = 2.5;
const SETTLE_FADE_SEC = 0.6;

/** A hand that slips goes no faster than this, so that its hiss never startles. */
const FASTEST_SLIDE = 1.3;

/** Peak of a minimum-jerk speed curve over its mean. */
const MIN_JERK_PEAK = 1.875;

/** How uneven the hand is: a fist catches again and again, a page is led in one go. */
const TREMBLE: Readonly<Record<SheetGesture, number>> = { squeeze: 1, rub: 0.5, turn: 0.35, walk: 0.45 };

export interface SheetHandlingParams {
  readonly pace: number;
  readonly steadiness: number;
  readonly surprise: number;
}

export class SheetHandling {
  /** How fast the sheet is deformed; 1 is the peak of an ordinary movement. */
  give = 0;
  /** How fast a hand or the sheet slides over something, like `give`. */
  slide = 0;
  /** How fast the sheet moves the air, and where in its arc (0…1) it is. */
  air = 0;
  airArc = 0;
  /** Creep of a sheet that was squeezed: a rate as share of the peak rate. */
  settling = 0;
  /** Place along the stroke, −1…1. */
  stroke = 0;

  readonly #random: Random;
  readonly #tremble: Random;
  readonly #clock: OnsetClock;
  readonly #once: boolean;
  /** Gestures begun so far. */
  gestures = 0;
  #draws = 0;
  #forth = true;
  #unsteady = 1;

  readonly #kind = new Uint8Array(MAX_MOVEMENTS);
  readonly #start = new Float64Array(MAX_MOVEMENTS);
  readonly #length = new Float64Array(MAX_MOVEMENTS);
  readonly #size = new Float64Array(MAX_MOVEMENTS);
  /** Exponent that moves the peak of the curve earlier (below 1) or later. */
  readonly #skew = new Float64Array(MAX_MOVEMENTS);
  readonly #grip = new Float64Array(MAX_MOVEMENTS);
  #nextMovement = 0;

  readonly #contactSec = new Float64Array(MAX_CONTACTS);
  readonly #contactSize = new Float64Array(MAX_CONTACTS);
  readonly #contactKind = new Uint8Array(MAX_CONTACTS);

  /** In a loop of `loopSec` there are as many gestures as fit, an even number: rubbing goes forth and back. */
  constructor(random: Random, once: boolean, loopSec = Infinity) {
    this.#random = random.stream('movements');
    this.#tremble = random.stream('tremble');
    this.#once = once;
    this.#clock = new OnsetClock(random.stream('clock'), {
      once: false,
      startSec: once ? 0.02 : 0.1,
      loopSec: once ? Infinity : loopSec,
      pairs: true,
    });
    // A loop's hand is where its last stroke will have ended.
    if (loopSec < Infinity) this.stroke = 1;
    this.#start.fill(-1e9);
    this.#contactSec.fill(Infinity);
  }

  /** Moves on to `timeSec`. Choices are taken over with the next gesture. */
  advance(timeSec: number, blockSec: number, gesture: SheetGesture, values: SheetHandlingParams): void {
    const clock = this.#clock;
    const allowed = this.#once ? (gesture === 'squeeze' || gesture === 'turn' ? 1 : 2) : Infinity;
    while (
      this.gestures < allowed &&
      clock.dueSec(values.pace, values.steadiness, values.surprise) < timeSec + blockSec
    ) {
      const atSec = Math.max(timeSec, clock.dueSec(values.pace, values.steadiness, values.surprise));
      clock.take(atSec, values.surprise);
      this.#begin(atSec, gesture, values, exp(clock.levelDb * 0.115));
      this.gestures += 1;
    }
    this.#sum(timeSec + 0.5 * blockSec);
  }

  /** Index of a single contact that falls before `untilSec`, or −1. Read it with the accessors, then `takeContact`. */
  contactBefore(untilSec: number): number {
    for (let i = 0; i < MAX_CONTACTS; i++) if ((this.#contactSec[i] ?? Infinity) < untilSec) return i;
    return -1;
  }
  contactSec(index: number): number {
    return this.#contactSec[index] ?? 0;
  }
  contactSize(index: number): number {
    return this.#contactSize[index] ?? 0;
  }
  contactKind(index: number): number {
    return this.#contactKind[index] ?? TICK;
  }
  takeContact(index: number): void {
    this.#contactSec[index] = Infinity;
  }

  #normal(): number {
    return this.#random.normal(this.#draws++);
  }
  #uniform(): number {
    return this.#random.uniform(this.#draws++);
  }

  #begin(atSec: number, gesture: SheetGesture, values: SheetHandlingParams, level: number): void {
    this.#unsteady = TREMBLE[gesture];
    const vary = 0.15 + 0.6 * values.surprise;
    if (gesture === 'squeeze') {
      // Quick hands make shorter squeezes; now and then one lasts.
      const long = this.#uniform() < 0.05 + 0.12 * values.surprise ? 2.2 : 1;
      const lengthSec = clamp(1.15 / values.pace, 0.28, 1.1) * long * exp(vary * this.#normal());
      const size = level * exp(0.6 * vary * this.#normal());
      const skew = 0.8 + 0.5 * this.#uniform();
      this.#add(GIVE, atSec, lengthSec, size, skew);
      this.#add(SLIDE, atSec, lengthSec, 0.7 * size, skew);
      if (this.#uniform() < 0.5) {
        // A second grip inside the first.
        const share = 0.3 + 0.4 * this.#uniform();
        this.#add(GIVE, atSec + share * lengthSec, 0.5 * lengthSec, 0.7 * level * exp(vary * this.#normal()), 0.9);
      }
    } else if (gesture === 'rub') {
      this.#forth = !this.#forth;
      // Strokes overlap a little, so that the hand never stands dead still; the way back is quicker and lighter.
      const back = this.#forth ? 1 : 0.87;
      const lengthSec = (1.1 / values.pace) * back * exp(0.3 * vary * this.#normal());
      const size = level * (this.#forth ? 1 : 0.8);
      this.#add(SLIDE, atSec, lengthSec, size, 1);
      this.#add(GIVE, atSec, lengthSec, 0.8 * size * exp(vary * this.#normal()), 1);
    } else if (gesture === 'turn') this.#turn(atSec, values.pace, vary, level);
    else this.#walk(atSec, values.pace, vary, level);
  }

  /** One page: finger ticks → peel → swish of air → flap → now and then a hand that smooths it. */
  #turn(atSec: number, pace: number, vary: number, level: number): void {
    const lengthSec = clamp(0.42 / pace, 0.4, 1.1) * exp(0.7 * vary * this.#normal());
    const size = level * exp(0.8 * vary * this.#normal());
    const ticks = 2 + Math.floor(4 * this.#uniform());
    for (let i = 0; i < ticks; i++) {
      this.#touch(TICK, atSec + 0.4 * this.#uniform(), 0.25 * size * exp(0.6 * this.#normal()));
    }
    this.#add(SLIDE, atSec, 0.4, 0.3 * size, 1);
    const peelSec = atSec + 0.2 + 0.15 * this.#uniform();
    this.#add(GIVE, peelSec, lengthSec, size, 0.9);
    this.#add(AIR, peelSec + 0.2 * lengthSec, 0.75 * lengthSec, size, 1);
    // The end of the page falls on the stack: that is the loudest moment.
    const flapSec = peelSec + (0.85 + 0.06 * this.#normal()) * lengthSec;
    this.#touch(FLAP, flapSec, size * exp(0.4 * this.#normal()));
    this.#add(GIVE, flapSec - 0.02, 0.14, 1.1 * size, 0.6);
    if (this.#uniform() < 0.4) {
      const smoothSec = 0.3 + 0.3 * this.#uniform();
      this.#add(SLIDE, flapSec + 0.2, smoothSec, 0.4 * size, 1);
      this.#add(GIVE, flapSec + 0.2, smoothSec, 0.25 * size, 1);
    }
  }

  /** One step into leaves: the foot sinks in, rolls, and pushes them along. */
  #walk(atSec: number, pace: number, vary: number, level: number): void {
    const lengthSec = clamp(0.8 / pace, 0.3, 0.8) * exp(0.5 * vary * this.#normal());
    const rollSec = atSec + 0.35 * lengthSec;
    this.#touch(STEP, atSec + 0.2 * lengthSec, level);
    this.#add(GIVE, atSec, 0.65 * lengthSec, level, 1);
    this.#add(GIVE, rollSec, 0.75 * lengthSec, 0.8 * level * exp(vary * this.#normal()), 1.1);
    // Leaves are pushed along for longer than the foot presses.
    this.#add(SLIDE, atSec, 1.4 * lengthSec, 0.8 * level, 1);
  }

  #add(kind: number, startSec: number, lengthSec: number, size: number, skew: number): void {
    const i = this.#nextMovement;
    this.#nextMovement = (i + 1) % MAX_MOVEMENTS;
    this.#kind[i] = kind;
    this.#start[i] = startSec;
    this.#length[i] = lengthSec;
    this.#size[i] = Math.min(size, 2);
    this.#skew[i] = skew;
    this.#grip[i] = this.#uniform();
  }

  #touch(kind: number, sec: number, size: number): void {
    for (let i = 0; i < MAX_CONTACTS; i++) {
      if (this.#contactSec[i] !== Infinity) continue;
      this.#contactSec[i] = sec;
      this.#contactSize[i] = Math.min(size, 2);
      this.#contactKind[i] = kind;
      return;
    }
  }

  #sum(timeSec: number): void {
    this.give = 0;
    this.slide = 0;
    this.air = 0;
    this.settling = 0;
    for (let i = 0; i < MAX_MOVEMENTS; i++) {
      const sinceSec = timeSec - (this.#start[i] ?? 0);
      const lengthSec = this.#length[i] ?? 1;
      if (sinceSec < 0 || sinceSec > lengthSec + SETTLE_SEC + SETTLE_FADE_SEC) continue;
      const size = this.#size[i] ?? 0;
      const kind = this.#kind[i];
      if (sinceSec < lengthSec) {
        const skew = this.#skew[i] ?? 1;
        const u = skew === 1 ? sinceSec / lengthSec : exp(skew * log(sinceSec / lengthSec + 1e-9));
        const speed = (30 * u * u * (1 - u) * (1 - u)) / MIN_JERK_PEAK;
        if (kind === GIVE) this.give += size * speed;
        else if (kind === SLIDE) {
          this.slide += size * speed;
          const along = u * u * u * (10 - 15 * u + 6 * u * u);
          this.stroke = this.#forth ? 2 * along - 1 : 1 - 2 * along;
        } else {
          this.air += size * speed;
          this.airArc = u;
        }
      } else if (kind === GIVE) {
        const heldSec = sinceSec - lengthSec;
        const fade = clamp((SETTLE_SEC + SETTLE_FADE_SEC - heldSec) / SETTLE_FADE_SEC, 0, 1);
        this.settling += (size * fade * SETTLE_ONSET_SEC) / (SETTLE_ONSET_SEC + heldSec);
      }
    }
    if (this.give + this.slide === 0) return;
    // Fingers do not close smoothly: the grip catches and gives several times a second.
    const tremble = 0.6 * wander(this.#tremble, timeSec, 0.085) + 0.45 * wander(this.#tremble, timeSec + 500, 0.27);
    const grip = exp(this.#unsteady * tremble);
    this.give *= grip;
    this.slide = Math.min(this.slide * grip, FASTEST_SLIDE);
  }
}

/** Share of the clicks that were set off by other clicks. */
const BRANCHING = 0.55;
/** Two scales of aftershocks: one crease snapping on (ms), folds moving each other (tenths of a second). */
const FAST_PER_SEC = 70;
const SLOW_PER_SEC = 9;
const FAST_SHARE = 0.6;
/** Aftershocks may raise the rate to this many times the highest nominal rate, no further. */
const LARGEST_BURST = 6;

/**
 * Self-exciting arrivals (Hawkes process): each click raises the rate for those that follow, on two time scales; the mean rate
 * stays what was asked. Exact in continuous time, by thinning. Source: A. Hawkes 1971; Y. Ogata 1981.
 */
export class HawkesProcess {
  /** Seconds from the start of the span to the arrival found last. */
  atSec = 0;
  /** Arrivals and rejected candidates so far: the index of all draws. */
  index = 0;
  readonly #random: Random;
  #base = 0;
  #spanSec = 0;
  #limit = 0;
  #fast = 0;
  #slow = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Opens the next span of `spanSec` with a mean rate; `peakPerSec` bounds the bursts. */
  begin(ratePerSec: number, peakPerSec: number, spanSec: number, burstiness: number): void {
    this.#base = ratePerSec * (1 - BRANCHING * burstiness);
    this.#limit = LARGEST_BURST * peakPerSec;
    this.#spanSec = spanSec;
    this.atSec = 0;
  }

  /** Finds the next arrival in the span; false when there is none left. */
  next(): boolean {
    for (;;) {
      const bound = this.#base + this.#fast + this.#slow;
      if (bound <= 0) break;
      const waitSec = -log(1 - this.#random.uniform(2 * this.index)) / bound;
      if (this.atSec + waitSec >= this.#spanSec) break;
      this.#relax(waitSec);
      this.atSec += waitSec;
      const keep = this.#random.uniform(2 * this.index + 1);
      this.index += 1;
      if (keep * bound < this.#base + this.#fast + this.#slow) return true;
    }
    this.index += 1;
    this.#relax(this.#spanSec - this.atSec);
    this.atSec = this.#spanSec;
    return false;
  }

  /** Lets the arrival just found set off others. `mark` has mean 1: large clicks set off more. */
  excite(mark: number, burstiness: number): void {
    const children = BRANCHING * burstiness * mark;
    this.#fast = Math.min(this.#limit, this.#fast + children * FAST_SHARE * FAST_PER_SEC);
    this.#slow = Math.min(this.#limit, this.#slow + children * (1 - FAST_SHARE) * SLOW_PER_SEC);
  }

  #relax(sec: number): void {
    this.#fast *= exp(-FAST_PER_SEC * sec);
    this.#slow *= exp(-SLOW_PER_SEC * sec);
    if (this.#fast + this.#slow < 1e-3) {
      this.#fast = 0;
      this.#slow = 0;
    }
  }
}
