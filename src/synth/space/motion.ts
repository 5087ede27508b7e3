// Motion of a layer: place → path (still, drift, ear to ear, orbit, strokes) → speed limits → position.
import { atan2, clamp, sin, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Place } from '../scene.ts';
import { distanceM } from '../scene.ts';

/** Maximum change of closeness: slow when approaching, which startles, faster when receding. */
const MAX_APPROACH_PER_SEC = 0.25;
const MAX_RECEDE_PER_SEC = 0.8;
/** Faster than any path or stroke, slow enough to stay free of clicks and of Doppler shift. */
const MAX_AZIMUTH_DEG_PER_SEC = 360;
const MAX_ELEVATION_DEG_PER_SEC = 90;
const MAX_STROKE_PER_SEC = 12;
/** Half the arc a stroke draws, and how much farther its ends are than its middle (in closeness). */
const STROKE_ARC_DEG = 32;
const STROKE_RECEDE = 0.05;
const DRIFT_DEG = 34;
const DRIFT_CLOSENESS = 0.04;

/** Moves along a path; deterministic by its seed. */
export class Motion {
  /** −180…180. */
  azimuthDeg = 0;
  elevationDeg = 0;
  /** 0…1. */
  closeness = 0;
  distanceM = 1;

  readonly #azimuthNoise: Random;
  readonly #closenessNoise: Random;
  readonly #loopSec: number;
  /** Periods of the path in a loop: a whole number, so that the period differs a little from the one set. */
  #periodsInLoop = Infinity;
  /** Calls of `advance` since the loop's beginning. */
  #steps = 0;
  #periods = 0;
  #limitedCloseness = 0;
  #stroke = 0;
  #started = false;

  /**
   * @param random - seeds the drift
   * @param loopSec - the path is periodic with it; Infinity: no loop
   */
  constructor(random: Random, loopSec = Infinity) {
    this.#loopSec = loopSec;
    this.#azimuthNoise = random.stream('wander');
    this.#closenessNoise = random.stream('wander near');
  }

  /**
   * Moves on. The first call jumps to the beginning of the path.
   * @param place - place and path as set
   * @param strokePosition - −1…1, for the path `strokes`
   * @param seconds - step, s
   */
  advance(place: Place, strokePosition: number, seconds: number): void {
    const first = !this.#started;
    this.#started = true;
    if (!first) this.#travel(place, seconds);
    this.#limitedCloseness = first
      ? place.closeness
      : moveTowards(
          this.#limitedCloseness,
          place.closeness,
          MAX_APPROACH_PER_SEC * seconds,
          MAX_RECEDE_PER_SEC * seconds,
        );
    const targetStroke = clamp(strokePosition, -1, 1);
    const strokeStep = MAX_STROKE_PER_SEC * seconds;
    this.#stroke = first ? targetStroke : moveTowards(this.#stroke, targetStroke, strokeStep, strokeStep);

    const goal = this.#azimuthAt(place);
    const maxTurnDeg = first ? 360 : MAX_AZIMUTH_DEG_PER_SEC * seconds;
    this.azimuthDeg = wrapDeg(this.azimuthDeg + clamp(wrapDeg(goal - this.azimuthDeg), -maxTurnDeg, maxTurnDeg));
    const maxTiltDeg = MAX_ELEVATION_DEG_PER_SEC * seconds;
    this.elevationDeg = first
      ? place.elevationDeg
      : moveTowards(this.elevationDeg, place.elevationDeg, maxTiltDeg, maxTiltDeg);
    this.closeness = clamp(this.#limitedCloseness + this.#closenessShift(place), 0, 1);
    this.distanceM = distanceM(this.closeness);
  }

  /**
   * Jumps ahead on the path, before anything is heard.
   * @param place - gives the period
   * @param seconds - how far, s
   */
  skipAhead(place: Place, seconds: number): void {
    this.#periods += seconds / Math.max(place.periodSec, 1);
    this.#started = false;
  }

  #azimuthAt(place: Place): number {
    const start = wrapDeg(place.azimuthDeg);
    switch (place.path) {
      case 'still':
        return start;
      case 'drift':
        return (
          start +
          DRIFT_DEG *
            (0.7 * this.#noiseAlongPath(this.#azimuthNoise, 2) + 0.3 * this.#noiseAlongPath(this.#closenessNoise, 5.3))
        );
      case 'orbit':
        return start + 360 * (this.#periods % 1);
      case 'strokes':
        return start + STROKE_ARC_DEG * this.#stroke;
      case 'earToEar': {
        // In front of the head or behind it, whichever the place is; the path begins at the place.
        const front = start <= 90 && start >= -90;
        const side = (front ? start : start > 0 ? 180 - start : -180 - start) / 90;
        const phase = atan2(side, sqrt(Math.max(0, 1 - side * side)));
        const swing = 90 * sin(TAU * (this.#periods % 1) + phase);
        return front ? swing : 180 - swing;
      }
    }
  }

  #closenessShift(place: Place): number {
    if (place.path === 'strokes') return -STROKE_RECEDE * this.#stroke * this.#stroke;
    if (place.path === 'drift') return DRIFT_CLOSENESS * this.#noiseAlongPath(this.#closenessNoise, 2);
    return 0;
  }

  #travel(place: Place, seconds: number): void {
    const periodSec = Math.max(place.periodSec, 1);
    if (this.#loopSec === Infinity) {
      this.#periods += seconds / periodSec;
      return;
    }
    // Counted, not accumulated: every round is the same to the last bit.
    const steps = Math.round(this.#loopSec / seconds);
    this.#steps = (this.#steps + 1) % steps;
    this.#periodsInLoop = Math.max(1, Math.round(this.#loopSec / periodSec));
    this.#periods = (this.#steps / steps) * this.#periodsInLoop;
  }

  /** Smooth noise along the path. */
  #noiseAlongPath(random: Random, valuesPerJourney: number): number {
    if (this.#periodsInLoop === Infinity) return smoothNoise(random, valuesPerJourney * this.#periods, Infinity);
    const values = Math.round(valuesPerJourney * this.#periodsInLoop);
    return smoothNoise(random, (this.#periods / this.#periodsInLoop) * values, values);
  }
}

/** Value noise: −1…1 at every whole number, joined by minimum-jerk curves; periodic with `loopValues`. */
function smoothNoise(random: Random, x: number, loopValues: number): number {
  const index = Math.floor(x);
  const t = x - index;
  const from = noiseValue(random, index, loopValues);
  const to = noiseValue(random, index + 1, loopValues);
  return from + (to - from) * t * t * t * (10 - 15 * t + 6 * t * t);
}

function noiseValue(random: Random, index: number, loopValues: number): number {
  const loopedIndex = loopValues === Infinity ? index : index % loopValues;
  // Starts from zero, so that the layer starts at its place.
  return loopedIndex === 0 ? 0 : random.range(loopedIndex, -1, 1);
}

/** `from` moved towards `to` by at most `up` or `down`. */
function moveTowards(from: number, to: number, up: number, down: number): number {
  return from + clamp(to - from, -down, up);
}

/**
 * Wraps an angle.
 * @param degrees - any angle
 * @returns the same direction, −180…180
 */
export function wrapDeg(degrees: number): number {
  return degrees - 360 * Math.floor((degrees + 180) / 360);
}
