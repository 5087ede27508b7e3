// Every word of the dialogs: welcome, opened file, audio file, settings, about, and where sounds are kept.

export const dialogTexts = {
  cancel: 'Cancel',
  done: 'Done',

  welcome: {
    title: 'Make the sound that works for you',
    intro:
      'Taps, rustles and brush strokes, close to your ear. Nothing is recorded: every sound is computed while you listen, and you can shape all of it.',
    neverTitle: 'Is there a sound that must never play?',
    neverHint: 'Some sounds are hard to bear. What you mark stays silent, also inside sounds that others send you.',
    volumeTitle: 'Quietly',
    volume:
      'Start with your device’s volume below half. To fall asleep, a speaker or a flat headband is kinder to your ears than earbuds. Esc, or one press, stops everything at once.',
    promise: 'What you make stays on this device. It may help you relax and wind down; it is not a medical device.',
    begin: 'Begin',
  },

  details: {
    saveAs: 'Save as a new sound',
    edit: 'Name, tags, note',
    name: 'Name',
    tags: 'Tags',
    tagsHint: 'Separated by commas: “sleep, left ear”.',
    note: 'Note',
    noteHint: 'For you, or for whoever you send it to. It goes with the sound’s file.',
    save: 'Save',
    saving: 'Saving …',
    needsName: 'Give it a name first.',
    notSaved: 'It could not be saved. Nothing was changed; please try again.',
  },

  settings: {
    title: 'Settings',
    theme: 'Look',
    themes: { dark: 'Night', day: 'Day', system: 'As this device' },
    listening: 'Listening',
    oneEar: 'One ear or one speaker',
    oneEarHint: 'Both sides carry everything, in every sound.',
    never: 'Never play',
    neverHint: 'What you mark stays silent, in every sound.',
    motion: 'Motion',
    motionNote: 'Follows your device: with reduced motion switched on, nothing moves by itself.',
    kept: 'Your sounds on this device',
    exportAll: (count: number) => (count === 1 ? 'Save it as a file' : `Save all ${String(count)} as files`),
    exportAllHint: 'One file each, to keep elsewhere or to bring to another device.',
    about: 'About Hushcraft',
  },

  storage: {
    persistent: 'Your browser has promised not to clear them by itself.',
    temporary: 'Your browser may clear them when space runs short, or after a long time without a visit.',
    keepSafe: 'Keep my sounds safe',
    promised: 'Your browser has promised to keep your sounds.',
    notPromised:
      'Your browser would not promise it. Your sounds are still here; save the ones you love as files from time to time.',
    memoryTitle: 'Your sounds are kept for this visit only',
    memoryDo: 'Everything works. Before you close this page, save what you love as a file.',
    readOnlyTitle: 'Your sounds can be played, not changed',
    readOnlyDo: 'They are safe. Reload the page to get the newer version.',
    reload: 'Reload',
    saveFile: 'Save this sound as a file',
    later: 'Later',

    lostTitle: 'What you kept here is gone',
    lost: (what: string) =>
      `The browser has cleared it by itself: ${what}. Some do so when space runs short, or after a long time without a visit. The sound that is open now is still here.`,
    lostSounds: (count: number) => (count === 1 ? 'one sound' : `${String(count)} sounds`),
    lostEntries: (count: number) => (count === 1 ? 'one practice entry' : `${String(count)} practice entries`),
    and: ' and ',
    lostBackup: (date: string) => `Your last backup file is of ${date}.`,
    lostNoBackup: 'If you have a backup, or sounds saved as files, they can be put back.',
    putBack: 'Put back a backup',
    keepAgain: (count: number) =>
      count === 1 ? 'Keep the one this tab still has' : `Keep the ${String(count)} this tab still has`,
    startAnew: 'Start anew',
  },

  about: {
    title: 'About Hushcraft',
    what: 'An instrument for making your own ASMR sounds. Every tap, rustle and brush stroke is computed live from physical models of the things that make them.',
    promiseTitle: 'Nothing leaves this device',
    promise:
      'No account, no tracking, no requests to anyone. The page is forbidden to reach any other place, and your browser holds it to that. A sound leaves only as a file that you save yourself.',
    version: (version: string) => `Version ${version}`,
    licence: 'Free software under the MIT licence.',
  },

  drop: 'Let go to look at it',
} as const;
