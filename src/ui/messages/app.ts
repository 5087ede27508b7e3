// The app's frame: what is read before anything is opened.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const appMessages = defineMessages('app', {
  header: {
    night: 'Night',
    nightHint: 'Tonight',
  },
  practice: {
    notSaved: 'This could not be written down on this device. It is shown until you close the page.',
    notRemoved: 'This could not be deleted just now. Nothing was changed; please try again.',
    removed: '{count, plural, one {# entry deleted.} other {# entries deleted.}}',
    undo: 'Undo',
  },
});
