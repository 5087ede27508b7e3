// Samples of an exported file, chunk by chunk: an excerpt, a seamless loop, or a whole night.
import { loopFrames, renderLoop, renderChunks } from '../../synth/index.ts';
import type { Engine, Mode, NightPlan, Scene } from '../../synth/index.ts';

/** What part of the sound a file holds. */
export type ExportRange =
  | { readonly kind: 'excerpt'; readonly seconds: number }
  /** Seamless: its end leads into its beginning. */
  | { readonly kind: 'loop'; readonly seconds: number }
  /** From the first minute until `seconds`, with the programme in it. */
  | { readonly kind: 'night'; readonly seconds: number; readonly plan: NightPlan };

/** What is rendered. */
export interface ExportSpec {
  readonly scene: Scene;
  readonly mode: Mode;
  readonly range: ExportRange;
  /** Hz. */
  readonly sampleRate: number;
  /** Without room and without fades: for measuring. */
  readonly dry?: boolean;
}

/** Consecutive samples. */
export interface ExportChunk {
  /** Empty while a loop converges. Valid until the next chunk. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Share of all the work, 0…1. */
  readonly progress: number;
  /** Time it took to render. */
  readonly renderMs: number;
  /** Absent for loops. */
  readonly engine?: Engine;
}

/**
 * Computes the length of an export.
 * @param spec - range and sample rate
 * @returns stereo frames of all chunks together
 */
export function exportFrames({ range, sampleRate }: Pick<ExportSpec, 'range' | 'sampleRate'>): number {
  return range.kind === 'loop' ? loopFrames(range.seconds, sampleRate) : Math.round(range.seconds * sampleRate);
}

/**
 * Renders the range.
 * @param spec - scene, range and rate
 * @yields chunks in order; their buffers are reused
 */
export function* renderExport(spec: ExportSpec): Generator<ExportChunk> {
  const chunks = spec.range.kind === 'loop' ? loopChunks(spec) : linearChunks(spec);
  let before = performance.now();
  for (const chunk of chunks) {
    yield { ...chunk, renderMs: performance.now() - before };
    before = performance.now();
  }
}

type UntimedChunk = Omit<ExportChunk, 'renderMs'>;

function loopChunks({ scene, range, sampleRate, mode }: ExportSpec): Generator<UntimedChunk> {
  return renderLoop(scene, { seconds: range.seconds, sampleRate, mode });
}

function* linearChunks(spec: ExportSpec): Generator<UntimedChunk> {
  const { scene, range, dry = false, sampleRate, mode } = spec;
  const night = range.kind === 'night' ? { night: range.plan } : {};
  const fade = dry ? { fadeSec: 0 } : {};
  const frames = exportFrames(spec);
  let done = 0;
  const options = { seconds: range.seconds, sampleRate, mode, dry, reuseBuffers: true, ...fade, ...night };
  for (const { left, right, engine } of renderChunks(scene, options)) {
    done += left.length;
    yield { left, right, progress: done / frames, engine };
  }
}
