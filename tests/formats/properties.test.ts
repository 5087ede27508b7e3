// What holds for every preset there can be: it comes through a file unchanged, and anything else is refused or made playable.
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parsePresetFile, restorePreset, restoreScene, serializePreset } from '../../src/formats/preset.ts';
import { sanitizeName, sanitizeNote, sanitizeTag, uniqueName, safeFileName, safeId } from '../../src/formats/text.ts';
import { MUTATED, PRESET, TEXT } from '../helpers/arbitraries.ts';
import { bytes, watchGlobals } from '../helpers/presetSamples.ts';
import { RUNS } from '../fuzz.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

let checkGlobals: () => void;
beforeEach(() => {
  checkGlobals = watchGlobals();
});
afterEach(() => {
  checkGlobals();
});

/** Every answer is a typed refusal in one line, or a preset that comes through the door again as it is. */
function settle(read: ReturnType<typeof restorePreset>): void {
  if (read.ok) {
    expect(restorePreset(read.preset)).toEqual({ ok: true, warnings: [], preset: read.preset });
    expect(restoreScene(read.preset.scene)).toEqual({ ok: true, warnings: [], scene: read.preset.scene });
  } else {
    expect(read.error.code).not.toBe('');
    expect(describeDecodeError(read.error)).toMatch(/^[^\n]{20,}$/u);
  }
}

test('export, then import, gives the same preset to the last bit', () => {
  fc.assert(
    fc.property(PRESET, (preset) => {
      expect(parsePresetFile(bytes(serializePreset(preset)))).toEqual({ ok: true, warnings: [], preset });
    }),
    { numRuns: RUNS },
  );
});

test('any JSON is answered', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.anything({ withMap: true, withDate: true, withBigInt: true })), (value) => {
      settle(restorePreset(value));
      const scene = restoreScene(value);
      expect(scene.ok ? scene.scene.layers.length : scene.error.code.length).toBeGreaterThan(0);
    }),
    { numRuns: RUNS },
  );
});

test('any bytes are answered', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (data) => {
      settle(parsePresetFile(data));
    }),
    { numRuns: RUNS / 2 },
  );
});

test('a spoiled preset is refused or made playable', () => {
  let accepted = 0;
  fc.assert(
    fc.property(MUTATED, (value) => {
      const read = restorePreset(value);
      settle(read);
      if (read.ok) accepted += 1;
    }),
    { numRuns: RUNS },
  );
  // Both answers really come up.
  expect(accepted).toBeGreaterThan(RUNS / 20);
  expect(accepted).toBeLessThan(0.95 * RUNS);
});

test('cleaning text twice changes nothing more, and leaves nothing that hides or reorders', () => {
  fc.assert(
    fc.property(fc.oneof(TEXT, fc.string({ unit: 'binary', maxLength: 3000 })), (raw) => {
      for (const clean of [sanitizeName, sanitizeNote, sanitizeTag]) {
        const once = clean(raw).text;
        expect(clean(once)).toEqual({ text: once, changed: false });
        expect(once).not.toMatch(/[\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]|(?![\t\n])\p{Cc}/u);
        expect(once).toBe(once.normalize('NFC'));
      }
    }),
    { numRuns: RUNS },
  );
});

test('names of files and ids are safe whatever comes in', () => {
  fc.assert(
    fc.property(TEXT, (raw) => {
      expect(safeFileName(raw)).toMatch(/^[^\\/:*?"<>|\p{Cc}.\s][^\\/:*?"<>|\p{Cc}]*\.hush\.json$/u);
      const id = safeId(raw);
      expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
      expect(safeId(id)).toBe(id);
      const name = sanitizeName(raw).text || 'x';
      expect(uniqueName(name, [name])).not.toBe(name);
    }),
    { numRuns: RUNS },
  );
});
