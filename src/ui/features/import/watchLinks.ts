// Links in the address bar: each fragment that holds a sound is removed from the address and handed on.
import { looksLikeLink } from '../../../formats/link/framing.ts';

/** However fast addresses change, only the last one within this time is looked at. */
const SETTLE_MS = 120;

/**
 * Watches the fragment of the address, from now on.
 * @param onLink - called with every fragment that may hold a sound
 * @returns a function that stops watching
 */
export function watchLinks(onLink: (fragment: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = (): void => {
    timer = undefined;
    const { hash, pathname, search } = location;
    if (!looksLikeSound(hash)) return;
    try {
      // Neither history nor a shared screen shows it again, and going back does not open it twice.
      history.replaceState(history.state, '', `${pathname}${search}`);
    } catch {
      // Some browsers refuse many changes in a row. The sound is shown all the same.
    }
    onLink(hash);
  };
  const soon = (): void => {
    timer ??= setTimeout(look, SETTLE_MS);
  };

  look();
  window.addEventListener('hashchange', soon);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('hashchange', soon);
  };
}

/** Also one too long to be read: it is refused in words instead of lying in the address bar. */
function looksLikeSound(hash: string): boolean {
  return looksLikeLink(hash) || /^#[px]\d/i.test(hash);
}
