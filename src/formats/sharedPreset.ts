// The shared preset file (`hushcraft-parcel`): a preset with a note, a suggestion, limits and, if chosen, a practice summary.
import * as v from 'valibot';
import { DecodeError, rethrown, tryDecode } from './decodeError.ts';
import type { Decoded, DecodeWarning } from './decodeError.ts';
import { checksumOf, isJsonObject, parseVersion, parseWith, sanitizeJson, verifyChecksum } from './json.ts';
import type { JsonLimits, JsonObject, JsonValue } from './json.ts';
import { findLimitTarget } from './limitTarget.ts';
import { restoreSummary } from './practiceSummary.ts';
import type { PracticeSummary } from './practiceSummary.ts';
import { presetToJson, restorePreset } from './preset.ts';
import type { DecodedPreset, Preset } from './preset.ts';
import { parseIsoDate, sanitizeName, sanitizeNote, sanitizeText, sanitizeWithWarning } from './text.ts';

/** The `format` field of a shared preset file. */
export const SHARED_PRESET_FORMAT = 'hushcraft-parcel';
/** Goes up when the shape changes. */
export const SHARED_PRESET_VERSION = 1;
/** The largest shared preset file. */
export const MAX_SHARED_PRESET_BYTES = 2 * 1024 * 1024;
/** Limits of one shared preset. */
export const MAX_LIMITS = 64;
/** The longest suggestion: a whole day. */
export const MAX_SUGGESTED_MINUTES = 1440;
const MAX_WHEN_GRAPHEMES = 80;

/** A practice summary of years is long. */
const LIMITS: JsonLimits = { depth: 16, keys: 150_000, items: 10_000, chars: 8000 };

/** How the sender suggests to use it: free text, never an instruction of the program's own. */
export interface Suggestion {
  /** null: not given. */
  readonly minutes: number | null;
  /** "before bed". */
  readonly when: string;
  readonly text: string;
}

/** How far a value may be moved by whoever adjusts the preset. */
export interface ParamLimit {
  /** A path as `findLimitTarget` reads it; the field's name is the file's. */
  readonly what: string;
  readonly min: number;
  readonly max: number;
}

/** A preset as one person sends it to another. */
export interface SharedPreset {
  readonly format: typeof SHARED_PRESET_FORMAT;
  readonly version: typeof SHARED_PRESET_VERSION;
  /** Who it says it is from: free text, never verified. */
  readonly from: string;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
  readonly note: string;
  readonly suggestion: Suggestion | null;
  /** Empty: everything may be moved. */
  readonly bounds: readonly ParamLimit[];
  readonly preset: Preset;
  /** Only in files, never in links or QR codes, and only when the person chose it. */
  readonly practice: PracticeSummary | null;
}

/** Everything but the preset and the practice summary. */
type Details = Pick<SharedPreset, 'from' | 'note' | 'suggestion' | 'bounds'>;

/**
 * Makes a shared preset, sent now.
 * @param preset - to send
 * @param details - sender, note, suggestion and limits
 * @param practice - the summary that was chosen
 * @returns the shared preset
 */
export function newSharedPreset(
  preset: Preset,
  details: Partial<Details> = {},
  practice: PracticeSummary | null = null,
): SharedPreset {
  return {
    format: SHARED_PRESET_FORMAT,
    version: SHARED_PRESET_VERSION,
    from: details.from ?? '',
    sentAt: new Date().toISOString(),
    note: details.note ?? '',
    suggestion: details.suggestion ?? null,
    bounds: details.bounds ?? [],
    preset,
    practice,
  };
}

/**
 * Makes a shared preset of a preset that came without details.
 * @param preset - as received
 * @returns the shared preset, dated as the preset
 */
export function presetWithoutDetails(preset: Preset): SharedPreset {
  return { ...newSharedPreset(preset), sentAt: preset.createdAt };
}

/**
 * Serializes a shared preset: every value written, fields always in the same order, a checksum at the end.
 * @param shared - to write
 * @returns the text of the file
 * @throws DecodeError for what `parseSharedPreset` would refuse
 */
export function serializeSharedPreset(shared: SharedPreset): string {
  const { from, sentAt, note, suggestion, bounds, preset, practice } = shared;
  const file = {
    format: SHARED_PRESET_FORMAT,
    version: SHARED_PRESET_VERSION,
    from,
    sentAt,
    note,
    suggestion: suggestion && { minutes: suggestion.minutes, when: suggestion.when, text: suggestion.text },
    bounds: bounds.map(({ what, min, max }) => ({ what, min, max })),
    preset: presetToJson(preset),
    practice,
  };
  const plain = sanitizeJson(file, LIMITS) as JsonObject;
  return JSON.stringify({ ...plain, checksum: checksumOf(plain) }, null, 2);
}

