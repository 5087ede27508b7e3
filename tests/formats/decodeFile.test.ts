// The one door for every kind: each comes out as it went in, each spoiled one is refused in words, and nothing takes long.
import * as fc from 'fast-check';
import { mkdtempSync, openAsBlob, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_BUNDLE_PRESETS, serializeBundle } from '../../src/formats/bundle.ts';
import { looksLikeBackup, decodeFile, decodeText } from '../../src/formats/decodeFile.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import type { DecodedFile } from '../../src/formats/decodedFile.ts';
import type { SharedPreset } from '../../src/formats/sharedPreset.ts';
import { newSharedPreset, parseSharedPreset, serializeSharedPreset } from '../../src/formats/sharedPreset.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { PRESET, TEXT } from '../helpers/arbitraries.ts';
import { GOOD, loose, watchGlobals } from '../helpers/presetSamples.ts';
import type { Loose } from '../helpers/presetSamples.ts';
import { RUNS } from '../fuzz.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

let checkGlobals: () => void;
beforeEach(() => {
  checkGlobals = watchGlobals();
});
afterEach(() => {
  checkGlobals();
});

const open = (content: BlobPart): Promise<DecodedFile> => decodeFile(new Blob([content]));

async function refused(content: BlobPart): Promise<string> {
  const opened = await open(content);
  expect(opened.ok).toBe(false);
  const message = opened.ok ? '' : describeDecodeError(opened.error);
  expect(message).toMatch(/^[^\n]{20,300}[.)]$/u);
  return message;
}

const PARCEL: SharedPreset = newSharedPreset(GOOD, {
  from: 'Mara',
  note: 'Softer.\nTell me how it was.',
  suggestion: { minutes: 20, when: 'before bed', text: '' },
  bounds: [{ what: 'a/place/closeness', min: 0, max: 0.7 }],
});

/** The good parcel as loose data without a checksum, changed by `edit`. */
function spoiled(edit: (file: Loose) => void): string {
  const file = loose(JSON.parse(serializeSharedPreset(PARCEL)));
  delete file['checksum'];
  edit(file);
  return JSON.stringify(file);
}

describe('each kind comes out as it went in', () => {
  test('a preset, from a file and from pasted text', async () => {
    const expected = { ok: true, kind: 'preset', preset: GOOD, warnings: [] };
    expect(await open(serializePreset(GOOD))).toEqual(expected);
    expect(await open(`\ufeff${serializePreset(GOOD)}`)).toEqual(expected);
    expect(await decodeText(`\n ${serializePreset(GOOD)}\n`)).toEqual(expected);
  });
  test('a parcel', async () => {
    expect(await open(serializeSharedPreset(PARCEL))).toEqual({
      ok: true,
      kind: 'parcel',
      parcel: PARCEL,
      warnings: [],
    });
    expect(parseSharedPreset(PARCEL)).toEqual({ ok: true, parcel: PARCEL, warnings: [] });
  });
  test('a bundle', async () => {
    const opened = await open(serializeBundle(FACTORY));
    expect(opened).toEqual({ ok: true, kind: 'bundle', presets: FACTORY, bad: [], warnings: [] });
  });
  test('a backup is told apart and handed on', async () => {
    const backup = { format: 'hushcraft-backup', version: 1, anything: true };
    expect(await open(JSON.stringify(backup))).toEqual({ ok: true, kind: 'backup', value: backup, warnings: [] });
  });
  test('any parcel, to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(PRESET, TEXT, TEXT, async (preset, from, note) => {
        const first = parseSharedPreset(newSharedPreset(preset, { from, note }));
        if (!first.ok) throw new Error(describeDecodeError(first.error));
        const opened = await open(serializeSharedPreset(first.parcel));
        expect(opened).toEqual({ ok: true, kind: 'parcel', parcel: first.parcel, warnings: [] });
      }),
      { numRuns: RUNS / 5 },
    );
  });
});

