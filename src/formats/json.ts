// Untrusted bytes → JSON values: size → UTF-8 → nesting → JSON.parse → a plain copy within limits → a value of a schema.
import * as v from 'valibot';
import { hashText } from './bytes.ts';
import { DecodeError } from './decodeError.ts';
import type { ExpectedType, FileKind, JsonPath } from './decodeError.ts';

/** A JSON value. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** How large a JSON value may be. */
export interface JsonLimits {
  /** Levels of nesting. */
  readonly depth: number;
  /** Fields of all objects together. */
  readonly keys: number;
  /** Items of any one list. */
  readonly items: number;
  /** UTF-16 units of any one text. */
  readonly chars: number;
}

/** The limits of a preset. */
export const PRESET_LIMITS: JsonLimits = { depth: 16, keys: 2000, items: 64, chars: 8000 };

/** The largest preset file. */
export const MAX_FILE_BYTES = 256 * 1024;

// --- bytes → value ---------------------------------------------------------------------------------------------------

/**
 * Parses the bytes of a JSON file, cheapest check first.
 * @param bytes - the file
 * @param maxBytes - the most that is looked at
 * @returns the parsed value, not yet sanitized
 * @throws DecodeError
 */
export function parseJsonBytes(bytes: Uint8Array, maxBytes = MAX_FILE_BYTES): unknown {
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  return parseJsonText(decodeUtf8(bytes));
}

/**
 * The error for a file beyond its size.
 * @param maxBytes - the most a file of its kind may have
 * @returns the exception to throw
 */
export function tooLarge(maxBytes: number): DecodeError {
  return new DecodeError('file-too-large', { maxBytes });
}

/**
 * Decodes strict UTF-8; a byte order mark is dropped.
 * @param bytes - the text's bytes
 * @returns the text
 * @throws DecodeError for anything but UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DecodeError('not-text');
  }
}

/**
 * Parses JSON whose nesting is within the limit.
 * @param text - the file's text
 * @returns the parsed value, not yet sanitized
 * @throws DecodeError
 */
export function parseJsonText(text: string): unknown {
  if (text.trim() === '') throw new DecodeError('file-empty');
  if (exceedsDepth(text, PRESET_LIMITS.depth)) throw new DecodeError('too-deep');
  try {
    return JSON.parse(text);
  } catch {
    throw new DecodeError('not-json');
  }
}

/**
 * Counts open brackets outside of strings, without parsing.
 * @param json - text that may be JSON
 * @param maxDepth - levels allowed
 * @returns whether it is nested more deeply
 */
