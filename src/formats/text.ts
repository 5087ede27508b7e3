// Sanitizes text that people wrote: safe to show, to sort and to name files with. Also dates, ids, file names and CSV cells.
import { hashText } from './bytes.ts';
import type { DecodeWarning, JsonPath } from './decodeError.ts';

/** Of a preset or a person, in graphemes. */
export const MAX_NAME_GRAPHEMES = 80;
/** Of a note, in UTF-16 units. */
export const MAX_NOTE_CHARS = 2000;
/** Of a tag, in graphemes. */
export const MAX_TAG_GRAPHEMES = 30;
/** Of a preset. */
export const MAX_TAGS = 12;

/** How long a text may be, and whether it has lines. */
export interface TextRules {
  /** What a reader counts as one character, at most so many. */
  readonly graphemes?: number;
  /** UTF-16 units, at most so many (never cutting through a grapheme). */
  readonly chars?: number;
  /** Keeps line breaks and tabs. */
  readonly lines?: boolean;
}

/** A text that is safe to show. */
export interface SanitizedText {
  readonly text: string;
  /** Hidden characters or the end were removed. */
  readonly changed: boolean;
}

/** Combining marks on one letter: enough for Vietnamese, Hebrew and Tibetan, too few to reach other lines. */
const MAX_MARKS = 6;
const TOO_MANY_MARKS = new RegExp(`(\\p{M}{${String(MAX_MARKS)}})\\p{M}+`, 'gu');

/** Characters that hide, reorder or imitate text. Joiners have their own rule below; line breaks and tabs are white space. */
const HIDDEN = new RegExp(
  [
    '(?![\\t-\\r])\\p{Cc}', // controls
    '[\\p{Cs}\\p{Co}\\p{Noncharacter_Code_Point}]', // lone surrogates, private codes, codes that mean nothing
    '[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]', // reading direction
    '[\\u00ad\\u200b\\u2060-\\u2065\\u206a-\\u206f\\ufeff]', // no width
    '[\\u17b4\\u17b5\\u115f\\u1160\\u3164\\uffa0]', // letters that show nothing
    '[\\u180b-\\u180f\\ufe00-\\ufe0d\\u{e0000}-\\u{e0fff}]', // variants and tags (the emoji variants stay)
    '[\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}]', // annotations, shorthand and music controls
  ].join('|'),
  'gu',
);

/** Scripts whose letters a joiner shapes. */
const JOINED = [
  'Arabic',
  'Syriac',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
]
  .concat('Malayalam', 'Sinhala')
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/** Joiners stay where they shape letters or glue emoji together; anywhere else they only hide. */
const STRAY_JOINER = new RegExp(
  [
    `(?<![${JOINED}])\\u200c`,
    '\\u200c(?!\\p{L})',
    `(?<![${JOINED}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d`,
    '\\u200d(?![\\p{L}\\p{Extended_Pictographic}])',
  ].join('|'),
  'gu',
);

/**
 * Sanitizes a text: NFC, without hidden and reordering characters, stray joiners and excess combining marks; then clipped.
 * @param raw - text from anywhere
 * @param rules - how long it may be
 * @returns the text, and whether something was removed
 */
export function sanitizeText(raw: string, rules: TextRules = {}): SanitizedText {
  const visible = raw.replace(HIDDEN, '').replace(STRAY_JOINER, '');
  const composed = visible.normalize('NFC').replace(TOO_MANY_MARKS, '$1');
  const spaced = rules.lines === true ? tidyLines(composed) : composed.replace(/\s+/gu, ' ').trim();
  const text = clip(spaced, rules.graphemes ?? Infinity, rules.chars ?? Infinity);
  const changed = visible !== raw || composed.length < visible.normalize('NFC').length || text.length < spaced.length;
  return { text, changed };
}

/**
 * Sanitizes a name of a preset or a person.
 * @param raw - text from anywhere
 * @returns the text, and whether something was removed
 */
export function sanitizeName(raw: string): SanitizedText {
  return sanitizeText(raw, { graphemes: MAX_NAME_GRAPHEMES, chars: MAX_NAME_GRAPHEMES * 2 * (MAX_MARKS + 1) });
}

/**
 * Sanitizes a note, which may have lines.
 * @param raw - text from anywhere
 * @returns the text, and whether something was removed
 */
export function sanitizeNote(raw: string): SanitizedText {
  return sanitizeText(raw, { chars: MAX_NOTE_CHARS, lines: true });
}

/**
 * Sanitizes a tag.
 * @param raw - text from anywhere
 * @returns the text, and whether something was removed
 */
export function sanitizeTag(raw: string): SanitizedText {
  return sanitizeText(raw, { graphemes: MAX_TAG_GRAPHEMES, chars: MAX_TAG_GRAPHEMES * 2 * (MAX_MARKS + 1) });
}

/**
 * Keeps a sanitized text, and warns when something was removed.
 * @param sanitized - the result of one of the functions above
 * @param path - where it stands in the file
 * @param warnings - the list to add to
 * @returns the text
 */
