// Builds a practice summary from entries of the practice record.
import { localStart, shiftDay } from '../formats/practiceEntry.ts';
import type { MorningEntry, PracticeEntry, SessionEntry } from '../formats/practiceEntry.ts';
import { clipSummary } from '../formats/practiceSummary.ts';
import type { PracticeSummary, SummaryMorning, SummaryRange, SummarySession } from '../formats/practiceSummary.ts';

/**
 * Builds a summary: only what was chosen, only from the days that were chosen.
 * @param entries - of the practice record, in any order
 * @param range - days and sections
 * @returns the summary
 */
export function summarise(entries: readonly PracticeEntry[], range: SummaryRange): PracticeSummary {
  const sessions = entries.filter((entry) => entry.kind === 'session');
  const mornings = entries.filter((entry) => entry.kind === 'morning');
  // A night that began before the first day belongs to a morning in the range.
  const listened = new Set(sessions.map(morningOf));
  return clipSummary(
    range,
    sessions.map(toSummarySession),
    mornings.map((entry) => toSummaryMorning(entry, listened.has(entry.day))),
  );
}

function toSummarySession(entry: SessionEntry): SummarySession {
  const { minutes, mode, timerMinutes, interruptions, before, after, tingles, again, note } = entry;
  const { presetId, presetName, presetWords, presetRevision } = entry;
  return {
    ...localStart(entry),
    ...{ minutes, mode, timerMinutes, interruptions, before, after, tingles, again },
    ...{ presetId, presetName, presetWords, presetRevision, note },
  };
}

function toSummaryMorning(
  { day, minutesToSleep, timesAwake, quality, note }: MorningEntry,
  listened: boolean,
): SummaryMorning {
  return { day, listened, minutesToSleep, timesAwake, quality, note };
}

/**
 * The morning whose night a session belongs to: in sleep mode from noon on, else from 18:00 until 05:00.
 * @param entry - the session
 * @returns YYYY-MM-DD; '' when it belongs to no night
 */
export function morningOf(entry: SessionEntry): string {
  const { day, time } = localStart(entry);
  if (time >= (entry.mode === 'sleep' ? '12:00' : '18:00')) return shiftDay(day, 1);
  return entry.mode === 'sleep' || time < '05:00' ? day : '';
}
