// Which browser the tests drive, and how: Chromium without GPU, network chatter or a need for a press before sound.
import process from 'node:process';

export const CHROMIUM_PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--autoplay-policy=no-user-gesture-required',
];

/** The same, but sound needs a real press, as it does for people. */
export const STRICT_ARGS = CHROMIUM_ARGS.filter((arg) => !arg.startsWith('--autoplay'));
