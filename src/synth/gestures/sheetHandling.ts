// Sheet handling: onset clock → overlapping movements (squeeze, rub, page turn, step) → deformation, slide and air rates.
import { MIN_JERK_PEAK, minimumJerk, minimumJerkSpeed } from '../dsp/curves.ts';
import { clamp, exp, log } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { OnsetClock } from './onsetClock.ts';
import type { Playing } from './onsetClock.ts';

/** How the hands handle the sheet. */
export type SheetGesture = 'squeeze' | 'rub' | 'turn' | 'walk';

/** A single contact inside a gesture: a finger on the page, the page on the stack, a foot on the ground. */
export interface SheetContact {
  kind: 'tick' | 'flap' | 'step';
  /** When it falls; Infinity: none. */
  timeSec: number;
  /** Amplitude, 1 is ordinary, at most 2. */
  size: number;
}

/** What one movement drives. */
const DEFORM = 0;
const SLIDE = 1;
const AIR = 2;

const MAX_MOVEMENTS = 24;
const MAX_CONTACTS = 16;
const MAX_SIZE = 2;

/** A held sheet creeps: its click rate falls as 1/t, clicks even in log time. Source: Y. Lahini et al. 2023. */
const CREEP_ONSET_SEC = 0.06;
const CREEP_SEC = 2.5;
const CREEP_FADE_SEC = 0.6;

/** A hand that slips goes no faster than this, so that its hiss never startles. */
const MAX_SLIDE_RATE = 1.3;

/** Nepers per decibel of amplitude. */
const NEPERS_PER_DB = 0.115;

/** Unevenness of the grip: a fist catches again and again, a page is led in one go. */
const TREMBLE: Readonly<Record<SheetGesture, number>> = { squeeze: 1, rub: 0.5, turn: 0.35, walk: 0.45 };
/** Two scales of the grip's unevenness, weights in nepers; the slow one reads the same stream further on. */
const FAST_TREMBLE_SEC = 0.085;
const FAST_TREMBLE = 0.6;
const SLOW_TREMBLE_SEC = 0.27;
const SLOW_TREMBLE = 0.45;
const SLOW_TREMBLE_OFFSET_SEC = 500;

/** Hands on a sheet. Call `advance` once per block, then read the rates and drain the contacts. */
export class SheetHandling {
  /** How fast the sheet is deformed; 1 is the peak of an ordinary movement. */
  deformRate = 0;
  /** How fast a hand or the sheet slides over something, like `deformRate`. */
  slideRate = 0;
  /** How fast the sheet moves the air, and where in its arc (0…1) it is. */
  airRate = 0;
  airArc = 0;
  /** Creep of a sheet that was squeezed: a rate as share of the peak rate. */
  creep = 0;
  /** Position along the stroke, −1…1. */
  strokePosition = 0;
  /** Gestures begun so far. */
  gestures = 0;

  readonly #random: Random;
  readonly #fastTremble: SmoothNoise;
  readonly #slowTremble: SmoothNoise;
  readonly #clock: OnsetClock;
  readonly #oneShot: boolean;
  #draws = 0;
  #forth = true;
  #tremble = 1;

  readonly #kind = new Uint8Array(MAX_MOVEMENTS);
  readonly #start = new Float64Array(MAX_MOVEMENTS);
  readonly #length = new Float64Array(MAX_MOVEMENTS);
  readonly #size = new Float64Array(MAX_MOVEMENTS);
  /** Exponent that moves the peak of the curve earlier (below 1) or later. */
  readonly #skew = new Float64Array(MAX_MOVEMENTS);
  #nextMovement = 0;

  readonly #contacts: SheetContact[] = [];
  /** Handed out by `nextContact`. */
  readonly #contact: SheetContact = { kind: 'tick', timeSec: Infinity, size: 0 };

