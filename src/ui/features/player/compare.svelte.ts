// A/B: hears the saved sound in place of the edited one, brought to the same loudness first.
import type { RenderClient } from '../../../audio/types.ts';
import { MASTER_GAIN } from '../../../synth/index.ts';
import type { Scene } from '../../../synth/index.ts';
import { LoudnessBook } from './loudnessCache.ts';

/** now: the edited sound is heard · matching: loudness is being measured · saved: the saved sound is heard. */
export type CompareMode = 'now' | 'matching' | 'saved';

export class Compare {
  mode: CompareMode = $state('now');

  readonly #book: LoudnessBook;
  /** Counts up with every change of mind: an answer that comes late is dropped. */
  #turn = 0;

  constructor(renderer: RenderClient) {
    this.#book = new LoudnessBook(renderer);
  }

  /** Back to the edited sound; true if something else was heard or under way. */
  end(): boolean {
    this.#turn += 1;
    const was = this.mode;
    this.mode = 'now';
    return was !== 'now';
  }

  /**
   * Measures both (once each) and gives the saved scene at the loudness of the edited one. Null when it was called off.
   * `matched` is false when the loudness could not be measured.
   */
  async start(now: Scene, saved: Scene): Promise<{ readonly scene: Scene; readonly matched: boolean } | null> {
    this.#turn += 1;
    const turn = this.#turn;
    this.mode = 'matching';
    let offsetDb = 0;
    let matched = true;
    try {
      offsetDb = (await this.#book.of(now)) - (await this.#book.of(saved));
    } catch {
      matched = false;
    }
    if (turn !== this.#turn) return null;
    // Silence against sound has no loudness to match.
    if (!Number.isFinite(offsetDb)) [offsetDb, matched] = [0, false];
    this.mode = 'saved';
    const gainDb = Math.min(MASTER_GAIN.max, Math.max(MASTER_GAIN.min, saved.master.gainDb + offsetDb));
    return { scene: { ...saved, master: { ...saved.master, gainDb } }, matched };
  }
}
