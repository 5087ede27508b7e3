// A parcel at rest: written with a checksum, read back through the same door as everything from outside.
import * as v from 'valibot';
import { restoreSummary } from './practiceSummary.ts';
import type { PracticeSummary } from './practiceSummary.ts';
import { boundTarget } from '../presets/limits.ts';
import { checksumOf, verifyChecksum } from './checksum.ts';
import { PARCEL_FORMAT, PARCEL_VERSION } from './sharedPreset.ts';
import type { Bound, Parcel, Suggestion } from './sharedPreset.ts';
import { isPlainObject, plainCopy } from './sanitizeJson.ts';
import type { Plain, PlainLimits, PlainObject } from './sanitizeJson.ts';
import { plainPreset } from './preset.ts';
import type { Preset } from './preset.ts';
import { guarded, quoted, Refusal } from './decodeError.ts';
import { restorePreset } from './parsePreset.ts';
import type { Restored } from './parsePreset.ts';
import { shaped } from './parseSchema.ts';
import { cleanName, cleanNote, cleanText } from './sanitizeText.ts';
import { dateFrom, told } from './sanitizeWithWarning.ts';
import { verifyVersion } from './versions.ts';

export const MAX_PARCEL_BYTES = 2 * 1024 * 1024;
export const MAX_BOUNDS = 64;
/** The longest time anyone suggests: a whole day. */
export const MAX_MINUTES = 1440;
const WHEN_GRAPHEMES = 80;

/** A summary of years of practice may be long. */
export const PARCEL_LIMITS: PlainLimits = { depth: 16, keys: 150_000, items: 10_000, chars: 8000 };

/** Everything but the preset and the practice. */
type ParcelWords = Pick<Parcel, 'from' | 'note' | 'suggestion' | 'bounds'>;

export function newParcel(
  preset: Preset,
  words: Partial<ParcelWords> = {},
  practice: Parcel['practice'] = null,
): Parcel {
  return {
    format: PARCEL_FORMAT,
    version: PARCEL_VERSION,
    from: words.from ?? '',
    sentAt: new Date().toISOString(),
    note: words.note ?? '',
    suggestion: words.suggestion ?? null,
    bounds: words.bounds ?? [],
    preset,
    practice,
  };
}

/** The text of a parcel file: every value written, fields always in the same order, a checksum at the end. */
export function serializeParcel(parcel: Parcel): string {
  const { from, sentAt, note, suggestion, bounds, preset, practice } = parcel;
  const file = {
    format: PARCEL_FORMAT,
    version: PARCEL_VERSION,
    from,
    sentAt,
    note,
    suggestion: suggestion && { minutes: suggestion.minutes, when: suggestion.when, text: suggestion.text },
    bounds: bounds.map(({ what, min, max }) => ({ what, min, max })),
    preset: plainPreset(preset),
    practice,
  };
  const plain = plainCopy(file, PARCEL_LIMITS) as PlainObject;
  return JSON.stringify({ ...plain, checksum: checksumOf(plain) }, null, 2);
}

const WORDS = {
  from: v.optional(v.string(), ''),
  sentAt: v.optional(v.string()),
  note: v.optional(v.string(), ''),
  suggestion: v.optional(
    v.nullable(
      v.strictObject({
        minutes: v.optional(v.nullable(v.number()), null),
        when: v.optional(v.string(), ''),
        text: v.optional(v.string(), ''),
      }),
    ),
    null,
  ),
  bounds: v.optional(v.array(v.strictObject({ what: v.string(), min: v.number(), max: v.number() })), []),
};

const PARCEL = v.strictObject({
  $schema: v.optional(v.string()),
  format: v.literal(PARCEL_FORMAT),
  version: v.literal(PARCEL_VERSION),
  ...WORDS,
  preset: v.unknown(),
  practice: v.optional(v.unknown(), null),
});

export type RawWords = Pick<v.InferOutput<typeof PARCEL>, 'from' | 'sentAt' | 'note' | 'suggestion' | 'bounds'>;

