// The ways in which a preset can arrive inside something else, each built by hand around any bytes.
import { parseBackup } from '../../src/formats/backup.ts';
import { decodeFile, decodeText } from '../../src/formats/decodeFile.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import type { DecodeErrorData, DecodeWarning } from '../../src/formats/decodeError.ts';
import { bytes } from '../helpers/presetSamples.ts';
import { describeBackupItem, describeDecodeError } from '../../src/ui/describeDecode.ts';

/** What decoding makes of a preset inside something else. */
export type Outcome =
  | { readonly kind: 'refused'; readonly error: DecodeErrorData }
  /** Only this part of it is not right; said in words. */
  | { readonly kind: 'leftOut'; readonly words: string }
  | { readonly kind: 'opened'; readonly preset: Preset; readonly warnings: readonly DecodeWarning[] };

export interface Carrier {
  readonly name: string;
  readonly open: (preset: Uint8Array<ArrayBuffer>) => Promise<Outcome>;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** A sound that lies beside the other one. */
export const NEIGHBOUR: Preset = FACTORY[0]!;

export function joined(...parts: readonly (Uint8Array | string | readonly number[])[]): Bytes {
  const pieces = parts.map((part) => (typeof part === 'string' ? bytes(part) : Uint8Array.from(part)));
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export const little = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);
export const big = (value: number): number[] => little(value).reverse();
const synchsafe = (value: number): number[] => [21, 14, 7, 0].map((shift) => (value >>> shift) & 127);

export function wav(preset: Uint8Array): Bytes {
  const pad = preset.length % 2 === 1 ? [0] : [];
  return joined('RIFF', little(2 ** 31), 'WAVE', 'hush', little(preset.length), preset, pad, 'data', little(0));
}

/** A block of Vorbis comments. */
export function comments(preset: Uint8Array): Bytes {
  const comment = joined('HUSHCRAFT_PRESET=', preset);
  return joined(little(0), little(1), little(comment.length), comment);
}

export function flac(preset: Uint8Array): Bytes {
  const block = comments(preset);
  return joined('fLaC', [0, 0, 0, 0], [128 + 4, ...big(block.length).slice(1)], block);
}

export function ogg(preset: Uint8Array): Bytes {
  const packet = joined('OpusTags', comments(preset));
  const parts: Bytes[] = [oggPage([bytes('OpusHead')])];
  for (let at = 0; at <= packet.length; at += 255 * 255) parts.push(oggPage([packet.subarray(at, at + 255 * 255)]));
  return joined(...parts);
}

function oggPage(packets: readonly Uint8Array[]): Bytes {
  const lengths = packets.flatMap(({ length }) => {
    const whole = Array.from({ length: Math.floor(length / 255) }, () => 255);
    return whole.length === 255 ? whole : [...whole, length % 255];
  });
  return joined('OggS', Array(22).fill(0), [lengths.length], lengths, ...packets);
}

/** ID3v2.4 with one user text, UTF-8. */
export function id3(preset: Uint8Array): Bytes {
  const body = joined([3], 'HUSHCRAFT_PRESET', [0], preset);
  const frame = joined('TXXX', synchsafe(body.length), [0, 0], body);
  return joined('ID3', [4, 0, 0], synchsafe(frame.length), frame, [0xff, 0xfb]);
}

async function file(content: Bytes): Promise<Outcome> {
  const opened = await decodeFile(new Blob([content]));
  if (!opened.ok) return { kind: 'refused', error: opened.error };
  const { warnings } = opened;
  switch (opened.kind) {
    case 'preset':
      return { kind: 'opened', preset: opened.preset, warnings };
    case 'parcel':
      return { kind: 'opened', preset: opened.parcel.preset, warnings };
    case 'bundle': {
      const [bad] = opened.bad;
      const preset = opened.presets[1];
      if (bad) return { kind: 'leftOut', words: describeDecodeError(bad.error) };
      if (!preset) throw new Error('It is gone without a word.');
      return { kind: 'opened', preset, warnings };
    }
    case 'backup': {
      const read = await parseBackup(opened.value);
      if (!read.ok) return { kind: 'refused', error: read.error };
      const [bad] = read.backup.bad;
      const preset = read.backup.presets[1]?.preset as Preset | undefined;
      if (bad !== undefined) return { kind: 'leftOut', words: describeBackupItem(bad) };
      if (!preset) throw new Error('It is gone without a word.');
      return { kind: 'opened', preset, warnings };
    }
    case 'locked':
      throw new Error('Nothing here is locked.');
  }
}

const record = (preset: Uint8Array | string): Bytes =>
  joined(
    '{"schema":1,"preset":',
    preset,
    ',"favourite":false,"revision":1,"updatedAt":"2026-11-01T00:00:00.000Z","deletedAt":null,"older":[]}',
  );

const neighbour = serializePreset(NEIGHBOUR);

export const CARRIERS: readonly Carrier[] = [
  { name: 'a preset file', open: file },
  {
    name: 'pasted text',
    open: async (preset) => {
      const opened = await decodeText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(preset));
      if (!opened.ok) return { kind: 'refused', error: opened.error };
      if (opened.kind !== 'preset') throw new Error(opened.kind);
      return { kind: 'opened', preset: opened.preset, warnings: opened.warnings };
    },
  },
  {
    name: 'a parcel',
    open: (preset) =>
      file(
        joined(
          '{"format":"hushcraft-parcel","version":1,"from":"","sentAt":"2026-11-01T00:00:00.000Z","preset":',
          preset,
          '}',
        ),
      ),
  },
  {
    name: 'a bundle',
    open: (preset) =>
      file(joined('{"format":"hushcraft-bundle","version":1,"presets":[', neighbour, ',', preset, ']}')),
  },
  {
    name: 'a backup',
    open: (preset) =>
      file(
        joined(
          '{"format":"hushcraft-backup","version":1,"createdAt":"2026-11-01T00:00:00.000Z","presets":[',
          record(neighbour),
          ',',
          record(preset),
          '],"practice":[],"settings":{}}',
        ),
      ),
  },
  { name: 'a WAV file', open: (preset) => file(wav(preset)) },
  { name: 'a FLAC file', open: (preset) => file(flac(preset)) },
  { name: 'an Ogg Opus file', open: (preset) => file(ogg(preset)) },
  { name: 'an MP3 file', open: (preset) => file(id3(preset)) },
];
