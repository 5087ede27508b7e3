// Over minutes a slow hand changes its mind about its pace, however steady it is from one movement to the next.
import { clamp, exp } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';

const PERIOD_SEC = 240;
/**
 * Natural logarithm: one deviation. A beat that can be felt holds its tempo; movements further apart drift, in full from the
 * second of these on. Source: G. Madison 2001 (drift takes over beyond intervals of about 1.4 s); amounts set by measurement.
 */
const DEVIATION = 0.25;
const FELT_BEAT_SEC = 0.8;
const LOOSE_BEAT_SEC = 2.5;
/** So many deviations at most: the pace stays within about two thirds and one and a half of what was asked. */
const MOST_DEVIATIONS = 1.8;
/** Up to this steadiness a hand drifts in full; a metronome does not. */
const NATURAL = 0.75;

/** A factor round 1, a pure function of the stream and time. It begins as was asked. A loop, which comes round, has no drift. */
export class TempoDrift {
  readonly #way: SmoothNoise | undefined;

  constructor(random: Random, loopSec = Infinity) {
    if (loopSec === Infinity) this.#way = new SmoothNoise(random);
  }

  at(timeSec: number, pacePerSec: number, steadiness: number): number {
    const loose = clamp((1 - steadiness) / (1 - NATURAL), 0, 1);
    const slow = clamp((1 / pacePerSec - FELT_BEAT_SEC) / (LOOSE_BEAT_SEC - FELT_BEAT_SEC), 0, 1);
    if (!this.#way || loose * slow === 0 || timeSec <= 0) return 1;
    const t = clamp(timeSec / PERIOD_SEC, 0, 1);
    const grown = t * t * (3 - 2 * t);
    const away = clamp(this.#way.at(timeSec / PERIOD_SEC), -MOST_DEVIATIONS, MOST_DEVIATIONS);
    return exp(DEVIATION * loose * slow * grown * away);
  }
}
