// Loaded when the page stands: the app on this device, its newer versions, and what was sent to it.
import type { Library } from '../library/library.svelte.ts';
import type { Session } from '../editor/session.svelte.ts';
import { receive } from '../import/launchParams.ts';
import { isLockHeld, PLAYING_LOCK } from '../../../storage/webLock.ts';
import { offlineMessages as messages } from '../../messages/offline.ts';
import { keepOffline } from './appUpdate.ts';

export async function begin(session: Session, library: Library): Promise<void> {
  await receive(session, library);
  // While developing, files change under the page.
  if (import.meta.env.PROD) await keepOffline((takeOver) => void tell(session, library, takeOver));
}

/** Says it once nothing plays: a sleeping person is told nothing. */
async function tell(session: Session, library: Library, takeOver: () => void): Promise<void> {
  while (session.sounding || document.hidden) await changed(session);
  library.toasts.say(messages.ready(), {
    label: messages.useNow(),
    run: () => {
      void isLockHeld(PLAYING_LOCK).then((plays) => {
        if (plays || session.sounding) library.toasts.say(messages.notWhilePlaying());
        else takeOver();
      });
    },
  });
}

function changed(session: Session): Promise<void> {
  return new Promise((done) => {
    const stopListening = session.host.onState(look);
    document.addEventListener('visibilitychange', look);
    function look(): void {
      stopListening();
      document.removeEventListener('visibilitychange', look);
      done();
    }
  });
}
