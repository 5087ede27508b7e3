// Random input for the doors beside the preset file: locked things, backups, records, entries, summaries, settings, codes.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBackup } from '../../src/formats/backup.ts';
import { restoreEntry } from '../../src/formats/practiceEntry.ts';
import { restoreSummary } from '../../src/formats/practiceSummary.ts';
import { decodeFile, decodeText } from '../../src/formats/decodeFile.ts';
import { unframeLink } from '../../src/formats/link/framing.ts';
import { restorePreset, serializePreset } from '../../src/formats/preset.ts';
import { parsePresetRecord } from '../../src/formats/presetRecord.ts';
import { parseDraftRecord } from '../../src/storage/draftStore.ts';
import { parseSettingsRecord } from '../../src/storage/settingsStore.ts';
import { tryDecode } from '../../src/formats/decodeError.ts';
import { strangerWords } from '../../src/ui/features/import/readQrCode.ts';
import { RUNS } from '../fuzz.ts';
import { MUTATED, PRESET } from '../helpers/arbitraries.ts';
import { CARRIERS, NEIGHBOUR } from './carriers.ts';
import { expectRefusal, watched } from './watch.ts';

watched();

const ANYTHING = fc.oneof(fc.jsonValue(), fc.anything({ withMap: true, withDate: true, withBigInt: true }));
const record = (preset: unknown): object => ({
  schema: 1,
  preset,
  favourite: false,
  revision: 1,
  updatedAt: '2026-11-01T00:00:00.000Z',
  deletedAt: null,
  older: [],
});

test('any preset comes out of every carrier as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(PRESET, fc.constantFrom(...CARRIERS), async (preset, { open }) => {
      fc.pre(preset.id !== NEIGHBOUR.id);
      const file = Uint8Array.from(new TextEncoder().encode(serializePreset(preset)));
      expect(await open(file)).toEqual({ kind: 'opened', preset, warnings: [] });
    }),
    { numRuns: RUNS },
  );
});

test('a spoiled preset in any carrier is refused, left out and told, or made playable', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(MUTATED, fc.constantFrom(...CARRIERS), async (value, { open }) => {
      const outcome = await open(Uint8Array.from(new TextEncoder().encode(JSON.stringify(value))));
      seen.add(outcome.kind);
      if (outcome.kind === 'refused') expectRefusal(outcome.error);
      else if (outcome.kind === 'leftOut') expect(outcome.words).toMatch(/^[^\n]{10,}[.)]$/u);
      else expect(restorePreset(outcome.preset)).toMatchObject({ ok: true, warnings: [] });
    }),
    { numRuns: RUNS },
  );
  expect([...seen].sort()).toEqual(['leftOut', 'opened', 'refused']);
});

test('records, drafts and settings of any shape are read or passed over', () => {
  fc.assert(
    fc.property(fc.oneof(ANYTHING, MUTATED, MUTATED.map(record)), (value) => {
      const read = parsePresetRecord('x', value);
      if (read.kind === 'ok') expect(restorePreset(read.stored.preset)).toMatchObject({ ok: true, warnings: [] });
      parseDraftRecord(value);
      expect(Object.getPrototypeOf(parseSettingsRecord(value))).toBe(Object.prototype);
      expect(Object.getPrototypeOf(parseSettingsRecord({ schema: 1, settings: value }))).toBe(Object.prototype);
    }),
    { numRuns: RUNS },
  );
});

test('backups, entries and summaries of any shape are answered', async () => {
  const head = { format: 'hushcraft-backup', version: 1, createdAt: '2026-11-01T00:00:00.000Z' };
  await fc.assert(
    fc.asyncProperty(
      ANYTHING,
      fc.array(fc.oneof(ANYTHING, MUTATED.map(record)), { maxLength: 3 }),
      async (any, list) => {
        for (const value of [any, { ...head, presets: list, practice: list, settings: any }]) {
          const read = await parseBackup(value);
          if (read.ok) {
            // Nothing is left out in silence.
            const { presets, practice, bad } = read.backup;
            expect(presets.length + practice.length + bad.length).toBe(2 * list.length);
          } else expectRefusal(read.error);
        }
        for (const read of [restoreEntry(any), restoreSummary(any)]) if (!read.ok) expectRefusal(read.error);
      },
    ),
    { numRuns: RUNS },
  );
});

test('texts of codes and links of any shape are answered', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .tuple(fc.constantFrom('#p1.', '#x1.', 'p1.', '%23p1%2E', 'WIFI:', '{"'), fc.string({ maxLength: 200 }))
      .map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, async (said) => {
      expect(strangerWords(said)).toMatch(/^[^\n]{20,}\.$/);
      tryDecode(() => unframeLink(said));
      for (const opened of [await decodeText(said), await decodeFile(new Blob([said]))]) {
        if (!opened.ok) expectRefusal(opened.error);
      }
    }),
    { numRuns: RUNS },
  );
});
