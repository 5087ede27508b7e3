import { readFileSync, writeFileSync } from 'node:fs';
import { Arena } from '../synth/dsp/arena.ts';
import { instantiateKernels } from '../synth/dsp/kernels.ts';
import { keyOf, mixKeys, Random } from '../synth/dsp/random.ts';
import { defaultValues } from '../synth/params.ts';
import { BLOCK_FRAMES } from '../synth/trigger.ts';
import { brushing } from '../synth/triggers/brushing.ts';

interface Job { out: string; seconds: number; seed: number; params: Record<string, number | string>; rate?: number; once?: boolean; stereo?: boolean }
export function main(args: string[]): void {
  const jobs = JSON.parse(readFileSync(args[0] ?? '', 'utf8')) as Job[];
  for (const job of jobs) {
    const rate = job.rate ?? 48000;
    const kernels = instantiateKernels();
    const arena = new Arena(kernels).scope();
    const random = new Random(mixKeys(job.seed, keyOf('a')));
    const emitters = Array.from({ length: brushing.emitters }, (_, i) => ({ out: arena.floats(BLOCK_FRAMES), offset: i ? -1 : 1 }));
    const voice = brushing.create({ kernels, arena, sampleRate: rate, random, mode: 'day', once: job.once ?? false });
    const values = { ...defaultValues(brushing.params), ...job.params };
    const blocks = Math.ceil((job.seconds * rate) / BLOCK_FRAMES);
    const n = blocks * BLOCK_FRAMES;
    const ch = job.stereo ? 2 : 1;
    const data = new Float32Array(n * ch);
    const views = emitters.map((e) => arena.view(e.out, BLOCK_FRAMES));
    let onsets = 0;
    const t0 = performance.now();
    for (let b = 0; b < blocks; b++) {
      for (const e of emitters) kernels.clear(e.out, BLOCK_FRAMES);
      voice.render({ frame: b * BLOCK_FRAMES, timeSec: (b * BLOCK_FRAMES) / rate, frames: BLOCK_FRAMES, emitters, onset: () => { onsets++; } }, values as never);
      for (let i = 0; i < BLOCK_FRAMES; i++) {
        if (ch === 2) { data[(b * BLOCK_FRAMES + i) * 2] = views[0]![i]!; data[(b * BLOCK_FRAMES + i) * 2 + 1] = views[1]![i]!; }
        else data[b * BLOCK_FRAMES + i] = views[0]![i]! + views[1]![i]!;
      }
    }
    const ns = ((performance.now() - t0) * 1e6) / n;
    const h = Buffer.alloc(44);
    h.write('RIFF', 0); h.writeUInt32LE(36 + data.byteLength, 4); h.write('WAVEfmt ', 8); h.writeUInt32LE(16, 16); h.writeUInt16LE(3, 20); h.writeUInt16LE(ch, 22);
    h.writeUInt32LE(rate, 24); h.writeUInt32LE(rate * 4 * ch, 28); h.writeUInt16LE(4 * ch, 32); h.writeUInt16LE(32, 34); h.write('data', 36); h.writeUInt32LE(data.byteLength, 40);
    writeFileSync(job.out, Buffer.concat([h, Buffer.from(data.buffer)]));
    console.log(job.out.split('/').pop(), 'onsets', onsets, 'ns/sample', ns.toFixed(1));
  }
}