  /**
   * @param random - the stream
   * @param oneShot - one gesture (two of rubbing or walking), then none
   * @param loopSec - in a loop as many gestures fit as possible, an even number: rubbing goes forth and back
   */
  constructor(random: Random, oneShot: boolean, loopSec = Infinity) {
    this.#random = random.stream('movements');
    const tremble = random.stream('tremble');
    this.#fastTremble = new SmoothNoise(tremble, { period: FAST_TREMBLE_SEC });
    this.#slowTremble = new SmoothNoise(tremble, { period: SLOW_TREMBLE_SEC, offset: SLOW_TREMBLE_OFFSET_SEC });
    this.#oneShot = oneShot;
    this.#clock = new OnsetClock(random.stream('clock'), {
      oneShot: false,
      startSec: oneShot ? 0.02 : 0.1,
      loopSec: oneShot ? Infinity : loopSec,
      pairs: true,
    });
    // In a loop the initial position equals the final one.
    if (loopSec < Infinity) this.strokePosition = 1;
    this.#start.fill(-1e9);
    for (let i = 0; i < MAX_CONTACTS; i++) this.#contacts.push({ kind: 'tick', timeSec: Infinity, size: 0 });
  }

  /**
   * Moves on to the next block. Choices take effect with the next gesture.
   * @param timeSec - start of the block
   * @param blockSec - its length
   * @param gesture - how the sheet is handled
   * @param playing - pace, steadiness, surprise
   */
  advance(timeSec: number, blockSec: number, gesture: SheetGesture, playing: Playing): void {
    const clock = this.#clock;
    const maxGestures = this.#oneShot ? (gesture === 'squeeze' || gesture === 'turn' ? 1 : 2) : Infinity;
    while (this.gestures < maxGestures) {
      const dueSec = clock.dueSec(playing);
      if (dueSec >= timeSec + blockSec) break;
      const atSec = Math.max(timeSec, dueSec);
      clock.advance(atSec, playing.surprise);
      this.#begin(atSec, gesture, playing, exp(clock.levelDb * NEPERS_PER_DB));
      this.gestures += 1;
    }
    this.#updateRates(timeSec + 0.5 * blockSec);
  }

  /**
   * Drains one contact.
   * @param untilSec - contacts before this
   * @returns the contact, in an object that is reused; undefined when there is none
   */
  nextContact(untilSec: number): SheetContact | undefined {
    for (const contact of this.#contacts) {
      if (contact.timeSec >= untilSec) continue;
      Object.assign(this.#contact, contact);
      contact.timeSec = Infinity;
      return this.#contact;
    }
    return undefined;
  }

  #normal(): number {
    return this.#random.normal(this.#draws++);
  }
  #uniform(): number {
    return this.#random.uniform(this.#draws++);
  }

  #begin(atSec: number, gesture: SheetGesture, playing: Playing, level: number): void {
    this.#tremble = TREMBLE[gesture];
    const vary = 0.15 + 0.6 * playing.surprise;
    if (gesture === 'squeeze') {
      // Quick hands make shorter squeezes; now and then one lasts.
      const long = this.#uniform() < 0.05 + 0.12 * playing.surprise ? 2.2 : 1;
      const lengthSec = clamp(1.15 / playing.pace, 0.28, 1.1) * long * exp(vary * this.#normal());
      const size = level * exp(0.6 * vary * this.#normal());
      const skew = 0.8 + 0.5 * this.#uniform();
      this.#move(DEFORM, atSec, lengthSec, size, skew);
      this.#move(SLIDE, atSec, lengthSec, 0.7 * size, skew);
      if (this.#uniform() < 0.5) {
        // A second grip inside the first.
        const share = 0.3 + 0.4 * this.#uniform();
        this.#move(DEFORM, atSec + share * lengthSec, 0.5 * lengthSec, 0.7 * level * exp(vary * this.#normal()), 0.9);
      }
    } else if (gesture === 'rub') {
      this.#forth = !this.#forth;
      // Strokes overlap a little, so that the hand never stands dead still; the way back is quicker and lighter.
      const back = this.#forth ? 1 : 0.87;
      const lengthSec = (1.1 / playing.pace) * back * exp(0.3 * vary * this.#normal());
      const size = level * (this.#forth ? 1 : 0.8);
      this.#move(SLIDE, atSec, lengthSec, size, 1);
      this.#move(DEFORM, atSec, lengthSec, 0.8 * size * exp(vary * this.#normal()), 1);
    } else if (gesture === 'turn') this.#pageTurn(atSec, playing.pace, vary, level);
    else this.#step(atSec, playing.pace, vary, level);
  }

  /** One page: finger ticks → peel → swish of air → flap → now and then a hand that smooths it. */
  #pageTurn(atSec: number, pace: number, vary: number, level: number): void {
    const lengthSec = clamp(0.42 / pace, 0.4, 1.1) * exp(0.7 * vary * this.#normal());
    const size = level * exp(0.8 * vary * this.#normal());
    const ticks = 2 + Math.floor(4 * this.#uniform());
    for (let i = 0; i < ticks; i++) {
      this.#contactAt('tick', atSec + 0.4 * this.#uniform(), 0.25 * size * exp(0.6 * this.#normal()));
    }
    this.#move(SLIDE, atSec, 0.4, 0.3 * size, 1);
    const peelSec = atSec + 0.2 + 0.15 * this.#uniform();
    this.#move(DEFORM, peelSec, lengthSec, size, 0.9);
    this.#move(AIR, peelSec + 0.2 * lengthSec, 0.75 * lengthSec, size, 1);
    // The end of the page falls on the stack: that is the loudest moment.
    const flapSec = peelSec + (0.85 + 0.06 * this.#normal()) * lengthSec;
    this.#contactAt('flap', flapSec, size * exp(0.4 * this.#normal()));
    this.#move(DEFORM, flapSec - 0.02, 0.14, 1.1 * size, 0.6);
    if (this.#uniform() < 0.4) {
      const smoothSec = 0.3 + 0.3 * this.#uniform();
      this.#move(SLIDE, flapSec + 0.2, smoothSec, 0.4 * size, 1);
      this.#move(DEFORM, flapSec + 0.2, smoothSec, 0.25 * size, 1);
    }
  }

  /** One step into leaves: the foot sinks in, rolls, and pushes them along. */
  #step(atSec: number, pace: number, vary: number, level: number): void {
    const lengthSec = clamp(0.8 / pace, 0.3, 0.8) * exp(0.5 * vary * this.#normal());
    const rollSec = atSec + 0.35 * lengthSec;
    this.#contactAt('step', atSec + 0.2 * lengthSec, level);
    this.#move(DEFORM, atSec, 0.65 * lengthSec, level, 1);
    this.#move(DEFORM, rollSec, 0.75 * lengthSec, 0.8 * level * exp(vary * this.#normal()), 1.1);
    // Leaves are pushed along for longer than the foot presses.
    this.#move(SLIDE, atSec, 1.4 * lengthSec, 0.8 * level, 1);
  }

  #move(kind: number, startSec: number, lengthSec: number, size: number, skew: number): void {
    const i = this.#nextMovement;
    this.#nextMovement = (i + 1) % MAX_MOVEMENTS;
    this.#kind[i] = kind;
    this.#start[i] = startSec;
    this.#length[i] = lengthSec;
    this.#size[i] = Math.min(size, MAX_SIZE);
    this.#skew[i] = skew;
    this.#draws += 1; // reserved: keeps the sequence of draws
  }

  #contactAt(kind: SheetContact['kind'], timeSec: number, size: number): void {
    const free = this.#contacts.find((contact) => contact.timeSec === Infinity);
    if (!free) return;
    free.kind = kind;
    free.timeSec = timeSec;
    free.size = Math.min(size, MAX_SIZE);
  }

  #updateRates(timeSec: number): void {
    this.deformRate = 0;
    this.slideRate = 0;
    this.airRate = 0;
    this.creep = 0;
    for (let i = 0; i < MAX_MOVEMENTS; i++) {
      const sinceSec = timeSec - (this.#start[i] ?? 0);
      const lengthSec = this.#length[i] ?? 1;
      if (sinceSec < 0 || sinceSec > lengthSec + CREEP_SEC + CREEP_FADE_SEC) continue;
      const size = this.#size[i] ?? 0;
      const kind = this.#kind[i];
      if (sinceSec < lengthSec) {
        const skew = this.#skew[i] ?? 1;
        const u = skew === 1 ? sinceSec / lengthSec : exp(skew * log(sinceSec / lengthSec + 1e-9));
        const speed = minimumJerkSpeed(u) / MIN_JERK_PEAK;
        if (kind === DEFORM) this.deformRate += size * speed;
        else if (kind === SLIDE) {
          this.slideRate += size * speed;
          const along = minimumJerk(u);
          this.strokePosition = this.#forth ? 2 * along - 1 : 1 - 2 * along;
        } else {
          this.airRate += size * speed;
          this.airArc = u;
        }
      } else if (kind === DEFORM) {
        const heldSec = sinceSec - lengthSec;
        const fade = clamp((CREEP_SEC + CREEP_FADE_SEC - heldSec) / CREEP_FADE_SEC, 0, 1);
        this.creep += (size * fade * CREEP_ONSET_SEC) / (CREEP_ONSET_SEC + heldSec);
      }
    }
    if (this.deformRate + this.slideRate === 0) return;
    // Fingers do not close smoothly: the grip catches and slips several times a second.
    const tremble = FAST_TREMBLE * this.#fastTremble.at(timeSec) + SLOW_TREMBLE * this.#slowTremble.at(timeSec);
    const grip = exp(this.#tremble * tremble);
    this.deformRate *= grip;
    this.slideRate = Math.min(this.slideRate * grip, MAX_SLIDE_RATE);
  }
}
