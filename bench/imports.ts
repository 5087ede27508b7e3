// The worst allowed import of each kind, written to a folder: for measuring how long each holds up the page.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { serializeBackup } from '../src/practice/backup.ts';
import type { PracticeEntry } from '../src/practice/record.ts';
import { serializeBundle } from '../src/presets/bundle.ts';
import { FACTORY } from '../src/presets/factory.ts';
import { linkOf } from '../src/presets/link.ts';
import { serializePreset } from '../src/presets/preset.ts';
import type { Preset } from '../src/presets/preset.ts';
import type { PresetRecord } from '../src/presets/records.ts';

/** Grows with `i` in everything that is compared. */
function preset(i: number, noteChars: number): Preset {
  const base = FACTORY[i % FACTORY.length]!;
  return {
    ...base,
    id: `p${String(i)}`,
    name: `Sound ${String(i)}`,
    note: `${String(i)} `.repeat(noteChars).slice(0, noteChars),
  };
}

function record(i: number): PresetRecord {
  const version = (note: number): object => ({
    ...preset(i, 2000),
    note: `${String(note)} ${preset(i, 1900).note}`.trim(),
  });
  const updatedAt = '2026-11-01T00:00:00.000Z';
  const older = [3, 2, 1].map((revision) => ({ preset: version(revision), revision, updatedAt, by: '', note: '' }));
  return {
    schema: 1,
    preset: version(4),
    favourite: false,
    revision: 4,
    updatedAt,
    deletedAt: null,
    by: '',
    note: '',
    older,
  };
}

function morning(i: number): PracticeEntry {
  const day = new Date(Date.UTC(2000, 0, 1 + (i % 9000))).toISOString().slice(0, 10);
  return {
    kind: 'morning',
    id: `m${String(i)}`,
    day,
    minutesToSleep: i % 60,
    timesAwake: 1,
    quality: 3,
    note: 'n'.repeat(90),
  };
}

export async function writeImports(folder: string): Promise<string> {
  const put = (name: string, content: string | Uint8Array): void => {
    writeFileSync(path.join(folder, name), content);
  };
  put('bundle.hush.json', serializeBundle(Array.from({ length: 200 }, (_, i) => preset(i, 1900))));
  put('preset.hush.json', serializePreset(preset(1, 2000)).padEnd(256 * 1024, ' '));
  const head = new Uint8Array(3 * 256 * 1024);
  for (let at = 12; at + 8 <= head.length; at += 8) head.set([0x6a, 0x6a, 0x6a, 0x6a, 0, 0, 0, 0], at);
  head.set(new TextEncoder().encode('RIFF\0\0\0\0WAVE'));
  put('ring.wav', head);
  const kept = {
    presets: Array.from({ length: 1200 }, (_, i) => record(i)),
    practice: Array.from({ length: 50_000 }, (_, i) => morning(i)),
    settings: {},
  };
  put('backup.json', serializeBackup(kept, new Date()));
  const made = await linkOf(preset(2, 300));
  return made.ok ? made.url : '';
}
