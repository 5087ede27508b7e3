// Text that people wrote → text that is safe to show, to sort and to name files with. Never interpreted, only cleaned.
import { hashText } from './checksum.ts';

export const NAME_GRAPHEMES = 80;
export const NOTE_CHARS = 2000;
export const TAG_GRAPHEMES = 30;
export const MAX_TAGS = 12;

export interface TextRules {
  /** What a reader counts as one character, at most so many. */
  readonly graphemes?: number;
  /** UTF-16 units, at most so many (never cutting through a grapheme). */
  readonly chars?: number;
  /** Keeps line breaks and tabs. */
  readonly lines?: boolean;
}

export interface CleanText {
  readonly text: string;
  /** Something the writer may miss is gone: hidden characters, or the end. */
  readonly changed: boolean;
}

/** Longest run of accents on one letter: enough for Vietnamese, Hebrew and Tibetan, too little to climb over other lines. */
const MAX_MARKS = 6;
const TOO_MANY_MARKS = new RegExp(`(\\p{M}{${String(MAX_MARKS)}})\\p{M}+`, 'gu');

/** What hides, reorders or imitates text. Joiners have their own rule below; line breaks and tabs are white space. */
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

/** NFC; hidden and reordering characters, stray joiners and towers of accents go; then it is cut to length. */
export function cleanText(raw: string, rules: TextRules = {}): CleanText {
  const visible = raw.replace(HIDDEN, '').replace(STRAY_JOINER, '');
  const composed = visible.normalize('NFC').replace(TOO_MANY_MARKS, '$1');
  const spaced = rules.lines === true ? tidyLines(composed) : composed.replace(/\s+/gu, ' ').trim();
  const text = cut(spaced, rules.graphemes ?? Infinity, rules.chars ?? Infinity);
  const lost = visible !== raw || composed.length < visible.normalize('NFC').length || text.length < spaced.length;
  return { text, changed: lost };
}

export function cleanName(raw: string): CleanText {
  return cleanText(raw, { graphemes: NAME_GRAPHEMES, chars: NAME_GRAPHEMES * 2 * (MAX_MARKS + 1) });
}

export function cleanNote(raw: string): CleanText {
  return cleanText(raw, { chars: NOTE_CHARS, lines: true });
}

export function cleanTag(raw: string): CleanText {
  return cleanText(raw, { graphemes: TAG_GRAPHEMES, chars: TAG_GRAPHEMES * 2 * (MAX_MARKS + 1) });
}

function tidyLines(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u2028\u2029]/gu, '\n')
    .replace(/\n{4,}/gu, '\n\n\n')
    .trim();
}

function cut(text: string, maxGraphemes: number, maxChars: number): string {
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

/** What a reader counts as characters. Code points where the platform cannot say. */
export function* graphemes(text: string): Generator<string> {
  if (typeof Intl.Segmenter !== 'function') yield* text;
  else for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) yield segment;
}

/** Letters, digits and hyphens: what an id may be made of. */
export const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
const ID_CHARS = 64;

/** The id itself when it is safe, else one made from it, always the same. */
export function safeId(raw: string): string {
  if (SAFE_ID.test(raw)) return raw;
  const slug = raw
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, ID_CHARS - 9);
  return slug === '' ? hashedId(raw) : `${slug}-${hashText(raw)}`;
}

/** An id made from content: always the same for the same. */
export function hashedId(content: string): string {
  return `sound-${hashText(content)}`;
}

/** An id nobody else has. */
export function freshId(): string {
  // randomUUID exists on secure origins only; a page opened from another machine of the house is none.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const words = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('-');
}

const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/iu;
const FILE_BYTES = 120;

/** A file name that every system takes: no path, no device, no hidden file, not too long. */
export function safeFileName(name: string, extension = '.hush.json'): string {
  const { text } = cleanText(name, { graphemes: NAME_GRAPHEMES });
  let stem = text
    .replace(/[\\/:*?"<>|%]+/g, '-')
    .replace(/^[\s.~-]+/, '')
    .replace(/[\s.-]+$/, '');
  while (new TextEncoder().encode(stem).length > FILE_BYTES)
    stem = [...graphemes(stem)].slice(0, -1).join('').trimEnd();
  const first = stem.split('.')[0] ?? '';
  if (stem === '' || DEVICE_NAME.test(first.trim())) stem = stem === '' ? 'sound' : `sound ${stem}`;
  return `${stem}${extension}`;
}

/** How a name sounds to a reader: case, width, accents' encoding and spaces do not tell two names apart. */
function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** The name, or the name with the next free number when a reader would take it for one of `taken`. */
export function freeName(name: string, taken: Iterable<string>): string {
  const keys = new Set(Array.from(taken, nameKey));
  if (!keys.has(nameKey(name))) return name;
  const numbered = / (\d{1,4})$/.exec(name);
  const stem = numbered ? name.slice(0, numbered.index) : name;
  for (let number = numbered ? Number(numbered[1]) + 1 : 2; ; number++) {
    const suffix = ` ${String(number)}`;
    const candidate = cleanText(stem, { graphemes: NAME_GRAPHEMES - suffix.length }).text + suffix;
    if (!keys.has(nameKey(candidate))) return candidate;
  }
}

/** Where a cell may begin, also for programs that split at semicolons or tabs, and what makes it a formula there. */
const FORMULA = /(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/gu;

/** One cell of a table for spreadsheets: what looks like a formula is made plain text. */
export function spreadsheetCell(text: string): string {
  const inert = text.replace(FORMULA, "$1'");
  return /[",\n\r;\t]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
