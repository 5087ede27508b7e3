// Stereo float samples → FLAC, Ogg Opus or MP3, through mediabunny and its encoders. Loaded only when such a file is made.
import {
  AudioSample,
  AudioSampleSource,
  FlacOutputFormat,
  Mp3OutputFormat,
  OggOutputFormat,
  Output,
  Quality,
  StreamTarget,
} from 'mediabunny';
import type { AudioEncodingConfig, MetadataTags, OutputFormat } from 'mediabunny';
import { BIT_RATES } from './format.ts';
import type { AudioFileEncoder, AudioTags, EncoderSpec, WriteAt } from './format.ts';
import { OggEndTrim } from './oggEndTrim.ts';
import { Quantizer } from './quantize.ts';

const CHANNELS = 2;
const CHUNK_BYTES = 1 << 20;

/**
 * Creates an encoder. Rejects when the format’s encoder is not available here.
 * @param spec - format, length and tags of the file
 * @param write - writes bytes at a position of the file
 * @returns the encoder
 */
export async function createCompressedEncoder(spec: EncoderSpec, write: WriteAt): Promise<AudioFileEncoder> {
  const { sampleRate, frames } = spec;
  const endTrim = spec.format === 'opus' ? new OggEndTrim() : null;
  await loadEncoder(spec);
  const output = new Output({
    format: container(spec, endTrim),
    target: new StreamTarget(new WritableStream({ write: ({ data, position }) => write(data, position) }), {
      chunked: true,
      chunkSize: CHUNK_BYTES,
    }),
  });
  const source = new AudioSampleSource(encoding(spec));
  output.addAudioTrack(source);
  if (spec.tags) output.setMetadataTags(metadataTags(spec, spec.tags));
  await output.start();
  const createSample = createSampleFactory(spec);
  let framesDone = 0;
  return {
    async push(left, right) {
      const sample = createSample(left, right, framesDone / sampleRate);
      framesDone += left.length;
      await source.add(sample);
      sample.close();
    },
    async finalize() {
      await output.finalize();
      const last = endTrim?.trimTo(frames);
      if (last) await write(last.page, last.position);
    },
    async cancel() {
      if (output.state !== 'finalized' && output.state !== 'canceled') await output.cancel();
    },
  };
}

async function loadEncoder({ format }: EncoderSpec): Promise<void> {
  if (format === 'flac') (await import('@mediabunny/flac-encoder')).registerFlacEncoder();
  if (format === 'mp3') (await import('@mediabunny/mp3-encoder')).registerMp3Encoder();
}

function container({ format }: EncoderSpec, endTrim: OggEndTrim | null): OutputFormat {
  if (format === 'flac') return new FlacOutputFormat();
  if (format === 'mp3') return new Mp3OutputFormat();
  return new OggOutputFormat({ onPage: (page, position) => endTrim?.push(page, position) });
}

function encoding({ format }: EncoderSpec): AudioEncodingConfig {
  if (format === 'opus' || format === 'mp3') {
    return { codec: format, quality: new Quality({ bitrate: BIT_RATES[format] }) };
  }
  return { codec: 'flac' };
}

/** Lossless formats get whole steps, the very ones a WAV would hold; the others take floats. */
function createSampleFactory({ format, bits, sampleRate }: EncoderSpec) {
  const quantizer = new Quantizer(bits === 16 ? 16 : 24);
  let planes = new Float32Array();
  return (left: Float32Array, right: Float32Array, timestamp: number): AudioSample => {
    const { length } = left;
    const shared = { numberOfChannels: CHANNELS, sampleRate, timestamp };
    if (format !== 'flac') {
      // The browser's encoder takes a copy at once; the other may still have some in its queue.
      if (format !== 'opus' || planes.length !== CHANNELS * length) planes = new Float32Array(CHANNELS * length);
      const data = planes;
      data.set(left);
      data.set(right, length);
      return new AudioSample({ ...shared, data, format: 'f32-planar' });
    }
    const data = bits === 16 ? new Int16Array(CHANNELS * length) : new Int32Array(CHANNELS * length);
    // 24 bits stand in the upper part of 32.
    const scale = bits === 16 ? 1 : 256;
    for (let i = 0; i < length; i++) {
      data[CHANNELS * i] = quantizer.quantize(left[i] ?? 0) * scale;
      data[CHANNELS * i + 1] = quantizer.quantize(right[i] ?? 0) * scale;
    }
    return new AudioSample({ ...shared, data, format: bits === 16 ? 's16' : 's32' });
  };
}

function metadataTags({ format }: EncoderSpec, { title, description, fields }: AudioTags): MetadataTags {
  const raw = format === 'mp3' ? { TXXX: { ...fields } } : { ...fields };
  return { title, description, raw };
}
