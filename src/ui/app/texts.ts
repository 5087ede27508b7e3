// Every English word of the stage, the sculpting and the transport. (Words about a trigger live with the trigger.)
import type { HostState } from '../../audio/types.ts';
import type { Macro, Path } from '../../synth/index.ts';

export const t = {
  appName: 'Hushcraft',
  skip: 'Skip to the sound',
  incomplete: 'Part of the page could not be loaded. The sound plays; for the rest, reload when you are online.',

  header: {
    unsaved: 'not saved yet',
    edited: 'edited',
    saved: 'saved',
    undo: 'Undo',
    redo: 'Redo',
    undoOf: (label: string) => (label === '' ? 'Undo' : `Undo: ${label}`),
    redoOf: (label: string) => (label === '' ? 'Redo' : `Redo: ${label}`),
    more: 'More',
    tools: 'This sound',
    sounds: 'Sounds',
    yourSounds: 'Your sounds',
    close: 'Close',
  },

  compare: {
    label: 'A / B',
    hint: 'Compare with the last saved state, at equal loudness',
    name: {
      now: 'Compare with the saved sound',
      matching: 'Matching loudness',
      saved: 'Hearing the saved sound, go back to mine',
    },
    saved: 'hearing the saved sound',
    matching: 'matching loudness',
    nothing: 'Nothing to compare yet: this sound has not been saved.',
    same: 'This is the saved sound; nothing has changed.',
    back: 'Back to your edits.',
    unmatched: 'The loudness could not be matched; the two may differ.',
  },

  transport: {
    play: 'Play',
    stop: 'Stop',
    volume: 'Volume',
    volumeLow: 'silent',
    volumeHigh: 'full',
    volumeValue: (percent: number) => `${String(percent)} %`,
    state: {
      idle: 'ready',
      starting: 'starting',
      playing: 'playing · Esc stops at once',
      stopping: 'stopping',
      resting: 'stopped',
      recovering: 'the sound broke off; bringing it back',
      blocked: 'press once more: the browser waits for you',
      failed: 'no sound',
    } satisfies Record<HostState, string>,
    silent: 'playing, but every layer is silent',
    playingTouch: 'playing · press to stop at once',
    volumeZero: 'playing, with the volume at nothing',
  },

  stage: {
    label: 'Stage: your head from above, with each layer where it sounds',
    help: 'Arrow keys turn a layer and bring it nearer or farther; Shift moves finely.',
    rings: ['12 cm', '25 cm', '1 m'],
    front: 'front',
    direction: (layer: string) => `${layer}, direction`,
    closeness: (layer: string) => `${layer}, closeness`,
    moved: 'Moved',
    resetPlace: 'Place reset',
  },

  layers: {
    label: 'Layers',
    add: 'Add a layer',
    added: (name: string) => `Added ${name}`,
    full: 'Four layers are the most.',
    gentle: 'One or two sounds at once are what most people like best.',
    blocked: 'on your never list, stays silent',
    blockedShort: 'never',
    muted: 'muted',
    solo: 'solo',
    silentBySolo: 'silent while another is solo',
    menu: (name: string) => `${name}: more`,
    mute: 'Mute',
    unmute: 'Unmute',
    soloOn: 'Solo',
    soloOff: 'End solo',
    duplicate: 'Duplicate',
    duplicated: 'Duplicated',
    remove: 'Remove',
    removed: (name: string) => `Removed ${name}`,
    last: 'The last layer stays.',
    earlier: 'Move earlier',
    later: 'Move later',
    reordered: 'Moved in the order',
    trigger: 'Sound',
    changed: (name: string) => `Changed to ${name}`,
    level: 'Level',
  },

  sculpt: {
    label: 'Sculpt',
    hearOne: 'Hear one',
    vary: 'Vary',
    varyAgain: 'Others',
    varyIntro: 'Neighbours of this sound. Try them; keep one or none.',
    keep: 'Keep this',
    keepMine: 'Keep mine',
    varied: 'Varied',
    allLocked: 'Everything is locked, so there is nothing to vary.',
    neighbour: (index: number) => `Neighbour ${String(index + 1)}`,
    alike: 'much the same',
    more: 'More',
    less: 'Less',
    detail: 'Detail',
    place: 'Place',
    layer: 'Layer',
    room: 'Room',
    master: 'Whole sound',
    mono: 'One ear or one speaker',
    monoHint: 'Both sides carry everything.',
    path: 'Path',
    lock: (label: string) => `Lock ${label}`,
    lockHint: 'Locked values are left alone by Vary',
    locked: 'locked',
    held: 'That is as far as was asked.',
    within: (from: string, to: string) => `${from} to ${to}, as was asked`,
    exact: (label: string, words: string) => `${label}: ${words}. Enter an exact value`,
    exactField: (label: string, unit: string) => (unit === '' ? `${label}, in percent` : `${label}, in ${unit}`),
    reset: 'Reset',
    resetOf: (label: string) => `${label} reset`,
    percent: '%',
  },

  paths: {
    still: 'still',
    drift: 'drifting',
    earToEar: 'ear to ear',
    orbit: 'round the head',
    strokes: 'follows the strokes',
  } satisfies Record<Path, string>,

  /** Comparatives for offered neighbours: less of it, more of it. */
  comparatives: {
    softness: ['harder', 'softer'],
    brightness: ['darker', 'brighter'],
    crispness: ['smoother', 'crisper'],
    pace: ['slower', 'quicker'],
    steadiness: ['freer', 'steadier'],
    surprise: ['more even', 'more varied'],
  } satisfies Record<Macro, readonly [string, string]>,
  towards: (end: string) => `towards ${end}`,
  changedIn: (label: string) => `other ${label.toLowerCase()}`,

  history: {
    undone: (label: string) => (label === '' ? 'Undone' : `Undone: ${label}`),
    redone: (label: string) => (label === '' ? 'Redone' : `Redone: ${label}`),
    opened: (name: string) => `Opened ${name}`,
    renamed: 'Renamed',
  },

  first: {
    label: 'Before the first sound',
    question: 'Any sound that must never play?',
    choose: 'Choose',
    none: 'No, none',
  },

  menu: {
    practice: 'Practice',
    backup: 'Backup',
    privacy: 'Privacy',
    therapists: 'For therapists',
    settings: 'Settings',
    about: 'About Hushcraft',
    day: 'Day theme',
    dark: 'Dark theme',
  },

  direction: {
    front: 'in front',
    back: 'behind',
    left: (degrees: number) => `${String(degrees)}° left`,
    right: (degrees: number) => `${String(degrees)}° right`,
    level: 'at ear height',
    above: (degrees: number) => `${String(degrees)}° above`,
    below: (degrees: number) => `${String(degrees)}° below`,
    leftEnd: 'behind, by the left',
    rightEnd: 'behind, by the right',
  },
} as const;

/** An elevation in words: "12° above". */
export function heightWords(elevationDeg: number): string {
  const degrees = Math.round(Math.abs(elevationDeg));
  if (degrees === 0) return t.direction.level;
  return elevationDeg > 0 ? t.direction.above(degrees) : t.direction.below(degrees);
}

/** An azimuth in words: "60° left", "in front". */
export function directionWords(azimuthDeg: number): string {
  const degrees = Math.round(Math.abs(azimuthDeg));
  if (degrees === 0) return t.direction.front;
  if (degrees === 180) return t.direction.back;
  return azimuthDeg > 0 ? t.direction.left(degrees) : t.direction.right(degrees);
}
