// Anything → a fresh copy of plain objects, lists, text, finite numbers, booleans and nulls. What else there is, is refused.
import { quoted, Refusal, whereInWords } from './decodeError.ts';

export type Plain = null | boolean | number | string | Plain[] | PlainObject;
export interface PlainObject {
  [key: string]: Plain;
}

/** How much of it there may be, whatever it is. */
export interface PlainLimits {
  readonly depth: number;
  /** Keys of all objects together. */
  readonly keys: number;
  /** Items of any one list. */
  readonly items: number;
  /** Characters of any one text. */
  readonly chars: number;
}

export const PRESET_LIMITS: PlainLimits = { depth: 16, keys: 2000, items: 64, chars: 8000 };

/** Names that mean something to every JavaScript object, or to a promise: no data is called that. */
const FORBIDDEN_KEYS = new Set([
  '__proto__',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'prototype',
  'then',
  'toJSON',
  'toLocaleString',
  'toString',
  'valueOf',
]);

/** Smaller numbers are zero: in the 32-bit arithmetic of the sound they would be denormal. */
const SMALLEST_NORMAL_F32 = 2 ** -126;

/** Throws a `Refusal`. Reads every property once, so the copy is what was checked. */
export function plainCopy(value: unknown, limits: PlainLimits): Plain {
  let keysLeft = limits.keys;
  const path: (string | number)[] = [];

  function copy(from: unknown): Plain {
    switch (typeof from) {
      case 'string':
        if (from.length > limits.chars) {
          throw new Refusal(
            'too-many',
            `The text in ${whereInWords(path)} is too long to belong to a preset. Nothing was changed.`,
          );
        }
        return from;
      case 'number':
        return copyNumber(from);
      case 'boolean':
        return from;
      case 'object':
        if (from === null) return null;
        if (path.length >= limits.depth) {
          throw new Refusal('too-deep', 'This is nested too deeply to be a preset. Nothing was changed.');
        }
        return Array.isArray(from) ? copyList(from) : copyObject(from);
      default:
        throw new Refusal('wrong-shape', `${sentence(whereInWords(path))} is not plain data. Nothing was changed.`);
    }
  }

  function copyNumber(from: number): number {
    if (!Number.isFinite(from)) {
      throw new Refusal(
        'wrong-shape',
        `The number in ${whereInWords(path)} is too large for any computer to play. Nothing was changed; write a number inside its range.`,
      );
    }
    return Math.abs(from) < SMALLEST_NORMAL_F32 ? 0 : from;
  }

  function copyList(from: readonly unknown[]): Plain[] {
    if (from.length > limits.items) {
      throw new Refusal(
        'too-many',
        `The list in ${whereInWords(path)} has ${String(from.length)} entries, too many for a preset. Nothing was changed.`,
      );
    }
    const to: Plain[] = [];
    for (let i = 0; i < from.length; i++) {
      path.push(i);
      to.push(copy(from[i]));
      path.pop();
    }
    return to;
  }

  function copyObject(from: object): PlainObject {
    const prototype: unknown = Object.getPrototypeOf(from);
    // An object literal of any window: its prototype is the end of the chain. Dates, maps, blobs and the like are not.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw new Refusal('wrong-shape', `${sentence(whereInWords(path))} is not plain data. Nothing was changed.`);
    }
    const keys = Object.keys(from);
    keysLeft -= keys.length;
    if (keysLeft < 0) {
      throw new Refusal('too-many', 'This holds far more fields than a preset has. Nothing was changed.');
    }
    const to: PlainObject = {};
    for (const key of keys) {
      if (FORBIDDEN_KEYS.has(key)) {
        throw new Refusal(
          'unsafe-key',
          `A field is called ${quoted(key)}, a name no preset uses and some attacks do. Nothing was changed.`,
        );
      }
      const property = Object.getOwnPropertyDescriptor(from, key);
      path.push(key);
      if (property && !('value' in property)) {
        throw new Refusal('wrong-shape', `${sentence(whereInWords(path))} is not plain data. Nothing was changed.`);
      }
      // A field set to undefined is a field that is not there.
      if (property?.value !== undefined) to[key] = copy(property.value);
      path.pop();
    }
    return to;
  }

  return copy(value);
}

export function isPlainObject(value: Plain | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same, wherever their keys stand. */
export function samePlain(a: Plain, b: Plain): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** JSON with sorted keys and no spaces: the same data always gives the same text. */
export function canonicalJson(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isPlainObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${fields.join(',')}}`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
