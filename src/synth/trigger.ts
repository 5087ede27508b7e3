// Contract of every trigger: id, parameters, and how a voice renders its sound.
//
// Loops. A voice that plays one round of a loop has a finite `loopSec`. It is created anew each round, with the same seed, and
// after its end it finishes its gestures under the next one. For a seamless loop:
// (1) Gestures are periodic and then end: pass `loopSec` to `OnsetClock`, `Strokes` or `SheetHandling`, or fit your own
//     intervals with `LoopFit`.
// (2) What sounds without a gesture is scaled by `block.loopGain`: amplitudes by it, rates and powers by its square.
// (3) Slow variation is periodic: pass `loop: loopSec` to `SmoothNoise`, and use whole periods of anything else.
// (4) After its round a voice falls silent within 20 s.
// tests/synth/contract.test.ts holds every trigger to it.
import type { DspContext } from './dsp/block.ts';
import type { Random } from './dsp/random.ts';
import type { Ptr } from './kernelExports.ts';
import type { ParamSpecs, ValuesOf } from './params.ts';
import type { Mode } from './scene.ts';

/** A mono point that space places round the head. The voice adds to `out`, which the engine has cleared. */
export interface Emitter {
  /** `BLOCK_FRAMES` float32 samples. */
  readonly out: Ptr;
  /** Where this point lies across the layer's spread, −1 (its right edge) … 1 (its left edge). The voice may move it. */
  offset: number;
}

/** Everything a voice may allocate from or draw from. Valid in `create` only, except the kernels and the draws. */
export interface VoiceContext extends DspContext {
  /** Random streams of this voice: the same scene, seed and layer id give the same numbers. */
  readonly random: Random;
  readonly mode: Mode;
  /** True: play one single gesture (a tap group, a stroke, a squeeze), then fall silent for ever. */
  readonly oneShot: boolean;
  /** Period of the loop the voice is one round of (see above); Infinity: no loop. */
  readonly loopSec: number;
  /** Less work where it is hardly audible. */
  readonly lowPower?: boolean;
}

/** One block to fill. The object is reused: read it, do not keep it. */
export interface Block {
  /** Frames since the voice began; blocks follow one another without gaps. */
  readonly frame: number;
  readonly timeSec: number;
  readonly frames: number;
  readonly emitters: readonly Emitter[];
  /**
   * Level (amplitude, 0…1) of whatever sounds without a gesture: 1, but at a loop's seam it goes from the old round to the
   * new one at equal power. Rates and powers take its square.
   */
  readonly loopGain: number;
  /** Reports an onset for the picture: offset in frames inside this block, strength [0, 1], emitter index. */
  onset(offsetFrames: number, strength: number, emitter: number): void;
}

export interface Voice<V> {
  /** Adds this block's sound to the emitters. Never allocates, never throws, never writes NaN. */
  render(block: Block, values: V): void;
  /** Position along the stroke, −1…1, for the path `strokes`. 0 where there are no strokes. */
  readonly strokePosition: number;
}

export type Family = 'contact' | 'crackle' | 'friction' | 'air' | 'water' | 'ambience';

export interface Trigger<P extends ParamSpecs = ParamSpecs> {
  /** Frozen for ever: presets hold it. Its words: `triggers/<id>.messages.ts`. */
  readonly id: string;
  readonly family: Family;
  /** Must hold the six house macros that make sense here, then the trigger's own detail. */
  readonly params: P;
  /** 1…4 mono points; textures want 2 or more with independent noise for width. */
  readonly emitters: 1 | 2 | 3 | 4;
  create(context: VoiceContext): Voice<ValuesOf<P>>;
}

/**
 * Types a trigger's values by its own parameter table.
 * @param trigger - the definition
 * @returns the same
 */
export function defineTrigger<const P extends ParamSpecs>(trigger: Trigger<P>): Trigger {
  return trigger;
}
