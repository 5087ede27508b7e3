// Offline: a scene to samples, in pieces of any length. Used by the worker, the command line and the tests.
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine.ts';
import type { NightPlan } from '../night/plan.ts';
import type { Scene } from '../scene.ts';

export interface RenderOptions extends Partial<EngineOptions> {
  readonly seconds: number;
  /** Fade at the start; the end is faded by half of it. 0 for none; when absent 2 s, less below 3 s of sound. */
  readonly fadeSec?: number;
  /** Renders a night: sleep limits, and no fade at the end but the programme's own. */
  readonly night?: NightPlan;
  /** Every piece comes in the same two buffers: for hours of sound, whose garbage would pile up. */
  readonly reuse?: boolean;
}

export interface Piece {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Half a second: short enough to cancel, long enough to be cheap. */
const PIECE_SEC = 0.5;
const FADE_IN_SEC = 2;
/** A night begins gently. */
const NIGHT_FADE_IN_SEC = 8;
/** Of a very short sound, so that its fades meet and something is heard between them. */
const MOST_FADE_IN = 2 / 3;

/** Yields the scene's sound piece by piece. Unless `reuse` is set, the buffers are fresh each time and may be kept or transferred. */
export function* renderPieces(scene: Scene, options: RenderOptions): Generator<Piece & { readonly engine: Engine }> {
  const { night } = options;
  const engine = new Engine(night ? { ...options, mode: 'sleep' } : options);
  const { sampleRate } = engine.options;
  const usualFadeSec = night ? NIGHT_FADE_IN_SEC : Math.min(FADE_IN_SEC, MOST_FADE_IN * options.seconds);
  const fadeSec = options.fadeSec ?? usualFadeSec;
  const total = Math.round(options.seconds * sampleRate);
  const fadeOutAt = night ? Infinity : total - Math.round(0.5 * fadeSec * sampleRate);
  engine.setScene(scene);
  if (night) engine.startNight(night);
  engine.start(fadeSec);
  const whole = Math.round(PIECE_SEC * sampleRate);
  const kept = options.reuse === true ? { left: new Float32Array(whole), right: new Float32Array(whole) } : null;
  let done = 0;
  while (done < total) {
    const untilFade = done < fadeOutAt && fadeSec > 0 ? fadeOutAt - done : Infinity;
    if (fadeSec > 0 && done >= fadeOutAt && engine.running) engine.stop(0.5 * fadeSec);
    const frames = Math.min(whole, total - done, untilFade);
    const left = kept?.left.subarray(0, frames) ?? new Float32Array(frames);
    const right = kept?.right.subarray(0, frames) ?? new Float32Array(frames);
    engine.process(left, right);
    done += frames;
    yield { left, right, engine };
  }
}

/** The whole render in memory: for short sounds. */
export function renderScene(scene: Scene, options: RenderOptions): Piece {
  const sampleRate = options.sampleRate ?? 48000;
  const total = Math.round(options.seconds * sampleRate);
  const left = new Float32Array(total);
  const right = new Float32Array(total);
  let at = 0;
  for (const piece of renderPieces(scene, options)) {
    left.set(piece.left, at);
    right.set(piece.right, at);
    at += piece.left.length;
  }
  return { left, right };
}
