// A backup as a file: out and back byte by byte, spoiled ones refused whole, half-good ones told; old ones open for ever.
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MAX_BACKUP_ENTRIES, MAX_BACKUP_PRESETS, parseBackup, serializeBackup } from '../../src/formats/backup.ts';
import type { BackupContents } from '../../src/formats/backup.ts';
import { decodeFile, decodeEncrypted } from '../../src/formats/decodeFile.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { encryptFile } from '../../src/formats/encryptedFile.ts';
import { newPreset, restorePreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import type { PresetRecord } from '../../src/formats/presetRecord.ts';
import { PRESET } from '../helpers/arbitraries.ts';
import { GOOD, loose } from '../helpers/presetSamples.ts';
import type { Loose } from '../helpers/presetSamples.ts';
import { ENTRY, MARKED, morning, session } from '../helpers/practiceSamples.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

const NOW = new Date('2026-11-26T20:00:00.000Z');

function record(preset: Preset, values: Partial<PresetRecord> = {}): PresetRecord {
  return {
    schema: 1,
    preset,
    favourite: false,
    revision: 1,
    updatedAt: '2026-11-20T20:00:00.000Z',
    deletedAt: null,
    by: '',
    note: '',
    older: [],
    ...values,
  };
}

/** As the store keeps it. */
function asKept(preset: Preset): PresetRecord {
  const restored = restorePreset(preset);
  if (!restored.ok) throw new Error(describeDecodeError(restored.error));
  return record(restored.preset);
}

const KEPT: BackupContents = {
  presets: [
    record(GOOD, {
      favourite: true,
      revision: 3,
      older: [
        {
          preset: { ...GOOD, note: 'harder' },
          revision: 2,
          updatedAt: '2026-11-19T20:00:00.000Z',
          by: 'Dr Lind',
          note: 'Harder.',
        },
      ],
    }),
    record(newPreset(FACTORY[0]!.scene, 'Mine'), { deletedAt: '2026-11-21T20:00:00.000Z' }),
  ],
  practice: MARKED,
  settings: { theme: 'day', never: ['brushing'], volume: 0.4, practice: true },
};

async function opened(text: string) {
  const found = await decodeFile(new Blob([text]));
  if (!found.ok || found.kind !== 'backup') throw new Error(found.ok ? found.kind : describeDecodeError(found.error));
  return parseBackup(found.value);
}

/** The good backup as loose data without its checksum, changed by `edit`. */
function spoiled(edit: (file: Loose) => void): string {
  const file = loose(JSON.parse(serializeBackup(KEPT, NOW)));
  delete file['checksum'];
  edit(file);
  return JSON.stringify(file);
}

describe('out and back', () => {
  test('everything, and the same bytes once more', async () => {
    const text = serializeBackup(KEPT, NOW);
    const read = await opened(text);
    expect(read).toEqual({ ok: true, warnings: [], backup: { ...KEPT, createdAt: NOW.toISOString(), bad: [] } });
    expect(read.ok && serializeBackup(read.backup, NOW)).toBe(text);
  });
  test('any sounds and entries', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(PRESET, { maxLength: 4, selector: ({ id }) => id }),
        fc.uniqueArray(ENTRY, { maxLength: 10, selector: ({ id }) => id }),
        async (presets, practice) => {
          const kept: BackupContents = { presets: presets.map(asKept), practice, settings: {} };
          const text = serializeBackup(kept, NOW);
          const read = await opened(text);
          expect(read.ok && read.backup).toMatchObject({ practice, bad: [] });
          expect(read.ok && serializeBackup(read.backup, NOW)).toBe(text);
        },
      ),
      { numRuns: 100 },
    );
  });
  test('nothing at all is a backup too', async () => {
    const nothing: BackupContents = { presets: [], practice: [], settings: {} };
    expect(await opened(serializeBackup(nothing, NOW))).toMatchObject({ ok: true, backup: nothing });
  });
  test('what belongs to this device and this moment stays here', async () => {
    const settings = { theme: 'dark', nightRun: { startedMs: 1 }, backupAt: '2026-11-01', backupLeft: '2026-11-02' };
    const read = await opened(serializeBackup({ ...KEPT, settings }, NOW));
    expect(read.ok && read.backup.settings).toEqual({ theme: 'dark' });
  });
  test('locked: nothing shows before its passphrase, one changed letter opens nothing', async () => {
    const locked = await encryptFile(serializeBackup(KEPT, NOW), 'amber kettle walks slowly');
    for (const mark of ['secret', 'Wooden', 'session', 'backup']) expect(locked).not.toContain(mark);
    const box = await decodeFile(new Blob([locked]));
    if (!box.ok || box.kind !== 'locked') throw new Error('not locked');
    expect(await decodeEncrypted(box.locked, 'amber kettle walks slowl')).toMatchObject({ ok: false });
    const flipped = { ...box.locked, content: box.locked.content.slice() };
    flipped.content[100]! ^= 1;
    expect(await decodeEncrypted(flipped, 'amber kettle walks slowly')).toMatchObject({ ok: false });
    expect(await decodeEncrypted(box.locked, 'amber kettle walks slowly')).toMatchObject({ ok: true, kind: 'backup' });
  });
});

