// Seamless loop of a scene: rounds until the state of the engine repeats → the next rounds, in chunks.
import { Engine } from '../engine/engine.ts';
import { CutPoint } from './cutPoint.ts';
import { Convergence } from './convergence.ts';
import { settlingTimeSec } from '../master/loudnessRider.ts';
import type { Mode, Scene } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** What is rendered. */
export interface LoopOptions {
  /** Requested length; see `loopFrames`. */
  readonly seconds: number;
  readonly sampleRate?: number;
  readonly mode?: Mode;
  /** Rounds that are returned; 1 when absent. All hold the same samples. */
  readonly rounds?: number;
}

/** Consecutive samples of the loop. */
export interface LoopChunk {
  /** New buffers; empty while the loop converges. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Share of all the work, 0…1. */
  readonly progress: number;
}

const CHUNK_BLOCKS = 188;
const EMPTY = new Float32Array(0);
/** How much of the end of a round is compared with the round before. */
const CONVERGENCE_WINDOW_SEC = 6;
/** Rounds before the loop counts as converged. */
const MIN_WARM_UP_ROUNDS = 2;
const MAX_WARM_UP_ROUNDS = 10;
/** Very short loops may need more rounds: up to this long. */
const MAX_WARM_UP_SEC = 120;

/**
 * Rounds a length to whole blocks of 128 frames (1.4 ms off at most), at least one second.
 * @param seconds - requested length
 * @param sampleRate - Hz
 * @returns frames
 */
export function loopFrames(seconds: number, sampleRate: number): number {
  return (
    Math.max(Math.ceil(sampleRate / BLOCK_FRAMES), Math.round((seconds * sampleRate) / BLOCK_FRAMES)) * BLOCK_FRAMES
  );
}

/**
 * Renders exactly `loopFrames` frames that may be repeated. No cross-fade: the rounds of the voices overlap (see `LoopVoice`),
 * paths and slow changes are periodic, and rooms, filters and limiters have processed the loop before. Events, noise and
 * level differ from the endless sound only by what closing the loop needs.
 * @param scene - a restored scene
 * @param options - length, rate, mode, rounds
 * @yields chunks; empty ones while the loop converges
 */
export function* renderLoop(scene: Scene, options: LoopOptions): Generator<LoopChunk> {
  const { seconds, sampleRate = 48000, mode = 'day', rounds = 1 } = options;
  const total = loopFrames(seconds, sampleRate);
  const loopSec = total / sampleRate;
  const engine = new Engine({ sampleRate, mode, loopSec });
  engine.setScene(scene);
  engine.start(0);
  // A long loop has converged after its first round.
  const long = settlingTimeSec(loopSec) < loopSec;
  const cutPoint = new CutPoint(total, sampleRate);
  const convergence = new Convergence(Math.min(total, Math.round(CONVERGENCE_WINDOW_SEC * sampleRate)), total);
  let warmUpRounds = 0;
  let converged = false;
  let progress = 0;
  while (!converged) {
    const expected = long ? 1 : Math.max(MIN_WARM_UP_ROUNDS, warmUpRounds + 1);
    cutPoint.reset();
    for (const { left, right, done } of renderChunks(engine, total)) {
      convergence.push(left, right);
      cutPoint.push(left, right);
      // One more round than expected: the progress waits, it never goes back.
      progress = Math.max(progress, (warmUpRounds + done / total) / (expected + rounds));
      yield { left: EMPTY, right: EMPTY, progress };
    }
    warmUpRounds += 1;
    const same = convergence.endRound();
    converged =
      long ||
      (warmUpRounds >= MIN_WARM_UP_ROUNDS && same) ||
      warmUpRounds >= Math.max(MAX_WARM_UP_ROUNDS, MAX_WARM_UP_SEC / loopSec);
  }
  const cutFrames = cutPoint.offsetFrames;
  for (const { done } of renderChunks(engine, cutFrames)) {
    progress = Math.max(progress, (warmUpRounds * total + done) / ((warmUpRounds + rounds) * total + cutFrames));
    yield { left: EMPTY, right: EMPTY, progress };
  }
  for (const { left, right, done } of renderChunks(engine, rounds * total)) {
    progress = Math.max(
      progress,
      (warmUpRounds * total + cutFrames + done) / ((warmUpRounds + rounds) * total + cutFrames),
    );
    yield { left, right, progress };
  }
}

function* renderChunks(
  engine: Engine,
  total: number,
): Generator<{ left: Float32Array; right: Float32Array; done: number }> {
  for (let done = 0; done < total;) {
    const frames = Math.min(CHUNK_BLOCKS * BLOCK_FRAMES, total - done);
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    engine.process(left, right);
    done += frames;
    yield { left, right, done };
  }
}
