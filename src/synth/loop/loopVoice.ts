// One layer of a loop: a new voice each round + the previous one, which finishes its gestures → the same sum every round.
import type { ArenaScope } from '../dsp/arena.ts';
import { cos, sin } from '../dsp/math.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import type { Block, Emitter, Trigger, Voice, VoiceContext } from '../trigger.ts';

/** Equal-power cross-fade of what sounds without gestures, between two rounds. */
const CROSSFADE_SEC = 0.5;
/** A voice of an earlier round is released after this long of silence. */
const RELEASE_AFTER_SEC = 2;
const SILENT_ENERGY = 1e-13;

interface Round {
  readonly voice: Voice<never>;
  readonly scope: ArenaScope;
  readonly block: { -readonly [K in keyof Block]: Block[K] };
  silentFrames: number;
}

/**
 * Periodic by construction: every round is played by a new voice with the same seed, and its tail overlaps the beginning of
 * the next. From the second round on all are equal, whatever the voice does inside.
 */
export class LoopVoice implements Voice<never> {
  readonly #trigger: Trigger;
  readonly #context: VoiceContext;
  readonly #loopFrames: number;
  readonly #crossfadeFrames: number;
  /** Where the voices write before they are mixed: each may move its emitters. */
  readonly #emitters: Emitter[] = [];
  /** Newest last. */
  readonly #rounds: Round[] = [];
  #frame = 0;
  #onset: Block['onset'] = () => undefined;

  /**
   * @param trigger - creates the voice of each round
   * @param context - its `loopSec` must be a whole number of blocks
   */
  constructor(trigger: Trigger, context: VoiceContext) {
    this.#trigger = trigger;
    this.#context = context;
    this.#loopFrames = Math.round(context.loopSec * context.sampleRate);
    this.#crossfadeFrames = CROSSFADE_SEC * context.sampleRate;
    for (let i = 0; i < trigger.emitters; i++) {
      this.#emitters.push({ out: context.arena.floats(BLOCK_FRAMES), offset: 0 });
    }
  }

  get strokePosition(): number {
    return this.#rounds.at(-1)?.voice.strokePosition ?? 0;
  }

  render(block: Block, values: never): void {
    if (this.#frame % this.#loopFrames === 0) this.#startRound(block);
    this.#onset = (offsetFrames, strength, emitter) => {
      block.onset(offsetFrames, strength, emitter);
    };
    for (let i = 0; i < this.#rounds.length; i++) {
      const round = this.#rounds[i];
      if (round) this.#renderRound(round, block, values, i === this.#rounds.length - 1);
    }
    this.#frame += BLOCK_FRAMES;
    const oldest = this.#rounds[0];
    if (!oldest || this.#rounds.length === 1) return;
    // Two rounds at most: a tail longer than a whole loop is cut.
    if (this.#rounds.length > 2 || oldest.silentFrames > RELEASE_AFTER_SEC * this.#context.sampleRate) {
      oldest.scope.releaseAll();
      this.#rounds.shift();
    }
  }

  #startRound(block: Block): void {
    block.emitters.forEach(({ offset }, i) => {
      const emitter = this.#emitters[i];
      if (emitter && this.#rounds.length === 0) emitter.offset = offset;
    });
    const scope = this.#context.arena.child();
    this.#rounds.push({
      voice: this.#trigger.create({ ...this.#context, arena: scope }),
      scope,
      block: {
        frame: 0,
        timeSec: 0,
        frames: BLOCK_FRAMES,
        emitters: this.#emitters,
        loopGain: 0,
        onset: (offsetFrames, strength, emitter) => {
          this.#onset(offsetFrames, strength, emitter);
        },
      },
      silentFrames: 0,
    });
  }

  #renderRound(round: Round, block: Block, values: never, newest: boolean): void {
    const { kernels, sampleRate } = this.#context;
    const { frame } = round.block;
    round.block.timeSec = frame / sampleRate;
    round.block.loopGain = loopGainAt(frame, this.#loopFrames, this.#crossfadeFrames);
    for (const { out } of this.#emitters) kernels.clear(out, BLOCK_FRAMES);
    round.voice.render(round.block, values);
    round.block.frame += BLOCK_FRAMES;
    let energy = 0;
    for (let i = 0; i < this.#emitters.length; i++) {
      const own = this.#emitters[i];
      const emitter = block.emitters[i];
      if (!own || !emitter) continue;
      energy += kernels.energy(own.out, BLOCK_FRAMES);
      kernels.addRamp(own.out, emitter.out, 1, 1, BLOCK_FRAMES);
      if (newest) emitter.offset = own.offset;
    }
    round.silentFrames = energy > SILENT_ENERGY ? 0 : round.silentFrames + BLOCK_FRAMES;
  }
}

/**
 * Computes the level of what sounds without gestures, in a round that began at frame 0.
 * @param frame - frames into the round
 * @param loopFrames - period of the loop
 * @param crossfadeFrames - length of the cross-fade
 * @returns amplitude 0…1
 */
export function loopGainAt(frame: number, loopFrames: number, crossfadeFrames: number): number {
  const quarter = Math.PI / (2 * crossfadeFrames);
  if (frame < crossfadeFrames) return sin(quarter * frame);
  if (frame < loopFrames) return 1;
  return frame < loopFrames + crossfadeFrames ? cos(quarter * (frame - loopFrames)) : 0;
}
