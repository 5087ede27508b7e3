// Audio files as the app makes them: the real worker, encoders and private disk of Chromium, decoded by Chromium itself.
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import type { AudioFormat, RenderClient, AudioFileSpec } from '../../src/audio/types.ts';
import { createRenderClient } from '../../src/audio/renderClient.ts';
import { metadataFor } from '../../src/formats/audioMetadata.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { decodeFile } from '../../src/formats/decodeFile.ts';
import { renderScene } from '../../src/synth/index.ts';
import { oggPages } from '../helpers/containers.ts';

const preset = FACTORY[0]!;
const client: RenderClient = createRenderClient();
const SECONDS = 1;

/** 16 bit with dither against floats; what the encoders of soft sounds leave. 1 is the very same. */
const LIKENESS = { wav: 0.9999, flac: 0.9999, opus: 0.98, mp3: 0.95 } as const;
/** What encoder and decoder may put before an MP3's first sample. */
const MP3_DELAY_FRAMES = 3000;

/** Correlation at the best delay up to `mostFrames`, and of the levels: 1 for the same sound, equally loud. */
function likenessOf(sound: Float32Array, heard: Float32Array, mostFrames: number): number {
  let best = 0;
  for (let delay = 0; delay <= mostFrames; delay++) {
    let both = 0;
    let power = 0;
    let heardPower = 0;
    for (let i = 0; i + delay < heard.length && i < sound.length; i++) {
      both += sound[i]! * heard[i + delay]!;
      power += sound[i]! ** 2;
      heardPower += heard[i + delay]! ** 2;
    }
    best = Math.max(best, both / Math.max(power, heardPower));
  }
  return best;
}

function spec(format: AudioFormat, seconds = SECONDS): AudioFileSpec {
  return {
    scene: preset.scene,
    mode: 'day',
    range: { kind: 'excerpt', seconds },
    encoding: { format, bits: 16, sampleRate: 48000 },
    tags: metadataFor(preset, 'soft taps'),
  };
}

function make(
  what: AudioFileSpec,
  options: { picked?: FileSystemFileHandle; signal?: AbortSignal; onProgress?: (share: number) => void } = {},
): ReturnType<RenderClient['exportFile']> {
  const { picked = null, signal = new AbortController().signal, onProgress = () => undefined } = options;
  return client.exportFile(what, { picked, signal, onProgress });
}

async function privateFiles(): Promise<string[]> {
  const names: string[] = [];
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('sound-to-go', { create: true });
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
  return names;
}

beforeAll(() => client.removeOrphanedFiles());

afterEach(() => cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin }));

const { left, right } = renderScene(preset.scene, { seconds: SECONDS, sampleRate: 48000 });
const rendered = [left, right];

describe('every format, from the worker by way of the private disk', () => {
  test.each(['wav', 'flac', 'opus', 'mp3'] as const)('%s', async (format) => {
    expect(await client.canEncode(format)).toBe(true);
    const { file, release } = await make(spec(format));
    const bytes = (await file?.arrayBuffer()) ?? new ArrayBuffer();
    const read = await decodeFile(new Blob([bytes]));
    expect(read.ok && read.kind === 'preset' && serializePreset(read.preset)).toBe(serializePreset(preset));
    const audio = await new OfflineAudioContext(2, 1, 48000).decodeAudioData(bytes.slice(0));
    if (format === 'mp3') expect(audio.length / 48000).toBeCloseTo(SECONDS, 1);
    else expect(audio.length).toBe(SECONDS * 48000);
    for (const ear of [0, 1]) {
      const likeness = likenessOf(rendered[ear]!, audio.getChannelData(ear), format === 'mp3' ? MP3_DELAY_FRAMES : 0);
      expect(likeness).toBeGreaterThan(LIKENESS[format]);
    }
    if (format === 'opus') {
      const pages = oggPages(new Uint8Array(bytes));
      expect(pages.every(({ crcIsRight }) => crcIsRight)).toBe(true);
      const preSkip = new DataView(pages[0]!.body.slice().buffer).getUint16(10, true);
      expect(pages.at(-1)).toMatchObject({ granule: SECONDS * 48000 + preSkip });
      expect(pages.at(-1).flags & 4).toBe(4);
      const granules = pages.map(({ granule }) => granule);
      expect([...granules].sort((a, b) => a - b)).toEqual(granules);
    }
    release();
  });
});

test('a picked file is written in its place', async () => {
  const root = await navigator.storage.getDirectory();
  const picked = await root.getFileHandle('picked.flac', { create: true });
  const { file } = await make(spec('flac'), { picked });
  expect(file).toBeNull();
  const read = await decodeFile(await picked.getFile());
  expect(read.ok && read.kind === 'preset' && read.preset.id).toBe(preset.id);
  await root.removeEntry('picked.flac');
});

test('cancel leaves nothing behind, neither on the private disk nor where it was picked', async () => {
  const before = await privateFiles();
  const root = await navigator.storage.getDirectory();
  const picked = await root.getFileHandle('cancelled.wav', { create: true });
  for (const where of [{}, { picked }]) {
    const abort = new AbortController();
    const made = make(spec('wav', 36000), {
      ...where,
      signal: abort.signal,
      onProgress: () => {
        abort.abort();
      },
    });
    await expect(made).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  }
  expect(await privateFiles()).toEqual(before);
  await expect(root.getFileHandle('cancelled.wav')).rejects.toThrow(expect.objectContaining({ name: 'NotFoundError' }));
});

test.each(['wav', 'flac'] as const)('a full disk in the middle of a %s: clear words, no part left', async (format) => {
  const before = await privateFiles();
  const { usage = 0 } = await navigator.storage.estimate();
  await cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin, quotaSize: usage + 400_000 });
  await expect(make(spec(format, 12))).rejects.toMatchObject({ code: 'QuotaExceededError' });
  expect(await privateFiles()).toEqual(before);
});

test('what a closed page left behind goes at the next start; what another page is making stays', async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('sound-to-go', { create: true });
  await folder.getFileHandle('left-behind', { create: true });
  await folder.getFileHandle('in-the-making', { create: true });
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await new Promise<void>((resolve) => {
    void navigator.locks.request('hushcraft-file-in-the-making', () => {
      resolve();
      return held;
    });
  });
  await client.removeOrphanedFiles();
  const left = await privateFiles();
  expect(left).toContain('in-the-making');
  expect(left).not.toContain('left-behind');
  letGo();
  await expect
    .poll(async () => {
      await client.removeOrphanedFiles();
      return (await privateFiles()).includes('in-the-making');
    })
    .toBe(false);
});
