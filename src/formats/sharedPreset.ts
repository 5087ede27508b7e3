// What one person hands another: a preset with the words that go with it and, only if ticked, a summary of the practice.
import type { PracticeSummary } from './practiceSummary.ts';
import type { Preset } from './preset.ts';

export const PARCEL_FORMAT = 'hushcraft-parcel';
export const PARCEL_VERSION = 1;

/** How it may be used, in the sender's words: never an instruction of the program's own. */
export interface Suggestion {
  /** null: not said. */
  readonly minutes: number | null;
  /** Free text: "before bed". */
  readonly when: string;
  /** Free text. */
  readonly text: string;
}

/** How far a value may be moved by whoever adjusts the preset. `what`: `layer-1/params/softness`, `layer-1/place/closeness`, `master/gainDb`. */
export interface Bound {
  readonly what: string;
  readonly min: number;
  readonly max: number;
}

export interface Parcel {
  readonly format: typeof PARCEL_FORMAT;
  readonly version: typeof PARCEL_VERSION;
  /** Who it says it is from: free text, never checked. */
  readonly from: string;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
  readonly note: string;
  readonly suggestion: Suggestion | null;
  /** Empty: everything may be moved. */
  readonly bounds: readonly Bound[];
  readonly preset: Preset;
  /** Only in files, never in links or QR codes, and only when the person ticked it. */
  readonly practice: PracticeSummary | null;
}

/** A preset that came without words. */
export function bareParcel(preset: Preset): Parcel {
  return {
    format: PARCEL_FORMAT,
    version: PARCEL_VERSION,
    from: '',
    sentAt: preset.createdAt,
    note: '',
    suggestion: null,
    bounds: [],
    preset,
    practice: null,
  };
}
