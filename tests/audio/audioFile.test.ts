// Audio files against their formats' own rules and independent tools; the preset there and back; what happens when the disk is full.
import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { AudioFormat, SampleBits } from '../../src/audio/export/format.ts';
import { estimateBytes } from '../../src/audio/export/format.ts';
import { Quantizer } from '../../src/audio/export/quantize.ts';
import { exportFrames } from '../../src/audio/export/renderExport.ts';
import type { ExportRange } from '../../src/audio/export/renderExport.ts';
import { WavEncoder } from '../../src/audio/export/wav.ts';
import { wavHeader } from '../../src/audio/export/wavHeader.ts';
import { writeAudioFile } from '../../src/audio/export/writeAudioFile.ts';
import { AUDIO_HEAD_BYTES, metadataFor, findPresetInAudio } from '../../src/formats/audioMetadata.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import { decodeFile } from '../../src/formats/decodeFile.ts';
import { describeScene } from '../../src/ui/describeScene.ts';
import { NIGHT_LIMITS, renderScene, DEFAULT_NIGHT } from '../../src/synth/index.ts';
import { flacInfo, wavChunks } from '../helpers/containers.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hushcraft-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const preset: Preset = { ...FACTORY[0]!, name: 'Später Regen 雨', note: 'Zwei Zeilen,\n“so”' };
const text = serializePreset(preset);
const SECONDS = 0.5;
const FRAMES = SECONDS * 48000;
const stretch: ExportRange = { kind: 'excerpt', seconds: SECONDS };

interface Made {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly file: string;
}

const known = new Map<string, Promise<Made>>();

function make(format: AudioFormat, bits: SampleBits, sound = stretch, sampleRate = 48000): Promise<Made> {
  const key = JSON.stringify([format, bits, sound, sampleRate]);
  const made = known.get(key) ?? write(format, bits, sound, sampleRate);
  known.set(key, made);
  return made;
}

/** Writes at places, as a disk does. */
async function write(format: AudioFormat, bits: SampleBits, sound: ExportRange, sampleRate: number): Promise<Made> {
  const file = path.join(folder, `${format}-${String(bits)}-${sound.kind}.${format}`);
  let all = new Uint8Array(0);
  await writeAudioFile(
    {
      scene: preset.scene,
      mode: 'day',
      range: sound,
      encoding: { format, bits, sampleRate },
      tags: metadataFor(preset, describeScene(preset.scene)),
    },
    (bytes, position) => {
      if (position + bytes.length > all.length) {
        const grown = new Uint8Array(position + bytes.length);
        grown.set(all);
        all = grown;
      }
      all.set(bytes, position);
    },
    () => undefined,
  );
  writeFileSync(file, all);
  return { bytes: all, file };
}

function has(tool: string): boolean {
  return spawnSync(tool, ['-version']).error === undefined;
}

/** Every sample as ffmpeg hears it, 32 bit. */
function decoded(file: string): Int32Array {
  const { stdout } = spawnSync('ffmpeg', ['-v', 'error', '-i', file, '-f', 's32le', '-'], { maxBuffer: 1 << 28 });
  return new Int32Array(new Uint8Array(stdout).buffer);
}

function same(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((sample, i) => sample === b[i]);
}

function probed(file: string, entries: string): string {
  return spawnSync('ffprobe', ['-v', 'error', '-show_entries', entries, '-of', 'csv=p=0', file])
    .stdout.toString()
    .trim();
}

describe('a preset goes into a file and comes out byte for byte', () => {
  test.each([
    ['wav', 16],
    ['wav', 32],
    ['flac', 24],
    ['mp3', 16],
  ] as const)('%s, %i bit', async (format, bits) => {
    const { bytes, file } = await make(format, bits);
    expect(new TextDecoder().decode(findPresetInAudio(bytes)!)).toBe(text);
    const read = await decodeFile(new Blob([bytes]));
    expect(read.ok && read.kind === 'preset' && read.preset).toEqual(preset);
    if (!has('ffprobe')) return;
    expect(probed(file, 'format_tags=title')).toBe(preset.name);
    const all = probed(file, 'format_tags');
    expect(all).toContain(describeScene(preset.scene).slice(0, 20));
    if (format !== 'wav') expect(all).toContain(String(preset.scene.seed));
  });
});

