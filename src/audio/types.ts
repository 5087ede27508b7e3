// What the rest of the app may know of the audio host. `ui` imports this file and nothing else of `audio`.
import type { Scene } from '../synth/index.ts';
import type { AudioFormat } from './export/format.ts';
import type { AudioFileSpec } from './export/writeAudioFile.ts';
import type { SceneTransition, OnsetReport } from './messages.ts';
import type { NightHost } from './nightTypes.ts';
import type { ExportedFile } from './export/fileDestination.ts';

export type { SceneTransition, OnsetReport } from './messages.ts';
export type { Interruption, InterruptionCause, NightReport } from './nightTypes.ts';
export { estimateBytes, FORMATS } from './export/format.ts';
export type { AudioFormat, Encoding, SampleBits } from './export/format.ts';
export type { ExportRange } from './export/renderExport.ts';
export type { AudioFileSpec } from './export/writeAudioFile.ts';
export type { ExportedFile } from './export/fileDestination.ts';

/**
 * idle: no audio opened yet · starting: libraries and engine load · playing · stopping: fading out · resting: open, silent ·
 * recovering: the sound broke off and is being rebuilt · blocked: the browser wants a user gesture · failed: see `failure`.
 */
export type HostState = 'idle' | 'starting' | 'playing' | 'stopping' | 'resting' | 'recovering' | 'blocked' | 'failed';

/** noWebAudio: the browser does not offer Web Audio here · startFailed: no graph could be opened. */
export type HostFailure = 'noWebAudio' | 'startFailed';

export interface HostReport {
  readonly onsets: readonly OnsetReport[];
  readonly momentaryLufs: number;
  readonly truePeakDb: number;
  readonly positions: readonly { readonly layerId: string; readonly azimuthDeg: number; readonly distanceM: number }[];
}

/** Live sound. Every method may be called at any time, in any state; none throws. */
export interface AudioHost extends NightHost {
  readonly state: HostState;
  /** Why, when `state` is failed. */
  readonly failure: HostFailure | null;
  /** Call inside the press itself. Fades in over two seconds. */
  play(): Promise<void>;
  /** Brings back what the device let go of, by day or by night. Call inside the press. */
  resume(): Promise<void>;
  /** Inaudible within 50 ms, without a click. `fadeSec`: more slowly, when nobody is in a hurry. */
  stop(fadeSec?: number): void;
  /** What the system may show of the sound (lock screen, headset): its name, or nothing but the app's. */
  setTitle(title: string): void;
  /** Cheaper in some things that are hardly heard: for old phones and long nights. */
  setLowPower(lowPower: boolean): void;
  /** Takes over a scene: sent once per frame at most, the last one wins. Solo is applied by the caller as mutes. */
  setScene(scene: Scene, change: SceneTransition): void;
  /** 0…1; glides. */
  setVolume(volume: number): void;
  /** Plays a single gesture of one layer, also while resting. Call inside the press. */
  auditionLayer(layerId: string): Promise<void>;
  /** Called on every change of state. Returns the way to stop listening. */
  onState(listener: (state: HostState) => void): () => void;
  /** Called at most 30 times a second while sounding. */
  onReport(listener: (report: HostReport) => void): () => void;
  /** Fills `out` (1024 values) with the spectrum now, dB; false while there is nothing to see. */
  readSpectrum(out: Float32Array): boolean;
  /** Sample rate of the running context, or 48000. */
  readonly sampleRate: number;
}

/** Offline work in a background worker. All methods reject with an Error in plain words, or an AbortError. */
export interface RenderClient {
  /** An audio file, made in bounded memory however long it is. Nothing is left of one that failed or was cancelled. */
  exportFile(
    spec: AudioFileSpec,
    options: {
      /** Where the person wants it; null: the finished file is handed back. */
      readonly picked: FileSystemFileHandle | null;
      readonly signal: AbortSignal;
      readonly onProgress: (share: number) => void;
    },
  ): Promise<ExportedFile>;
  /** Whether this browser can make such files. */
  canEncode(format: AudioFormat): Promise<boolean>;
  /** What the browser would still let this page write, in bytes; null where it does not say. */
  freeBytes(): Promise<number | null>;
  /** Removes unfinished files of pages that are gone. Never rejects. */
  removeOrphanedFiles(): Promise<void>;
  /** The sound's own picture: `columns × rows` levels 0…255, column by column, low frequencies first. */
  renderThumbnail(
    scene: Scene,
    options: { readonly seconds: number; readonly columns: number; readonly rows: number },
  ): Promise<Uint8Array>;
  /** Integrated loudness of the scene's first `seconds`, LUFS. */
  measureLoudness(scene: Scene, seconds: number): Promise<number>;
  /** SHA-256 of the samples: the same everywhere, so two people can be sure they hear the same. */
  hashSamples(scene: Scene, options: { readonly seconds: number; readonly sampleRate: number }): Promise<string>;
}
