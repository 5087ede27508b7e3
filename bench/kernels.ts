// Kernels against the plain f64 TypeScript they must equal, interleaved in one run.
import { Arena } from '../src/synth/dsp/arena.ts';
import { instantiateKernels } from '../src/synth/dsp/kernels.ts';
import { ModalBank } from '../src/synth/dsp/modalBank.ts';
import { ReferenceBank } from '../tests/reference/modalBank.ts';
import type { ReferenceContact } from '../tests/reference/modalBank.ts';
import { createKernelRoom, exampleRoom, RoomReference } from '../tests/reference/room.ts';

const RATE = 48000;
const BLOCK = 128;
const SECONDS = 4;
const BLOCKS = (SECONDS * RATE) / BLOCK;
const ROUNDS = 7;
/** A contact every half second of sound, 2 ms long. */
const CONTACT_BLOCKS = 187;
const CONTACT_FRAMES = 96;

export interface KernelRow {
  readonly name: string;
  readonly kernelNs: number;
  readonly referenceNs: number;
  readonly ratio: number;
}

export function benchKernels(): KernelRow[] {
  return [
    compare('modal bank, 24 partials', modalKernel(24), modalReference(24)),
    compare('room', roomKernel(), roomReference()),
  ];
}

function compare(name: string, kernel: () => void, reference: () => void): KernelRow {
  let kernelNs = Infinity;
  let referenceNs = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    kernelNs = Math.min(kernelNs, nsPerSample(kernel));
    referenceNs = Math.min(referenceNs, nsPerSample(reference));
  }
  return { name, kernelNs, referenceNs, ratio: referenceNs / kernelNs };
}

function nsPerSample(run: () => void): number {
  const before = performance.now();
  run();
  return ((performance.now() - before) * 1e6) / (SECONDS * RATE);
}

function modes(count: number): { hz: number; t60Sec: number }[] {
  return Array.from({ length: count }, (_, i) => ({ hz: 90 * 1.2 ** i, t60Sec: 0.3 * 0.96 ** i }));
}

const FORCE = Array.from({ length: CONTACT_FRAMES }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / CONTACT_FRAMES) ** 1.5);

function modalKernel(count: number): () => void {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const bank = new ModalBank({ kernels, arena, sampleRate: RATE }, { modes: count, frames: BLOCK });
  modes(count).forEach(({ hz, t60Sec }, i) => {
    bank.setMode(i, hz, t60Sec);
  });
  const [out, force, gains] = [arena.floats(BLOCK), arena.floats(BLOCK), arena.floats(bank.gainCount)] as const;
  arena.view(force, BLOCK).set(FORCE);
  arena.view(gains, bank.gainCount).fill(0.1);
  return () => {
    for (let block = 0; block < BLOCKS; block++) {
      kernels.clear(out, BLOCK);
      bank.ring(out);
      if (block % CONTACT_BLOCKS === 0) bank.drive(gains, force, 0, out);
    }
  };
}

function modalReference(count: number): () => void {
  const bank = new ReferenceBank(modes(count), RATE);
  const contact: ReferenceContact = { at: 0, force: FORCE, gains: new Array<number>(count).fill(0.1) };
  const out = new Float64Array(BLOCK);
  return () => {
    for (let block = 0; block < BLOCKS; block++) {
      out.fill(0);
      bank.render(block % CONTACT_BLOCKS === 0 ? [contact] : [], out, BLOCK);
    }
  };
}

function roomKernel(): () => void {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels);
  const room = createKernelRoom(kernels, arena, exampleRoom());
  const [inLeft, inRight, left, right] = [0, 1, 2, 3].map(() => arena.floats(BLOCK)) as [
    number,
    number,
    number,
    number,
  ];
  kernels.noiseFill(inLeft, 1, 0, BLOCK);
  kernels.noiseFill(inRight, 2, 0, BLOCK);
  return () => {
    for (let block = 0; block < BLOCKS; block++) {
      kernels.clear(left, BLOCK);
      kernels.clear(right, BLOCK);
      kernels.fdnRender(room, inLeft, inRight, 1, left, right, BLOCK);
    }
  };
}

function roomReference(): () => void {
  const room = new RoomReference(exampleRoom());
  const [inLeft, inRight] = [0, 1].map((phase) =>
    Float32Array.from({ length: BLOCK }, (_, i) => Math.sin(i * 1.7 + phase)),
  );
  const [left, right] = [new Float32Array(BLOCK), new Float32Array(BLOCK)];
  return () => {
    for (let block = 0; block < BLOCKS; block++) {
      left.fill(0);
      right.fill(0);
      room.render(inLeft!, inRight!, 1, left, right);
    }
  };
}
