// What all stored records share: the schema number, and reading values that may be damaged or written by a newer version.
import { tryDecode } from './decodeError.ts';
import { isJsonObject, sanitizeJson, PRESET_LIMITS } from './json.ts';
import type { JsonValue, JsonLimits, JsonObject } from './json.ts';

/** Goes up when records change their shape. A record with a higher number is never overwritten. */
export const RECORD_SCHEMA = 1;

/** A preset with its earlier versions, or all settings. */
const RECORD_LIMITS: JsonLimits = { ...PRESET_LIMITS, depth: 24, keys: 10_000, items: 1000 };

/**
 * Tells whether a newer version of the app wrote this record.
 * @param value - the record as read
 * @returns true when its schema number is higher than ours
 */
export function isNewerRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const schema: unknown = Object.getOwnPropertyDescriptor(value, 'schema')?.value;
  return typeof schema === 'number' && schema > RECORD_SCHEMA;
}

/**
 * Copies a record as JSON values within limits.
 * @param value - the record as read
 * @returns the copy; null for anything that is not plain JSON or is too large
 */
export function sanitizeRecord(value: unknown): JsonValue {
  const copy = tryDecode(() => ({ ok: true as const, value: sanitizeJson(value, RECORD_LIMITS) }));
  return copy.ok ? copy.value : null;
}

/**
 * Copies settings for storing.
 * @param settings - name → value
 * @returns a plain copy; empty when any value is not plain JSON
 */
export function sanitizeSettings(settings: Readonly<Record<string, unknown>>): JsonObject {
  const plain = sanitizeRecord(settings);
  return isJsonObject(plain) ? plain : {};
}
