// Every English word about versions, and about what reaches the app from outside its window.
export const offlineTexts = {
  ready: 'A new version is ready. It comes with the next start.',
  useNow: 'Use it now',
  notWhilePlaying: 'Something is playing. The new version comes with the next start.',
  oneByOne: 'Ready: one press plays it.',
  nothingShared: 'What was shared held no sound that Hushcraft can read. Nothing was changed.',
  unreadable: (count: number) =>
    count === 1
      ? 'One file could not be read from the disk. Nothing was changed.'
      : `${String(count)} files could not be read from the disk. Nothing was changed.`,
} as const;
