// Everything bad that can arrive in a preset file, by number: R refused in words, C clamped and told, K kept safely.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { migrate } from '../../src/presets/migrations.ts';
import { serializePreset } from '../../src/presets/preset.ts';
import type { Preset } from '../../src/presets/preset.ts';
import { readPresetBlob } from '../../src/presets/presetBlob.ts';
import { MAX_FILE_BYTES, readPresetFile, restorePreset } from '../../src/presets/restore.ts';
import type { Restored } from '../../src/presets/restore.ts';
import { cleanName, freeName, graphemes, safeFileName, spreadsheetCell } from '../../src/presets/text.ts';
import { LAYER_GAIN, MASTER_GAIN, MAX_LAYERS, PLACE_SPECS } from '../../src/synth/index.ts';
import {
  bytes,
  GOOD,
  layerOf,
  loose,
  RATE,
  RATE_SPEC,
  spoiled,
  TRIGGER,
  watchGlobals,
  withLiteral,
} from './samples.ts';
import type { Loose } from './samples.ts';

type Verdict = 'R' | 'C' | 'K';
type Read = Restored<{ readonly preset: Preset }>;
type Row = readonly [name: string, verdict: Verdict, read: () => Read, check?: (preset: Preset) => void];

const readText = (text: string): Read => readPresetFile(bytes(text));
const edited =
  (edit: (file: Loose) => void): (() => Read) =>
  () =>
    readText(JSON.stringify(spoiled(edit)));
const literal =
  (at: (file: Loose) => Loose, key: string, value: string): (() => Read) =>
  () =>
    readText(withLiteral(at, key, value));
const named = (name: string): (() => Read) => edited((file) => void Object.assign(file, { name }));
const noted = (note: string): (() => Read) => edited((file) => void Object.assign(file, { note }));
const params = (file: Loose): Loose => layerOf(file)['params']!;
const place = (file: Loose): Loose => layerOf(file)['place']!;
const rateOf = (preset: Preset): unknown => preset.scene.layers[0]!.params[RATE];
const text = serializePreset(GOOD);

let checkGlobals: () => void;
beforeEach(() => {
  checkGlobals = watchGlobals();
});
afterEach(() => {
  checkGlobals();
});

function verify([, verdict, read, check]: Row): void {
  const result = read();
  if (verdict === 'R') {
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.message).toMatch(/^[^\n]{20,300}[.)]$/u);
    return;
  }
  expect(result).toMatchObject({ ok: true });
  if (!result.ok) return;
  if (verdict === 'C') expect(result.warnings.length).toBeGreaterThan(0);
  else expect(result.warnings).toEqual([]);
  for (const warning of result.warnings) expect(warning).toMatch(/^[^\n]{10,300}\.$/u);
  check?.(result.preset);
  // Whatever came in, what comes out is a preset that comes through unchanged, by value and by file.
  expect(restorePreset(result.preset)).toEqual({ ok: true, warnings: [], preset: result.preset });
  expect(readText(serializePreset(result.preset))).toEqual({ ok: true, warnings: [], preset: result.preset });
}

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const row of rows) {
      test(`${row[1]} ${row[0]}`, () => {
        verify(row);
      });
    }
  });
}

