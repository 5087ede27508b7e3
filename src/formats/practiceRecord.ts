// One entry of the practice record: a session or a morning, as the person wrote it down. Plain data; null means not said.

export type SessionMode = 'day' | 'sleep';

/** One time of listening. Logged by itself once the record is switched on; ratings are always optional. */
export interface SessionEntry {
  readonly kind: 'session';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** What the clock on the wall was ahead of UTC then: a day stays the day it was, wherever it is read later. */
  readonly utcOffsetMin: number;
  readonly minutes: number;
  readonly mode: SessionMode;
  readonly presetId: string;
  /** As they were then. */
  readonly presetName: string;
  readonly presetWords: string;
  readonly presetRevision: number | null;
  readonly timerMinutes: number | null;
  readonly interruptions: number;
  /** Distress now, 0…10. */
  readonly before: number | null;
  readonly after: number | null;
  /** 0…10. */
  readonly tingles: number | null;
  readonly again: boolean | null;
  readonly note: string;
}

export interface MorningEntry {
  readonly kind: 'morning';
  readonly id: string;
  /** The local day of getting up, YYYY-MM-DD. One entry a day. */
  readonly day: string;
  readonly minutesToSleep: number | null;
  readonly timesAwake: number | null;
  /** 1…5. */
  readonly quality: number | null;
  readonly note: string;
}

export type PracticeEntry = SessionEntry | MorningEntry;
