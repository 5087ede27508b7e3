// Audio files that lie about themselves: sizes that are not there, rings of chunks, tags without an end, presets of another kind.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AUDIO_HEAD_BYTES, findPresetInAudio } from '../../src/formats/audioMetadata.ts';
import { decodeFile } from '../../src/formats/decodeFile.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { bytes, GOOD } from '../helpers/presetSamples.ts';
import { big, comments, flac, id3, joined, little, ogg, wav } from './carriers.ts';
import { expectRefusal, watched } from './watch.ts';
import { RUNS } from '../fuzz.ts';

watched();

const good = bytes(serializePreset(GOOD));
const MAKERS = { WAV: wav, FLAC: flac, Ogg: ogg, MP3: id3 };
const filled = (length: number, ...piece: readonly number[]): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => piece[i % piece.length]!);

async function refused(content: Uint8Array<ArrayBuffer>): Promise<void> {
  const opened = await decodeFile(new Blob([content]));
  expect(opened.ok).toBe(false);
  if (!opened.ok) expectRefusal(opened.error);
}

test.each(Object.entries(MAKERS))(
  '17 %s with a good preset inside opens, one of another kind is refused',
  async (_, make) => {
    expect(await decodeFile(new Blob([make(good)]))).toEqual({ ok: true, kind: 'preset', preset: GOOD, warnings: [] });
    for (const other of [
      '',
      '{}',
      '[]',
      '{"format":"hushcraft-parcel"}',
      '{"format":"hushcraft-backup","version":1}',
      '\0\0',
    ])
      await refused(make(bytes(other)));
    // As large as a preset may be, and a byte more.
    const spaces = filled(256 * 1024 - good.length, 0x20);
    expect(await decodeFile(new Blob([make(joined(good, spaces))]))).toMatchObject({ ok: true });
    await refused(make(joined(good, spaces, ' ')));
  },
);

test.each(Object.entries(MAKERS))(
  '7, 18 %s cut anywhere, or with any byte of its frame changed, is answered',
  async (_, make) => {
    const whole = make(good);
    for (let end = 0; end < whole.length; end += 1 + Math.floor(whole.length / 300)) {
      const opened = await decodeFile(new Blob([whole.subarray(0, end)]));
      // The end of a WAV file behind its preset may be gone.
      if (opened.ok) expect(opened).toMatchObject({ kind: 'preset', preset: GOOD });
    }
    for (let at = 0; at < 80; at++) {
      for (const value of [0, 1, 127, 128, 255]) {
        const bent = whole.slice();
        bent[at] = value;
        const opened = await decodeFile(new Blob([bent]));
        if (opened.ok) expect(opened).toMatchObject({ kind: 'preset', preset: GOOD });
        else expectRefusal(opened.error);
      }
    }
  },
);

const LIARS: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
  ['a WAV chunk of 4 GB', joined('RIFF', little(0), 'WAVE', 'hush', little(0xffffffff), good)],
  ['a WAV chunk of 4 GB before the preset', joined('RIFF', little(0), 'WAVE', 'JUNK', little(0xfffffff0), good)],
  [
    'nothing but empty WAV chunks',
    joined('RIFF', little(0), 'WAVE', filled(AUDIO_HEAD_BYTES, 0x6a, 0, 0, 0, 0, 0, 0, 0)),
  ],
  ['a FLAC block of 16 MB', joined('fLaC', [1, 255, 255, 255], comments(good))],
  ['nothing but empty FLAC blocks', joined('fLaC', filled(AUDIO_HEAD_BYTES, 1, 0, 0, 0))],
  ['four billion comments', joined('fLaC', [132, 12, 0, 0], little(0), little(0xffffffff), filled(12 * 65536, 0))],
  [
    'a comment of 4 GB',
    joined('fLaC', [132, 0, 255, 0], little(0), little(1), little(0xffffffff), 'HUSHCRAFT_PRESET=', good),
  ],
  ['a vendor of 4 GB', joined('fLaC', [132, 0, 255, 0], little(0xffffffff), good)],
  ['Ogg pages without packets', joined(filled(AUDIO_HEAD_BYTES, ...bytes('OggS'), ...Array<number>(23).fill(0)))],
  [
    'an Ogg packet without an end',
    joined(
      filled(AUDIO_HEAD_BYTES, ...bytes('OggS'), ...Array<number>(22).fill(0), 1, 255, ...Array<number>(255).fill(1)),
    ),
  ],
  ['an Ogg page of 255 empty packets', joined('OggS', Array<number>(22).fill(0), [255], Array<number>(255).fill(0))],
  ['an ID3 tag of 256 MB', joined('ID3', [4, 0, 0, 127, 127, 127, 127], 'TXXX', big(0x7f7f7f7f), [0, 0, 3])],
  [
    'an ID3 frame of 4 GB',
    joined('ID3', [3, 0, 0, 0, 16, 0, 0], 'TXXX', big(0xffffffff), [0, 0, 3], 'HUSHCRAFT_PRESET', [0], good),
  ],
  [
    'nothing but empty ID3 frames',
    joined('ID3', [4, 0, 0, 0, 47, 127, 127], filled(AUDIO_HEAD_BYTES, ...bytes('TXXX'), 0, 0, 0, 0, 0, 0)),
  ],
  [
    'an ID3 text of nothing but ends',
    joined('ID3', [4, 0, 0, 0, 47, 127, 127], 'TXXX', [0, 40, 0, 0, 0, 0], filled(AUDIO_HEAD_BYTES, 0)),
  ],
  ['an ID3 alphabet that is none', id3(good).map((byte, at) => (at === 20 ? 9 : byte))],
];

test.each(LIARS)('17 %s: refused, and soon', async (_, content) => {
  await refused(content);
});

test('16 an audio file of any size: no more than its head is read', async () => {
  const whole = new Blob([wav(good), new Uint8Array(8 * AUDIO_HEAD_BYTES)]);
  let most = 0;
  const slice = whole.slice.bind(whole);
  const watchedFile = Object.assign(whole, {
    slice: (from?: number, to?: number) => {
      const piece = slice(from, to);
      most = Math.max(most, piece.size);
      return piece;
    },
    arrayBuffer: () => Promise.reject(new Error('All of it.')),
  });
  expect(await decodeFile(watchedFile)).toMatchObject({ ok: true, preset: GOOD });
  expect(most).toBeLessThanOrEqual(AUDIO_HEAD_BYTES);
});

test('any bytes behind the mark of an audio file are answered, and never with something that is not there', () => {
  const marks = [
    joined('RIFF', little(9), 'WAVE'),
    joined('fLaC'),
    joined('OggS'),
    joined('ID3', [4]),
    joined('ID3', [3]),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...marks), fc.uint8Array({ maxLength: 400 }), (mark, junk) => {
      const found = findPresetInAudio(joined(mark, junk));
      if (found) expect(found.length).toBeLessThan(400);
    }),
    { numRuns: RUNS },
  );
});
