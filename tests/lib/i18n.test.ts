import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { ENGLISH, setActiveLocale } from '../../src/lib/i18n/activeLocale.ts';
import type { Locale } from '../../src/lib/i18n/activeLocale.ts';
import type { CompiledCatalogue } from '../../src/lib/i18n/compiled.ts';
import { ISOLATES } from '../../src/lib/i18n/compiled.ts';
import { defineMessages } from '../../src/lib/i18n/defineMessages.ts';
import type { Translation } from '../../src/lib/i18n/defineMessages.ts';
import { formatDate, formatList, formatNumber } from '../../src/lib/i18n/format.ts';
import { setPseudoLocale } from '../../src/lib/i18n/pseudoLocales.ts';
import { nightMessages } from '../../src/ui/messages/night.ts';
import { compileMessage, messages as messagesPlugin } from '../../tools/messages.ts';

const GERMAN: Locale = { lang: 'de', intlTag: 'de-DE', direction: 'ltr' };
const HEBREW: Locale = { lang: 'he', intlTag: 'he', direction: 'rtl' };

/** Compiles a catalogue written in a test, as the plugin does for those in files. */
function compiled<const C extends object>(catalogue: C): C {
  return JSON.parse(JSON.stringify(catalogue), (_, value: unknown) =>
    typeof value === 'string' ? compileMessage(value) : value,
  ) as C;
}

const taps = defineMessages(
  'taps',
  compiled({
    saved: 'Saved as {name}.',
    count: '{taps, plural, =0 {no taps} one {# tap} other {# taps}} in {seconds, number} s',
    place: { ear: '{sound} at {side, select, left {the left ear} other {the right ear}}' },
    day: 'On {day, date, ::yyyyMMMMd}',
    plain: "The hand's own sound",
  }),
);

/** Sets a locale whose messages are those of `translation` and English where it has none. */
function translateTo(locale: Locale, translation: Record<string, CompiledCatalogue>): void {
  setActiveLocale(locale, (english, path) => {
    let entry: unknown = translation;
    for (const key of path) entry = (entry as Record<string, unknown> | undefined)?.[key];
    return (entry as typeof english | undefined) ?? english;
  });
}

afterEach(() => {
  setActiveLocale(ENGLISH);
});

describe('messages', () => {
  it('fill in texts, numbers, plurals, selects and dates', () => {
    expect(taps.saved({ name: 'Rain on a tent' })).toBe('Saved as Rain on a tent.');
    expect(taps.count({ taps: 0, seconds: 1.5 })).toBe('no taps in 1.5 s');
    expect(taps.count({ taps: 1, seconds: 2 })).toBe('1 tap in 2 s');
    expect(taps.count({ taps: 1200, seconds: 2 })).toBe('1,200 taps in 2 s');
    expect(taps.place.ear({ sound: 'Rain', side: 'left' })).toBe('Rain at the left ear');
    expect(taps.day({ day: new Date('2026-03-05T12:00:00Z') })).toBe('On 5 March 2026');
    expect(taps.plain()).toBe("The hand's own sound");
  });

  it('follow the language: its order, its plurals, its digits, and English where a message is missing', () => {
    translateTo(GERMAN, {
      taps: compiled({
        count: 'in {seconds, number} s {taps, plural, one {# Klopfer} other {# Klopfer}}',
        place: { ear: 'am {side, select, left {linken} other {rechten}} Ohr: {sound}' },
      }),
    });
    expect(taps.count({ taps: 1200, seconds: 1.5 })).toBe('in 1,5 s 1.200 Klopfer');
    expect(taps.place.ear({ sound: 'Regen', side: 'left' })).toBe('am linken Ohr: Regen');
    expect(taps.saved({ name: 'Regen' })).toBe('Saved as Regen.');
  });

  it('isolate a name of the other direction, and only then', () => {
    expect(taps.saved({ name: 'مطر' })).toBe('Saved as \u2068مطر\u2069.');
    setActiveLocale(HEBREW);
    expect(taps.saved({ name: 'Rain' })).toBe('Saved as \u2068Rain\u2069.');
    // A code that a message chooses by is not a text.
    expect(taps.place.ear({ sound: 'Rain', side: 'left' })).toBe('\u2068Rain\u2069 at the left ear');
  });

  it('have parameters that the type checker reads from the text', () => {
    expectTypeOf(taps.saved).parameters.toEqualTypeOf<[{ name: string }]>();
    expectTypeOf(taps.count).parameters.toEqualTypeOf<[{ taps: number; seconds: number }]>();
    expectTypeOf(taps.day).parameters.toEqualTypeOf<[{ day: Date }]>();
    expectTypeOf(taps.plain).parameters.toEqualTypeOf<[]>();
    expectTypeOf<keyof Translation<typeof taps>>().toEqualTypeOf<'saved' | 'count' | 'place' | 'day' | 'plain'>();
    expectTypeOf<Translation<typeof taps>['place']>().toEqualTypeOf<{ readonly ear: string }>();
  });

  it('are refused when they cannot be compiled, with the message named', () => {
    expect(() => compileMessage('Saved as {name')).toThrow('in the message: Saved as {name');
    expect(() => compileMessage('{n, plural, one {#}}')).toThrow('in the message');
    expect(() => compileMessage('<b>Saved</b>')).toThrow('text only');
  });

  it('are one literal each', () => {
    const { handler } = messagesPlugin().transform as { handler: (code: string, id: string) => { code: string } };
    expect(handler("export default { a: 'x … {n}', b: { c: 'y' } } as const;", '/src/ui/messages/x.ts').code).toBe(
      'export default { a: ["x … ","\u2068",["n"],"\u2069"], b: { c: "y" } } as const;',
    );
    expect(() => handler("export default { a: 'x' + 'y' };", '/src/ui/messages/x.ts')).toThrow('one string');
  });
});

describe('formats', () => {
  it('follow the language', () => {
    const day = new Date('2026-03-05T12:00:00Z');
    const options = { dateStyle: 'long', timeZone: 'UTC' } as const;
    expect([formatNumber(1234.5), formatDate(day, options), formatList(['a', 'b', 'c'])]).toEqual([
      '1,234.5',
      '5 March 2026',
      'a, b and c',
    ]);
    setActiveLocale(GERMAN);
    expect([formatNumber(1234.5), formatDate(day, options), formatList(['a', 'b', 'c'])]).toEqual([
      '1.234,5',
      '5. März 2026',
      'a, b und c',
    ]);
  });
});

describe('pseudo-locales', () => {
  it('en-XA accents and lengthens the words and leaves what is filled in', () => {
    setPseudoLocale('en-XA');
    expect(taps.saved({ name: 'Rain' })).toBe('[Šååṽééð ååš Rain.]');
    expect(taps.count({ taps: 2, seconds: 3 })).toBe('[2 ţååþš îîñ 3 š]');
    expect(nightMessages.resume.left({ minutes: 1 })).toMatch(/^\[.*1.*\]$/);
  });

  it('ar-XB turns the words round, in a page that runs from right to left', () => {
    setPseudoLocale('ar-XB');
    expect(taps.saved({ name: 'Rain' }).replace(ISOLATES, '|')).toBe(
      '\u202eSaved\u202c \u202eas\u202c |Rain|\u202e.\u202c',
    );
  });

  it('are not set by any other name', () => {
    setPseudoLocale('de');
    expect(taps.plain()).toBe("The hand's own sound");
  });
});
