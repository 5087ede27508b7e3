// Loaded after the page is shown: handles the launch, registers the service worker, and offers newer versions.
import type { AudioHost } from '../../../audio/types.ts';
import { offlineMessages as messages } from '../../messages/offline.ts';
import { handleLaunch } from '../import/launchParams.ts';
import type { LaunchContext } from '../import/launchParams.ts';
import type { Player } from '../player/player.svelte.ts';
import { watchForUpdate } from './appUpdate.ts';
import { isLockHeld, PLAYING_LOCK } from '../../../storage/webLock.ts';

/** What starting offline support needs. */
export interface OfflineContext extends LaunchContext {
  readonly player: Pick<Player, 'sounding'>;
  readonly host: Pick<AudioHost, 'onState'>;
}

/**
 * Handles how the app was launched, then registers the service worker (in a built app only).
 * @param context - the parts of the app it acts on
 */
export async function registerServiceWorker(context: OfflineContext): Promise<void> {
  await handleLaunch(context);
  // While developing, files change under the page.
  if (import.meta.env.PROD) await watchForUpdate((activate) => void offerUpdate(context, activate));
}

/** Shows the notice once nothing plays: nobody is woken by it. */
async function offerUpdate({ player, host, toasts }: OfflineContext, activate: () => void): Promise<void> {
  while (player.sounding || document.hidden) await nextChange(host);
  toasts.show(messages.ready(), {
    label: messages.useNow(),
    run: () => {
      void isLockHeld(PLAYING_LOCK).then((plays) => {
        if (plays || player.sounding) toasts.show(messages.notWhilePlaying());
        else activate();
      });
    },
  });
}

/** Resolves when the host's state or the page's visibility changes. */
function nextChange(host: OfflineContext['host']): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = host.onState(onChange);
    document.addEventListener('visibilitychange', onChange);
    function onChange(): void {
      unsubscribe();
      document.removeEventListener('visibilitychange', onChange);
      resolve();
    }
  });
}