describe('parcels that are not right', () => {
  test.each([
    ['cut', serializeSharedPreset(PARCEL).slice(0, -1)],
    ['one letter changed', serializeSharedPreset(PARCEL).replace('Softer', 'Saftor')],
    ['a field too many', spoiled((file) => (file['diagnosis'] = loose('x')))],
    ['no version', spoiled((file) => delete file['version'])],
    ['a newer version', spoiled((file) => (file['version'] = loose(2)))],
    ['no preset', spoiled((file) => delete file['preset'])],
    ['a spoiled preset', spoiled((file) => (file['preset']!['scene'] = loose(7)))],
    [
      'a limit that ends before it begins',
      spoiled((file) => (file['bounds'] = loose([{ what: 'a/place/closeness', min: 1, max: 0 }]))),
    ],
    [
      'an endless limit',
      spoiled((file) => (file['bounds'] = loose([{ what: 'a/place/closeness', min: 0, max: 5 }]))).replace(
        '5}',
        '1e999}',
      ),
    ],
    ['an attack by name', spoiled((file) => (file['suggestion']!['x'] = loose(1))).replace('"x"', '"__proto__"')],
    ['practice that is none', spoiled((file) => (file['practice'] = loose({ version: 1, score: 7 })))],
    ['words that are none', spoiled((file) => (file['note'] = loose(7)))],
  ])('%s: refused', async (_, text) => {
    await refused(text);
  });

  test('values out of range are bent, and said', () => {
    const read = parseSharedPreset(
      JSON.parse(
        spoiled((file) => {
          file['from'] = loose('Ma\u202era');
          file['suggestion'] = loose({ minutes: 1e6, when: 'now', text: '' });
          file['bounds'] = loose([
            { what: 'a/place/closeness', min: -4, max: 0.5 },
            { what: 'nobody/place/closeness', min: 0, max: 1 },
            { what: 'a/place/__proto__', min: 0, max: 1 },
          ]);
        }),
      ),
    );
    expect(read.ok && read.warnings.length).toBe(5);
    expect(read.ok && read.parcel).toMatchObject({
      from: 'Mara',
      suggestion: { minutes: 1440 },
      bounds: [{ what: 'a/place/closeness', min: 0, max: 0.5 }],
    });
  });
});

describe('bundles', () => {
  const good = JSON.parse(serializePreset(GOOD)) as unknown;
  const bundle = (presets: unknown, more = {}): string =>
    JSON.stringify({ format: 'hushcraft-bundle', version: 1, presets, ...more });

  test('96 three good, one bad: the three, and what is wrong with the fourth', async () => {
    const [a, b, c] = FACTORY.map((preset) => JSON.parse(serializePreset(preset)) as unknown);
    const opened = await open(bundle([a, b, { format: 'hushcraft-preset', version: 1, name: 'Broken' }, c]));
    expect(opened).toMatchObject({ ok: true, kind: 'bundle', presets: FACTORY.slice(0, 3) });
    expect(opened.ok && opened.kind === 'bundle' && opened.bad).toEqual([
      {
        number: 3,
        name: 'Broken',
        error: { code: 'missing-field', params: { kind: 'preset', path: ['scene'] } },
      },
    ]);
  });
  test('96 a bundle of the first preset version', async () => {
    const old = readFileSync(new URL('../fixtures/presets/v1-by-hand.hush.json', import.meta.url), 'utf8');
    expect(await open(bundle([JSON.parse(old)]))).toMatchObject({
      ok: true,
      kind: 'bundle',
      presets: [{ version: 2 }],
    });
  });
  test('96 two hundred and one', async () => {
    const many = Array.from({ length: MAX_BUNDLE_PRESETS }, (_, i) => ({
      ...loose(JSON.parse(serializePreset(GOOD))),
      id: `n${String(i)}`,
      checksum: undefined,
    }));
    const whole = await open(bundle(many));
    expect(whole).toMatchObject({ ok: true, bad: [], warnings: [] });
    expect(whole.ok && whole.kind === 'bundle' && whole.presets.length).toBe(MAX_BUNDLE_PRESETS);
    expect(await refused(bundle(Array(MAX_BUNDLE_PRESETS + 1).fill(good)))).toContain('201');
    expect(() => serializeBundle(Array.from({ length: MAX_BUNDLE_PRESETS + 1 }, () => GOOD))).toThrow(RangeError);
  });
  test('96 the same sound twice is one, told; the same id on another sound becomes its own, told', async () => {
    const other = { ...loose(JSON.parse(serializePreset({ ...GOOD, note: 'another' }))) };
    const opened = await open(bundle([good, good, other, other]));
    expect(opened).toMatchObject({ ok: true, kind: 'bundle', bad: [] });
    if (!opened.ok || opened.kind !== 'bundle') return;
    expect(opened.presets.map(({ note }) => note)).toEqual([GOOD.note, 'another']);
    expect(new Set(opened.presets.map(({ id }) => id)).size).toBe(2);
    expect(opened.warnings).toHaveLength(3);
    // DecodedFile again, the same ids come out: what is here already is known.
    expect(await open(bundle([good, good, other, other]))).toEqual(opened);
  });
  test.each([
    ['none in it', bundle([])],
    ['only bad ones', bundle([1, 2, 3])],
    ['no list', bundle({ 0: good })],
    ['a field too many', bundle([good], { script: 1 })],
    ['a newer version', bundle([good], { version: 2 })],
  ])('%s: refused', async (_, text) => {
    await refused(text);
  });
});

