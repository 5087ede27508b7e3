// A message catalogue in ICU MessageFormat to typed functions. `tools/messages.ts` has compiled the texts by then.
import format from 'icu-minify/format';
import type { CompiledMessage, FormatValues } from 'icu-minify/format';
import type { GetICUArgs } from '@schummar/icu-type-parser';
import { activeLocale, activeTranslation } from './activeLocale.ts';
import { isMessage, ISOLATES } from './compiled.ts';
import type { CompiledCatalogue } from './compiled.ts';
import { formatters } from './format.ts';

/** English messages by key, in groups as deep as wanted. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

/** What a message takes: `{name}` a text, `{n, number}` and `{n, plural, …}` a number, `{when, date}` a Date. */
type Values<Text extends string> = GetICUArgs<
  Text,
  { ICUArgument: string; ICUNumberArgument: number; ICUDateArgument: Date }
>;

/** A message as a function; its parameters are read from the English text by the type checker. */
type Message<Text extends string> = keyof Values<Text> extends never ? () => string : (values: Values<Text>) => string;

/** The functions of a catalogue, under the same keys. */
export type Messages<C> = {
  readonly [Key in keyof C]: C[Key] extends string ? Message<C[Key]> : Messages<C[Key]>;
};

/** The texts of a catalogue in another language: all keys, and no others. */
export type Translation<M> = {
  readonly [Key in keyof M]: M[Key] extends (...values: never) => string ? string : Translation<M[Key]>;
};

/** Letters of scripts written from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Makes the functions of a catalogue.
 * @param name - the catalogue's name, as its file: translations are found by it
 * @param catalogue - the English messages
 * @returns a function for each message
 */
export function defineMessages<const C extends Catalogue>(name: string, catalogue: C): Messages<C> {
  return define(catalogue, [name]) as Messages<C>;
}

function define(entry: CompiledCatalogue, path: readonly string[]): unknown {
  if (isMessage(entry)) return (values?: FormatValues<never>) => formatMessage(entry, path, values);
  return Object.fromEntries(Object.entries(entry).map(([key, inner]) => [key, define(inner, [...path, key])]));
}

function formatMessage(english: CompiledMessage, path: readonly string[], values?: FormatValues<never>): string {
  const { direction, intlTag } = activeLocale();
  const text = format<never>(activeTranslation()(english, path), intlTag, values, { formatters }) as string;
  // Every argument is isolated; where all runs one way, the invisible marks would only be in the way of copies and searches.
  return direction === 'rtl' || RIGHT_TO_LEFT.test(text) ? text : text.replace(ISOLATES, '');
}
