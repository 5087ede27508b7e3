// The one door: anything from outside → a preset with warnings, or an error in words. Never throws.
import * as v from 'valibot';
import type { Scene } from '../synth/index.ts';
import { verifyChecksum } from './checksum.ts';
import { MAX_FILE_BYTES, parseJsonBytes } from './parseJson.ts';
import { migrate } from './migrations.ts';
import { canonicalJson, isPlainObject, plainCopy, PRESET_LIMITS } from './sanitizeJson.ts';
import type { Plain } from './sanitizeJson.ts';
import { PRESET_FORMAT, PRESET_VERSION, UNNAMED } from './preset.ts';
import type { Preset, RestoreError } from './preset.ts';
import { guarded, quoted, Refusal } from './decodeError.ts';
import { SCENE, sceneFrom } from './parseScene.ts';
import { shaped } from './parseSchema.ts';
import { cleanName, cleanNote, cleanTag, hashedId, MAX_TAGS, safeId } from './sanitizeText.ts';
import { dateFrom, told } from './sanitizeWithWarning.ts';

export { MAX_FILE_BYTES };

export type Restored<T> =
  | ({ readonly ok: true; readonly warnings: readonly string[] } & T)
  | { readonly ok: false; readonly error: RestoreError };

/** The bytes of a file → the preset in it. */
export function readPresetFile(bytes: Uint8Array): Restored<{ readonly preset: Preset }> {
  return guarded(() => readPreset(parseJsonBytes(bytes)));
}

/** A value from anywhere (a record of the store, a message from another tab, parsed JSON) → the preset in it. */
export function restorePreset(value: unknown): Restored<{ readonly preset: Preset }> {
  return guarded(() => readPreset(value));
}

/** The same for a scene by itself. The result is a fresh copy with every value in range. */
export function restoreScene(value: unknown): Restored<{ readonly scene: Scene }> {
  return guarded(() => {
    const warnings: string[] = [];
    const scene = sceneFrom(shaped(SCENE, plainCopy(value, PRESET_LIMITS), ['scene']), warnings);
    return { ok: true, warnings, scene };
  });
}

const PRESET = v.strictObject({
  /** For editors that check a file while it is written by hand. Not read. */
  $schema: v.optional(v.string()),
  format: v.literal(PRESET_FORMAT),
  version: v.literal(PRESET_VERSION),
  id: v.optional(v.string()),
  name: v.optional(v.string()),
  createdAt: v.optional(v.string()),
  tags: v.optional(v.array(v.string()), []),
  note: v.optional(v.string(), ''),
  scene: SCENE,
});

type RawPreset = v.InferOutput<typeof PRESET>;

function readPreset(value: unknown): Restored<{ readonly preset: Preset }> & { ok: true } {
  const file = plainCopy(value, PRESET_LIMITS);
  if (!isPlainObject(file) || file['format'] !== PRESET_FORMAT) {
    throw new Refusal(
      'wrong-format',
      `This is not a Hushcraft preset (its “format” is not “${PRESET_FORMAT}”). Nothing was changed.`,
    );
  }
  verifyChecksum(file);
  const raw = shaped(PRESET, migrate(file), []);
  const warnings: string[] = [];
  const scene = sceneFrom(raw.scene, warnings);
  const preset: Preset = {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id: idFrom(raw, warnings),
    name: nameFrom(raw, warnings),
    createdAt: dateFrom(raw.createdAt, 'preset', warnings),
    tags: tagsFrom(raw.tags, warnings),
    note: told(cleanNote(raw.note), 'The note', warnings),
    scene,
  };
  return { ok: true, warnings, preset };
}

function idFrom({ id, scene }: RawPreset, warnings: string[]): string {
  if (id === undefined) {
    warnings.push('The preset had no id and was given one.');
    return hashedId(canonicalJson(scene as unknown as Plain));
  }
  const safe = safeId(id);
  if (safe !== id)
    warnings.push(`The id ${quoted(id)} is not made of letters, digits and hyphens; it became “${safe}”.`);
  return safe;
}

function nameFrom({ name }: RawPreset, warnings: string[]): string {
  const clean = told(cleanName(name ?? ''), 'The name', warnings);
  if (clean === '') warnings.push(`The preset had no name; it is called “${UNNAMED}”.`);
  return clean || UNNAMED;
}

function tagsFrom(raw: readonly string[], warnings: string[]): string[] {
  const tags: string[] = [];
  const seen = new Set<string>();
  for (const item of raw) {
    const tag = told(cleanTag(item), 'A tag', warnings);
    if (tag === '' || seen.has(tag.toLowerCase())) continue;
    seen.add(tag.toLowerCase());
    tags.push(tag);
  }
  if (tags.length > MAX_TAGS) warnings.push(`Only the first ${String(MAX_TAGS)} tags were kept.`);
  return tags.slice(0, MAX_TAGS);
}
