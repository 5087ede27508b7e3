// Every English word of the practice record, its report and the backup.
import type { DayPart } from '../../../practice/statistics.ts';
import type { SummarySection, SummarySession } from '../../../formats/practiceSummary.ts';

const count = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`;

export const practiceTexts = {
  ask: {
    before: 'Distress now',
    after: 'Distress now, afterwards',
    scaleHint: '0 none, 10 the most you can imagine',
    tingles: 'Tingles',
    again: 'Would you use it again?',
    yes: 'yes',
    no: 'no',
    note: 'A line, if you like',
    keep: 'Keep',
    skip: 'Skip',
    morning: 'How was the night?',
    morningHint: 'A best guess is right. Leave out what you like.',
    minutesToSleep: 'Minutes to fall asleep',
    timesAwake: 'Times awake',
    quality: 'How good it was',
    qualities: ['poor', 'so-so', 'all right', 'good', 'very good'],
    unusual: 'Anything unusual',
    rise: 'That happens. Try another sound, or stop for now.',
    fine: 'All right',
  },

  journal: {
    title: 'Practice',
    intro:
      'A record of your listening, for you: how you felt before and after, how you slept. It stays on this device unless you send it. Everything can be left out.',
    on: 'Keep a practice record',
    onHint: 'Sessions of a minute or more are noted by themselves; before and after you may answer in one line.',
    empty: 'Nothing is written down yet. After your next session it will stand here.',
    emptyOff: 'Nothing is written down. Switch it on when you like.',
    memory: 'This browser keeps nothing for Hushcraft: the record lasts until you close the page.',
    report: 'See the report',
    backup: 'Backup',
    more: (n: number) => `Show earlier (${String(n)})`,
    removeAll: 'Delete all entries',
    sure: 'Yes, delete all entries',
    cancel: 'No, keep them',
    edit: 'Edit',
    remove: 'Delete',
    done: 'Done',
    clear: 'Not said',
    notRead: 'Your practice record could not be read just now. It stays as it is; reload the page to see it.',
    unreadable: (n: number) => `${count(n, 'entry', 'entries')} could not be read. They stay as they are.`,
    session: (minutes: number) =>
      minutes < 1 ? 'less than a minute' : count(Math.round(minutes), 'minute', 'minutes'),
    night: 'night',
    rated: (before: number | null, after: number | null) =>
      before === null && after === null
        ? ''
        : after === null
          ? `distress ${String(before)} before`
          : before === null
            ? `distress ${String(after)} after`
            : `distress ${String(before)} → ${String(after)}`,
    tingles: (n: number) => `tingles ${String(n)}`,
    again: 'would use again',
    notAgain: 'would not use again',
    morning: 'morning',
    asleep: (n: number) => `asleep after ${count(n, 'minute', 'minutes')}`,
    awake: (n: number) => (n === 0 ? 'did not wake' : `awake ${n === 1 ? 'once' : `${String(n)} times`}`),
    slept: (word: string) => `slept ${word}`,
    minutes: 'Minutes of listening',
    before: 'Distress before',
    after: 'Distress after',
  },

  report: {
    title: 'Practice report',
    selfReported: 'Self-reported. Not a medical device.',
    span: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    from: 'From',
    to: 'To',
    none: 'Nothing was written down in these days.',
    more: (n: number) => `Show more (${String(n)} left)`,
    behind: 'The numbers stand in a table below.',
    sessions: 'Sessions',
    minutes: 'Minutes',
    mornings: 'Mornings',
    change: (n: number) => `Median change in distress (n = ${String(n)})`,
    signed: (value: number) => (value > 0 ? `+${String(value)}` : String(value).replace('-', '−')),
    weeks: 'Listening by week',
    weeksWords: (sessions: number, minutes: number) =>
      `${count(sessions, 'session', 'sessions')}, ${count(Math.round(minutes), 'minute', 'minutes')} in all`,
    week: 'Week of',
    times: (part: DayPart, n: number) => `${String(n)} in the ${part}`,
    pairs: 'Before and after',
    pairsWords: (median: number | null, n: number): string =>
      median === null
        ? 'No session was rated both before and after.'
        : `Distress from 0 to 10, rated both times in ${count(n, 'session', 'sessions')}: median change ${practiceTexts.report.signed(median)}.`,
    before: 'Before',
    after: 'After',
    day: 'Day',
    time: 'Time',
    how: 'How',
    howWords: ({ mode, timerMinutes = null, interruptions = 0 }: SummarySession): string =>
      [
        mode === 'sleep' ? 'night' : mode,
        timerMinutes === null ? '' : `timer ${String(timerMinutes)} min`,
        interruptions === 0 ? '' : `broke off ${interruptions === 1 ? 'once' : `${String(interruptions)} times`}`,
      ]
        .filter(Boolean)
        .join(', '),
    sound: 'Sound',
    tingles: 'Tingles',
    again: 'Again',
    yes: 'yes',
    no: 'no',
    note: 'Note',
    unusual: 'Anything unusual',
    listened: 'Listened',
    sleep: 'Nights',
    nightsLabel: 'Minutes to fall asleep, night by night, with and without listening.',
    withShort: 'minutes to fall asleep, with listening',
    withoutShort: 'without',
    sleepHint: 'Medians of best guesses; in brackets how many nights they come from.',
    withListening: (n: number) => `With listening (${count(n, 'night', 'nights')})`,
    without: (n: number) => `Without (${count(n, 'night', 'nights')})`,
    minutesToSleep: 'Minutes to fall asleep',
    timesAwake: 'Times awake',
    quality: 'Quality, 1 to 5',
    presets: 'Sounds used',
    used: (n: number) => `${String(n)} ×`,
    notSaid: 'not said',
    missed: (n: number) => `${count(n, 'day', 'days')} without an entry.`,
    table: 'As a table',
    detail: 'Every entry',
    csv: 'As CSV',
    json: 'As JSON',
    print: 'Print',
    fileName: 'practice report',
  },

  picker: {
    hint: 'Nothing of it is sent unless you tick it here. What you tick goes with the day it belongs to.',
    sections: {
      sessions: 'When and how long I listened',
      ratings: 'How I felt before and after',
      sleep: 'How I slept',
      presets: 'Which sounds I used',
      notes: 'My notes',
    } satisfies Record<SummarySection, string>,
    notesHint: 'Word for word. Have a look at them below first.',
    preview: 'What they will see',
    exact: 'Exactly this leaves, letter by letter',
    entries: (sessions: number, mornings: number) =>
      `${count(sessions, 'session', 'sessions')}, ${count(mornings, 'morning', 'mornings')}`,
    nothing: 'There is nothing of that in these days.',
    tooMuch: 'This is too much for one file. Choose fewer days; nothing of it goes along now.',
  },

  backup: {
    title: 'Backup',
    intro:
      'Everything you keep here in one file: sounds with their earlier versions, practice record, settings. It can be put back on any device.',
    passphrase: 'Passphrase (optional)',
    passphraseHint: 'Without one, whoever has the file can read it. If it is forgotten, nobody can open it.',
    weak: 'A few words make a good passphrase; this one is easy to guess.',
    make: 'Save a backup file',
    making: 'Getting it ready …',
    made: (name: string) => `“${name}” is on its way to your downloads.`,
    left: (n: number) =>
      ` ${count(n, 'record', 'records')} on this device could not be read and ${n === 1 ? 'is' : 'are'} not in it.`,
    makeFailed: 'The backup could not be made. Nothing was changed; please try again.',
    last: (when: string) => `Last backup: ${when}.`,
    never: 'There is no backup yet.',
    mayVanish: 'Browsers may clear what is kept here. A backup file is safe.',
    restore: 'Put back from a file',
    choose: 'Choose a backup file',
    open: 'Open',
    opening: 'Having a look …',
    notOne: 'This file is not a backup. Nothing was changed; sounds are opened in the library.',
    openFailed: 'The file could not be read just now. Nothing was changed; please try again.',
    locked: 'This backup is locked. Its passphrase',
    found: (when: string) => (when === '' ? 'In this backup' : `In this backup of ${when}`),
    presets: (n: number) => count(n, 'sound', 'sounds'),
    entries: (n: number) => count(n, 'practice entry', 'practice entries'),
    settings: 'Settings',
    keeps:
      'What is here stays. Of two versions of a sound the later one is shown, the other is among its earlier ones.',
    bad: (n: number) => `${count(n, 'part', 'parts')} of it could not be read and would be left out:`,
    badMore: (n: number) => `and ${String(n)} more`,
    putBack: 'Put back what is ticked',
    cancel: 'Not now',
    done: (added: number, same: number) =>
      `${count(added, 'thing', 'things')} put back; ${String(same)} ${same === 1 ? 'was' : 'were'} here already.`,
    putBackFailed:
      'It could not be put back: there may be no room left, or the storage did not answer. Nothing was changed; please try again.',
    erase: 'Delete everything',
    eraseHint:
      'Every sound, entry and setting on this device, and the app’s copy for being offline. This cannot be undone.',
    eraseSure: 'Yes, delete everything on this device',
    eraseFailed: 'Not everything could be deleted. Close other tabs of Hushcraft and try again.',
    remind: 'Your last backup is a while ago, and this browser may clear what is kept here.',
    remindFirst: 'There is no backup yet, and this browser may clear what is kept here.',
    remindNow: 'Save a backup …',
    later: 'Later',
  },

  erased: {
    title: 'Everything is deleted',
    words: 'No sound, entry or setting of Hushcraft is left in this browser. You can close this page.',
    anew: 'Begin anew',
  },
} as const;
