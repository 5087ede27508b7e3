// The locale of the page or of the command line: one per program, set before the first message is read.
import type { CompiledMessage } from 'icu-minify/format';

/**
 * Returns the message to format in place of the English one.
 * @param english - the compiled English message
 * @param path - where it stands: the catalogue's name, then the keys
 * @returns the compiled translation
 */
export type Translate = (english: CompiledMessage, path: readonly string[]) => CompiledMessage;

/** A language with its regional formats and its writing direction. */
export interface Locale {
  /** BCP 47 tag for `<html lang>`. */
  readonly lang: string;
  /** BCP 47 tag for `Intl`, with the region whose dates and numbers are meant. */
  readonly intlTag: string;
  readonly direction: 'ltr' | 'rtl';
}

/** English with British dates: the base language, compiled into the code that uses it. */
export const ENGLISH: Locale = { lang: 'en', intlTag: 'en-GB', direction: 'ltr' };

/** The base language needs no translation. */
const SAME: Translate = (english) => english;

let locale = ENGLISH;
let translate = SAME;

/**
 * Reads the active locale.
 * @returns the active locale
 */
export function activeLocale(): Locale {
  return locale;
}

/**
 * Reads the translation of the active locale.
 * @returns function from English message to translated message
 */
export function activeTranslation(): Translate {
  return translate;
}

/**
 * Sets the locale of all messages and formats that are read from now on.
 * @param next - the locale
 * @param translation - gives its messages; left out: English
 */
export function setActiveLocale(next: Locale, translation: Translate = SAME): void {
  locale = next;
  translate = translation;
}