table('syntax and bytes', [
  ['1 an empty file', 'R', () => readText('')],
  ['2 one space', 'R', () => readText(' ')],
  ['3 null', 'R', () => readText('null')],
  ['4 a list', 'R', () => readText('[]')],
  ['5 a text', 'R', () => readText('"preset"')],
  ['6 a number', 'R', () => readText('42')],
  [
    '8 a byte order mark before a good file',
    'K',
    () => readText(`\ufeff${text}`),
    (preset) => {
      expect(preset).toEqual(GOOD);
    },
  ],
  ['9 UTF-16, little end first', 'R', () => readPresetFile(utf16(text))],
  ['9 UTF-16 with its mark', 'R', () => readPresetFile(utf16(`\ufeff${text}`))],
  [
    '10 bytes that are no UTF-8',
    'R',
    () => readPresetFile(Uint8Array.of(...bytes('{"a":"'), 0xc3, 0x28, ...bytes('"}'))),
  ],
  [
    '11 a lone surrogate in the name',
    'C',
    literal((file) => file, 'name', '"a\\ud800b"'),
    (preset) => {
      expect(preset.name).toBe('ab');
    },
  ],
  [
    '12 a NUL in the name',
    'C',
    literal((file) => file, 'name', '"a\\u0000b"'),
    (preset) => {
      expect(preset.name).toBe('ab');
    },
  ],
  ['13 NaN written out', 'R', literal(params, RATE, 'NaN')],
  ['13 Infinity written out', 'R', literal(params, RATE, 'Infinity')],
  ['13 single quotes', 'R', () => readText(text.replaceAll('"', "'"))],
  ['13 a trailing comma', 'R', () => readText(text.replace('"tags": [', '"tags": ["a",').replace(']', ',]'))],
  ['13 a comment', 'R', () => readText(text.replace('{', '{ // hello\n'))],
  [
    '14 a key twice, the last one good',
    'K',
    () => readText(noChecksum().replace('"name"', '"name":"first","name"')),
    (preset) => {
      expect(preset.name).toBe(GOOD.name);
    },
  ],
  ['14 a key twice, the last one bad', 'R', () => readText(noChecksum().replace(/\}$/, ',"scene":7}'))],
  ['15 larger than 256 KiB', 'R', () => readText(text + ' '.repeat(MAX_FILE_BYTES))],
  [
    '17 a picture with another ending',
    'R',
    () => readPresetFile(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)),
  ],
  ['19 tabs and Windows line ends', 'K', () => readText(text.replaceAll('\n', '\r\n').replaceAll('  ', '\t'))],
  ['19 ten megabytes of white space', 'R', () => readText(' '.repeat(10e6))],
  ['78 a link with nothing in it', 'R', () => readPresetFile(new Uint8Array(0))],
]);

