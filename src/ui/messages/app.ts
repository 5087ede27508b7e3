// The app's frame: what is read before anything is opened.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const appMessages = defineMessages('app', {
  header: {
    night: 'Night',
    nightHint: 'Tonight',
  },
});
