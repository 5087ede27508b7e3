// Sentences for what had to be changed in a plan of a night.
import type { NightSetting, NightWarning } from '../../../synth/index.ts';

const SETTINGS: Readonly<Record<NightSetting, string>> = {
  timer: 'The timer',
  fade: 'The fade',
  wakeFade: 'The wake fade',
};

/**
 * Describes one change.
 * @param warning - from `sanitizeNightPlan`
 * @returns one sentence
 */
export function describeNightWarning(warning: NightWarning): string {
  switch (warning.code) {
    case 'notANumber':
      return `${SETTINGS[warning.setting]} was not a number: it became ${duration(warning.usedSec)}.`;
    case 'outOfRange': {
      const { setting, minSec, maxSec, usedSec } = warning;
      return `${SETTINGS[setting]} goes from ${duration(minSec)} to ${duration(maxSec)}: it became ${duration(usedSec)}.`;
    }
    case 'fadeLongerThanTimer':
      return 'The fade cannot be longer than the timer: it takes all of it.';
    case 'wakeOutsideNight':
      return 'The wake time lies before the night is over, or more than sixteen hours away: nothing will wake you.';
    case 'lowUntilWake':
      return 'So that the device stays awake for the wake sound, a quiet bed stays until then.';
    case 'lowEndsBeforeTimer':
      return 'The quiet bed would end before it begins: it stays until you stop it.';
  }
}

function duration(sec: number): string {
  if (sec % 3600 === 0) return sec === 3600 ? '1 hour' : `${String(sec / 3600)} hours`;
  const minutes = Math.round(sec / 60);
  return minutes === 1 ? '1 minute' : `${String(minutes)} minutes`;
}
