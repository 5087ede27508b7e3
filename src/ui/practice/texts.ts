// Every English word of the practice record, its report and the backup.
import type { DayPart } from '../../practice/statistics.ts';
import type { SummarySection } from '../../practice/summary.ts';

const count = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`;

export const practiceTexts = {
  notKept: 'This entry could not be written down here. It is shown until you close the page.',
  removed: 'Entry deleted.',
  removedAll: (n: number) => `${count(n, 'entry', 'entries')} deleted.`,
  undo: 'Undo',

  ask: {
    before: 'How tense are you now?',
    beforeHint: '0 not at all, 10 as much as can be',
    after: 'And now?',
    tingles: 'Tingles',
    again: 'Again?',
    yes: 'yes',
    no: 'no',
    note: 'A line, if you like',
    keep: 'Keep',
    skip: 'Skip',
    morning: 'How was the night?',
    minutesToSleep: 'Minutes to fall asleep, a guess',
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
    onHint: 'Sessions of a minute or more note themselves; you are asked in one line.',
    empty: 'Nothing is written down yet. After your next session it will stand here.',
    report: 'See the report',
    backup: 'Backup',
    removeAll: 'Delete all entries',
    sure: 'Really delete all entries?',
    cancel: 'No, keep them',
    edit: 'Edit',
    remove: 'Delete',
    done: 'Done',
    unreadable: (n: number) => `${count(n, 'entry', 'entries')} could not be read and stay untouched.`,
    session: (minutes: number) => count(Math.round(minutes), 'minute', 'minutes'),
    night: 'night',
    change: (before: number | null, after: number | null) =>
      before === null && after === null ? '' : `${String(before ?? '·')} → ${String(after ?? '·')}`,
    morning: 'Morning',
  },

  report: {
    title: 'Practice report',
    selfReported: 'Self-reported. Not a medical device.',
    span: (from: string, to: string) => `${from} to ${to}`,
    from: 'From',
    to: 'To',
    none: 'Nothing was written down in these days.',
    weeks: 'Listening by week',
    weeksWords: (sessions: number, minutes: number) =>
      `${count(sessions, 'session', 'sessions')}, ${count(Math.round(minutes), 'minute', 'minutes')} in all`,
    week: 'Week of',
    sessions: 'Sessions',
    minutes: 'Minutes',
    dayParts: { morning: 'morning', afternoon: 'afternoon', evening: 'evening', night: 'night' } satisfies Record<
      DayPart,
      string
    >,
    times: 'Time of day',
    pairs: 'Before and after',
    pairsWords: (median: number | null, n: number) =>
      median === null
        ? 'No session was rated both before and after.'
        : `Median change ${median > 0 ? '+' : ''}${String(median)} on a scale of 0 to 10 (n = ${String(n)}).`,
    before: 'Before',
    after: 'After',
    day: 'Day',
    sleep: 'Sleep',
    sleepHint: 'Medians of best guesses; in brackets how many nights they come from.',
    withListening: (n: number) => `With listening (${count(n, 'night', 'nights')})`,
    without: (n: number) => `Without (${count(n, 'night', 'nights')})`,
    minutesToSleep: 'Minutes to fall asleep',
    timesAwake: 'Times awake',
    quality: 'Quality, 1 to 5',
    presets: 'Sounds used',
    notes: 'Notes',
    gap: 'nothing said',
    table: 'As a table',
    csv: 'Table (CSV)',
    json: 'Data (JSON)',
    print: 'Print',
    fileName: 'practice report',
  },

  picker: {
    title: 'With a summary of my practice',
    hint: 'Nothing of it is sent unless you tick it here.',
    sections: {
      sessions: 'When and how long I listened',
      ratings: 'How I felt before and after',
      sleep: 'How I slept',
      presets: 'Which sounds I used',
      notes: 'My notes',
    } satisfies Record<SummarySection, string>,
    preview: 'Exactly this would be sent',
    entries: (sessions: number, mornings: number) =>
      `${count(sessions, 'session', 'sessions')}, ${count(mornings, 'morning', 'mornings')}`,
  },

  backup: {
    title: 'Backup',
    intro:
      'Everything you keep here in one file: sounds with their earlier versions, practice record, settings. It can be put back on any device.',
    passphrase: 'Passphrase (optional)',
    passphraseHint: 'Without one, whoever has the file can read it. If it is forgotten nobody can open it.',
    make: 'Save a backup file',
    made: (name: string) => `Saved as “${name}”.`,
    failed: 'The backup could not be made. Nothing was changed; please try again.',
    last: (when: string) => `Last backup: ${when}.`,
    never: 'There is no backup yet.',
    old: 'Browsers may clear what is kept here. A backup file is safe.',
    restore: 'Put back from a file',
    choose: 'Choose a backup file',
    open: 'Open',
    notOne: 'This file is not a backup. Nothing was changed; sounds are opened in the library.',
    locked: 'This backup is locked. Its passphrase:',
    found: 'In this backup',
    presets: (n: number) => count(n, 'sound', 'sounds'),
    entries: (n: number) => count(n, 'practice entry', 'practice entries'),
    settings: 'settings',
    bad: (n: number) => `${count(n, 'part', 'parts')} of it could not be read and would be left out:`,
    putBack: 'Put back what is ticked',
    cancel: 'Not now',
    done: (added: number, same: number) =>
      `${count(added, 'thing', 'things')} put back; ${String(same)} were here already.`,
    erase: 'Delete everything',
    eraseHint: 'Every sound, entry and setting on this device. This cannot be undone.',
    eraseSure: 'Yes, delete everything on this device',
    eraseFailed: 'Not everything could be deleted: close other tabs of Hushcraft and try again.',
  },
} as const;
