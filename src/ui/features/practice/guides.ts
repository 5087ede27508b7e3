// Two pages in plain words: for therapists, and about what is kept here and what leaves.

interface Guide {
  readonly title: string;
  readonly intro: string;
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** Name of a guide. */
export type GuideName = 'therapists' | 'privacy';

export const guides: Readonly<Record<GuideName, Guide>> = {
  therapists: {
    title: 'For therapists',
    intro:
      'Hushcraft lets a person make sounds of their own that may help them relax and wind down, and hand one to you as it is.',
    parts: [
      {
        title: 'What you get',
        lines: [
          'A link, a QR code or a file. Open it on any computer: no account, nothing to set up, nothing is sent back by itself.',
          'You hear exactly what the other person hears: the sound is computed from the same numbers, to the last bit.',
          'If they ticked it, a summary of their practice comes along: when they listened, how they felt before and after, how they slept. It is self-reported, and what was not said is shown as missing.',
        ],
      },
      {
        title: 'What you can do',
        lines: [
          'Listen, and read in plain words what the sound is and how it differs from one you have.',
          'Adjust it, inside the limits that were set for you or freely. Add a note and a suggestion, for example “20 minutes, before bed”.',
          'Send it back as a link, a code or a file. They see what changed in words, try it, and accept it or not. Earlier versions stay.',
        ],
      },
      {
        title: 'What to keep in mind',
        lines: [
          'Small numbers say little. Each figure says how many sessions or nights it comes from; days nobody wrote down stay blank.',
          'Only about one person in five feels tingles. Calm alone is a good reason to use a sound.',
          'Repeated small sounds bother some people very much. Ask which sounds must never play: the app has a list for it, and respects it in everything that is sent.',
          'Relaxing can feel unsettling to some. If the numbers rise, try another sound, or stop.',
          'A timer is the usual choice at night; keep the volume below half, and prefer a speaker to earbuds in bed.',
          'What you save of a practice summary is yours to protect: it is on your computer, not on a server.',
        ],
      },
    ],
  },
  privacy: {
    title: 'Privacy',
    intro: 'Nothing leaves this device unless you send it yourself.',
    parts: [
      {
        title: 'What stays here',
        lines: [
          'Your sounds, their earlier versions, your settings, notes about nights and, if you switched it on, your practice record. They lie in this browser’s own storage.',
          'There is no account, no server that could read along, no counting of visitors and no advertising. The page may not call any other address: the browser itself is told to refuse.',
        ],
      },
      {
        title: 'What leaves, and when',
        lines: [
          'A link, code or file leaves when you share it. Before that you see word for word what is in it.',
          'A link carries the sound in the part behind the #, which browsers do not send to any server. Whoever has the link can open it, and it cannot be called back. A passphrase locks it.',
          'The practice record is never part of a link. It goes into a file only with what you tick, for the days you choose.',
        ],
      },
      {
        title: 'How safe it is here',
        lines: [
          'Browsers may clear what is kept when space runs out, and some do so after a week without a visit. A backup file is the safe way.',
          'Anyone who can use this device and browser can open the page. On a shared device, save a backup with a passphrase and delete what is kept here.',
          '“Delete everything”, under Backup in the menu, leaves no sound, entry or setting in this browser, at once and for good.',
        ],
      },
    ],
  },
};