const DETAILS = {
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

/** The shape of a shared preset file. */
export const SHARED_PRESET = v.strictObject({
  $schema: v.optional(v.string()),
  format: v.literal(SHARED_PRESET_FORMAT),
  version: v.literal(SHARED_PRESET_VERSION),
  ...DETAILS,
  preset: v.unknown(),
  practice: v.optional(v.unknown(), null),
});

/** The details as they stand in a file or a link. */
export type RawDetails = Pick<
  v.InferOutput<typeof SHARED_PRESET>,
  'from' | 'sentAt' | 'note' | 'suggestion' | 'bounds'
>;

/**
 * Parses a shared preset. Never throws.
 * @param value - parsed JSON, or any other value
 * @returns the shared preset with warnings, or why it is refused
 */
export function parseSharedPreset(value: unknown): Decoded<{ readonly parcel: SharedPreset }> {
  return tryDecode(() => {
    const file = sanitizeJson(value, LIMITS);
    if (!isJsonObject(file) || file['format'] !== SHARED_PRESET_FORMAT)
      throw new DecodeError('wrong-format', { kind: 'parcel' });
    verifyChecksum(file);
    parseVersion(file, SHARED_PRESET_VERSION, 'parcel');
    const raw = parseWith(SHARED_PRESET, file, 'parcel');
    const restored = restorePreset(raw.preset);
    if (!restored.ok) return restored;
    return { ok: true as const, ...parseDetails(raw, restored, raw.practice as JsonValue) };
  });
}

/**
 * Adds the details to a parsed preset.
 * @param raw - the details as they stand in a file or a link
 * @param restored - the preset with its warnings
 * @param practice - the summary in the file, or null
 * @returns the shared preset, with all warnings
 * @throws DecodeError
 */
export function parseDetails(
  raw: RawDetails,
  restored: DecodedPreset & { readonly ok: true },
  practice: JsonValue,
): { readonly parcel: SharedPreset; readonly warnings: readonly DecodeWarning[] } {
  const { preset } = restored;
  const warnings = [...restored.warnings];
  const summary = practice === null ? null : parsePractice(practice, warnings);
  const details: Details = {
    from: sanitizeWithWarning(sanitizeName(raw.from), ['from'], warnings),
    note: sanitizeWithWarning(sanitizeNote(raw.note), ['note'], warnings),
    suggestion: parseSuggestion(raw.suggestion, warnings),
    bounds: parseLimits(raw.bounds, preset, warnings),
  };
  const sentAt = parseIsoDate(raw.sentAt, ['sentAt'], warnings);
  return { parcel: { ...newSharedPreset(preset, details, summary), sentAt }, warnings };
}

function parsePractice(practice: JsonValue, warnings: DecodeWarning[]): PracticeSummary {
  const restored = restoreSummary(practice);
  if (!restored.ok) throw rethrown(restored.error);
  warnings.push(...restored.warnings);
  return restored.summary;
}

function parseSuggestion(raw: RawDetails['suggestion'], warnings: DecodeWarning[]): Suggestion | null {
  if (raw === null) return null;
  const minutes = raw.minutes === null ? null : Math.min(MAX_SUGGESTED_MINUTES, Math.max(1, Math.round(raw.minutes)));
  if (minutes !== null && minutes !== raw.minutes) {
    const params = { max: MAX_SUGGESTED_MINUTES, to: minutes };
    warnings.push({ code: 'minutes-clamped', path: ['suggestion', 'minutes'], params });
  }
  const rules = { graphemes: MAX_WHEN_GRAPHEMES, chars: MAX_WHEN_GRAPHEMES * 14 };
  const when = sanitizeWithWarning(sanitizeText(raw.when, rules), ['suggestion', 'when'], warnings);
  const text = sanitizeWithWarning(sanitizeNote(raw.text), ['suggestion', 'text'], warnings);
  return minutes === null && when === '' && text === '' ? null : { minutes, when, text };
}

function parseLimits(raw: RawDetails['bounds'], preset: Preset, warnings: DecodeWarning[]): ParamLimit[] {
  const limits: ParamLimit[] = [];
  for (const [index, { what, min, max }] of raw.slice(0, MAX_LIMITS).entries()) {
    const path = ['bounds', index];
    const target = findLimitTarget(preset.scene, what);
    if (min > max) throw new DecodeError('limit-reversed', { limit: what });
    if (!target || limits.some((limit) => limit.what === what)) {
      warnings.push({ code: 'limit-without-target', path, params: { limit: what } });
      continue;
    }
    const clamp = (value: number): number => Math.min(target.spec.max, Math.max(target.spec.min, value));
    if (clamp(min) !== min || clamp(max) !== max)
      warnings.push({ code: 'limit-narrowed', path, params: { limit: what } });
    limits.push({ what, min: clamp(min), max: clamp(max) });
  }
  if (raw.length > MAX_LIMITS) warnings.push({ code: 'limits-dropped', path: ['bounds'], params: { max: MAX_LIMITS } });
  return limits;
}
