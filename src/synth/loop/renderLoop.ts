// A scene as a seamless loop: rounds until every state is what it was one round before → the next round, in pieces.
import { Engine } from '../engine/engine.ts';
import { LoopJoin } from './cutPoint.ts';
import { RoundEnd } from './convergence.ts';
import { settlesAtSec } from '../master/loudnessRider.ts';
import type { Mode, Scene } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

export interface LoopOptions {
  /** Length asked for; see `loopFrames`. */
  readonly seconds: number;
  readonly sampleRate?: number;
  readonly mode?: Mode;
  /** How many times round is handed out; 1 when absent. Every round holds the same samples. */
  readonly rounds?: number;
}

export interface LoopPiece {
  /** Fresh buffers; empty while the loop settles. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Share of the whole work that is done, 0…1. */
  readonly share: number;
}

const PIECE_BLOCKS = 188;
const NOTHING = new Float32Array(0);
/** The end of a round is compared with the end of the one before … */
const COMPARED_SEC = 6;
/** … so often. */
const FEWEST_ROUNDS = 2;
const MOST_ROUNDS = 10;
/** Very short loops go round at least for this long. */
const MOST_SEC = 120;

/** Length of the loop in frames: the whole blocks of 128 nearest to `seconds` (1.4 ms off at most), at least one second. */
export function loopFrames(seconds: number, sampleRate: number): number {
  return (
    Math.max(Math.ceil(sampleRate / BLOCK_FRAMES), Math.round((seconds * sampleRate) / BLOCK_FRAMES)) * BLOCK_FRAMES
  );
}

/**
 * Yields exactly `loopFrames` frames that may be played round and round. No cross-fade: the voices' rounds overlap as they
 * are (see `LoopedVoice`), paths and slow changes close, and what remembers (rooms, filters, limits) has heard the loop
 * before. Events, noise and level differ from the endless sound's only by what closing needs.
 */
export function* renderLoop(scene: Scene, options: LoopOptions): Generator<LoopPiece> {
  const { seconds, sampleRate = 48000, mode = 'day', rounds = 1 } = options;
  const total = loopFrames(seconds, sampleRate);
  const loopSec = total / sampleRate;
  const engine = new Engine({ sampleRate, mode, loopSec });
  engine.setScene(scene);
  engine.start(0);
  // A long loop settles on its first way; a short one needs more, as it turns out.
  const long = settlesAtSec(loopSec) < loopSec;
  const join = new LoopJoin(total, sampleRate);
  const compared = new RoundEnd(Math.min(total, Math.round(COMPARED_SEC * sampleRate)), total);
  let warm = 0;
  let settled = false;
  let share = 0;
  while (!settled) {
    const expected = long ? 1 : Math.max(FEWEST_ROUNDS, warm + 1);
    join.restart();
    for (const { left, right, done } of pieces(engine, total)) {
      compared.take(left, right);
      join.take(left, right);
      // One more round than expected: the share waits, it never goes back.
      share = Math.max(share, (warm + done / total) / (expected + rounds));
      yield { left: NOTHING, right: NOTHING, share };
    }
    warm += 1;
    const same = compared.close();
    settled = long || (warm >= FEWEST_ROUNDS && same) || warm >= Math.max(MOST_ROUNDS, MOST_SEC / loopSec);
  }
  const skipped = join.frames;
  for (const { done } of pieces(engine, skipped)) {
    share = Math.max(share, (warm * total + done) / ((warm + rounds) * total + skipped));
    yield { left: NOTHING, right: NOTHING, share };
  }
  for (const { left, right, done } of pieces(engine, rounds * total)) {
    share = Math.max(share, (warm * total + skipped + done) / ((warm + rounds) * total + skipped));
    yield { left, right, share };
  }
}

function* pieces(engine: Engine, total: number): Generator<{ left: Float32Array; right: Float32Array; done: number }> {
  for (let done = 0; done < total;) {
    const frames = Math.min(PIECE_BLOCKS * BLOCK_FRAMES, total - done);
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    engine.process(left, right);
    done += frames;
    yield { left, right, done };
  }
}
