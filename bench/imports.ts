// The worst allowed import of each kind, written to a folder: for measuring how long each holds up the page.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { serializeBackup } from '../src/formats/backup.ts';
import type { PracticeEntry } from '../src/formats/practiceEntry.ts';
import { AUDIO_HEAD_BYTES } from '../src/formats/audioMetadata.ts';
import { MAX_BUNDLE_BYTES, MAX_BUNDLE_PRESETS, serializeBundle } from '../src/formats/bundle.ts';
import { MAX_BACKUP_BYTES } from '../src/formats/decodeFile.ts';
import { FACTORY } from '../src/presets/factory.ts';
import { MAX_FILE_BYTES } from '../src/formats/json.ts';
import { encodeLinkBody } from '../src/formats/link/body.ts';
import { frameLink, MAX_LINK_CHARS } from '../src/formats/link/framing.ts';
import { encryptFile } from '../src/formats/encryptedFile.ts';
import { MAX_SHARED_PRESET_BYTES, newSharedPreset, serializeSharedPreset } from '../src/formats/sharedPreset.ts';
import { serializePreset } from '../src/formats/preset.ts';
import type { Preset } from '../src/formats/preset.ts';
import type { PresetRecord } from '../src/formats/presetRecord.ts';
import { deflate } from '../src/formats/bytes.ts';
import { SUMMARY_SECTIONS } from '../src/formats/practiceSummary.ts';
import type { PracticeSummary } from '../src/formats/practiceSummary.ts';

export const PASSPHRASE = 'amber kettle walks slowly';

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

function dayAt(index: number): string {
  return new Date(Date.UTC(2017, 0, 1 + index)).toISOString().slice(0, 10);
}

/** As many entries as a parcel takes, each day another sound. */
function summary(): PracticeSummary {
  return {
    version: 1,
    from: dayAt(0),
    to: dayAt(3600),
    sections: SUMMARY_SECTIONS,
    sessions: Array.from({ length: 5000 }, (_, i) => ({
      ...{ day: dayAt(Math.floor(i / 1.4)), time: '22:10', minutes: 20, mode: 'day' as const, timerMinutes: 60 },
      ...{ interruptions: 0, before: i % 11, after: (i * 7) % 11, tingles: 4, again: true },
      ...{ presetId: `p${String(i)}`, presetName: `Sound ${String(i)}`, presetWords: 'soft taps', presetRevision: 2 },
      note: 'calm',
    })),
    mornings: Array.from({ length: 3500 }, (_, i) => ({
      ...{ day: dayAt(i), listened: i % 2 === 0, minutesToSleep: i % 90, timesAwake: 1, quality: 3, note: 'n' },
    })),
  };
}

/** Letters that cannot be packed much smaller. */
function noise(chars: number): string {
  let state = 1;
  return Array.from({ length: chars }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return String.fromCharCode(97 + ((state >>> 24) % 26));
  }).join('');
}

/** The longest link that is read, and unpacks to all that is allowed. */
async function longestLink(): Promise<string> {
  let longest = '';
  for (let chars = 0; ; chars += 20) {
    const body = new Uint8Array(64 * 1024).fill(0x20);
    body.set(encodeLinkBody({ ...preset(2, 0), note: noise(chars) }, null));
    const text = `#${frameLink('p', await deflate(body))}`;
    if (text.length > MAX_LINK_CHARS) return longest;
    longest = text;
  }
}

/** Without line breaks and with spaces at the end: as much of it as possible counts. */
function filled(json: string, bytes: number): string {
  const text = JSON.stringify(JSON.parse(json));
  if (new TextEncoder().encode(text).length > bytes) throw new RangeError(`${String(text.length)} bytes are too many.`);
  return text.padEnd(bytes, ' ');
}

/** The fragment of the longest link. */
export async function writeImports(folder: string): Promise<string> {
  const put = (name: string, content: string | Uint8Array): void => {
    writeFileSync(path.join(folder, name), content);
  };
  put('preset.hush.json', serializePreset(preset(1, 2000)).padEnd(MAX_FILE_BYTES, ' '));
  const bundle = serializeBundle(Array.from({ length: MAX_BUNDLE_PRESETS }, (_, i) => preset(i, 1900)));
  put('bundle.hush.json', filled(bundle, MAX_BUNDLE_BYTES));
  const parcel = filled(
    serializeSharedPreset(newSharedPreset(preset(3, 1900), {}, summary())),
    MAX_SHARED_PRESET_BYTES,
  );
  put('parcel.hush.json', parcel);
  put('locked.hush.json', await encryptFile(parcel, PASSPHRASE));
  const head = new Uint8Array(AUDIO_HEAD_BYTES);
  for (let at = 12; at + 8 <= head.length; at += 8) head.set([0x6a, 0x6a, 0x6a, 0x6a, 0, 0, 0, 0], at);
  head.set(new TextEncoder().encode('RIFF\0\0\0\0WAVE'));
  put('ring.wav', head);
  const kept = {
    presets: Array.from({ length: 1200 }, (_, i) => record(i)),
    practice: Array.from({ length: 50_000 }, (_, i) => morning(i)),
    settings: {},
  };
  const backup = filled(serializeBackup(kept, new Date()), MAX_BACKUP_BYTES);
  put('backup.json', backup);
  put('backup-locked.json', await encryptFile(backup, PASSPHRASE));
  // What the app promises to put back within three seconds.
  const usual = {
    presets: Array.from({ length: 200 }, (_, i) => record(i)),
    practice: Array.from({ length: 5000 }, (_, i) => morning(i)),
    settings: {},
  };
  put('usual.json', serializeBackup(usual, new Date()));
  return longestLink();
}
