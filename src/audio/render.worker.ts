// Offline renders off the main thread: WAV files, pictures, loudness, hashes. One job after the other.
import { renderPieces } from '../synth/index.ts';
import { measureScene } from '../synth/master/measure.ts';
import { wavHeader, WavEncoder } from './encode/wav.ts';
import type { FromRenderWorker, ToRenderWorker } from './messages.ts';
import { drawPicture } from './picture.ts';

const post = (message: FromRenderWorker): void => {
  self.postMessage(message);
};

self.onmessage = ({ data }: MessageEvent<ToRenderWorker>) => {
  void work(data).catch((error: unknown) => {
    post({ type: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) });
  });
};

async function work(job: ToRenderWorker): Promise<void> {
  if (job.type === 'wav') post({ type: 'wav', id: job.id, file: renderWav(job) });
  else if (job.type === 'picture') post({ type: 'picture', id: job.id, levels: drawPicture(job) });
  else if (job.type === 'loudness')
    post({ type: 'loudness', id: job.id, lufs: measureScene(job.scene, job.seconds, { fadeSec: 0 }).integratedLufs });
  else post({ type: 'hash', id: job.id, sha256: await hash(job) });
}

function renderWav(job: Extract<ToRenderWorker, { type: 'wav' }>): Blob {
  const { id, scene, mode, seconds, sampleRate, bits } = job;
  const frames = Math.round(seconds * sampleRate);
  const encoder = new WavEncoder(bits);
  const parts: BlobPart[] = [wavHeader(frames, sampleRate, bits)];
  let done = 0;
  for (const { left, right } of renderPieces(scene, { seconds, sampleRate, mode })) {
    // Blobs may live on disk: memory stays flat however long the file.
    parts.push(new Blob([encoder.encode(left, right)]));
    done += left.length;
    post({ type: 'progress', id, share: done / frames });
  }
  return new Blob(parts, { type: 'audio/wav' });
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
