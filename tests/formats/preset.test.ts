// The file format's promises: every released version opens, in order and upwards; the schema describes what is read.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checksumOf } from '../../src/formats/json.ts';
import { crc32 } from '../../src/formats/bytes.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { presetJsonSchema } from '../../src/formats/presetJsonSchema.ts';
import { migrate, MIGRATIONS } from '../../src/formats/migrations.ts';
import type { Migration } from '../../src/formats/migrations.ts';
import type { JsonObject } from '../../src/formats/json.ts';
import {
  newPreset,
  parsePresetFile,
  PRESET_VERSION,
  presetFileName,
  restorePreset,
  restoreScene,
  serializePreset,
} from '../../src/formats/preset.ts';
import { REFERENCE_SCENES } from '../../src/cli/referenceScenes/index.ts';
import { bytes, GOOD, layerOf, loose, spoiled } from '../helpers/presetSamples.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/presets');
const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.hush.json'));

describe('released files', () => {
  test.each(files)('35 a file of the past, %s, opens as it always has', (name) => {
    const read = parsePresetFile(readFileSync(path.join(FIXTURES, name)));
    const expected = readFileSync(path.join(FIXTURES, name.replace('.hush.json', '.expected.json')), 'utf8');
    // Parameters that came later may stand beside the expected ones.
    expect(read).toMatchObject({ ok: true, preset: { ...(JSON.parse(expected) as object), version: PRESET_VERSION } });
    if (read.ok && !name.includes('by-hand')) {
      expect(read.warnings.filter(({ code }) => code !== 'values-missing')).toEqual([]);
    }
  });

  test('there is one of every version, so each migration has its fixture', () => {
    const versions = new Set(files.map((name) => Number(/^v(\d+)-/.exec(name)?.[1])));
    expect([...versions].sort((a, b) => a - b)).toEqual(Array.from({ length: PRESET_VERSION }, (_, i) => i + 1));
    expect(MIGRATIONS.map(({ from }) => from)).toEqual(Array.from({ length: PRESET_VERSION - 1 }, (_, i) => i + 1));
  });
});

describe('migrations', () => {
  const step = (from: number): Migration => ({
    from,
    why: 'test',
    up: (file) => ({ ...file, steps: [...(file['steps'] as number[]), from] }),
  });

  test('run in order, upwards, each once', () => {
    const shuffled = [step(2), step(3), step(1)];
    expect(migrate({ version: 1, steps: [] }, 4, shuffled)).toEqual({ version: 4, steps: [1, 2, 3] });
    expect(migrate({ version: 3, steps: [] }, 4, shuffled)).toEqual({ version: 4, steps: [3] });
    expect(migrate({ version: 4, steps: [] }, 4, shuffled)).toEqual({ version: 4, steps: [] });
  });

  test('a gap and a newer file are refused', () => {
    expect(() => migrate({ version: 1, steps: [] }, 3, [step(2)])).toThrow('migration-missing');
    expect(() => migrate({ version: 5, steps: [] }, 2, [step(1)])).toThrow('newer-version');
  });

  test('a step that gives back nonsense is refused', () => {
    const broken = { from: 1, why: 'test', up: () => null as unknown as JsonObject };
    expect(() => migrate({ version: 1 }, 2, [broken])).toThrow('migration-failed');
  });
});

