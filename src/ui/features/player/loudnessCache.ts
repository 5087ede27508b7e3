// The loudness of scenes, measured once each.
import type { RenderClient } from '../../../audio/types.ts';
import type { Scene } from '../../../synth/index.ts';

/** Long enough for a few events of a slow trigger. */
const MEASURE_SEC = 8;
const REMEMBERED = 32;

export class LoudnessBook {
  readonly #renderer: RenderClient;
  readonly #known = new Map<string, number>();

  constructor(renderer: RenderClient) {
    this.#renderer = renderer;
  }

  /** LUFS. Rejects when it cannot be measured. */
  async of(scene: Scene): Promise<number> {
    const key = JSON.stringify(scene);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const lufs = await this.#renderer.measureLoudness(scene, MEASURE_SEC);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size >= REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, lufs);
    return lufs;
  }
}
