// Loudness cache: each scene is measured once.
import type { Scene } from '../../../synth/index.ts';

/** Long enough for a few events of a slow trigger. */
const MEASURE_SEC = 8;
const MAX_ENTRIES = 32;

/** Measures integrated loudness; the render client does. */
export interface LoudnessMeter {
  measureLoudness(scene: Scene, seconds: number): Promise<number>;
}

/** Loudness by scene, the latest 32. */
export class LoudnessCache {
  readonly #renderer: LoudnessMeter;
  readonly #known = new Map<string, number>();

  constructor(renderer: LoudnessMeter) {
    this.#renderer = renderer;
  }

  /**
   * Loudness of a scene.
   * @param scene - the scene
   * @returns integrated loudness in LUFS
   * @throws when it cannot be measured
   */
  async of(scene: Scene): Promise<number> {
    const key = JSON.stringify(scene);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const lufs = await this.#renderer.measureLoudness(scene, MEASURE_SEC);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size >= MAX_ENTRIES && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, lufs);
    return lufs;
  }
}