describe('what is not right is refused whole', () => {
  const text = serializeBackup(KEPT, NOW);
  test.each([
    ['cut', text.slice(0, -3)],
    ['one letter changed', text.replace('secret words', 'secret wordz')],
    ['a newer version', spoiled((file) => (file['version'] = loose(2)))],
    ['no version', spoiled((file) => delete file['version'])],
    ['version zero', spoiled((file) => (file['version'] = loose(0)))],
    ['a field too many', spoiled((file) => (file['script'] = loose(1)))],
    ['no list of sounds', spoiled((file) => (file['presets'] = loose({})))],
    ['an attack by name', spoiled((file) => (file['settings']!['x'] = loose(1))).replace('"x"', '"__proto__"')],
    ['too many sounds', spoiled((file) => (file['presets'] = loose(Array(MAX_BACKUP_PRESETS + 1).fill(0))))],
    ['too many entries', spoiled((file) => (file['practice'] = loose(Array(MAX_BACKUP_ENTRIES + 1).fill(0))))],
  ])('%s', async (_, content) => {
    const found = await decodeFile(new Blob([content]));
    const read = found.ok && found.kind === 'backup' ? await parseBackup(found.value) : found;
    expect(read.ok ? '' : describeDecodeError(read.error)).toContain('Nothing was changed');
  });
  test('a newer one is to be kept, not thrown away', async () => {
    const read = await opened(spoiled((file) => (file['version'] = loose(7))));
    expect(read).toMatchObject({ ok: false, error: { code: 'newer-version' } });
    expect(!read.ok && describeDecodeError(read.error)).toMatch(/keep the file/);
  });
  test('any JSON is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect((await parseBackup(value)).ok).toBe(false);
        expect(
          (await parseBackup({ format: 'hushcraft-backup', version: 1, presets: [value], practice: value })).ok,
        ).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

test('half good: the good half, and one line for each part of the other', async () => {
  const read = await opened(
    spoiled((file) => {
      const [good] = file['presets'] as unknown as Loose[];
      file['presets'] = loose([good, { nonsense: 1 }, { ...good, preset: { ...good!['preset'], scene: 7 } }, null]);
      file['practice'] = loose([session({ id: 'a' }), { kind: 'weight' }, morning('2026-02-31')]);
      file['settings'] = loose('none');
    }),
  );
  expect(read).toMatchObject({ ok: true, backup: { settings: {} } });
  expect(read.ok && [read.backup.presets.length, read.backup.practice.length]).toEqual([1, 1]);
  expect(read.ok && read.backup.bad).toEqual([
    { part: 'preset', number: 2 },
    { part: 'preset', number: 3 },
    { part: 'preset', number: 4 },
    { part: 'entry', number: 2 },
    { part: 'entry', number: 3 },
  ]);
});

test('earlier versions of a sound that cannot be read go, and there are never more than are kept', async () => {
  const line = (note: string) => ({
    preset: { ...GOOD, note },
    revision: 1,
    updatedAt: '2026-11-19T20:00:00.000Z',
    by: '',
    note: '',
  });
  const older = [{ ...line(''), preset: { scene: 7 } }, ...'abcdefgh'.split('').map(line)];
  const read = await opened(serializeBackup({ ...KEPT, presets: [record(GOOD, { older })] }, NOW));
  expect(read.ok && read.backup.presets[0]?.older.map(({ preset }) => (preset as Preset).note)).toEqual(['a', 'b']);
});

test('more than could be put back is not written at all', () => {
  const many = Array.from({ length: MAX_BACKUP_PRESETS + 1 }, () => record(GOOD));
  expect(() => serializeBackup({ ...KEPT, presets: many }, NOW)).toThrow(RangeError);
  const long = Array.from({ length: 30_000 }, (_, i) => session({ id: `s${String(i)}`, note: '\u00e9'.repeat(500) }));
  expect(() => serializeBackup({ ...KEPT, practice: long }, NOW)).toThrow(RangeError);
});

test('a sound of the first version inside is brought up to date', async () => {
  const old = JSON.parse(
    readFileSync(new URL('../fixtures/presets/v1-evening-desk.hush.json', import.meta.url), 'utf8'),
  ) as Preset;
  const read = await opened(
    spoiled((file) => {
      file['presets'] = loose([
        record(old, { older: [{ preset: old, revision: 1, updatedAt: '2026-11-01T00:00:00.000Z', by: '', note: '' }] }),
      ]);
    }),
  );
  const [kept] = read.ok ? read.backup.presets : [];
  expect(kept?.preset).toMatchObject({ version: 2, id: old.id, scene: { arc: expect.anything() as unknown } });
  expect(kept?.older[0]?.preset).toEqual(kept?.preset);
});

describe('files of the past', () => {
  const folder = new URL('../fixtures/backups/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.hush-backup.json'));
  test('there are some, one with a sound of the first version', () => {
    expect(names).toEqual(
      expect.arrayContaining(['backup-1-week.hush-backup.json', 'backup-1-old-sound.hush-backup.json']),
    );
  });
  test.each(names)('%s opens as on the first day', async (name) => {
    const expected: unknown = JSON.parse(
      readFileSync(new URL(name.replace('.hush-backup.json', '.expected.json'), folder), 'utf8'),
    );
    const read = await opened(readFileSync(new URL(name, folder), 'utf8'));
    expect(JSON.parse(JSON.stringify(read))).toEqual(expected);
  });
});
