// Bytes ↔ deflated bytes by the platform's own streams. Unpacking is bounded while it runs, not afterwards.
import { Refusal } from './decodeError.ts';

export interface UnpackLimits {
  readonly bytes: number;
  /** Bytes out per byte in. */
  readonly ratio: number;
}

export async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Rejects with a `Refusal` at the first piece beyond a limit, and when the data is cut, damaged or has something behind it. */
export async function inflated(bytes: Uint8Array<ArrayBuffer>, limits: UnpackLimits): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await unpack(bytes, limits);
  // Not every platform minds what lies behind the end. The end is the end when nothing is whole without the last byte.
  const early = whole && (await unpack(bytes.subarray(0, -1), limits));
  if (!whole || early) {
    throw new Refusal('damaged', 'What was packed in here is damaged. Nothing was changed; ask for it again.');
  }
  return whole;
}

/** null: these bytes are no deflated stream, or not all of one. */
async function unpack(bytes: Uint8Array<ArrayBuffer>, limits: UnpackLimits): Promise<Uint8Array<ArrayBuffer> | null> {
  const most = Math.min(limits.bytes, bytes.length * limits.ratio);
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // Its failure is the reader's failure too, and heard there.
  writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const piece = await reader.read().catch(() => null);
    if (piece === null) return null;
    if (piece.done) break;
    length += piece.value.length;
    if (length > most) {
      await reader.cancel().catch(() => undefined);
      throw new Refusal('too-large', 'What was packed in here is far larger than any sound. Nothing was changed.');
    }
    pieces.push(piece.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
