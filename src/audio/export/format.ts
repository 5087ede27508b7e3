// Audio file formats: names, capabilities, sizes, and the encoder interface.
/** File formats. */
export type AudioFormat = 'wav' | 'flac' | 'opus' | 'mp3';
export type SampleBits = 16 | 24 | 32;

/** How samples become bytes. `bits` matters to WAV and FLAC only. */
export interface Encoding {
  readonly format: AudioFormat;
  /** Hz. */
  readonly sampleRate: number;
  readonly bits: SampleBits;
}

/** Metadata inside a file. */
export interface AudioTags {
  readonly title: string;
  readonly description: string;
  /** Further named texts, as Vorbis comments or ID3 user texts. */
  readonly fields: Readonly<Record<string, string>>;
  /** The same for WAV, as chunks of their own: the key has four characters. */
  readonly chunks: Readonly<Record<string, string>>;
}

/** Writes bytes at a position of a file. Throws or rejects when the file cannot hold them. */
export type WriteAt = (bytes: Uint8Array<ArrayBuffer>, position: number) => void | Promise<void>;

/** What an encoder has to know before it begins. */
export interface EncoderSpec extends Encoding {
  /** Stereo frames of the whole file. */
  readonly frames: number;
  /** The whole file is one seamless loop; marked where the format can. */
  readonly loop: boolean;
  readonly tags: AudioTags | null;
}

/** Encoder of one file. */
export interface AudioFileEncoder {
  /** The buffers may be reused once the promise is settled. */
  push(left: Float32Array, right: Float32Array): void | Promise<void>;
  /** Everything is written when this resolves. Call it after exactly `frames` frames. */
  finalize(): void | Promise<void>;
  /** Stops; what is written stays as it is. */
  cancel(): Promise<void>;
}

interface FormatFacts {
  readonly extension: string;
  readonly mime: string;
  /** Hz. */
  readonly rates: readonly number[];
  readonly bits: readonly SampleBits[];
  /** Every sample in its place, no more and no less: fit to be repeated without a gap. */
  readonly exact: boolean;
}

export const FORMATS: Readonly<Record<AudioFormat, FormatFacts>> = {
  wav: { extension: '.wav', mime: 'audio/wav', rates: [44100, 48000, 96000], bits: [16, 24, 32], exact: true },
  flac: { extension: '.flac', mime: 'audio/flac', rates: [44100, 48000, 96000], bits: [16, 24], exact: true },
  opus: { extension: '.opus', mime: 'audio/ogg', rates: [48000], bits: [16], exact: false },
  mp3: { extension: '.mp3', mime: 'audio/mpeg', rates: [44100, 48000], bits: [16], exact: false },
};

/** Bits per second; transparent for soft, noisy sounds. */
export const BIT_RATES: Readonly<Record<'opus' | 'mp3', number>> = { opus: 160_000, mp3: 192_000 };

/** Of the samples' own size; measured on the factory sounds, rounded up. */
const FLAC_SHARE: Readonly<Record<SampleBits, number>> = { 16: 0.6, 24: 0.75, 32: 1 };

/**
 * Estimates the size of a file: exact for WAV but for its header, slightly generous for the others.
 * @param encoding - format, sample rate and bits
 * @param seconds - length of the sound, s
 * @returns bytes
 */
export function estimateBytes({ format, sampleRate, bits }: Encoding, seconds: number): number {
  if (format === 'opus' || format === 'mp3') return Math.round((seconds * BIT_RATES[format]) / 8);
  const samples = Math.round(seconds * sampleRate) * 2 * (bits / 8);
  return Math.round(format === 'flac' ? samples * FLAC_SHARE[bits] : samples);
}
