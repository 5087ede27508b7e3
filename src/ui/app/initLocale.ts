// Which language the page speaks, and what the document says of it.
import { activeLocale } from '../../lib/i18n/activeLocale.ts';

/** Sets the page's locale, language and writing direction. To be awaited before the first message is read. */
export async function initLocale(): Promise<void> {
  // Pseudo-locales are for tests: `?locale=en-XA` or `?locale=ar-XB`. A build for visitors leaves them out.
  if (import.meta.env.DEV || import.meta.env.VITE_PSEUDO_LOCALES === '1') {
    const { setPseudoLocale } = await import('../../lib/i18n/pseudoLocales.ts');
    setPseudoLocale(new URLSearchParams(location.search).get('locale'));
  }
  const { lang, direction } = activeLocale();
  document.documentElement.lang = lang;
  document.documentElement.dir = direction;
}