export function sanitizeWithWarning(
  { text, changed }: SanitizedText,
  path: JsonPath,
  warnings: DecodeWarning[],
): string {
  if (changed) warnings.push({ code: 'text-sanitized', path, params: { text } });
  return text;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
const MIN_YEAR = 1970;
const MAX_YEAR = 9999;

/**
 * Parses a date in ISO 8601; now, with a warning, for anything else.
 * @param raw - the text in the file
 * @param path - where it stands in the file
 * @param warnings - the list to add to
 * @returns ISO 8601, UTC
 */
export function parseIsoDate(raw: string | undefined, path: JsonPath, warnings: DecodeWarning[]): string {
  const date = new Date(raw !== undefined && ISO_DATE.test(raw) ? raw : NaN);
  if (date.getUTCFullYear() >= MIN_YEAR && date.getUTCFullYear() <= MAX_YEAR) return date.toISOString();
  warnings.push({ code: 'date-replaced', path, params: {} });
  return new Date().toISOString();
}

function tidyLines(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u2028\u2029]/gu, '\n')
    .replace(/\n{4,}/gu, '\n\n\n')
    .trim();
}

function clip(text: string, maxGraphemes: number, maxChars: number): string {
  if (text.length <= maxChars && text.length <= maxGraphemes) return text;
  let end = 0;
  let count = 0;
  for (const grapheme of graphemes(text)) {
    if (count === maxGraphemes || end + grapheme.length > maxChars)
      return text.slice(0, end).replace(/[\s\u200c\u200d]+$/u, '');
    end += grapheme.length;
    count += 1;
  }
  return text;
}

/**
 * Splits a text into graphemes; into code points where the platform has no segmenter.
 * @param text - any text
 * @returns one grapheme after the other
 */
export function* graphemes(text: string): Generator<string> {
  if (typeof Intl.Segmenter !== 'function') yield* text;
  else for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) yield segment;
}

/** An id: letters, digits and hyphens. */
export const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
const MAX_ID_CHARS = 64;

/**
 * Makes an id safe.
 * @param raw - an id from anywhere
 * @returns the same when it is safe, else one derived from it, always the same
 */
export function safeId(raw: string): string {
  if (SAFE_ID.test(raw)) return raw;
  const slug = raw
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_ID_CHARS - 9);
  return slug === '' ? hashedId(raw) : `${slug}-${hashText(raw)}`;
}

/**
 * Derives an id from content.
 * @param content - any text
 * @returns the same id for the same text
 */
export function hashedId(content: string): string {
  return `sound-${hashText(content)}`;
}

/**
 * Makes a random id.
 * @returns a UUID, or 128 random bits
 */
export function newId(): string {
  // Only secure origins have randomUUID; a page served over plain http in a local network is none.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(numbers, (number) => number.toString(16).padStart(8, '0')).join('-');
}

const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/iu;
const MAX_FILE_NAME_BYTES = 120;

/**
 * Makes a file name that every system accepts: no path, no device, no hidden file, not too long.
 * @param name - as the person named it
 * @param extension - with its dot
 * @returns the file name
 */
export function safeFileName(name: string, extension = '.hush.json'): string {
  const { text } = sanitizeText(name, { graphemes: MAX_NAME_GRAPHEMES });
  let stem = text
    .replace(/[\\/:*?"<>|%]+/g, '-')
    .replace(/^[\s.~-]+/, '')
    .replace(/[\s.-]+$/, '');
  while (new TextEncoder().encode(stem).length > MAX_FILE_NAME_BYTES)
    stem = [...graphemes(stem)].slice(0, -1).join('').trimEnd();
  const first = stem.split('.')[0] ?? '';
  if (stem === '' || DEVICE_NAME.test(first.trim())) stem = stem === '' ? 'sound' : `sound ${stem}`;
  return `${stem}${extension}`;
}

/** Case, width, encoding of accents and spaces do not tell two names apart for a reader. */
function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/**
 * Makes a name unique, by a number at its end.
 * @param name - as wanted
 * @param existing - the other names
 * @returns the name, with the next free number when a reader would confuse it with an existing one
 */
export function uniqueName(name: string, existing: Iterable<string>): string {
  const keys = new Set(Array.from(existing, nameKey));
  if (!keys.has(nameKey(name))) return name;
  const numbered = / (\d{1,4})$/.exec(name);
  const stem = numbered ? name.slice(0, numbered.index) : name;
  for (let number = numbered ? Number(numbered[1]) + 1 : 2; ; number++) {
    const suffix = ` ${String(number)}`;
    const candidate = sanitizeText(stem, { graphemes: MAX_NAME_GRAPHEMES - suffix.length }).text + suffix;
    if (!keys.has(nameKey(candidate))) return candidate;
  }
}

/** A cell's start, also for programs that split at semicolons or tabs, before a character that begins a formula. */
const FORMULA = /(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/gu;

/**
 * Escapes one CSV cell (RFC 4180); what looks like a formula is made plain text.
 * @param text - the cell's content
 * @returns the cell
 */
export function spreadsheetCell(text: string): string {
  const inert = text.replace(FORMULA, "$1'");
  return /[",\n\r;\t]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
