// Several presets in one file: each a whole preset file with its own checksum, so that one bad one spoils no other.
import type { BadItem, Opened } from './decodedFile.ts';
import { canonicalJson, isPlainObject, plainCopy, PRESET_LIMITS } from './sanitizeJson.ts';
import type { Plain } from './sanitizeJson.ts';
import { serializePreset } from './preset.ts';
import type { Preset } from './preset.ts';
import { Refusal } from './decodeError.ts';
import { restorePreset } from './parsePreset.ts';
import { cleanName, hashedId } from './sanitizeText.ts';
import { verifyVersion } from './versions.ts';

export const BUNDLE_FORMAT = 'hushcraft-bundle';
export const BUNDLE_VERSION = 1;
export const MAX_BUNDLE_BYTES = 2 * 1024 * 1024;
export const MAX_BUNDLE_PRESETS = 200;

/** Throws a `RangeError` when they are too many for one file. */
export function serializeBundle(presets: readonly Preset[]): string {
  if (presets.length > MAX_BUNDLE_PRESETS) throw new RangeError('Too many presets for one bundle.');
  const files = presets.map((preset) => JSON.parse(serializePreset(preset)) as unknown);
  return JSON.stringify({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, presets: files }, null, 2);
}

/** Parsed JSON → its presets, and what could not be read. Yields between presets, so that the page stays responsive. Rejects with a `Refusal`. */
export async function readBundle(value: object, yieldToMain: () => Promise<void>): Promise<Opened> {
  const { presets: items, ...head } = value as Record<string, unknown>;
  const file = plainCopy(head, PRESET_LIMITS);
  if (!isPlainObject(file) || Object.keys(file).some((key) => !['format', 'version', '$schema'].includes(key))) {
    throw new Refusal('wrong-shape', 'The bundle has a field that does not belong there. Nothing was changed.');
  }
  verifyVersion(file, BUNDLE_VERSION, 'bundle');
  if (!Array.isArray(items) || items.length === 0) {
    throw new Refusal('wrong-shape', 'There is no sound in this bundle. Nothing was changed.');
  }
  if (items.length > MAX_BUNDLE_PRESETS) {
    throw new Refusal(
      'too-many',
      `This bundle has ${String(items.length)} sounds; at most ${String(MAX_BUNDLE_PRESETS)} fit in one. Nothing was changed.`,
    );
  }
  const presets: Preset[] = [];
  const bad: BadItem[] = [];
  const warnings: string[] = [];
  /** Place in the bundle of each content, and of each id, from 1. */
  const places = new Map<string, number>();
  for (const [index, item] of (items as unknown[]).entries()) {
    const restored = restorePreset(item);
    if (restored.ok) {
      const tell = (warning: string): void => void warnings.push(`Sound ${String(index + 1)}: ${warning}`);
      const content = canonicalJson(restored.preset as unknown as Plain);
      const twin = places.get(content);
      if (twin !== undefined) tell(`It is the same as sound ${String(twin)} and was left out.`);
      else {
        for (const warning of restored.warnings) tell(warning);
        let { preset } = restored;
        if (places.has(preset.id)) {
          preset = { ...preset, id: hashedId(content) };
          tell('Another sound has the same id; it was given its own.');
        }
        places.set(content, index + 1).set(preset.id, index + 1);
        presets.push(preset);
      }
    } else bad.push({ number: index + 1, name: nameOf(item), message: restored.error.message });
    await yieldToMain();
  }
  if (presets.length === 0) {
    throw new Refusal('wrong-shape', 'None of the sounds in this bundle can be read. Nothing was changed.');
  }
  return { ok: true, kind: 'bundle', presets, bad, warnings };
}

function nameOf(item: unknown): string {
  const name: unknown =
    typeof item === 'object' && item !== null ? Object.getOwnPropertyDescriptor(item, 'name')?.value : '';
  return typeof name === 'string' ? cleanName(name.slice(0, 1000)).text : '';
}