describe('writing', () => {
  test('every value is written, in an order that does not depend on how the preset was made', () => {
    const file = JSON.parse(serializePreset(GOOD)) as JsonObject;
    const { checksum, ...rest } = file;
    expect(rest).toEqual(GOOD);
    expect(Object.keys(file).at(-1)).toBe('checksum');
    expect(checksum).toBe(checksumOf(rest));
    expect(serializePreset(loose(reversed(GOOD)) as unknown as typeof GOOD)).toBe(serializePreset(GOOD));
  });

  test('the checksum is the one everybody knows', () => {
    expect(crc32(bytes('123456789'))).toBe(0xcbf43926);
  });

  test('an edited file is refused until its checksum is taken out', () => {
    const edited = serializePreset(GOOD).replace('"Wooden box"', '"Tin box"');
    expect(parsePresetFile(bytes(edited))).toMatchObject({ ok: false, error: { code: 'checksum-mismatch' } });
    const without = edited.replace(/,\s*"checksum": "[^"]*"/, '');
    expect(parsePresetFile(bytes(without))).toMatchObject({ ok: true, warnings: [], preset: { name: 'Tin box' } });
  });

  test('a new preset is complete, and no part of it hangs on what it was made from', () => {
    const scene = structuredClone(GOOD.scene);
    const preset = newPreset(scene, '  My \u202e sound ', { tags: ['a'] });
    expect(restorePreset(preset)).toEqual({ ok: true, warnings: [], preset });
    expect(preset.name).toBe('My sound');
    scene.layers[0]!.params['softness'] = 0;
    expect(preset.scene).toEqual(GOOD.scene);
    expect(newPreset(scene, 'x').id).not.toBe(preset.id);
    expect(presetFileName({ name: 'Rain/tin' })).toBe('Rain-tin.hush.json');
  });

  test.each([
    ...FACTORY,
    ...REFERENCE_SCENES.map((reference) => ({
      ...reference,
      ...newPreset(reference.scene, reference.name),
      id: reference.id,
    })),
  ])('$id comes through its own file', (preset) => {
    expect(restoreScene(preset.scene)).toEqual({ ok: true, warnings: [], scene: preset.scene });
    const { format, version, id, name, createdAt, tags, note, scene } = preset;
    const file = serializePreset(preset);
    const expected = { format, version, id, name, createdAt, tags, note, scene };
    expect(parsePresetFile(bytes(file))).toEqual({ ok: true, warnings: [], preset: expected });
    expect(problems(SCHEMA, JSON.parse(file))).toEqual([]);
  });
});

const SCHEMA = presetJsonSchema() as Node;

describe('the JSON Schema', () => {
  test.each(files)('describes %s', (name) => {
    expect(problems(SCHEMA, JSON.parse(readFileSync(path.join(FIXTURES, name), 'utf8')))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['an unknown field', spoiled((file) => void Object.assign(file, { extra: 1 }))],
    ['a number as text', spoiled((file) => void Object.assign(layerOf(file), { gainDb: '0' }))],
    ['a number outside its range', spoiled((file) => void Object.assign(layerOf(file), { gainDb: 99 }))],
    ['an unknown trigger', spoiled((file) => void Object.assign(layerOf(file), { trigger: 'theremin' }))],
    ['no layers', spoiled((file) => void Object.assign(file['scene']!, { layers: [] }))],
    ['no version', spoiled((file) => void Reflect.deleteProperty(file, 'version'))],
  ])('does not describe %s', (_, file) => {
    expect(problems(SCHEMA, file)).not.toEqual([]);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

/** The few keywords our schema uses, by the book (JSON Schema 2020-12). */
interface Node {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Node;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
}

function problems(node: Node, value: unknown, at = '$'): string[] {
  if (node.$ref !== undefined) return problems(SCHEMA.$defs![node.$ref.replace('#/$defs/', '')]!, value, at);
  if (node.anyOf) return node.anyOf.some((one) => problems(one, value).length === 0) ? [] : [`${at}: none fits`];
  if ('const' in node) return value === node.const ? [] : [`${at}: not ${String(node.const)}`];
  if (node.enum) return node.enum.includes(value) ? [] : [`${at}: not in the list`];
  const found: string[] = [];
  const holds = (condition: boolean, what: string): void => {
    if (!condition) found.push(`${at}: ${what}`);
  };
  if (typeof value === 'number') {
    holds(node.type === 'number' || (node.type === 'integer' && Number.isInteger(value)), 'type');
    holds(value >= (node.minimum ?? -Infinity) && value <= (node.maximum ?? Infinity), 'range');
  } else if (typeof value === 'string') {
    holds(node.type === 'string', 'type');
    holds(value.length >= (node.minLength ?? 0) && value.length <= (node.maxLength ?? Infinity), 'length');
    holds(node.pattern === undefined || new RegExp(node.pattern, 'u').test(value), 'pattern');
  } else if (Array.isArray(value)) {
    holds(node.type === 'array', 'type');
    holds(value.length >= (node.minItems ?? 0) && value.length <= (node.maxItems ?? Infinity), 'length');
    value.forEach((item, i) => found.push(...problems(node.items!, item, `${at}[${String(i)}]`)));
  } else if (typeof value === 'object' && value !== null) {
    holds(node.type === 'object', 'type');
    for (const key of node.required ?? []) holds(key in value, `lacks ${key}`);
    for (const [key, inner] of Object.entries(value)) {
      const property = node.properties?.[key];
      if (property) found.push(...problems(property, inner, `${at}.${key}`));
      else found.push(`${at}: unknown ${key}`);
    }
  } else holds(node.type === typeof value, 'type');
  return found;
}