test.each([16, 24] as const)('FLAC, %i bit, holds the very samples of the WAV', async (bits) => {
  const [wav, flac] = [await make('wav', bits), await make('flac', bits)];
  expect(flacInfo(flac.bytes)).toEqual({ sampleRate: 48000, bits, frames: FRAMES });
  const data = wavChunks(wav.bytes).find(({ id }) => id === 'data')!;
  expect(data.body.length).toBe(FRAMES * 2 * (bits / 8));
  const { left, right } = renderScene(preset.scene, { seconds: SECONDS, sampleRate: 48000 });
  expect(Buffer.compare(data.body, new WavEncoder(bits).encode(left, right))).toBe(0);
  if (has('ffmpeg')) {
    const samples = decoded(flac.file);
    expect(samples.length).toBe(2 * FRAMES);
    expect(same(samples, decoded(wav.file))).toBe(true);
    const quantizer = new Quantizer(bits);
    for (let i = 0; i < 200; i++) {
      expect(samples[2 * i]! / 2 ** (32 - bits)).toBe(quantizer.quantize(left[i]!));
      expect(samples[2 * i + 1]! / 2 ** (32 - bits)).toBe(quantizer.quantize(right[i]!));
    }
  }
  if (has('flac')) expect(spawnSync('flac', ['-t', '-s', flac.file]).status).toBe(0);
});

test('MP3 is as long as the sound, but for the format’s own gap', async () => {
  const { file, bytes } = await make('mp3', 16);
  expect(bytes.length).toBeLessThan(estimateBytes({ format: 'mp3', bits: 16, sampleRate: 48000 }, SECONDS) + 30_000);
  if (!has('ffmpeg')) return;
  const frames = decoded(file).length / 2;
  expect(frames).toBeGreaterThanOrEqual(FRAMES);
  expect(frames).toBeLessThan(FRAMES + 4 * 1152);
});

test('a loop is whole, says where it loops, and is the same in FLAC', async () => {
  const sound: ExportRange = { kind: 'loop', seconds: 1 };
  const [wav, flac] = [await make('wav', 16, sound), await make('flac', 16, sound)];
  const frames = exportFrames({ range: sound, sampleRate: 48000 });
  const chunks = wavChunks(wav.bytes);
  expect(chunks.find(({ id }) => id === 'data')!.body.length).toBe(frames * 4);
  const { body } = chunks.find(({ id }) => id === 'smpl')!;
  const words = new Uint32Array(body.slice().buffer);
  expect([...words.slice(7)]).toEqual([1, 0, 0, 0, 0, frames - 1, 0, 0]);
  expect(flacInfo(flac.bytes).frames).toBe(frames);
  if (has('ffmpeg')) expect(same(decoded(flac.file), decoded(wav.file))).toBe(true);
});

test('a night is as long as its timer and ends in silence', async () => {
  // The shortest that can be asked for: its fade is the steepest there is.
  const seconds = NIGHT_LIMITS.minTimerSec;
  const plan = { ...DEFAULT_NIGHT, timerSec: seconds, fadeSec: NIGHT_LIMITS.minFadeSec };
  const { bytes } = await make('wav', 16, { kind: 'night', seconds, plan }, 44100);
  const { body } = wavChunks(bytes).find(({ id }) => id === 'data')!;
  const samples = new Int16Array(body.slice().buffer);
  expect(samples.length).toBe(seconds * 44100 * 2);
  expect(samples.some((sample) => Math.abs(sample) > 20)).toBe(true);
  expect(samples.slice(-20).every((sample) => Math.abs(sample) <= 1)).toBe(true);
});

