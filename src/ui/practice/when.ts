// Days in words, as the person lived them: no time zone can move them.

function words(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { timeZone: 'UTC', ...options });
}

/** "24 November 2026". */
export function dayWords(day: string): string {
  return words(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** "24 Nov". */
export function shortDay(day: string): string {
  return words(day, { day: 'numeric', month: 'short' });
}

/** "Tue 24 Nov". */
export function weekdayWords(day: string): string {
  return words(day, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '');
}
