// New versions of the app, and what reaches it from outside its window.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const offlineMessages = defineMessages('offline', {
  ready: 'A new version is ready. It comes with the next start.',
  useNow: 'Use it now',
  notWhilePlaying: 'Something is playing. The new version comes with the next start.',
  oneByOne: 'Ready: one press plays it.',
  nothingShared: 'What was shared held no sound that Hushcraft can read. Nothing was changed.',
  unreadable:
    '{count, plural, one {One file could not be read from the disk. Nothing was changed.} other {# files could not be read from the disk. Nothing was changed.}}',
});