/** Parsed JSON, or a value from anywhere → the parcel in it. Never throws. */
export function restoreParcel(value: unknown): Restored<{ readonly parcel: Parcel }> {
  return guarded(() => {
    const file = plainCopy(value, PARCEL_LIMITS);
    if (!isPlainObject(file) || file['format'] !== PARCEL_FORMAT) {
      throw new Refusal('wrong-format', 'This is not a Hushcraft parcel. Nothing was changed.');
    }
    verifyChecksum(file);
    verifyVersion(file, PARCEL_VERSION, 'parcel');
    const raw = shaped(PARCEL, file, [], 'parcel');
    return { ok: true as const, ...parcelFrom(raw, raw.preset, raw.practice as Plain) };
  });
}

/** What a parcel's parts become. Throws a `Refusal`. */
export function parcelFrom(
  raw: RawWords,
  rawPreset: unknown,
  practice: Plain,
): { readonly parcel: Parcel; readonly warnings: readonly string[] } {
  const restored = restorePreset(rawPreset);
  if (!restored.ok) throw new Refusal(restored.error.code, restored.error.message);
  const warnings = [...restored.warnings];
  const { preset } = restored;
  const summary = practice === null ? null : summaryFrom(practice, warnings);
  const words: ParcelWords = {
    from: told(cleanName(raw.from), 'Who it is from', warnings),
    note: told(cleanNote(raw.note), 'The note', warnings),
    suggestion: suggestionFrom(raw.suggestion, warnings),
    bounds: boundsFrom(raw.bounds, preset, warnings),
  };
  return {
    parcel: { ...newParcel(preset, words, summary), sentAt: dateFrom(raw.sentAt, 'parcel', warnings) },
    warnings,
  };
}

function summaryFrom(practice: Plain, warnings: string[]): PracticeSummary {
  const restored = restoreSummary(practice);
  if (!restored.ok) throw new Refusal(restored.error.code, restored.error.message);
  warnings.push(...restored.warnings);
  return restored.summary;
}

function suggestionFrom(raw: RawWords['suggestion'], warnings: string[]): Suggestion | null {
  if (raw === null) return null;
  const minutes = raw.minutes === null ? null : Math.min(MAX_MINUTES, Math.max(1, Math.round(raw.minutes)));
  if (minutes !== raw.minutes) {
    warnings.push(
      `The suggested time must be 1 to ${String(MAX_MINUTES)} whole minutes; it became ${String(minutes)}.`,
    );
  }
  const when = told(
    cleanText(raw.when, { graphemes: WHEN_GRAPHEMES, chars: WHEN_GRAPHEMES * 14 }),
    'The suggested time of day',
    warnings,
  );
  const text = told(cleanNote(raw.text), 'The suggestion', warnings);
  return minutes === null && when === '' && text === '' ? null : { minutes, when, text };
}

function boundsFrom(raw: RawWords['bounds'], preset: Preset, warnings: string[]): Bound[] {
  const bounds: Bound[] = [];
  for (const { what, min, max } of raw.slice(0, MAX_BOUNDS)) {
    const target = boundTarget(preset.scene, what);
    if (min > max)
      throw new Refusal(
        'wrong-shape',
        `A limit of the parcel ends before it begins (${quoted(what)}). Nothing was changed.`,
      );
    if (!target || bounds.some((one) => one.what === what)) {
      warnings.push(`A limit of the parcel fits nothing in the sound (${quoted(what)}); it was left out.`);
      continue;
    }
    const inside = (value: number): number => Math.min(target.spec.max, Math.max(target.spec.min, value));
    if (inside(min) !== min || inside(max) !== max) {
      warnings.push(`A limit of the parcel reached further than the value itself (${quoted(what)}); it was drawn in.`);
    }
    bounds.push({ what, min: inside(min), max: inside(max) });
  }
  if (raw.length > MAX_BOUNDS) warnings.push(`Only the first ${String(MAX_BOUNDS)} limits were kept.`);
  return bounds;
}
