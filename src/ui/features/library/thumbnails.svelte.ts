// Every sound's own picture, drawn from the sound: scene → one small spectrogram per audible layer. One at a time, kept in memory.
import { SvelteMap } from 'svelte/reactivity';
import type { RenderClient } from '../../../audio/types.ts';
import type { Scene } from '../../../synth/index.ts';

export const PICTURE_COLUMNS = 240;
export const PICTURE_ROWS = 32;
/** Long enough to show a slow rhythm. */
const SECONDS = 10;
const MOST_KEPT = 200;

export interface LayerPicture {
  /** Decides the hue. */
  readonly layerId: string;
  /** 0…1: how loud beside the loudest layer. */
  readonly weight: number;
  /** `PICTURE_COLUMNS × PICTURE_ROWS`, column by column, low frequencies first. */
  readonly levels: Uint8Array;
}

export type Picture = readonly LayerPicture[] | 'failed';

/** Scenes with equal keys sound, and look, the same. */
export function pictureKey(scene: Scene): string {
  const { seed, layers, room } = scene;
  return JSON.stringify({ seed, layers, room });
}

export class Pictures {
  readonly #renderer: RenderClient;
  readonly #done = new SvelteMap<string, Picture>();
  /** In the order of wishes; a wish can be taken back until its turn comes. */
  readonly #wanted = new Map<string, Scene>();
  #busy = false;

  constructor(renderer: RenderClient) {
    this.#renderer = renderer;
  }

  get(key: string): Picture | undefined {
    return this.#done.get(key);
  }

  /** Asks for a picture; the answer appears in `get`. */
  want(key: string, scene: Scene): void {
    if (this.#done.has(key)) return;
    this.#wanted.set(key, scene);
    void this.#work();
  }

  forget(key: string): void {
    this.#wanted.delete(key);
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (;;) {
      await idle();
      const next = this.#wanted.entries().next();
      if (next.done) break;
      const [key, scene] = next.value;
      this.#wanted.delete(key);
      this.#keep(key, await this.#draw(scene));
    }
    this.#busy = false;
  }

  async #draw(scene: Scene): Promise<Picture> {
    const audible = scene.layers.filter((layer) => !layer.muted);
    const loudestDb = Math.max(...audible.map((layer) => layer.gainDb));
    const pictures: LayerPicture[] = [];
    try {
      for (const layer of audible) {
        const alone = { ...scene, layers: scene.layers.map((other) => ({ ...other, muted: other !== layer })) };
        const levels = await this.#renderer.renderThumbnail(alone, {
          seconds: SECONDS,
          columns: PICTURE_COLUMNS,
          rows: PICTURE_ROWS,
        });
        pictures.push({ layerId: layer.id, weight: weightOf(layer.gainDb - loudestDb), levels });
        await idle();
      }
    } catch {
      return 'failed';
    }
    return pictures;
  }

  #keep(key: string, picture: Picture): void {
    this.#done.set(key, picture);
    const oldest = this.#done.keys().next();
    if (this.#done.size > MOST_KEPT && !oldest.done) this.#done.delete(oldest.value);
  }
}

/** Halves per 12 dB: quieter layers step back without vanishing. */
function weightOf(relativeDb: number): number {
  return Math.max(0.25, 2 ** (relativeDb / 12));
}

/** Waits until the page has nothing better to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function')
      requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: 2000 },
      );
    else setTimeout(resolve, 100);
  });
}
