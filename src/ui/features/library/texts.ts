// Every word of the library: cards, search, saving, notices.

export const libraryTexts = {
  title: 'Your sounds',
  factoryTitle: 'Made for you to start from',
  loading: 'Looking for your sounds …',
  failed: 'Your sounds could not be read. Nothing was changed; they are still on this device.',
  retry: 'Try again',
  empty: 'Nothing kept yet',
  emptyHint: 'Shape a sound until it feels right, then press Save. It will be here tomorrow.',
  search: 'Search your sounds',
  clearSearch: 'Clear the search',
  favouritesOnly: 'Favourites',
  filters: 'Show only',
  nothingFound: 'No sound matches.',
  showAll: 'Show all',
  found: (count: number) => (count === 1 ? '1 sound' : `${String(count)} sounds`),
  unreadable: (count: number) =>
    count === 1
      ? 'One kept sound could not be read. It is left untouched, and everything else is here.'
      : `${String(count)} kept sounds could not be read. They are left untouched, and everything else is here.`,
  importFile: 'Open a file',

  openNow: 'open now',
  openNowChanged: 'open now, with changes',
  favourite: (name: string) => `Favourite: ${name}`,
  more: (name: string) => `More for ${name}`,
  neverInside: (names: string) => `holds ${names}, which you never want: that part stays silent`,

  details: 'Name, tags, note …',
  duplicate: 'Duplicate',
  keepCopy: 'Add to your sounds',
  exportFile: 'Export as a file',
  exportSound: 'Take it with you …',
  remove: 'Delete',

  keep: 'Keep this sound',
  save: 'Save',
  saveHint: 'Save this sound',
  saving: 'Saving …',
  saved: 'Saved',
  savedForNow: 'Kept for now',
  notSaved: 'Not saved',
  saveMore: 'More ways to keep it',
  saveAs: 'Save as …',

  savedAs: (name: string) => `Saved as “${name}”.`,
  added: (name: string) => `“${name}” is in your sounds.`,
  removed: (name: string) => `“${name}” was deleted.`,
  restored: (name: string) => `“${name}” is back.`,
  notRestored: (name: string) => `“${name}” could not be brought back.`,
  notRemoved: (name: string) => `“${name}” could not be deleted. It is still here; please try again.`,
  notChanged: (name: string) => `“${name}” could not be changed. It is as it was; please try again.`,
  conflict: (other: string, ours: string) =>
    `“${other}” was also changed in another tab. Both are kept: yours is now “${ours}”.`,
  deletedTitle: 'Deleted just now',
  bringBack: 'Bring back',
  undo: 'Undo',
  openIt: 'Open it',
  dismiss: 'Dismiss',
  notices: 'Notices',

  asideTitle: 'Set aside, not saved',
  asideSaid: (name: string) => `Your changes to “${name}” are set aside in your sounds.`,
  goBack: 'Go back to it',
  keepAside: 'Save it',
  letGo: 'Let it go',
  letGone: (name: string) => `Your changes to “${name}” were let go.`,
  changedName: (name: string) => `${name}, changed`,

  saveFailed:
    'The sound could not be saved. It is still open and nothing was lost; please try again, or save it as a file.',

  /** Why a sound could not be saved, and why nothing lasts; by code of the storage. */
  storage: {
    'quota-exceeded':
      'There is no room left for Hushcraft on this device. The sound is still open: export it as a file, or free some space and save again.',
    'no-response': 'The browser’s storage did not answer. The sound is still open: try again, or export it as a file.',
    'newer-version':
      'A newer version of Hushcraft has been here. Your sounds are shown but not changed: reload the page to get the new version.',
    unavailable:
      'This browser does not let Hushcraft keep anything here (a private window, or storage is switched off). Everything works, but save what you like as a file before you close the page.',
  } as Readonly<Partial<Record<string, string>>>,

  fileSaved: (file: string) => `${file} is on its way to your downloads.`,
  fileFailed: 'The file could not be made. Your sound is still here; please try again.',
  fromFile: (file: string) => `From ${file}`,
  readerMissing:
    'A part of Hushcraft could not be loaded, so this could not be looked at. Nothing was changed; reload the page and open it again.',

  addedMany: (count: number) =>
    count === 1 ? '1 sound is in your sounds.' : `${String(count)} sounds are in your sounds.`,
  replaced: (name: string) => `“${name}” is now theirs. The one before is in its earlier versions.`,
  asItWas: (name: string) => `“${name}” is as it was then. What it was is in its earlier versions.`,
} as const;