describe('size is looked at before content', () => {
  const huge = (bytes: number): Blob => new Blob([new Uint8Array(bytes).fill(0x20)]);
  test('16 a sparse file of two gigabytes', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-'));
    const file = path.join(folder, 'huge.hush.json');
    try {
      writeFileSync(file, '');
      truncateSync(file, 2 ** 31);
      const opened = await decodeFile(await openAsBlob(file));
      expect(opened).toMatchObject({ ok: false, error: { code: 'file-too-large' } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  test('spaces beyond a preset’s size', async () => {
    expect(await refused(huge(300_000))).toContain('256 KiB');
  });
  // A backup may hold years of practice; a locked file may hold a backup, written in 64 letters.
  test.each([
    ['preset', 256 * 1024, '256 KiB'],
    ['parcel', 2 * 1024 * 1024, '2 MiB'],
    ['bundle', 2 * 1024 * 1024, '2 MiB'],
    ['backup', 32 * 1024 * 1024, '32 MiB'],
    ['locked', 44 * 1024 * 1024, '44 MiB'],
  ])('a %s one byte beyond its own size is refused unread', async (kind, most, words) => {
    const head = `{"format":"hushcraft-${kind}",`;
    const read = vi.spyOn(Blob.prototype, 'arrayBuffer');
    expect(await refused(new Blob([head, huge(most + 1 - head.length)]))).toContain(`larger than ${words}`);
    expect(read.mock.contexts.every((blob) => (blob as Blob).size <= 64 * 1024)).toBe(true);
    read.mockRestore();
    expect(await refused(new Blob([head, huge(most - head.length)]))).not.toContain('larger than');
  });
  test('96 what only a backup can be is told by its first bytes, without reading it', async () => {
    const file = (kind: string, size: number): Blob => new Blob([`{"format":"hushcraft-${kind}",`, huge(size)]);
    const read = vi.spyOn(Blob.prototype, 'arrayBuffer');
    expect(await looksLikeBackup(file('backup', 3 * 1024 * 1024))).toBe(true);
    expect(await looksLikeBackup(file('locked', 5 * 1024 * 1024))).toBe(true);
    // Small enough to hold up nothing, or to hold something else.
    expect(await looksLikeBackup(file('backup', 1024))).toBe(false);
    expect(await looksLikeBackup(file('locked', 3 * 1024 * 1024))).toBe(false);
    expect(await looksLikeBackup(file('bundle', 3 * 1024 * 1024))).toBe(false);
    expect(read.mock.contexts.every((blob) => (blob as Blob).size <= 64 * 1024)).toBe(true);
    read.mockRestore();
  });
  test('a preset that calls itself a bundle first', async () => {
    const text = serializePreset(GOOD).replace('{', '{"format":"hushcraft-bundle",') + ' '.repeat(300_000);
    expect(await refused(text)).toContain('larger than');
  });
});

test.each([
  ['nothing', ''],
  ['a space', ' '],
  ['null', 'null'],
  ['a list', '[]'],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a)],
  ['no text', Uint8Array.of(0x7b, 0xc3, 0x28)],
  ['a million brackets', '['.repeat(250_000)],
  ['another program’s file', '{"format":"something-else"}'],
])('%s: refused', async (_, content) => {
  await refused(content);
});

test('any text and any bytes are answered', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.jsonValue().map((value) => JSON.stringify(value)),
        fc
          .tuple(
            fc.constantFrom('preset', 'parcel', 'bundle', 'locked', 'backup'),
            fc.dictionary(fc.string(), fc.jsonValue()),
          )
          .map(([kind, rest]) => JSON.stringify({ format: `hushcraft-${kind}`, version: 1, ...rest })),
        fc.tuple(fc.nat(), fc.nat(255)).map(([at, byte]) => {
          const bytes = new TextEncoder().encode(serializeSharedPreset(PARCEL));
          bytes[at % bytes.length] = byte;
          return bytes;
        }),
      ),
      async (content) => {
        const opened = await open(content);
        if (!opened.ok) expect(describeDecodeError(opened.error)).toMatch(/^[^\n]{20,}[.)]$/u);
        else if (opened.kind === 'parcel') expect(parseSharedPreset(opened.parcel).ok).toBe(true);
      },
    ),
    { numRuns: RUNS },
  );
});

describe('files of the past', () => {
  const folder = new URL('../fixtures/files/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.hush.json'));
  test.each(names)('%s opens as on the first day', async (name) => {
    const opened = await open(readFileSync(new URL(name, folder)));
    const expected: unknown = JSON.parse(
      readFileSync(new URL(name.replace('.hush.json', '.expected.json'), folder), 'utf8'),
    );
    expect(JSON.parse(JSON.stringify(opened))).toEqual(expected);
  });
  test('there are some', () => {
    expect(names.length).toBeGreaterThanOrEqual(2);
  });
});
