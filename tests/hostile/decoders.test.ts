// Every case of the catalogue through every carrier: shared presets, bundles, backups, audio files, pasted text, stored records, encrypted files.
import { expect, test } from 'vitest';
import { decodeFile, decodeEncrypted } from '../../src/formats/decodeFile.ts';
import { encryptFile } from '../../src/formats/encryptedFile.ts';
import { parsePresetFile, restorePreset, serializePreset } from '../../src/formats/preset.ts';
import { parsePresetRecord } from '../../src/formats/presetRecord.ts';
import { parseDraftRecord } from '../../src/storage/draftStore.ts';
import { bytes } from '../helpers/presetSamples.ts';
import { CARRIERS, NEIGHBOUR } from './carriers.ts';
import type { Case, Source } from './cases/case.ts';
import { CASES } from './cases/index.ts';
import { expectRefusal, watched } from './watch.ts';

watched();

type FileSource = Extract<Source, { kind: 'file' }>;

const ALL = Object.values(CASES).flat();
const made = ALL.map((one) => ({ one, source: one[2]() }));
/** A mark before the text, and spaces behind it, mean something only for a file as a whole. */
const AS_A_WHOLE = /^(?:8|15) /;
/** In a backup a sound lies under its id: one that has to be given another is no record of ours, which is said. */
const OF_NO_ID = /^(?:73 an id|nothing but what is needed)/;
const files = made.filter((item): item is { one: Case; source: FileSource } => item.source.kind === 'file');

/** What went wrong, by case: one test for each carrier, and each case of the catalogue in it. */
async function failures<T extends { readonly one: Case }>(
  items: readonly T[],
  check: (item: T) => Promise<void> | void,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const item of items) {
    try {
      await check(item);
    } catch (error) {
      found.push(`${item.one[0]}: ${String(error)}`);
    }
  }
  return found;
}

test.each(CARRIERS)('what a preset can hold, in $name', async ({ name, open }) => {
  const inside = name !== 'a preset file' && name !== 'pasted text' && !/WAV|FLAC|Ogg|MP3/.test(name);
  const cases = files.filter(({ one: [title] }) => !(inside && AS_A_WHOLE.test(title)));
  expect(cases.length).toBeGreaterThan(100);
  const found = await failures(cases, async ({ one: [title, verdict], source }) => {
    const outcome = await open(source.bytes);
    if (verdict === 'R' || (name === 'a backup' && OF_NO_ID.test(title))) {
      if (outcome.kind === 'refused') expectRefusal(outcome.error);
      else if (outcome.kind === 'leftOut') expect(outcome.words).toMatch(/^[^\n]{10,300}[.)]$/u);
      else throw new Error('It was opened.');
      return;
    }
    const alone = parsePresetFile(source.bytes);
    if (!alone.ok || outcome.kind !== 'opened') throw new Error(outcome.kind);
    expect({ ...outcome.preset, createdAt: '' }).toEqual({ ...alone.preset, createdAt: '' });
  });
  expect(found).toEqual([]);
});

test('a good sound comes out of every carrier as it went in', async () => {
  const preset = { ...NEIGHBOUR, id: 'another', note: 'So that it is not its own neighbour.' };
  for (const { open } of CARRIERS)
    expect(await open(Uint8Array.from(bytes(serializePreset(preset))))).toEqual({
      kind: 'opened',
      preset,
      warnings: [],
    });
});

test('what is refused in a file is unreadable in a record of the store, and no draft', async () => {
  const refused = made.filter(({ one: [name, verdict] }) => verdict === 'R' && !AS_A_WHOLE.test(name));
  const found = await failures(refused, ({ source }) => {
    const text = source.kind === 'file' ? new TextDecoder().decode(source.bytes) : '';
    const value = source.kind === 'value' ? source.value : parsed(text);
    const record = { favourite: false, revision: 1, updatedAt: '', deletedAt: null, older: [] };
    expect(parsePresetRecord('wooden-box', { schema: 1, preset: value, ...record }).kind).toBe('unreadable');
    expect(parsePresetRecord('wooden-box', value).kind).not.toBe('ok');
    expect(parseDraftRecord(value)).toBeNull();
    if (!restorePreset(value).ok)
      expect(parseDraftRecord({ schema: 1, savedAt: 1, name: 'x', scene: value })).toBeNull();
  });
  expect(found).toEqual([]);
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Making a key takes its time, by design: one case of each kind. */
const FEW = Object.values(CASES).flatMap((cases) => cases.filter(([, verdict]) => verdict === 'R').slice(0, 2));

test('encrypted, it is refused once it is decrypted', async () => {
  const items = FEW.map((one) => ({ one, source: one[2]() }));
  const found = await failures(items, async ({ source }) => {
    if (source.kind !== 'file') return;
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.bytes);
    const outer = await decodeFile(new Blob([await encryptFile(text, 'soft rain')]));
    if (!outer.ok || outer.kind !== 'locked') throw new Error('not locked');
    const opened = await decodeEncrypted(outer.locked, 'soft rain');
    expect(opened.ok).toBe(false);
    if (!opened.ok) expectRefusal(opened.error);
  });
  expect(found).toEqual([]);
});