describe('syntax and bytes, piece by piece', () => {
  test('R 7 cut short at every byte', () => {
    const whole = bytes(text);
    for (let end = 1; end < whole.length; end++) expect(readPresetFile(whole.subarray(0, end)).ok).toBe(false);
    expect(readPresetFile(whole).ok).toBe(true);
  });

  test('R 15, 16 the size is looked at before a byte is read', async () => {
    let read = false;
    const huge = Object.assign(new Blob([]), {
      arrayBuffer: () => {
        read = true;
        return Promise.resolve(new ArrayBuffer(0));
      },
    });
    Object.defineProperty(huge, 'size', { value: 2 ** 31 });
    expect(await readPresetBlob(huge)).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(read).toBe(false);
    expect(await readPresetBlob(new Blob([text]))).toMatchObject({ ok: true, preset: GOOD });
    const gone = Object.assign(new Blob(['x']), { arrayBuffer: () => Promise.reject(new Error('gone')) });
    expect(await readPresetBlob(gone)).toMatchObject({ ok: false });
  });

  test('R 18 any single flipped bit', () => {
    const whole = bytes(text);
    const accepted: string[] = [];
    for (let at = 0; at < whole.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        whole[at]! ^= 1 << bit;
        if (readPresetFile(whole).ok) accepted.push(`byte ${String(at)}, bit ${String(bit)}`);
        whole[at]! ^= 1 << bit;
      }
    }
    expect(accepted).toEqual([]);
  });

  // The kinds of the JSON parsing test suite by Nicolas Seriot (n_*: not JSON; i_*: left open by the standard).
  test.each([
    '[1 true]',
    '[a\u00e5]',
    '["": 1]',
    '[""],',
    '[,1]',
    '[1,,2]',
    '["x"]]',
    '["",]',
    '["x"',
    '[x',
    '[3[4]]',
    '[1:2]',
    '[,]',
    '[-]',
    '[   , ""]',
    '["a",\n4\n,1,',
    '[1,]',
    '[*]',
    '[1,\n1\n,1',
    '[fals]',
    '[nul]',
    '[tru]',
    '[++1234]',
    '[+1]',
    '[+Inf]',
    '[-01]',
    '[-1.0.]',
    '[-2.]',
    '[-NaN]',
    '[.-1]',
    '[.2e-3]',
    '[0.1.2]',
    '[0.3e+]',
    '[0.3e]',
    '[0.e1]',
    '[0E+]',
    '[0E]',
    '[1.0e+]',
    '[1.0e-]',
    '[1.0e]',
    '[1eE2]',
    '[2.e+3]',
    '[9.e+]',
    '[Inf]',
    '[NaN]',
    '[\uff11]',
    '[1+2]',
    '[0x1]',
    '[0x42]',
    '[Infinity]',
    '[-123.123foo]',
    '[-Infinity]',
    '[-foo]',
    '[- 1]',
    '[-012]',
    '[-.123]',
    '[-1x]',
    '[1ea]',
    '[1.]',
    '[.123]',
    '[1.2a-3]',
    '[1.8011670033376514H-308]',
    '[012]',
    '["x", truth]',
    '{[: "x"}\n',
    '{"x", null}',
    '{"x"::"b"}',
    '{"a":"a" 123}',
    "{key: 'value'}",
    '{"a" b}',
    '{:"b"}',
    '{"a"',
    '{"a":',
    '{1:1}',
    '{9999E9999:1}',
    '{null:null}',
    '{"id":0,,,,,}',
    "{'a':0}",
    '{"id":0,}',
    '{"a":"b"}/**/',
    '{"a":"b"}/**//',
    '{"a":"b"}//',
    '{"a":"b",,"c":"d"}',
    '{a: "b"}',
    '{"a":"a',
    '{ "foo" : "bar", "a" }',
    '{"a":"b"}#',
    '["\\uD800\\"]',
    '["\\uD800\\u"]',
    '["\\uD800\\u1"]',
    '["\\uD800\\u1x"]',
    '[\u00e9]',
    '["\\x00"]',
    '["\\\\\\"]',
    '["\\\t"]',
    '["\\\u{1f300}"]',
    '["\\"]',
    '["\\u00A"]',
    '["\\uD834\\uDd"]',
    '["\\uqqqq"]',
    '["\\a"]',
    '[\\u0020"asd"]',
    '[\\n]',
    '"',
    "['single quote']",
    'abc',
    '["\\',
    '["new\nline"]',
    '["\t"]',
    '"\\UA66D"',
    '""x',
    '<.>',
    '[<null>]',
    '[1]x',
    '[1]]',
    '["asd]',
    'a\u00e5',
    '[True]',
    '1]',
    '{"x": true,',
    '[][]',
    ']',
    '{]',
    '[',
    '{',
    '[ false, tru',
    '{"asd":"asd"',
    '\u00e5',
    '[\u2060]',
    '\ufeff\ufeff{}',
    '2@',
    '{}}',
    '{"":',
    '{"a":/*comment*/"b"}',
    '{"a": true} "x"',
    "['",
    '[,',
    '[{',
    '["a',
    '["a"',
    '{,',
    '{"a',
    "{'a'",
    '["\\{["\\{["\\{["\\{',
    '*',
    '{"a":"b"}#{}',
    '[\\u000A""]',
    '[1',
    '[ false, nul',
    '[\f]',
    '\u2060',
    '"\\u',
    '[\u00a01]',
  ])('R 20 n: %j', (json) => {
    expect(readText(json).ok).toBe(false);
    expect(readText(noChecksum().replace('"tags": [', `"tags": ${json}[`)).ok).toBe(false);
  });

  test.each([
    '123123e100000',
    '-123123e100000',
    '0.4e00669999999999999999999999999999999999',
    '-1e-999999',
    '1e+9999',
    '100000000000000000000',
    '-123456789123456789',
    '"\\uDADA"',
    '"\\ud888\\u1234"',
    '"\\uD800\\n"',
    '"\\uDd1e\\uD834"',
    '"\\ud800abc"',
    '"\\uDFAA"',
  ])('20 i: %s is answered', (json) => {
    for (const key of ['name', 'note', 'id']) {
      const result = readText(withLiteral((file) => file, key, json));
      if (result.ok) expect(restorePreset(result.preset)).toMatchObject({ ok: true, warnings: [] });
    }
    const result = readText(withLiteral(params, RATE, json));
    if (result.ok) expect(rateOf(result.preset)).toBeGreaterThanOrEqual(RATE_SPEC.min);
  });
});

