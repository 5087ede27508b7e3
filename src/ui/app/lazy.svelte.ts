// Lazy components: loads everything but stage and transport after the first paint.
import type * as components from './lazyComponents.ts';

type LazyComponents = typeof components;

/** The components that are not part of the first paint, once loaded. */
class LazyLoader {
  /** Null until loaded. */
  components: LazyComponents | null = $state.raw(null);
  /** They could not be loaded. */
  failed: boolean = $state(false);

  /** Loads them behind the first paint; a hidden page gets no frames, so a timer stands by. */
  loadAfterPaint(): void {
    let started = false;
    const start = (): void => {
      if (started) return;
      started = true;
      void this.#load();
    };
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start, AFTER_PAINT_MS)));
    setTimeout(start, MAX_WAIT_MS);
  }

  async #load(): Promise<void> {
    try {
      this.components = await import('./lazyComponents.ts');
    } catch (error) {
      console.error(error);
      this.failed = true;
    }
  }
}

const AFTER_PAINT_MS = 50;
const MAX_WAIT_MS = 800;

/** One for the page: code is loaded once. */
export const lazy = new LazyLoader();
