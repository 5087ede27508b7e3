// Offline renders off the main thread: audio files, pictures, loudness, hashes. One job after the other.
import { renderPieces } from '../synth/index.ts';
import { measureScene } from '../synth/analysis/measure.ts';
import { estimateBytes, FORMATS } from './export/format.ts';
import { WavEncoder } from './export/wav.ts';
import { writeSound } from './export/writeAudioFile.ts';
import { openSink } from './export/fileDestination.ts';
import type { FromRenderWorker, ToRenderWorker } from './renderMessages.ts';
import { drawPicture } from './renderThumbnail.ts';

/** Progress is for eyes. */
const PROGRESS_MS = 100;

const post = (message: FromRenderWorker): void => {
  self.postMessage(message);
};

self.onmessage = ({ data }: MessageEvent<ToRenderWorker>) => {
  void work(data).catch((error: unknown) => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    post({ type: 'failed', id: data.id, name, message });
  });
};

async function work(job: ToRenderWorker): Promise<void> {
  if (job.type === 'file') post({ type: 'file', id: job.id, file: await makeFile(job) });
  else if (job.type === 'picture') post({ type: 'picture', id: job.id, levels: drawPicture(job) });
  else if (job.type === 'loudness')
    post({ type: 'loudness', id: job.id, lufs: measureScene(job.scene, job.seconds, { fadeSec: 0 }).integratedLufs });
  else post({ type: 'hash', id: job.id, sha256: await hash(job) });
}

async function makeFile({ id, spec, target }: Extract<ToRenderWorker, { type: 'file' }>): Promise<Blob | null> {
  const { encoding, sound } = spec;
  const sink = await openSink(target, FORMATS[encoding.format].mime, estimateBytes(encoding, sound.seconds));
  let toldAt = 0;
  try {
    await writeSound(spec, sink.write, ({ share }) => {
      const now = performance.now();
      if (now - toldAt < PROGRESS_MS) return;
      toldAt = now;
      post({ type: 'progress', id, share });
    });
    return await sink.close();
  } catch (error) {
    await sink.abort().catch(() => undefined);
    throw error;
  }
}

/** SHA-256 of the interleaved 32-bit float samples, without fades. */
async function hash({ scene, seconds, sampleRate }: Extract<ToRenderWorker, { type: 'hash' }>): Promise<string> {
  const encoder = new WavEncoder(32);
  const parts: BlobPart[] = [];
  for (const { left, right } of renderPieces(scene, { seconds, sampleRate, fadeSec: 0 })) {
    parts.push(encoder.encode(left, right));
  }
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
