// Numbers, dates, lists and plural categories in the active locale: `Intl` formatters, each made once.
import { activeLocale } from './activeLocale.ts';

/** Wraps an `Intl` constructor so that equal arguments give the same formatter: making one takes up to a millisecond. */
function cached<Options, Formatter>(
  Constructor: new (tag: string, options?: Options) => Formatter,
): (tag: string, options?: Options) => Formatter {
  const made = new Map<string, Formatter>();
  return (tag, options) => {
    const key = tag + JSON.stringify(options);
    const known = made.get(key) ?? new Constructor(tag, options);
    made.set(key, known);
    return known;
  };
}

/** Cached formatters for an explicit tag: what messages format their own arguments with. */
export const formatters = {
  getNumberFormat: cached(Intl.NumberFormat),
  getDateTimeFormat: cached(Intl.DateTimeFormat),
  getPluralRules: cached(Intl.PluralRules),
};
const getListFormat = cached(Intl.ListFormat);

/**
 * Formats a number that stands outside a message.
 * @param value - any finite number
 * @param options - as for `Intl.NumberFormat`
 * @returns the text in the active locale
 */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return formatters.getNumberFormat(activeLocale().intlTag, options).format(value);
}

/**
 * Formats a date or a time of day.
 * @param value - the moment
 * @param options - as for `Intl.DateTimeFormat`; a calendar day kept as UTC needs `timeZone: 'UTC'`
 * @returns the text in the active locale
 */
export function formatDate(value: Date, options?: Intl.DateTimeFormatOptions): string {
  return formatters.getDateTimeFormat(activeLocale().intlTag, options).format(value);
}

/**
 * Joins texts to a list: "a, b and c".
 * @param items - the texts
 * @param options - as for `Intl.ListFormat`
 * @returns the list in the active locale
 */
export function formatList(items: readonly string[], options?: Intl.ListFormatOptions): string {
  return getListFormat(activeLocale().intlTag, options).format(items);
}
