// Stereo float samples → FLAC, Ogg Opus or MP3 through mediabunny and its encoders. Loaded only when such a file is made.
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
import type { EncoderSpec, SoundEncoder, WriteAt } from './encoder.ts';
import { BIT_RATES } from './format.ts';
import type { AudioTags } from './format.ts';
import { OggEnd } from './oggEndTrim.ts';
import { Quantizer } from './quantize.ts';

const CHANNELS = 2;
const WRITE_BYTES = 1 << 20;

/** Rejects when the format's encoder is not to be had here. */
export async function openPacked(spec: EncoderSpec, write: WriteAt): Promise<SoundEncoder> {
  const { sampleRate, frames } = spec;
  const end = spec.format === 'opus' ? new OggEnd() : null;
  await loadEncoder(spec);
  const output = new Output({
    format: container(spec, end),
    target: new StreamTarget(new WritableStream({ write: ({ data, position }) => write(data, position) }), {
      chunked: true,
      chunkSize: WRITE_BYTES,
    }),
  });
  const source = new AudioSampleSource(encoding(spec));
  output.addAudioTrack(source);
  if (spec.tags) output.setMetadataTags(tagsFor(spec, spec.tags));
  await output.start();
  const sampleOf = sampler(spec);
  let done = 0;
  return {
    async add(left, right) {
      const sample = sampleOf(left, right, done / sampleRate);
      done += left.length;
      await source.add(sample);
      sample.close();
    },
    async finish() {
      await output.finalize();
      const last = end?.cutTo(frames);
      if (last) await write(last.page, last.position);
    },
    async abandon() {
      if (output.state !== 'finalized' && output.state !== 'canceled') await output.cancel();
    },
  };
}

async function loadEncoder({ format }: EncoderSpec): Promise<void> {
  if (format === 'flac') (await import('@mediabunny/flac-encoder')).registerFlacEncoder();
  if (format === 'mp3') (await import('@mediabunny/mp3-encoder')).registerMp3Encoder();
}

function container({ format }: EncoderSpec, end: OggEnd | null): OutputFormat {
  if (format === 'flac') return new FlacOutputFormat();
  if (format === 'mp3') return new Mp3OutputFormat();
  return new OggOutputFormat({ onPage: (page, position) => end?.take(page, position) });
}

function encoding({ format }: EncoderSpec): AudioEncodingConfig {
  if (format === 'opus' || format === 'mp3') {
    return { codec: format, quality: new Quality({ bitrate: BIT_RATES[format] }) };
  }
  return { codec: 'flac' };
}

/** Lossless formats get whole steps, the very ones a WAV would hold; the others take floats. */
function sampler({ format, bits, sampleRate }: EncoderSpec) {
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
      data[CHANNELS * i] = quantizer.step(left[i] ?? 0) * scale;
      data[CHANNELS * i + 1] = quantizer.step(right[i] ?? 0) * scale;
    }
    return new AudioSample({ ...shared, data, format: bits === 16 ? 's16' : 's32' });
  };
}

function tagsFor({ format }: EncoderSpec, { title, description, fields }: AudioTags): MetadataTags {
  const raw = format === 'mp3' ? { TXXX: { ...fields } } : { ...fields };
  return { title, description, raw };
}
