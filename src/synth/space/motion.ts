// Where a layer is at each moment: place → path (still, drift, ear to ear, orbit, strokes) → limits on speed → position.
import { atan2, clamp, sin, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Place } from '../scene.ts';
import { distanceM } from '../scene.ts';

/** Approaching sounds unsettle: closeness grows slowly and may fall faster (per second). */
const APPROACH_PER_SEC = 0.25;
const RECEDE_PER_SEC = 0.8;
/** Faster than any path or hand, slow enough to stay free of clicks and of audible pitch. */
const TURN_DEG_PER_SEC = 360;
const TILT_DEG_PER_SEC = 90;
const STROKE_PER_SEC = 12;
/** Half the arc a stroke draws, and how much farther its ends are than its middle (in closeness). */
const STROKE_ARC_DEG = 32;
const STROKE_RECEDE = 0.05;
const DRIFT_DEG = 34;
const DRIFT_CLOSENESS = 0.04;

export class Motion {
  /** −180…180. */
  azimuthDeg = 0;
  elevationDeg = 0;
  /** 0…1. */
  closeness = 0;
  distanceM = 1;

  readonly #wander: Random;
  readonly #breath: Random;
  readonly #loopSec: number;
  /** Whole journeys in a loop; the loop's own journey takes a little more or less time than asked for. */
  #journeysInLoop = Infinity;
  /** Calls of `advance` since the loop's beginning. */
  #steps = 0;
  #journeys = 0;
  #base = 0;
  #stroke = 0;
  #placed = false;

  /** In a loop of `loopSec` the path closes: whole journeys only. */
  constructor(random: Random, loopSec = Infinity) {
    this.#loopSec = loopSec;
    this.#wander = random.stream('wander');
    this.#breath = random.stream('wander near');
  }

  /** Moves on by `seconds`. The first call jumps to where the path begins. */
  advance(place: Place, stroke: number, seconds: number): void {
    const first = !this.#placed;
    this.#placed = true;
    if (!first) this.#travel(place, seconds);
    this.#base = first
      ? place.closeness
      : approach(this.#base, place.closeness, APPROACH_PER_SEC * seconds, RECEDE_PER_SEC * seconds);
    const hand = clamp(stroke, -1, 1);
    const strokeStep = STROKE_PER_SEC * seconds;
    this.#stroke = first ? hand : approach(this.#stroke, hand, strokeStep, strokeStep);

    const goal = this.#azimuthAt(place);
    const turn = first ? 360 : TURN_DEG_PER_SEC * seconds;
    this.azimuthDeg = wrapDeg(this.azimuthDeg + clamp(wrapDeg(goal - this.azimuthDeg), -turn, turn));
    const tilt = TILT_DEG_PER_SEC * seconds;
    this.elevationDeg = first ? place.elevationDeg : approach(this.elevationDeg, place.elevationDeg, tilt, tilt);
    this.closeness = clamp(this.#base + this.#closenessShift(place), 0, 1);
    this.distanceM = distanceM(this.closeness);
  }

  /** Jumps ahead on the path, before anything is heard. */
  skip(place: Place, seconds: number): void {
    this.#journeys += seconds / Math.max(place.periodSec, 1);
    this.#placed = false;
  }

  #azimuthAt(place: Place): number {
    const start = wrapDeg(place.azimuthDeg);
    switch (place.path) {
      case 'still':
        return start;
      case 'drift':
        return start + DRIFT_DEG * (0.7 * this.#wanderOn(this.#wander, 2) + 0.3 * this.#wanderOn(this.#breath, 5.3));
      case 'orbit':
        return start + 360 * (this.#journeys % 1);
      case 'strokes':
        return start + STROKE_ARC_DEG * this.#stroke;
      case 'earToEar': {
        // In front of the head or behind it, whichever side the mark is on; the journey begins at the mark.
        const front = start <= 90 && start >= -90;
        const side = (front ? start : start > 0 ? 180 - start : -180 - start) / 90;
        const phase = atan2(side, sqrt(Math.max(0, 1 - side * side)));
        const swing = 90 * sin(TAU * (this.#journeys % 1) + phase);
        return front ? swing : 180 - swing;
      }
    }
  }

  #closenessShift(place: Place): number {
    if (place.path === 'strokes') return -STROKE_RECEDE * this.#stroke * this.#stroke;
    if (place.path === 'drift') return DRIFT_CLOSENESS * this.#wanderOn(this.#breath, 2);
    return 0;
  }

  #travel(place: Place, seconds: number): void {
    const periodSec = Math.max(place.periodSec, 1);
    if (this.#loopSec === Infinity) {
      this.#journeys += seconds / periodSec;
      return;
    }
    // Counted, not summed up: every round is the same to the last bit.
    const steps = Math.round(this.#loopSec / seconds);
    this.#steps = (this.#steps + 1) % steps;
    this.#journeysInLoop = Math.max(1, Math.round(this.#loopSec / periodSec));
    this.#journeys = (this.#steps / steps) * this.#journeysInLoop;
  }

  /** Chance on the way, `pace` new values a journey. */
  #wanderOn(random: Random, pace: number): number {
    if (this.#journeysInLoop === Infinity) return wander(random, pace * this.#journeys, Infinity);
    const values = Math.round(pace * this.#journeysInLoop);
    return wander(random, (this.#journeys / this.#journeysInLoop) * values, values);
  }
}

/** Smooth chance along `x`: a new value in −1…1 at every whole number, joined by minimum-jerk curves; again after `round`. */
function wander(random: Random, x: number, round: number): number {
  const index = Math.floor(x);
  const t = x - index;
  const from = valueAt(random, index, round);
  const to = valueAt(random, index + 1, round);
  return from + (to - from) * t * t * t * (10 - 15 * t + 6 * t * t);
}

function valueAt(random: Random, index: number, round: number): number {
  const at = round === Infinity ? index : index % round;
  // The first stretch leaves from zero, so that the layer starts at its mark.
  return at === 0 ? 0 : random.range(at, -1, 1);
}

/** `from` moved towards `to` by at most `up` or `down`. */
function approach(from: number, to: number, up: number, down: number): number {
  return from + clamp(to - from, -down, up);
}

/** The same direction in −180…180. */
export function wrapDeg(degrees: number): number {
  return degrees - 360 * Math.floor((degrees + 180) / 360);
}
