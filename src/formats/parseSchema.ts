// A plain value against a strict schema: what comes out has the shape, anything else is refused with the first wrong place.
import * as v from 'valibot';
import type { Plain } from './sanitizeJson.ts';
import { Refusal, whereInWords } from './decodeError.ts';

/** `what`: what the person takes it for, "preset". Throws a `Refusal` that names the first wrong place. */
export function shaped<S extends v.GenericSchema>(
  schema: S,
  value: Plain,
  at: readonly string[] = [],
  what = 'preset',
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = [...at, ...(issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))];
  throw new Refusal('wrong-shape', `${reason(issue, path, what)} Nothing was changed.`);
}

function reason(issue: v.BaseIssue<unknown>, path: readonly (string | number)[], what: string): string {
  const where = whereInWords(path);
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `The ${what} has a field that does not belong there: ${where}.`;
  }
  if (issue.received === 'undefined') return `The ${what} lacks something: ${where}.`;
  const kind = KINDS[issue.type];
  return kind === undefined ? `The ${what} is not right at ${where}.` : `In the ${what}, ${where} must be ${kind}.`;
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  strict_object: 'a group of fields',
  record: 'a group of fields',
  strict_tuple: 'a list',
  union: 'a number or the name of a choice',
};
