// Compiles message catalogues: ICU MessageFormat to icu-minify's lists, so that no parser is sent to the browser.
import compile from 'icu-minify/compile';
import { parseSync, Visitor } from 'vite';
import type { Plugin } from 'vite';
import { ISOLATE_END, ISOLATE_START, mapMessage } from '../src/lib/i18n/compiled.ts';

/** Files that hold messages and nothing else: the features' and, beside each trigger, the trigger's own. */
const CATALOGUE = /\/src\/(?:ui\/messages\/.+|synth\/triggers\/.+\bmessages)\.ts$/;

/**
 * Compiles one message and isolates the writing direction of its arguments.
 * @param text - the message in ICU MessageFormat
 * @returns the compiled message
 * @throws Error with the reason and the message
 */
export function compileMessage(text: string): ReturnType<typeof compile> {
  try {
    return mapMessage(compile(text), { argument: (argument) => [ISOLATE_START, argument, ISOLATE_END] });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nin the message: ${text}`, {
      cause: error,
    });
  }
}

/** Vite plugin: in catalogues, every value that is a string becomes a compiled message. */
export function messages(): Plugin {
  return {
    name: 'hushcraft-messages',
    enforce: 'pre',
    transform: {
      filter: { id: CATALOGUE },
      handler(code, id) {
        const edits: { start: number; end: number; text: string }[] = [];
        new Visitor({
          Property({ value }) {
            if (value.type === 'ObjectExpression') return;
            if (value.type !== 'Literal' || typeof value.value !== 'string')
              throw new Error(`A message is one string literal: ${code.slice(value.start, value.end)}`);
            edits.push({ start: value.start, end: value.end, text: value.value });
          },
        }).visit(parseSync(id, code).program);
        let rest = code.length;
        let compiled = '';
        for (const { start, end, text } of edits.reverse()) {
          compiled = JSON.stringify(compileMessage(text)) + code.slice(end, rest) + compiled;
          rest = start;
        }
        return { code: code.slice(0, rest) + compiled, map: null };
      },
    },
  };
}
