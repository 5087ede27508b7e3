// The bundle file: several preset files in one, each with its own checksum, so that one bad item does not affect the others.
import { DecodeError } from './decodeError.ts';
import type { DecodeWarning } from './decodeError.ts';
import type { BundleItemError, DecodedFile } from './decodedFile.ts';
import { canonicalJson, isJsonObject, parseVersion, PRESET_LIMITS, sanitizeJson } from './json.ts';
import type { JsonValue } from './json.ts';
import { restorePreset, serializePreset } from './preset.ts';
import type { Preset } from './preset.ts';
import { hashedId, sanitizeName } from './text.ts';

/** The `format` field of a bundle file. */
export const BUNDLE_FORMAT = 'hushcraft-bundle';
/** Goes up when the shape changes. */
export const BUNDLE_VERSION = 1;
/** The largest bundle file. */
export const MAX_BUNDLE_BYTES = 2 * 1024 * 1024;
/** Presets in one bundle. */
export const MAX_BUNDLE_PRESETS = 200;

/**
 * Serializes a bundle.
 * @param presets - at most `MAX_BUNDLE_PRESETS`
 * @returns the text of the file
 * @throws RangeError when there are too many
 */
export function serializeBundle(presets: readonly Preset[]): string {
  if (presets.length > MAX_BUNDLE_PRESETS) throw new RangeError('Too many presets for one bundle.');
  const files = presets.map((preset) => JSON.parse(serializePreset(preset)) as unknown);
  return JSON.stringify({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, presets: files }, null, 2);
}

/**
 * Parses a bundle, item by item.
 * @param value - parsed JSON
 * @param yieldToMain - awaited between items, so that the page stays responsive
 * @returns the presets, the items that could not be read, and warnings
 * @throws DecodeError when nothing in it can be read
 */
export async function parseBundle(value: object, yieldToMain: () => Promise<void>): Promise<DecodedFile> {
  const { presets: items, ...head } = value as Record<string, unknown>;
  const file = sanitizeJson(head, PRESET_LIMITS);
  if (!isJsonObject(file)) throw new DecodeError('wrong-format', { kind: 'bundle' });
  const unknown = Object.keys(file).find((key) => !['format', 'version', '$schema'].includes(key));
  if (unknown !== undefined) throw new DecodeError('unknown-field', { kind: 'bundle', path: [unknown] });
  parseVersion(file, BUNDLE_VERSION, 'bundle');
  if (!Array.isArray(items) || items.length === 0) throw new DecodeError('bundle-empty');
  if (items.length > MAX_BUNDLE_PRESETS)
    throw new DecodeError('bundle-too-large', { count: items.length, max: MAX_BUNDLE_PRESETS });
  const presets: Preset[] = [];
  const bad: BundleItemError[] = [];
  const warnings: DecodeWarning[] = [];
  /** Position of each content and of each id, from 1. */
  const positions = new Map<string, number>();
  for (const [index, item] of (items as unknown[]).entries()) {
    const restored = restorePreset(item);
    const number = index + 1;
    if (restored.ok) addPreset(restored, number);
    else bad.push({ number, name: nameOf(item), error: restored.error });
    await yieldToMain();
  }
  if (presets.length === 0) throw new DecodeError('bundle-unreadable');
  return { ok: true, kind: 'bundle', presets, bad, warnings };

  function addPreset(restored: ReturnType<typeof restorePreset> & { readonly ok: true }, number: number): void {
    const path = ['presets', number - 1];
    const content = canonicalJson(restored.preset as unknown as JsonValue);
    const twin = positions.get(content);
    if (twin !== undefined) {
      warnings.push({ code: 'bundle-duplicate', path, params: { number: twin } });
      return;
    }
    for (const warning of restored.warnings) warnings.push({ ...warning, path: [...path, ...warning.path] });
    let { preset } = restored;
    if (positions.has(preset.id)) {
      preset = { ...preset, id: hashedId(content) };
      warnings.push({ code: 'bundle-same-id', path, params: {} });
    }
    positions.set(content, number).set(preset.id, number);
    presets.push(preset);
  }
}

function nameOf(item: unknown): string {
  const name: unknown =
    typeof item === 'object' && item !== null ? Object.getOwnPropertyDescriptor(item, 'name')?.value : '';
  return typeof name === 'string' ? sanitizeName(name.slice(0, 1000)).text : '';
}
