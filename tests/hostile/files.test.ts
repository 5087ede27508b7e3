// Every case of the catalogue through the door for preset files, and the cases that need more than one look.
import { describe, expect, test } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { migrate } from '../../src/formats/migrations.ts';
import { parsePresetFile, restorePreset, serializePreset } from '../../src/formats/preset.ts';
import { decodeFile } from '../../src/formats/decodeFile.ts';
import { bytes, GOOD, layerOf, loose, spoiled } from '../helpers/presetSamples.ts';
import type { Loose } from '../helpers/presetSamples.ts';
import { TEXT } from './cases/case.ts';
import { CASES } from './cases/index.ts';
import { expectRefusal, watched } from './watch.ts';
import { describeDecodeError, describeWarning } from '../../src/ui/describeDecode.ts';

watched();

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest: [verdict, make, check] }) => {
    const source = make();
    const read = source.kind === 'file' ? parsePresetFile(source.bytes) : restorePreset(source.value);
    if (verdict === 'R') {
      expect(read.ok).toBe(false);
      if (!read.ok) expectRefusal(read.error);
      return;
    }
    expect(read).toMatchObject({ ok: true });
    if (!read.ok) return;
    if (verdict === 'C') expect(read.warnings.length).toBeGreaterThan(0);
    else expect(read.warnings).toEqual([]);
    for (const warning of read.warnings) expect(describeWarning(warning)).toMatch(/^[^\n]{10,300}\.$/u);
    check?.(read.preset);
    // Whatever came in, what comes out is a preset that comes through unchanged, by value and by file.
    const same = { ok: true, warnings: [], preset: read.preset };
    expect(restorePreset(read.preset)).toEqual(same);
    expect(parsePresetFile(bytes(serializePreset(read.preset)))).toEqual(same);
  });
});

describe('piece by piece', () => {
  test('7 R: cut short at every byte', () => {
    const whole = bytes(TEXT);
    for (let end = 1; end < whole.length; end++) expect(parsePresetFile(whole.subarray(0, end)).ok).toBe(false);
    expect(parsePresetFile(whole).ok).toBe(true);
  });

  test('15, 16 R: the size is looked at before a byte is read', async () => {
    let read = false;
    const huge = Object.assign(new Blob([]), {
      arrayBuffer: () => {
        read = true;
        return Promise.resolve(new ArrayBuffer(0));
      },
    });
    Object.defineProperty(huge, 'size', { value: 2 ** 31 });
    expect(await decodeFile(huge)).toMatchObject({ ok: false, error: { code: 'file-too-large' } });
    expect(read).toBe(false);
    expect(await decodeFile(new Blob([TEXT]))).toMatchObject({ ok: true, preset: GOOD });
    const gone = Object.assign(new Blob(['x']), { arrayBuffer: () => Promise.reject(new Error('gone')) });
    expect(await decodeFile(gone)).toMatchObject({ ok: false });
  });

  test('18 R: any single flipped bit', () => {
    const whole = bytes(TEXT);
    const accepted: string[] = [];
    for (let at = 0; at < whole.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        whole[at]! ^= 1 << bit;
        if (parsePresetFile(whole).ok) accepted.push(`byte ${String(at)}, bit ${String(bit)}`);
        whole[at]! ^= 1 << bit;
      }
    }
    expect(accepted).toEqual([]);
  });
});

test('33 a file of a newer version says so and asks to keep it', () => {
  const read = parsePresetFile(bytes(JSON.stringify(spoiled((file) => void Object.assign(file, { version: 999 })))));
  expect(read).toMatchObject({ ok: false, error: { code: 'newer-version' } });
  if (!read.ok) expect(describeDecodeError(read.error)).toMatch(/newer version.*keep the file/);
});

test('23 one problem is named, not two hundred thousand', () => {
  const wrong = spoiled((file) => void Object.assign(file['scene']!, { layers: Array(60).fill('x') }));
  const read = parsePresetFile(bytes(JSON.stringify(wrong)));
  expect(read).toMatchObject({
    ok: false,
    error: {
      code: 'wrong-type',
      params: { kind: 'preset', path: ['scene', 'layers', 0], expected: 'object' },
    },
  });
  if (!read.ok)
    expect(describeDecodeError(read.error)).toBe(
      'In the preset, layer 1 must be a group of fields. Nothing was changed.',
    );
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
  expect(() => migrate(structuredClone(old), 2, steps)).toThrow('migration-failed');
  expect(old.scene).toEqual({ layers: [1] });
});

describe('49–57 every number parameter of every trigger, from outside both ends', () => {
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
