// The part of a practice record that a person chose to hand over: what a report is drawn from on the other side.
import type { MorningEntry, SessionEntry } from './record.ts';

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