describe('beyond 4 GB a WAV becomes RF64', () => {
  test.each([
    ['10 hours, 24 bit', 36000, 24, 'RF64'],
    ['10 hours, 96 kHz float', 36000, 32, 'RF64'],
    ['5 hours, 16 bit', 18000, 16, 'RIFF'],
  ] as const)('%s', (_name, seconds, bits, id) => {
    const sampleRate = bits === 32 ? 96000 : 48000;
    const frames = seconds * sampleRate;
    const header = wavHeader({ frames, sampleRate, bits, tags: metadataFor(preset, describeScene(preset.scene)) });
    expect(String.fromCharCode(...header.subarray(0, 4))).toBe(id);
    expect(new TextDecoder().decode(findPresetInAudio(header)!)).toBe(text);
    if (id === 'RF64') {
      const [first] = wavChunks(header);
      const sizes = new DataView(first!.body.slice().buffer);
      expect(first!.id).toBe('ds64');
      expect(Number(sizes.getBigUint64(0, true))).toBe(header.length + frames * 2 * (bits / 8) - 8);
      expect(Number(sizes.getBigUint64(8, true))).toBe(frames * 2 * (bits / 8));
      expect(Number(sizes.getBigUint64(16, true))).toBe(frames);
    }
    if (!has('ffprobe')) return;
    const file = path.join(folder, 'large.wav');
    const handle = openSync(file, 'w');
    writeSync(handle, header);
    try {
      ftruncateSync(handle, header.length + frames * 2 * (bits / 8)); // a hole: takes no room
    } finally {
      closeSync(handle);
    }
    const length = probed(file, 'stream=duration');
    rmSync(file);
    expect(Number(length)).toBe(seconds);
  });
});

describe('a full disk', () => {
  test.each(['wav', 'flac', 'mp3'] as const)('ends a %s with the disk’s own error', async (format) => {
    const full = new DOMException('full', 'QuotaExceededError');
    let left = 2;
    const made = writeAudioFile(
      {
        scene: preset.scene,
        mode: 'day',
        range: stretch,
        encoding: { format, bits: 16, sampleRate: 48000 },
        tags: metadataFor(preset, describeScene(preset.scene)),
      },
      () => {
        left -= 1;
        if (left < 2) throw full;
      },
      () => undefined,
    );
    await expect(made).rejects.toBe(full);
  });
});

describe('reads nothing out of what is no Hushcraft file', () => {
  test('an audio file without a preset says so', async () => {
    const header = wavHeader({ frames: 4, sampleRate: 48000, bits: 16 });
    const read = await decodeFile(new Blob([header, new Uint8Array(16)]));
    expect(!read.ok && describeDecodeError(read.error)).toMatch(/holds no Hushcraft preset/);
  });

  test('a damaged preset inside is refused at the one door', async () => {
    const bytes = (await make('wav', 16)).bytes.slice();
    const at = new TextDecoder('latin1').decode(bytes).indexOf('"seed": ') + 8;
    bytes[at] = bytes[at] === 0x31 ? 0x32 : 0x31;
    const read = await decodeFile(new Blob([bytes]));
    expect(!read.ok && read.error.code).toBe('checksum-mismatch');
  });

  test('cut anywhere, or with lying sizes, it never throws and never gives a part', async () => {
    for (const format of ['wav', 'flac', 'mp3'] as const) {
      const { bytes } = await make(format, 16);
      for (let end = 0; end < 9000; end += 37) {
        const found = findPresetInAudio(bytes.subarray(0, end));
        if (found) expect(new TextDecoder().decode(found)).toBe(text);
      }
      for (let at = 0; at < 400; at++) {
        const bent = bytes.slice(0, 8000);
        bent[at] = 255;
        findPresetInAudio(bent);
      }
    }
  });

  test('looks no further than the head, however large the file', () => {
    const head = wavHeader({ frames: 1, sampleRate: 48000, bits: 16 }).subarray(0, 12);
    const junk = new Uint8Array(AUDIO_HEAD_BYTES + 4096);
    junk.set(head);
    junk.set(new TextEncoder().encode('junk'), 12);
    new DataView(junk.buffer).setUint32(16, AUDIO_HEAD_BYTES, true);
    junk.set(new TextEncoder().encode('hush'), AUDIO_HEAD_BYTES + 20);
    new DataView(junk.buffer).setUint32(AUDIO_HEAD_BYTES + 24, 2, true);
    expect(findPresetInAudio(junk)).toBeNull();
  });
});
