// Compiled messages (icu-minify's lists of texts and arguments): how to tell, walk and change them.
import type { CompiledMessage } from 'icu-minify/format';

type Node = Exclude<CompiledMessage, string>[number];

/** A catalogue after compilation. */
export type CompiledCatalogue = CompiledMessage | { readonly [key: string]: CompiledCatalogue };

/** First strong isolate and pop directional isolate: a text between them does not reorder the sentence around it. */
export const ISOLATE_START = '\u2068';
/** The end of an isolated text. */
export const ISOLATE_END = '\u2069';
/** Both marks, wherever they are. */
export const ISOLATES = /[\u2068\u2069]/g;

/** icu-minify's number for `select`; `plural` and `selectordinal` follow. */
const SELECT = 1;
const SELECT_ORDINAL = 3;

/**
 * Tells a message from a group of messages.
 * @param entry - what stands under a key
 * @returns true for a message
 */
export function isMessage(entry: CompiledCatalogue): entry is CompiledMessage {
  return typeof entry === 'string' || Array.isArray(entry);
}

/** What to put in place of the parts of a message. */
interface Mapping {
  /** For each piece of text, also those in branches. */
  readonly text?: (text: string) => string;
  /** For each argument that is shown as it is given. */
  readonly argument?: (argument: Node) => readonly Node[];
}

/**
 * Copies a message with its texts and plain arguments changed, those in the branches of plurals and selects too.
 * @param message - the compiled message
 * @param mapping - the changes; what is left out stays
 * @returns the changed copy
 * @throws Error for markup in a message: sentences hold text only
 */
export function mapMessage(message: CompiledMessage, mapping: Mapping): CompiledMessage {
  const mapText = mapping.text ?? ((text: string) => text);
  if (typeof message === 'string') return mapText(message);
  return message.flatMap((node): readonly Node[] => {
    if (typeof node === 'string') return [mapText(node)];
    if (!Array.isArray(node)) return [node];
    const [name, type, branches] = node as [string, unknown, unknown];
    if (type === undefined) return mapping.argument?.(node) ?? [node];
    if (typeof type !== 'number' || type === 0) throw new Error(`A message holds text only, not <${name}>.`);
    if (type < SELECT || type > SELECT_ORDINAL) return [node];
    const mapped = Object.entries(branches as Record<string, CompiledMessage | 0>).map(([key, branch]) => [
      key,
      branch === 0 ? branch : mapMessage(branch, mapping),
    ]);
    return [[name, type, Object.fromEntries(mapped)] as Node];
  });
}
