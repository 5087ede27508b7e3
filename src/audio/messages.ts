// Every message between the page and the audio thread.
import type { Mode, NightState, NightPlan, Scene } from '../synth/index.ts';

/** How a scene takes over: `edit` glides what stayed, `blend` cross-fades everything over two seconds. */
export type SceneTransition = 'edit' | 'blend';

/** A night to play: where in its plan it begins, how fast the programme runs (a preview), and how the sound comes in. */
export interface NightStartCommand {
  readonly plan: NightPlan;
  readonly atSec: number;
  /** The audio clock when the night stood there: what has passed since is added. */
  readonly clockSec: number;
  readonly speed: number;
  /** May a bed be put under sparse sounds? */
  readonly ambience: boolean;
  readonly fadeSec: number;
}

export interface ProcessorOptions {
  readonly scene: Scene;
  readonly mode: Mode;
  /** Starts at once, fading in over this time; else the engine waits for `start`. */
  readonly startFadeSec?: number;
  /** Cheaper in some things that are hardly heard. */
  readonly lowPower?: boolean;
}

export type ToWorklet =
  | { readonly type: 'scene'; readonly scene: Scene; readonly transition: SceneTransition }
  /** Plays by day; ends a night that runs. */
  | { readonly type: 'start'; readonly fadeSec: number }
  /** Plays a night; one that runs goes on elsewhere in its plan. */
  | { readonly type: 'night'; readonly command: NightStartCommand }
  | { readonly type: 'plan'; readonly plan: NightPlan }
  /** The night that runs ought to stand at `sec` when the audio clock shows `clockSec`. */
  | { readonly type: 'nightAt'; readonly sec: number; readonly clockSec: number }
  /** Nobody looks: one report a second is enough. */
  | { readonly type: 'hidden'; readonly hidden: boolean }
  | { readonly type: 'lowPower'; readonly lowPower: boolean }
  | { readonly type: 'stop'; readonly fadeSec: number }
  | { readonly type: 'hearOne'; readonly layerId: string; readonly nonce: number };

/** An onset as the picture needs it. `delaySec`: how long after this message it is heard, before output latency. */
export interface OnsetReport {
  readonly layerId: string;
  readonly delaySec: number;
  readonly strength: number;
  readonly azimuthDeg: number;
  readonly distanceM: number;
}

export type FromWorklet =
  | {
      readonly type: 'report';
      /** Frames rendered so far: the clock that cannot lie. */
      readonly frame: number;
      /** The audio clock at this report. */
      readonly clockSec: number;
      readonly onsets: readonly OnsetReport[];
      readonly momentaryLufs: number;
      readonly truePeakDb: number;
      /** Where each layer sounds now. */
      readonly positions: readonly {
        readonly layerId: string;
        readonly azimuthDeg: number;
        readonly distanceM: number;
      }[];
      /** Voices rebuilt after a broken sample. */
      readonly rebuilt: number;
      /** False once a stop has faded to nothing. */
      readonly sounding: boolean;
      /** Where the night stands, and whether a bed lies under it. */
      readonly night: (NightState & { readonly ambience: boolean }) | null;
    }
  | { readonly type: 'failed'; readonly message: string };