table('shape and size', [
  ['21 nested 17 deep', 'R', () => readText('['.repeat(17) + ']'.repeat(17))],
  [
    '21 nested 17 deep inside a good preset',
    'R',
    () => readText(noChecksum().replace(/\}$/, `,"x":${'['.repeat(16)}${']'.repeat(16)}}`)),
  ],
  ['22 a quarter of a million open brackets', 'R', () => readText('['.repeat(MAX_FILE_BYTES))],
  [
    '22 brackets inside a text are no nesting',
    'K',
    noted('[[[[[[[[[[[[[[[[[[[[{{{{{{{{'),
    (preset) => {
      expect(preset.note).toContain('[[{{');
    },
  ],
  [
    '23 200,000 wrong items',
    'R',
    () => restorePreset(spoiled((file) => void Object.assign(file['scene']!, { layers: Array(200_000).fill('x') }))),
  ],
  [
    '23 200,000 wrong items as a file',
    'R',
    () => readText(`{"format":"hushcraft-preset","version":1,"scene":{"layers":[${'1,'.repeat(1e5)}1]}}`),
  ],
  ['24 2,000,000 right numbers', 'R', () => restorePreset(Array(2_000_000).fill(0.5))],
  [
    '25 100,000 unknown keys',
    'R',
    () =>
      restorePreset(
        spoiled((file) => {
          for (let i = 0; i < 100_000; i++) file[`k${String(i)}`] = loose(1);
        }),
      ),
  ],
  [
    '25 20,000 unknown parameters',
    'R',
    edited((file) => {
      for (let i = 0; i < 20_000; i++) params(file)[`k${String(i)}`] = loose(1);
    }),
  ],
  ['26 no layers', 'R', edited((file) => void Object.assign(file['scene']!, { layers: [] }))],
  [
    '27 ten thousand layers',
    'R',
    edited((file) => void Object.assign(file['scene']!, { layers: Array(10_000).fill(0) })),
  ],
  [
    '27 six layers',
    'C',
    edited((file) => {
      repeatLayer(file, 6);
    }),
    (preset) => {
      expect(preset.scene.layers.length).toBe(MAX_LAYERS);
    },
  ],
  [
    '28 the same layer id twice',
    'C',
    edited((file) => {
      repeatLayer(file, 2, false);
    }),
    ({ scene }) => {
      expect(scene.layers[0]!.id).not.toBe(scene.layers[1]!.id);
      expect(scene.layers[0]!.id).toBe(GOOD.scene.layers[0]!.id);
    },
  ],
  [
    '29 a name of 1 MB',
    'R',
    () => restorePreset(spoiled((file) => void Object.assign(file, { name: 'a'.repeat(1e6) }))),
  ],
  ['29 a name of 200 KiB as a file', 'R', named('a'.repeat(200 * 1024))],
  ['30 an unknown field at the top', 'R', edited((file) => void Object.assign(file, { extra: 1 }))],
  ['30 an unknown field in a layer', 'R', edited((file) => void Object.assign(layerOf(file), { pan: 1 }))],
  ['30 an unknown field in the place', 'R', edited((file) => void Object.assign(place(file), { x: 1 }))],
  [
    '31 no version',
    'R',
    edited((file) => {
      delete file['version'];
    }),
  ],
  ['32 version "2" as text', 'R', edited((file) => void Object.assign(file, { version: '2' }))],
  ['33 version 999', 'R', edited((file) => void Object.assign(file, { version: 999 }))],
  ['34 version -1', 'R', edited((file) => void Object.assign(file, { version: -1 }))],
  ['34 version 0', 'R', edited((file) => void Object.assign(file, { version: 0 }))],
  ['34 version 1.5', 'R', edited((file) => void Object.assign(file, { version: 1.5 }))],
  ['34 version 1e999', 'R', literal((file) => file, 'version', '1e999')],
  ['37 another kind of file', 'R', edited((file) => void Object.assign(file, { kind: 'soundscape' }))],
  ['37 another format', 'R', edited((file) => void Object.assign(file, { format: 'soundscape' }))],
  [
    '38 a layer that leads to itself',
    'R',
    edited((file) => void Object.assign(layerOf(file), { route: layerOf(file)['id'] })),
  ],
  [
    '39 a send to a bus that is not there',
    'R',
    edited((file) => void Object.assign(layerOf(file), { sends: [{ bus: 'x', gain: 1 }] })),
  ],
  [
    'an unknown trigger beside a known one',
    'C',
    edited((file) => {
      repeatLayer(file, 2);
      layerOf(file)['trigger'] = loose('theremin');
    }),
    (preset) => {
      expect(preset.scene.layers.length).toBe(1);
    },
  ],
  ['nothing but unknown triggers', 'R', edited((file) => void Object.assign(layerOf(file), { trigger: 'theremin' }))],
  [
    'nothing but what is needed',
    'C',
    () => readText(`{"format":"hushcraft-preset","version":1,"scene":{"layers":[{"trigger":"${TRIGGER.id}"}]}}`),
  ],
  [
    'a parameter missing',
    'C',
    edited((file) => {
      Reflect.deleteProperty(params(file), RATE);
    }),
    (preset) => {
      expect(rateOf(preset)).toBe(RATE_SPEC.default);
    },
  ],
  [
    'a parameter nobody knows',
    'C',
    edited((file) => void Object.assign(params(file), { warp: 0.5 })),
    (preset) => {
      expect(preset.scene.layers[0]!.params).not.toHaveProperty('warp');
    },
  ],
]);

