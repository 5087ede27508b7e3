// Messages between the page and the audio worklet.
import type { Mode, NightState, NightPlan, Scene } from '../synth/index.ts';

/** How a scene takes over: `edit` glides what stayed, `blend` cross-fades everything over two seconds. */
export type SceneTransition = 'edit' | 'blend';

/** Starts a night at a position of its plan, or seeks the one that runs. */
export interface NightStartCommand {
  readonly plan: NightPlan;
  readonly atSec: number;
  /** Audio clock at which the night stood at `atSec`; the time since then is added. */
  readonly clockSec: number;
  /** Programme seconds per second: above 1 for a preview; the sound itself is not changed. */
  readonly speed: number;
  /** Whether an ambience layer may be added to sparse sounds. */
  readonly ambience: boolean;
  readonly fadeSec: number;
}

export interface ProcessorOptions {
  readonly scene: Scene;
  readonly mode: Mode;
  /** Starts at once with a fade-in of this time; when absent the engine waits for `start`. */
  readonly startFadeSec?: number;
  /** Less work where it is hardly audible. */
  readonly lowPower?: boolean;
}

export type ToWorklet =
  | { readonly type: 'scene'; readonly scene: Scene; readonly transition: SceneTransition }
  /** Plays in day mode; ends a night that runs. */
  | { readonly type: 'start'; readonly fadeSec: number }
  /** Plays a night, or seeks in the one that runs. */
  | { readonly type: 'night'; readonly command: NightStartCommand }
  | { readonly type: 'plan'; readonly plan: NightPlan }
  /** The night should stand at `sec` when the audio clock shows `clockSec`. */
  | { readonly type: 'nightAt'; readonly sec: number; readonly clockSec: number }
  /** A hidden page gets one report a second. */
  | { readonly type: 'hidden'; readonly hidden: boolean }
  | { readonly type: 'lowPower'; readonly lowPower: boolean }
  | { readonly type: 'stop'; readonly fadeSec: number }
  | { readonly type: 'auditionLayer'; readonly layerId: string; readonly nonce: number };

/** An onset for the visualisation. `delaySec`: from this message to the sound, without the output latency. */
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
      /** Frames rendered so far. */
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
      /** State of the night, and whether an ambience layer was added to it. */
      readonly night: (NightState & { readonly ambience: boolean }) | null;
    }
  | { readonly type: 'failed'; readonly message: string };
