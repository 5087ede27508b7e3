// The kit's own words.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const kitMessages = defineMessages('kit', {
  close: 'Close',
  showPassphrase: 'Show',
  yes: 'yes',
  no: 'no',
});