test('33 a file of a newer version says so and asks to keep it', () => {
  const read = edited((file) => void Object.assign(file, { version: 999 }))();
  expect(read).toMatchObject({ ok: false, error: { code: 'newer-version' } });
  if (!read.ok) expect(read.error.message).toMatch(/newer version.*keep the file/);
});

test('23 one problem is named, not two hundred thousand', () => {
  const read = edited((file) => void Object.assign(file['scene']!, { layers: Array(60).fill('x') }))();
  expect(read).toMatchObject({
    ok: false,
    error: { message: 'In the preset, layer 1 must be a group of fields. Nothing was changed.' },
  });
});

test('36 a migration that fails midway leaves the file as it was', () => {
  const old = { format: 'hushcraft-preset', version: 1, scene: { layers: [1] } };
  const steps = [
    {
      from: 1,
      why: 'test',
      up: (file: object) => {
        Object.assign(file, { scene: null });
        throw new Error('midway');
      },
    },
  ];
  expect(() => migrate(structuredClone(old), steps, 2)).toThrow(/was not changed; please keep it/);
  expect(old.scene).toEqual({ layers: [1] });
});

table('numbers', [
  ['40 1e999', 'R', literal(params, RATE, '1e999')],
  ['41 -1e999', 'R', literal(params, RATE, '-1e999')],
  [
    '42 a gain of 1e308',
    'C',
    literal(layerOf, 'gainDb', '1e308'),
    ({ scene }) => {
      expect(scene.layers[0]!.gainDb).toBe(LAYER_GAIN.max);
    },
  ],
  [
    '43 -0',
    'K',
    literal(place, 'azimuthDeg', '-0'),
    ({ scene }) => {
      expect(Object.is(scene.layers[0]!.place.azimuthDeg, 0)).toBe(true);
    },
  ],
  [
    '44 5e-324',
    'K',
    literal(place, 'spread', '5e-324'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.spread).toBe(0);
    },
  ],
  [
    '44 -5e-324 where nothing may be negative',
    'K',
    literal(place, 'spread', '-5e-324'),
    ({ scene }) => {
      expect(Object.is(scene.layers[0]!.place.spread, 0)).toBe(true);
    },
  ],
  ['45 a number for an id', 'R', literal((file) => file, 'id', '9007199254740993')],
  ['45 a number for a layer’s id', 'R', literal(layerOf, 'id', '9007199254740993')],
  ['46 a number as text', 'R', literal(params, RATE, '"0.5"')],
  ['46 a place as text', 'R', literal(place, 'closeness', '"0.5"')],
  ['47 true for a number', 'R', literal(params, RATE, 'true')],
  ['48 null for a number', 'R', literal(params, RATE, 'null')],
  ['48 null for a place', 'R', literal(layerOf, 'place', 'null')],
  [
    '49 a gain of +120 dB',
    'C',
    literal(layerOf, 'gainDb', '120'),
    ({ scene }) => {
      expect(scene.layers[0]!.gainDb).toBe(LAYER_GAIN.max);
    },
  ],
  [
    '50 a gain of -1e9 dB',
    'C',
    literal(layerOf, 'gainDb', '-1e9'),
    ({ scene }) => {
      expect(scene.layers[0]!.gainDb).toBe(LAYER_GAIN.min);
    },
  ],
  [
    '51 a rate of nothing',
    'C',
    literal(params, RATE, '0'),
    (preset) => {
      expect(rateOf(preset)).toBe(RATE_SPEC.min);
    },
  ],
  [
    '52 a rate of a million',
    'C',
    literal(params, RATE, '1e6'),
    (preset) => {
      expect(rateOf(preset)).toBe(RATE_SPEC.max);
    },
  ],
  [
    '53 an attack of nothing: softness below its least',
    'C',
    literal(params, 'softness', '-1'),
    ({ scene }) => {
      expect(scene.layers[0]!.params['softness']).toBe(0);
    },
  ],
  [
    '54 a journey of no time',
    'C',
    literal(place, 'periodSec', '0'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.periodSec).toBe(PLACE_SPECS.periodSec.min);
    },
  ],
  [
    '54 a journey of a billion seconds',
    'C',
    literal(place, 'periodSec', '1e9'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.periodSec).toBe(PLACE_SPECS.periodSec.max);
    },
  ],
  [
    '55 NaN from another tab',
    'R',
    () =>
      restorePreset(
        spoiled((file) => {
          params(file)[RATE] = loose(NaN);
        }),
      ),
  ],
  [
    '55 Infinity from the store',
    'R',
    () =>
      restorePreset(
        spoiled((file) => {
          params(file)[RATE] = loose(Infinity);
        }),
      ),
  ],
  ['58 a range for a number', 'R', literal(params, RATE, '{"min":2,"max":1}')],
  ['59 a spread below nothing', 'R', literal(place, 'spread', '-0.1')],
  ['59 a surprise below nothing', 'R', literal(params, 'surprise', '-0.1')],
  [
    '60 a direction of 1e30',
    'C',
    literal(place, 'azimuthDeg', '1e30'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.azimuthDeg).toBe(180);
    },
  ],
  [
    '60 a direction of 270 is -90',
    'C',
    literal(place, 'azimuthDeg', '270'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.azimuthDeg).toBe(-90);
    },
  ],
  [
    '60 a closeness of 5',
    'C',
    literal(place, 'closeness', '5'),
    ({ scene }) => {
      expect(scene.layers[0]!.place.closeness).toBe(1);
    },
  ],
  [
    '61 a seed of 2^53',
    'C',
    seeded('9007199254740992'),
    ({ scene }) => {
      expect(scene.seed).toBe(0);
    },
  ],
  [
    '61 a seed below zero',
    'C',
    seeded('-1'),
    ({ scene }) => {
      expect(scene.seed).toBe(0xffffffff);
    },
  ],
  [
    '61 a seed with a fraction',
    'C',
    seeded('1.5'),
    ({ scene }) => {
      expect(scene.seed).toBe(1);
    },
  ],
  [
    '61 the largest seed',
    'K',
    seeded('4294967295'),
    ({ scene }) => {
      expect(scene.seed).toBe(0xffffffff);
    },
  ],
  [
    '62 a whole sound of +60 dB',
    'C',
    literal((file) => file['scene']!['master']!, 'gainDb', '60'),
    ({ scene }) => {
      expect(scene.master.gainDb).toBe(MASTER_GAIN.max);
    },
  ],
  ['62 1 for a switch', 'R', literal((file) => file['scene']!['master']!, 'mono', '1')],
]);

