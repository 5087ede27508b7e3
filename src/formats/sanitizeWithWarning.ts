// Texts and dates from outside, cleaned, with a warning when the sender would miss something.
import { quoted } from './decodeError.ts';
import type { CleanText } from './sanitizeText.ts';

export function told({ text, changed }: CleanText, what: string, warnings: string[]): string {
  if (changed) warnings.push(`${what} held hidden characters or was too long; it was cleaned to ${quoted(text)}.`);
  return text;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
const OLDEST_YEAR = 1970;

export function dateFrom(raw: string | undefined, of: string, warnings: string[]): string {
  const date = new Date(raw !== undefined && ISO_DATE.test(raw) ? raw : NaN);
  if (date.getUTCFullYear() >= OLDEST_YEAR && date.getUTCFullYear() <= 9999) return date.toISOString();
  warnings.push(`The date of the ${of} was missing or unreadable; it was set to today.`);
  return new Date().toISOString();
}
