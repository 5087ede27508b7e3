// The part of a practice record that a person chose to hand over: what a report is drawn from, here and on the other side.
import * as v from 'valibot';
import { plainCopy } from '../presets/plain.ts';
import type { PlainLimits } from '../presets/plain.ts';
import { guarded, Refusal } from '../presets/refusal.ts';
import type { Restored } from '../presets/restore.ts';
import { DAY, entryDay, entryFrom } from './entries.ts';
import type { MorningEntry, PracticeEntry, SessionEntry } from './record.ts';

export const SUMMARY_SECTIONS = ['sessions', 'ratings', 'sleep', 'presets', 'notes'] as const;
export type SummarySection = (typeof SUMMARY_SECTIONS)[number];

export interface PracticeSummary {
  readonly version: 1;
  /** Local days, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  /** What was ticked; fields of other sections are null or empty in every entry. */
  readonly sections: readonly SummarySection[];
  readonly sessions: readonly SessionEntry[];
  readonly mornings: readonly MorningEntry[];
}

const LIMITS: PlainLimits = { depth: 16, keys: 150_000, items: 10_000, chars: 2000 };
const MOST_ENTRIES = 5000;

const SUMMARY = v.strictObject({
  version: v.literal(1),
  from: DAY,
  to: DAY,
  sections: v.pipe(v.array(v.picklist(SUMMARY_SECTIONS)), v.maxLength(SUMMARY_SECTIONS.length)),
  sessions: v.pipe(v.array(v.unknown()), v.maxLength(MOST_ENTRIES)),
  mornings: v.pipe(v.array(v.unknown()), v.maxLength(MOST_ENTRIES)),
});

/** What came with a parcel → a summary that can be shown. Never throws. */
export function restoreSummary(value: unknown): Restored<{ readonly summary: PracticeSummary }> {
  return guarded(() => {
    const result = v.safeParse(SUMMARY, plainCopy(value, LIMITS), { abortEarly: true });
    if (!result.success) {
      throw new Refusal('wrong-shape', 'The practice summary that came with it is not in order. Nothing was changed.');
    }
    const { from, to } = result.output;
    const sections = SUMMARY_SECTIONS.filter((section) => result.output.sections.includes(section));
    const entries = [...result.output.sessions, ...result.output.mornings].map(entryFrom);
    const summary = summarise(entries, { from: from < to ? from : to, to: from < to ? to : from, sections });
    return { ok: true as const, warnings: [], summary };
  });
}

/** Only what was ticked, only from the days that were chosen; everything else is not in it. */
export function summarise(
  entries: readonly PracticeEntry[],
  { from, to, sections }: Pick<PracticeSummary, 'from' | 'to' | 'sections'>,
): PracticeSummary {
  const has = (section: SummarySection): boolean => sections.includes(section);
  const chosen = entries.filter((entry) => {
    const day = entryDay(entry);
    return day >= from && day <= to;
  });
  const sessions = chosen.flatMap((entry) => (entry.kind === 'session' ? [cutSession(entry, has)] : []));
  const mornings = chosen.flatMap((entry) => (entry.kind === 'morning' ? [cutMorning(entry, has)] : []));
  const wantsSessions = has('sessions') || has('ratings') || has('presets');
  return {
    version: 1,
    from,
    to,
    sections: SUMMARY_SECTIONS.filter(has),
    sessions: wantsSessions ? sessions.sort((a, b) => compare(a.startedAt, b.startedAt)) : [],
    mornings: has('sleep') ? mornings.sort((a, b) => compare(a.day, b.day)) : [],
  };
}

type Has = (section: SummarySection) => boolean;

function cutSession(entry: SessionEntry, has: Has): SessionEntry {
  const sessions = has('sessions');
  const ratings = has('ratings');
  const presets = has('presets');
  return {
    ...entry,
    minutes: sessions ? entry.minutes : 0,
    timerMinutes: sessions ? entry.timerMinutes : null,
    interruptions: sessions ? entry.interruptions : 0,
    presetId: presets ? entry.presetId : '',
    presetName: presets ? entry.presetName : '',
    presetWords: presets ? entry.presetWords : '',
    presetRevision: presets ? entry.presetRevision : null,
    before: ratings ? entry.before : null,
    after: ratings ? entry.after : null,
    tingles: ratings ? entry.tingles : null,
    again: ratings ? entry.again : null,
    note: has('notes') ? entry.note : '',
  };
}

function cutMorning(entry: MorningEntry, has: Has): MorningEntry {
  return { ...entry, note: has('notes') ? entry.note : '' };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
