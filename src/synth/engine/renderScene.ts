// Offline rendering: a scene to samples, in chunks or in memory. Used by the worker, the command line and the tests.
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine.ts';
import type { NightPlan } from '../night/plan.ts';
import type { Scene } from '../scene.ts';

/** What is rendered, and how it begins and ends. */
export interface RenderOptions extends Partial<EngineOptions> {
  readonly seconds: number;
  /** Fade at the start; the end is faded by half of it. 0 for none; when absent 2 s, less below 3 s of sound. */
  readonly fadeSec?: number;
  /** Renders a night: sleep limits, and no fade at the end but the programme's own. */
  readonly night?: NightPlan;
  /** Every chunk is in the same two buffers: for hours of sound. */
  readonly reuseBuffers?: boolean;
}

/** Both channels, of the same length. */
export interface StereoChunk {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Half a second: short enough to cancel, long enough to be cheap. */
const CHUNK_SEC = 0.5;
const FADE_IN_SEC = 2;
const NIGHT_FADE_IN_SEC = 8;
/** Of a very short sound, so that there is something between its fades. */
const MAX_FADE_IN_SHARE = 2 / 3;

/**
 * Renders a scene chunk by chunk.
 * @param scene - a restored scene
 * @param options - length, fades, night, engine options
 * @yields consecutive chunks; unless `reuseBuffers` is set, their buffers may be stored or transferred
 */
export function* renderChunks(
  scene: Scene,
  options: RenderOptions,
): Generator<StereoChunk & { readonly engine: Engine }> {
  const { night } = options;
  const engine = new Engine(night ? { ...options, mode: 'sleep' } : options);
  const { sampleRate } = engine.options;
  const defaultFadeSec = night ? NIGHT_FADE_IN_SEC : Math.min(FADE_IN_SEC, MAX_FADE_IN_SHARE * options.seconds);
  const fadeSec = options.fadeSec ?? defaultFadeSec;
  const total = Math.round(options.seconds * sampleRate);
  const fadeOutAt = night ? Infinity : total - Math.round(0.5 * fadeSec * sampleRate);
  engine.setScene(scene);
  if (night) engine.startNight(night);
  engine.start(fadeSec);
  const chunkFrames = Math.round(CHUNK_SEC * sampleRate);
  const buffers =
    options.reuseBuffers === true
      ? { left: new Float32Array(chunkFrames), right: new Float32Array(chunkFrames) }
      : null;
  let done = 0;
  while (done < total) {
    const untilFade = done < fadeOutAt && fadeSec > 0 ? fadeOutAt - done : Infinity;
    if (fadeSec > 0 && done >= fadeOutAt && engine.running) engine.stop(0.5 * fadeSec);
    const frames = Math.min(chunkFrames, total - done, untilFade);
    const left = buffers?.left.subarray(0, frames) ?? new Float32Array(frames);
    const right = buffers?.right.subarray(0, frames) ?? new Float32Array(frames);
    engine.process(left, right);
    done += frames;
    yield { left, right, engine };
  }
}

/**
 * Renders a scene into memory: for short sounds.
 * @param scene - a restored scene
 * @param options - length, fades, night, engine options
 * @returns both channels
 */
export function renderScene(scene: Scene, options: RenderOptions): StereoChunk {
  const sampleRate = options.sampleRate ?? 48000;
  const total = Math.round(options.seconds * sampleRate);
  const left = new Float32Array(total);
  const right = new Float32Array(total);
  let at = 0;
  for (const chunk of renderChunks(scene, options)) {
    left.set(chunk.left, at);
    right.set(chunk.right, at);
    at += chunk.left.length;
  }
  return { left, right };
}
