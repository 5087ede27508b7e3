// Presets by chance for property tests: valid ones at any value of any trigger, and spoiled ones.
import * as fc from 'fast-check';
import { PRESET_FORMAT, PRESET_VERSION } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import { sanitizeName, sanitizeNote, sanitizeTag } from '../../src/formats/text.ts';
import {
  ARC_SPECS,
  LAYER_GAIN,
  MASTER_GAIN,
  MAX_LAYERS,
  PATHS,
  PLACE_SPECS,
  ROOM_SPECS,
  TRIGGERS,
} from '../../src/synth/index.ts';
import type { Layer, NumberParam, ParamSpec, ParamValue, Trigger } from '../../src/synth/index.ts';

/** Numbers so small that the 32-bit sound would choke on them are zero in a preset. */
const SMALLEST = 2 ** -126;

function inRange({ min, max }: NumberParam): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true }).map((value) => (Math.abs(value) < SMALLEST ? 0 : value));
}

function valueOf(spec: ParamSpec): fc.Arbitrary<ParamValue> {
  return spec.kind === 'number' ? inRange(spec) : fc.constantFrom(...spec.options);
}

function recordOf<T>(specs: Readonly<Record<string, ParamSpec>>): fc.Arbitrary<T> {
  return fc.record(
    Object.fromEntries(Object.entries(specs).map(([id, spec]) => [id, valueOf(spec)])),
  ) as fc.Arbitrary<T>;
}

const ID = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/);

function layerFor(trigger: Trigger): fc.Arbitrary<Layer> {
  return fc.record({
    id: ID,
    trigger: fc.constant(trigger.id),
    gainDb: inRange(LAYER_GAIN),
    muted: fc.boolean(),
    params: recordOf<Layer['params']>(trigger.params),
    place: fc
      .tuple(recordOf<Omit<Layer['place'], 'path'>>(PLACE_SPECS), fc.constantFrom(...PATHS))
      .map(([numbers, path]) => ({ ...numbers, path })),
  });
}

export const TEXT = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
);

export const PRESET: fc.Arbitrary<Preset> = fc.record({
  format: fc.constant(PRESET_FORMAT),
  version: fc.constant(PRESET_VERSION),
  id: ID,
  name: TEXT.map((text) => sanitizeName(text).text || 'Nameless'),
  createdAt: fc
    .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  tags: fc.uniqueArray(
    TEXT.map((text) => sanitizeTag(text).text).filter((tag) => tag !== ''),
    { maxLength: 12, selector: (tag) => tag.toLowerCase() },
  ),
  note: TEXT.map((text) => sanitizeNote(text).text),
  scene: fc.record({
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    layers: fc.uniqueArray(fc.constantFrom(...TRIGGERS).chain(layerFor), {
      minLength: 1,
      maxLength: MAX_LAYERS,
      selector: ({ id }) => id,
    }),
    room: recordOf<Preset['scene']['room']>(ROOM_SPECS),
    master: fc.record({ gainDb: inRange(MASTER_GAIN), mono: fc.boolean() }),
    arc: recordOf<Preset['scene']['arc']>(ARC_SPECS),
  }),
});

type Tree = Record<string, unknown> | unknown[];

const NASTY = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    '0.5',
    -1,
    0,
    1e9,
    -1e9,
    1e308,
    1.5,
    2 ** 53,
    [],
    {},
    '__proto__',
    '\ud800',
    [[]],
  ),
  fc.double(),
  fc.jsonValue(),
  TEXT,
);

/** One place of a preset dropped, replaced, doubled or renamed. */
export const MUTATED: fc.Arbitrary<unknown> = fc
  .tuple(
    PRESET,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'replace', 'double', 'rename'), NASTY), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([preset, changes]) => {
    const file = structuredClone(preset) as unknown as Tree;
    for (const [pick, how, value] of changes) {
      const spots = [...places(file)];
      const spot = spots[pick % spots.length];
      if (spot) change(spot[0], spot[1], how, value);
    }
    return file;
  });

function* places(tree: Tree): Generator<[Tree, string]> {
  for (const [key, value] of Object.entries(tree)) {
    yield [tree, key];
    if (typeof value === 'object' && value !== null) yield* places(value as Tree);
  }
}

function change(tree: Tree, key: string, how: string, value: unknown): void {
  const fields = tree as Record<string, unknown>;
  if (how === 'replace') fields[key] = value;
  else if (Array.isArray(tree)) {
    if (how === 'drop') tree.splice(Number(key), 1);
    else tree.push(structuredClone(fields[key]));
  } else {
    if (how === 'rename') fields[typeof value === 'string' ? `x${value}` : 'x'] = fields[key];
    if (how !== 'double') Reflect.deleteProperty(fields, key);
  }
}
