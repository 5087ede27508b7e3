// Thumbnails: scene → one small spectrogram per audible layer. Rendered one at a time while the page is idle, cached in memory.
import { SvelteMap } from 'svelte/reactivity';
import type { RenderClient } from '../../../audio/types.ts';
import type { Scene } from '../../../synth/index.ts';

export const THUMBNAIL_COLUMNS = 240;
export const THUMBNAIL_ROWS = 32;
/** Long enough to show a slow rhythm. */
const RENDER_SEC = 10;
const MAX_CACHED = 200;

export interface LayerThumbnail {
  /** Decides the hue. */
  readonly layerId: string;
  /** 0…1: how loud beside the loudest layer. */
  readonly weight: number;
  /** `THUMBNAIL_COLUMNS × THUMBNAIL_ROWS`, column by column, low frequencies first. */
  readonly levels: Uint8Array;
}

/** What is drawn of a scene; 'failed' if it could not be rendered. */
export type Thumbnail = readonly LayerThumbnail[] | 'failed';

/** Scenes with equal keys sound, and look, the same. */
export function thumbnailKey(scene: Scene): string {
  const { seed, layers, room } = scene;
  return JSON.stringify({ seed, layers, room });
}

/** Queue and cache of thumbnails. */
export class Thumbnails {
  readonly #renderer: Pick<RenderClient, 'renderThumbnail'>;
  readonly #done = new SvelteMap<string, Thumbnail>();
  /** In the order of requests; each can be cancelled until it is rendered. */
  readonly #requested = new Map<string, Scene>();
  #busy = false;

  constructor(renderer: Pick<RenderClient, 'renderThumbnail'>) {
    this.#renderer = renderer;
  }

  get(key: string): Thumbnail | undefined {
    return this.#done.get(key);
  }

  /**
   * Requests a thumbnail; `get` returns it when it is rendered.
   * @param key - from `thumbnailKey`
   * @param scene - the scene
   */
  request(key: string, scene: Scene): void {
    if (this.#done.has(key)) return;
    this.#requested.set(key, scene);
    void this.#work();
  }

  cancel(key: string): void {
    this.#requested.delete(key);
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (;;) {
      await idle();
      const next = this.#requested.entries().next();
      if (next.done) break;
      const [key, scene] = next.value;
      this.#requested.delete(key);
      this.#cache(key, await this.#draw(scene));
    }
    this.#busy = false;
  }

  async #draw(scene: Scene): Promise<Thumbnail> {
    const audible = scene.layers.filter((layer) => !layer.muted);
    const loudestDb = Math.max(...audible.map((layer) => layer.gainDb));
    const layers: LayerThumbnail[] = [];
    try {
      for (const layer of audible) {
        const alone = { ...scene, layers: scene.layers.map((other) => ({ ...other, muted: other !== layer })) };
        const levels = await this.#renderer.renderThumbnail(alone, {
          seconds: RENDER_SEC,
          columns: THUMBNAIL_COLUMNS,
          rows: THUMBNAIL_ROWS,
        });
        layers.push({ layerId: layer.id, weight: weightOf(layer.gainDb - loudestDb), levels });
        await idle();
      }
    } catch {
      return 'failed';
    }
    return layers;
  }

  #cache(key: string, thumbnail: Thumbnail): void {
    this.#done.set(key, thumbnail);
    const oldest = this.#done.keys().next();
    if (this.#done.size > MAX_CACHED && !oldest.done) this.#done.delete(oldest.value);
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
