// More and less of a value, by its id: for offered variations and for differences between sounds.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const comparativeMessages = defineMessages('comparatives', {
  softness: { more: 'softer', less: 'harder' },
  brightness: { more: 'brighter', less: 'darker' },
  crispness: { more: 'crisper', less: 'smoother' },
  pace: { more: 'faster', less: 'slower' },
  steadiness: { more: 'steadier', less: 'freer' },
  surprise: { more: 'more varied', less: 'more even' },
  size: { more: 'larger', less: 'smaller' },
  density: { more: 'denser', less: 'sparser' },
});
