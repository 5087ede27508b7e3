// Days in words, as the person lived them: no time zone can move them.

/** Made once: making one takes longer than a thousand words. */
function words(options: Intl.DateTimeFormatOptions): (day: string) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (day) =>
    (format ??= new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })).format(new Date(`${day}T12:00:00Z`));
}

/** "24 November 2026". */
export const dayWords = words({ day: 'numeric', month: 'long', year: 'numeric' });

/** "24 Nov". */
export const shortDay = words({ day: 'numeric', month: 'short' });

const weekday = words({ weekday: 'short', day: 'numeric', month: 'short' });

/** "Tue 24 Nov". */
export function weekdayWords(day: string): string {
  return weekday(day).replace(',', '');
}