describe('numbers: 49–57 every number parameter of every trigger, from outside both ends', () => {
  for (const preset of FACTORY) {
    test(preset.id, () => {
      for (const [edge, off] of [
        ['min', -1e9],
        ['max', 1e9],
      ] as const) {
        const wild = JSON.parse(serializePreset(preset)) as Loose;
        delete wild['checksum'];
        for (const layer of preset.scene.layers) {
          const at = layerOf(wild, preset.scene.layers.indexOf(layer))['params']!;
          for (const id of Object.keys(layer.params)) {
            if (typeof layer.params[id] === 'number' && !(id === 'surprise' && edge === 'min')) at[id] = loose(off);
          }
        }
        const read = restorePreset(wild);
        expect(read).toMatchObject({ ok: true });
        if (read.ok) expect(restorePreset(read.preset)).toMatchObject({ ok: true, warnings: [] });
      }
    });
  }
});

const OBJECT_TRICKS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'toJSON',
  '__defineGetter__',
];
const PLACES: readonly (readonly [string, (file: string, key: string) => string])[] = [
  ['at the top', (file, key) => file.replace('{', `{${key}:{"polluted":1},`)],
  ['nested', (file, key) => file.replace('"params": {', `"params": {${key}:1,`)],
  ['in a list', (file, key) => file.replace('"tags": [', `"tags": [{${key}:{"polluted":1}},`)],
];
table('object tricks', [
  ...OBJECT_TRICKS.flatMap((key) =>
    PLACES.map(([where, put]): Row => [
      `63–65 ${key} ${where}`,
      'R',
      () => readText(put(noChecksum(), JSON.stringify(key))),
    ]),
  ),
  [
    '64 constructor.prototype',
    'R',
    () => readText(noChecksum().replace('{', '{"constructor":{"prototype":{"polluted":1}},')),
  ],
  [
    '66 __proto__ with escapes',
    'R',
    () => readText(noChecksum().replace('{', '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":1},')),
  ],
  [
    '67 a getter',
    'R',
    () =>
      restorePreset(
        spoiled((file) => {
          Object.defineProperty(file, 'name', { get: () => 'x', enumerable: true });
        }),
      ),
  ],
  [
    '67 a proxy that throws',
    'R',
    () =>
      restorePreset(
        new Proxy(
          {},
          {
            getPrototypeOf: () => {
              throw new Error('bite');
            },
          },
        ),
      ),
  ],
  [
    '67 what a structured clone brings',
    'K',
    () => restorePreset(structuredClone(GOOD)),
    (preset) => {
      expect(preset).toEqual(GOOD);
    },
  ],
  ['67 an object without a prototype', 'K', () => restorePreset(Object.assign(Object.create(null), GOOD))],
  [
    '67 an object that holds itself',
    'R',
    () =>
      restorePreset(
        spoiled((file) => {
          params(file)['me'] = file;
        }),
      ),
  ],
  ['68 a Map', 'R', () => restorePreset(new Map(Object.entries(GOOD)))],
  ['68 a Map for the scene', 'R', () => restorePreset({ ...GOOD, scene: new Map() })],
  ['68 a Date', 'R', () => restorePreset({ ...GOOD, createdAt: new Date() })],
  ['68 a Blob', 'R', () => restorePreset(new Blob([text]))],
  ['68 bytes for the tags', 'R', () => restorePreset({ ...GOOD, tags: new Uint8Array(4) })],
  ['68 a function', 'R', () => restorePreset(() => GOOD)],
  ['68 a big integer', 'R', () => restorePreset({ ...GOOD, version: 1n })],
  ['68 a symbol', 'R', () => restorePreset({ ...GOOD, name: Symbol('x') })],
  ['68 a list with holes', 'R', () => restorePreset({ ...GOOD, tags: Array(3) })],
  [
    '68 a class instance',
    'R',
    () =>
      restorePreset({
        ...GOOD,
        scene: new (class Scene {
          layers = GOOD.scene.layers;
        })(),
      }),
  ],
  ['68 nothing', 'R', () => restorePreset(undefined)],
]);

