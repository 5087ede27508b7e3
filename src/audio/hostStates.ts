// How the recovery's phases look from outside, and the words when nothing helps.
import type { HostState } from './types.ts';
import type { RecoveryPhase } from './recovery.ts';

export const NO_AUDIO =
  'This browser does not offer Web Audio here (a locked-down mode may have switched it off). Your sounds are safe.';
export const NO_START =
  'The sound could not be started. Your sounds are safe. Reload the page, or try another browser.';

export const STATES: Readonly<Record<Exclude<RecoveryPhase, 'off'>, HostState>> = {
  opening: 'starting',
  playing: 'playing',
  interrupted: 'recovering',
  resuming: 'recovering',
  reopening: 'recovering',
  blocked: 'blocked',
  failed: 'failed',
};
