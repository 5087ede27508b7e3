// A/B: hears the saved sound in place of the edited one, brought to the same loudness first.
import type { RenderClient } from '../../audio/interface.ts';
import { MASTER_GAIN } from '../../synth/index.ts';
import type { Scene } from '../../synth/index.ts';

/** now: the edited sound is heard · matching: loudness is being measured · saved: the saved sound is heard. */
export type CompareMode = 'now' | 'matching' | 'saved';

/** Long enough for a few events of a slow trigger. */
const MEASURE_SEC = 8;
const REMEMBERED = 32;

export class Compare {
  mode: CompareMode = $state('now');

  readonly #renderer: RenderClient;
  readonly #known = new Map<string, number>();
  /** Counts up with every change of mind: an answer that comes late is dropped. */
  #turn = 0;

  constructor(renderer: RenderClient) {
    this.#renderer = renderer;
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
      offsetDb = (await this.#loudness(now)) - (await this.#loudness(saved));
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

  async #loudness(scene: Scene): Promise<number> {
    const key = JSON.stringify(scene);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const lufs = await this.#renderer.loudness(scene, MEASURE_SEC);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size >= REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, lufs);
    return lufs;
  }
}