const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
table('text', [
  [
    '69 markup in the name',
    'K',
    named('<img src=x onerror=alert(1)>'),
    (preset) => {
      expect(preset.name).toBe('<img src=x onerror=alert(1)>');
    },
  ],
  [
    '70 a javascript: link in the note',
    'K',
    noted('javascript:alert(1)'),
    (preset) => {
      expect(preset.note).toBe('javascript:alert(1)');
    },
  ],
  [
    '71 an override of reading direction',
    'C',
    named('rain\u202Egnp.exe'),
    (preset) => {
      expect(preset.name).toBe('raingnp.exe');
    },
  ],
  [
    '71 isolates',
    'C',
    named('a\u2066b\u2069'),
    (preset) => {
      expect(preset.name).toBe('ab');
    },
  ],
  [
    '71 zero width',
    'C',
    named('a\u200bb\u2060c\ufeffd\u200de\u200cf'),
    (preset) => {
      expect(preset.name).toBe('abcdef');
    },
  ],
  [
    '71 nothing but zero width',
    'C',
    named('\u200b\u200b'),
    (preset) => {
      expect(preset.name).toBe('Untitled sound');
    },
  ],
  [
    '71 joiners that shape letters stay',
    'K',
    named('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'),
    (preset) => {
      expect(preset.name).toContain('\u200c');
    },
  ],
  [
    '72 a tower of accents',
    'C',
    named(`a${'\u0301'.repeat(500)}b`),
    (preset) => {
      expect(preset.name.length).toBeLessThan(12);
    },
  ],
  [
    '72 five hundred letters',
    'C',
    named('x'.repeat(500)),
    (preset) => {
      expect(preset.name).toBe('x'.repeat(80));
    },
  ],
  [
    '73 an id that is a path',
    'C',
    edited((file) => void Object.assign(file, { id: '../../etc/passwd' })),
    (preset) => {
      expect(preset.id).toMatch(/^etc-passwd-[0-9a-f]{8}$/);
    },
  ],
  [
    '76 families of four, counted as one each',
    'K',
    named(FAMILY.repeat(16)),
    (preset) => {
      expect(preset.name).toBe(FAMILY.repeat(16));
    },
  ],
  [
    '76 more than eighty of them',
    'C',
    named(FAMILY.repeat(90)),
    (preset) => {
      expect([...graphemes(preset.name)].length).toBe(80);
    },
  ],
  [
    '77 the end of a script in the note',
    'K',
    noted('</script><svg onload=alert(1)>'),
    (preset) => {
      expect(preset.note).toBe('</script><svg onload=alert(1)>');
    },
  ],
  [
    'a note of many lines',
    'K',
    noted('one\r\ntwo\n\nthree'),
    (preset) => {
      expect(preset.note).toBe('one\ntwo\n\nthree');
    },
  ],
  [
    'a note of 5,000 characters',
    'C',
    noted('n'.repeat(5000)),
    (preset) => {
      expect(preset.note.length).toBe(2000);
    },
  ],
  [
    'thirteen tags',
    'C',
    edited((file) => void Object.assign(file, { tags: Array.from({ length: 13 }, (_, i) => `t${String(i)}`) })),
    (preset) => {
      expect(preset.tags.length).toBe(12);
    },
  ],
  [
    'tags that differ in case only',
    'K',
    edited((file) => void Object.assign(file, { tags: ['Rain', 'rain', ' '] })),
    (preset) => {
      expect(preset.tags).toEqual(['Rain']);
    },
  ],
  [
    'a tag of 40 letters',
    'C',
    edited((file) => void Object.assign(file, { tags: ['t'.repeat(40)] })),
    (preset) => {
      expect(preset.tags).toEqual(['t'.repeat(30)]);
    },
  ],
  ['a date that is none', 'C', edited((file) => void Object.assign(file, { createdAt: 'yesterday' }))],
  ['a date far out', 'C', edited((file) => void Object.assign(file, { createdAt: '0001-01-01T00:00:00Z' }))],
  [
    'a date elsewhere',
    'K',
    edited((file) => void Object.assign(file, { createdAt: '2026-11-01T02:00:00+02:00' })),
    (preset) => {
      expect(preset.createdAt).toBe('2026-11-01T00:00:00.000Z');
    },
  ],
]);

