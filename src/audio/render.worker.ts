// Worker for offline rendering: audio files, thumbnails, loudness, hashes.
import { serveWorker } from '../lib/workerRpc.ts';
import { renderChunks } from '../synth/index.ts';
import type { Scene } from '../synth/index.ts';
import { measureLoudness } from '../synth/analysis/measure.ts';
import { openSink } from './export/fileSink.ts';
import type { FileTarget } from './export/fileSink.ts';
import { estimateBytes, FORMATS } from './export/format.ts';
import { WavEncoder } from './export/wav.ts';
import { writeAudioFile } from './export/writeAudioFile.ts';
import type { AudioFileSpec } from './export/writeAudioFile.ts';
import { renderThumbnail } from './renderThumbnail.ts';

/** Between two reports of progress. */
const PROGRESS_INTERVAL_MS = 100;

const api = {
  /** null when the file already lies where it was wanted. */
  async exportFile(
    { spec, target }: { readonly spec: AudioFileSpec; readonly target: FileTarget },
    onProgress: (progress: number) => void,
  ): Promise<Blob | null> {
    const { encoding, range } = spec;
    const sink = await openSink(target, FORMATS[encoding.format].mime, estimateBytes(encoding, range.seconds));
    let reportedAt = 0;
    try {
      await writeAudioFile(spec, sink.write, ({ progress }) => {
        const now = performance.now();
        if (now - reportedAt < PROGRESS_INTERVAL_MS) return;
        reportedAt = now;
        onProgress(progress);
      });
      return await sink.close();
    } catch (error) {
      await sink.abort().catch(() => undefined);
      throw error;
    }
  },

  renderThumbnail,

  /** LUFS, without fades. */
  measureLoudness: ({ scene, seconds }: { readonly scene: Scene; readonly seconds: number }): number =>
    measureLoudness(scene, seconds, { fadeSec: 0 }).integratedLufs,

  /** SHA-256 of the interleaved 32-bit float samples, without fades. */
  async hashSamples({
    scene,
    seconds,
    sampleRate,
  }: {
    readonly scene: Scene;
    readonly seconds: number;
    readonly sampleRate: number;
  }): Promise<string> {
    const encoder = new WavEncoder(32);
    const parts: BlobPart[] = [];
    for (const { left, right } of renderChunks(scene, { seconds, sampleRate, fadeSec: 0 })) {
      parts.push(encoder.encode(left, right));
    }
    const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};

/** Functions of this worker. */
export type RenderApi = typeof api;
serveWorker<RenderApi>(api);
