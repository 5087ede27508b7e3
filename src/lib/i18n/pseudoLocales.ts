// Pseudo-locales, made from the English messages: for finding words outside the catalogues and layouts that cut words off.
import { setActiveLocale } from './activeLocale.ts';
import type { Locale, Translate } from './activeLocale.ts';
import { mapMessage } from './compiled.ts';

const PLAIN = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const ACCENTED = Array.from('ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀɱÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž');
const LETTER = /[A-Za-z]/g;
const VOWEL = /[aeiou]/i;
const WORD = /[^\s\u2068\u2069]+/g;
/** Right-to-left override and pop directional formatting: the letters between run from right to left. */
const OVERRIDE_START = '\u202e';
const OVERRIDE_END = '\u202c';

/** Accents each letter and doubles the vowels, which makes a text longer by a third. */
function accent(text: string): string {
  return text.replace(LETTER, (letter) => {
    const accented = ACCENTED[PLAIN.indexOf(letter)] ?? letter;
    return VOWEL.test(letter) ? accented + accented : accented;
  });
}

function mirror(text: string): string {
  return text.replace(WORD, (word) => OVERRIDE_START + word + OVERRIDE_END);
}

/** Brackets show a message that is cut off, and one that is glued from two. */
const accented: Translate = (english) => {
  const message = mapMessage(english, { text: accent });
  return typeof message === 'string' ? `[${message}]` : ['[', ...message, ']'];
};

const mirrored: Translate = (english) => mapMessage(english, { text: mirror });

const PSEUDO_LOCALES: readonly (Locale & { readonly translate: Translate })[] = [
  { lang: 'en-XA', intlTag: 'en-GB', direction: 'ltr', translate: accented },
  { lang: 'ar-XB', intlTag: 'ar', direction: 'rtl', translate: mirrored },
];

/**
 * Sets a pseudo-locale.
 * @param lang - `en-XA` (accented and longer) or `ar-XB` (from right to left); anything else changes nothing
 */
export function setPseudoLocale(lang: string | null): void {
  const locale = PSEUDO_LOCALES.find((pseudo) => pseudo.lang === lang);
  if (locale) setActiveLocale(locale, locale.translate);
}
