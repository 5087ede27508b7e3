// A/B comparison: the saved scene in place of the edited one, at equal loudness.
import { MASTER_GAIN } from '../../../synth/index.ts';
import type { Scene } from '../../../synth/index.ts';
import { LoudnessCache } from './loudnessCache.ts';
import type { LoudnessMeter } from './loudnessCache.ts';

/** now: the edited sound is heard · matching: loudness is being measured · saved: the saved sound is heard. */
export type CompareMode = 'now' | 'matching' | 'saved';

/** State of the comparison, and the gain that makes both equally loud. */
export class Compare {
  mode: CompareMode = $state('now');

  readonly #loudness: LoudnessCache;
  /** Counts up with every start and end: a late measurement is dropped. */
  #request = 0;

  constructor(meter: LoudnessMeter) {
    this.#loudness = new LoudnessCache(meter);
  }

  /** Ends the comparison. @returns true if the saved scene was heard or being measured */
  end(): boolean {
    this.#request += 1;
    const was = this.mode;
    this.mode = 'now';
    return was !== 'now';
  }

  /**
   * Measures both scenes (once each).
   * @param now - the edited scene
   * @param saved - the saved scene
   * @returns the saved scene at the loudness of the edited one, null when the comparison was ended meanwhile; `matched` is
   *   false when the loudness could not be measured
   */
  async start(now: Scene, saved: Scene): Promise<{ readonly scene: Scene; readonly matched: boolean } | null> {
    this.#request += 1;
    const request = this.#request;
    this.mode = 'matching';
    let offsetDb = 0;
    let matched = true;
    try {
      offsetDb = (await this.#loudness.of(now)) - (await this.#loudness.of(saved));
    } catch {
      matched = false;
    }
    if (request !== this.#request) return null;
    // Silence against sound has no loudness to match.
    if (!Number.isFinite(offsetDb)) [offsetDb, matched] = [0, false];
    this.mode = 'saved';
    const gainDb = Math.min(MASTER_GAIN.max, Math.max(MASTER_GAIN.min, saved.master.gainDb + offsetDb));
    return { scene: { ...saved, master: { ...saved.master, gainDb } }, matched };
  }
}