export function exceedsDepth(json: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

// --- value → plain copy ----------------------------------------------------------------------------------------------

/** Names that mean something to every JavaScript object, or to a promise: no field has such a name. */
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

/** Smaller numbers become zero: in 32-bit arithmetic they would be denormal. */
const MIN_NORMAL_F32 = 2 ** -126;

/**
 * Copies a value as plain JSON within limits: objects without prototype tricks, lists, text, finite numbers, booleans and null.
 * Reads every property once, so that the copy is what was checked.
 * @param value - anything: parsed JSON, a stored record, a message of another tab
 * @param limits - how large it may be
 * @returns the copy
 * @throws DecodeError for anything else, with the first place that is wrong
 */
export function sanitizeJson(value: unknown, limits: JsonLimits): JsonValue {
  let keysLeft = limits.keys;
  const path: (string | number)[] = [];
  return copy(value);

  function copy(from: unknown): JsonValue {
    switch (typeof from) {
      case 'string':
        if (from.length > limits.chars) throw new DecodeError('text-too-long', { path: [...path] });
        return from;
      case 'number':
        if (!Number.isFinite(from)) throw new DecodeError('number-not-finite', { path: [...path] });
        return Math.abs(from) < MIN_NORMAL_F32 ? 0 : from;
      case 'boolean':
        return from;
      case 'object':
        if (from === null) return null;
        if (path.length >= limits.depth) throw new DecodeError('too-deep');
        return Array.isArray(from) ? copyList(from) : copyObject(from);
      default:
        throw notPlain();
    }
  }

  function copyList(from: readonly unknown[]): JsonValue[] {
    if (from.length > limits.items) throw new DecodeError('list-too-long', { path: [...path], count: from.length });
    const to: JsonValue[] = [];
    for (let i = 0; i < from.length; i++) {
      path.push(i);
      to.push(copy(from[i]));
      path.pop();
    }
    return to;
  }

  function copyObject(from: object): JsonObject {
    const prototype: unknown = Object.getPrototypeOf(from);
    // An object literal of any window: its prototype is the end of the chain. Dates, maps, blobs and the like are not.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw notPlain();
    const keys = Object.keys(from);
    keysLeft -= keys.length;
    if (keysLeft < 0) throw new DecodeError('too-many-fields');
    const to: JsonObject = {};
    for (const key of keys) {
      if (FORBIDDEN_KEYS.has(key)) throw new DecodeError('unsafe-field-name', { name: key });
      const property = Object.getOwnPropertyDescriptor(from, key);
      path.push(key);
      if (property && !('value' in property)) throw notPlain();
      // A field that is undefined counts as absent.
      if (property?.value !== undefined) to[key] = copy(property.value);
      path.pop();
    }
    return to;
  }

  function notPlain(): DecodeError {
    return new DecodeError('not-plain-data', { path: [...path] });
  }
}

/**
 * Tells a JSON object from lists, null and other values.
 * @param value - a JSON value, or nothing
 * @returns whether it is an object with fields
 */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON with sorted keys and no spaces: equal data has equal text.
 * @param value - a JSON value
 * @returns the text
 */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${fields.join(',')}}`;
}

/**
 * Compares by content; the order of keys does not count.
 * @param a - one value
 * @param b - the other
 * @returns whether they hold the same
 */
export function jsonEqual(a: JsonValue, b: JsonValue): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

// --- checksum --------------------------------------------------------------------------------------------------------

/**
 * CRC-32 over the canonical JSON of everything but the field `checksum` itself.
 * @param file - a file's fields
 * @returns `crc32:` and eight hexadecimal digits
 */
export function checksumOf(file: JsonObject): string {
  const content = { ...file };
  delete content['checksum'];
  return `crc32:${hashText(canonicalJson(content))}`;
}

/**
 * Checks the checksum, if there is one (people write presets by hand), and removes the field.
 * @param file - a copy of the file's fields; changed
 * @throws DecodeError when it does not match
 */
export function verifyChecksum(file: JsonObject): void {
  const { checksum } = file;
  if (checksum === undefined) return;
  if (checksum !== checksumOf(file)) throw new DecodeError('checksum-mismatch');
  delete file['checksum'];
}

// --- schema ----------------------------------------------------------------------------------------------------------

/**
 * Checks the version field of a file.
 * @param file - the file's fields
 * @param current - the latest version known
 * @param kind - of file
 * @returns its version, 1 … `current`
 * @throws DecodeError when there is none, or a newer one
 */
export function parseVersion(file: JsonObject, current: number, kind: FileKind): number {
  const { version } = file;
  if (version === undefined) throw new DecodeError('no-version', { kind });
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new DecodeError('invalid-version', { kind });
  if (version > current) throw new DecodeError('newer-version', { kind, version, current });
  return version;
}

/**
 * Parses a value by a strict schema.
 * @param schema - what it must be
 * @param value - a sanitized value
 * @param kind - of file it is a part of
 * @param at - where in the file it stands
 * @returns the value of the schema
 * @throws DecodeError with the first place that is wrong
 */
export function parseWith<S extends v.GenericSchema>(
  schema: S,
  value: JsonValue,
  kind: FileKind = 'preset',
  at: JsonPath = [],
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = [...at, ...(issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))];
  if (issue.type === 'strict_object' && issue.expected === 'never')
    throw new DecodeError('unknown-field', { kind, path });
  if (issue.received === 'undefined') throw new DecodeError('missing-field', { kind, path });
  const expected = EXPECTED_TYPES[issue.type];
  if (expected === undefined) throw new DecodeError('invalid-field', { kind, path });
  throw new DecodeError('wrong-type', { kind, path, expected });
}

/** By the type of a valibot issue. */
const EXPECTED_TYPES: Readonly<Record<string, ExpectedType>> = {
  number: 'number',
  string: 'text',
  boolean: 'boolean',
  array: 'list',
  strict_object: 'object',
  record: 'object',
  strict_tuple: 'list',
  union: 'numberOrText',
};