test.each([
  ['CON', 'sound CON.hush.json'],
  ['lpt1.txt', 'sound lpt1.txt.hush.json'],
  ['../../x', 'x.hush.json'],
  ['a/b', 'a-b.hush.json'],
  ['a\\b:c*d?e"f<g>h|i', 'a-b-c-d-e-f-g-h-i.hush.json'],
  ['.', 'sound.hush.json'],
  ['..', 'sound.hush.json'],
  ['', 'sound.hush.json'],
  ['   ', 'sound.hush.json'],
  ['.hidden', 'hidden.hush.json'],
  ['ends with a dot.', 'ends with a dot.hush.json'],
  ['zero\u0000byte', 'zerobyte.hush.json'],
  ['exe\u202Egpj', 'exegpj.hush.json'],
  ['Regen im März', 'Regen im März.hush.json'],
])('73 as a file name %j becomes %j', (name, file) => {
  expect(safeFileName(name)).toBe(file);
});

test('73 a long name makes a file name that fits', () => {
  const file = safeFileName(FAMILY.repeat(80));
  expect(bytes(file).length).toBeLessThanOrEqual(140);
  expect([...graphemes(file.replace('.hush.json', ''))].every((grapheme) => grapheme === FAMILY)).toBe(true);
});

test('72, 76 a browser that cannot count graphemes counts code points, and never cuts one in two', () => {
  vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined });
  expect([...graphemes(`a${FAMILY}`)].length).toBe(8);
  expect(cleanName('\u{1f600}'.repeat(100)).text).toBe('\u{1f600}'.repeat(80));
  vi.unstubAllGlobals();
});

test('74 a name that a reader would take for another gets a number', () => {
  const taken = ['Wooden box', 'Café', 'Rain', 'Rain 2'];
  expect(freeName('Glass', taken)).toBe('Glass');
  expect(freeName('WOODEN  BOX', taken)).toBe('WOODEN BOX 2');
  expect(freeName('Cafe\u0301', taken)).toBe('Café 2');
  expect(freeName('Rain', taken)).toBe('Rain 3');
  expect(freeName('Rain 2', taken)).toBe('Rain 3');
  expect(freeName('x'.repeat(80), ['x'.repeat(80)])).toBe(`${'x'.repeat(78)} 2`);
});

test.each([
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  [' =1', "' =1"],
  ['slept, well', '"slept, well"'],
  ['fine', 'fine'],
])('75 in a table %j becomes %j', (cell, safe) => {
  expect(spreadsheetCell(cell)).toBe(safe);
});

function seeded(value: string): () => Read {
  return literal((file) => file['scene']!, 'seed', value);
}

function repeatLayer(file: Loose, count: number, ownIds = true): void {
  const layer = layerOf(file);
  const layers = Array.from({ length: count }, (_, i) => ({
    ...structuredClone(layer),
    ...(ownIds ? { id: `l${String(i)}` } : {}),
  }));
  Object.assign(file['scene']!, { layers });
}

function noChecksum(): string {
  return JSON.stringify(
    spoiled(() => undefined),
    null,
    1,
  );
}

function utf16(value: string): Uint8Array {
  const units = new Uint8Array(value.length * 2);
  for (let i = 0; i < value.length; i++) {
    units[2 * i] = value.charCodeAt(i) & 255;
    units[2 * i + 1] = value.charCodeAt(i) >> 8;
  }
  return units;
}
