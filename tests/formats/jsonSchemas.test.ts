// The published JSON Schemas: another validator agrees with our parsers about every file there ever was.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { serializeBackup } from '../../src/formats/backup.ts';
import { fileSchemas } from '../../src/formats/jsonSchemas.ts';
import { reportJson } from '../../src/formats/report.ts';
import { summarise } from '../../src/practice/summary.ts';
import { SUMMARY_SECTIONS } from '../../src/formats/practiceSummary.ts';
import { serializeBundle } from '../../src/formats/bundle.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { encryptFile } from '../../src/formats/encryptedFile.ts';
import { newSharedPreset, serializeSharedPreset } from '../../src/formats/sharedPreset.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { PRESET } from '../helpers/arbitraries.ts';
import { ENTRY } from '../helpers/practiceSamples.ts';

const schemas = fileSchemas();

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
(addFormats.default as (ajv: Ajv2020) => unknown)(ajv);
for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name);

function validator(kind: string): ValidateFunction {
  const validate = ajv.getSchema(`${kind}.schema.json`);
  if (!validate) throw new Error(kind);
  return validate;
}

function complaints(kind: string, value: unknown): unknown {
  const validate = validator(kind);
  return validate(value) ? [] : validate.errors;
}

/** "hushcraft-parcel" → "parcel". */
function kindOf(value: unknown): string {
  return (value as { readonly format: string }).format.replace('hushcraft-', '');
}

describe('files of the past', () => {
  const fixtures = new URL('../fixtures/', import.meta.url);
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.json') && !name.includes('expected') && !name.startsWith('links') && !name.startsWith('storage'),
  );
  test.each(files)('%s', (name) => {
    const value: unknown = JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'));
    expect(complaints(kindOf(value), value)).toEqual([]);
  });
  test('of every kind there is one', () => {
    const kinds = files.map((name) => kindOf(JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'))));
    expect([...new Set(kinds)].sort()).toEqual(['backup', 'bundle', 'locked', 'parcel', 'preset', 'report']);
  });
});

test('whatever is written fits', () => {
  fc.assert(
    fc.property(
      PRESET,
      fc.array(ENTRY, { maxLength: 6 }),
      fc.subarray([...SUMMARY_SECTIONS]),
      (preset, entries, sections) => {
        const summary = summarise(entries, { from: '2020-01-01', to: '2032-12-31', sections });
        const words = { from: 'Mara', suggestion: { minutes: 20, when: 'before bed', text: '' } };
        const line = { preset, revision: 1, updatedAt: '2026-11-20T20:00:00.000Z', by: '', note: '' };
        const record = { ...line, schema: 1 as const, favourite: true, deletedAt: null, older: [line] };
        const made = [
          serializePreset(preset),
          serializeBundle([preset, FACTORY[0]!]),
          serializeSharedPreset(newSharedPreset(preset, words, summary)),
          serializeBackup({ presets: [record], practice: entries, settings: { theme: 'day' } }, new Date()),
          reportJson(summary),
        ].map((text): unknown => JSON.parse(text));
        for (const value of made) expect(complaints(kindOf(value), value)).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});

test('a locked file fits', async () => {
  const value: unknown = JSON.parse(await encryptFile('anything', 'amber kettle walks slowly'));
  expect(complaints('locked', value)).toEqual([]);
});

test.each([
  ['report', { before: 11 }],
  ['report', { time: '24:00' }],
  ['report', { diagnosis: 'x' }],
  ['report', { day: 'yesterday' }],
])('what our readers refuse, a %s with %j, the schema refuses', (kind, change) => {
  const report = JSON.parse(
    reportJson(summarise([], { from: '2026-11-01', to: '2026-11-30', sections: [] })),
  ) as object;
  expect(validator(kind)({ ...report, sessions: [{ day: '2026-11-20', ...change }] })).toBe(false);
});
