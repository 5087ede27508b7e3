// Public types of the audio host. `ui` imports this file and nothing else of `audio`.
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

/** What a running graph reports. */
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
  /** Plays in day mode. Call inside a user gesture. Fades in over two seconds. */
  play(): Promise<void>;
  /** Resumes after an interruption, by day or by night. Call inside a user gesture. */
  resume(): Promise<void>;
  /** Fades out: within 50 ms, or over `fadeSec`. */
  stop(fadeSec?: number): void;
  /** Title for the system’s media controls (lock screen, headset). */
  setTitle(title: string): void;
  /** Less work where it is hardly audible: for old phones and long nights. */
  setLowPower(lowPower: boolean): void;
  /** Sets the scene: sent once per animation frame at most, the last one wins. The caller applies solo as mutes. */
  setScene(scene: Scene, change: SceneTransition): void;
  /** 0…1; glides. */
  setVolume(volume: number): void;
  /** Plays a single gesture of one layer, also while resting. Call inside a user gesture. */
  auditionLayer(layerId: string): Promise<void>;
  /** Subscribes to changes of state. Returns an unsubscribe function. */
  onState(listener: (state: HostState) => void): () => void;
  /** Subscribes to reports, at most 30 a second while sounding. Returns an unsubscribe function. */
  onReport(listener: (report: HostReport) => void): () => void;
  /** Fills `out` (1024 values) with the spectrum now, dB; false while there is nothing to see. */
  readSpectrum(out: Float32Array): boolean;
  /** Sample rate of the running context, or 48000. */
  readonly sampleRate: number;
}

/** Offline rendering in a worker. Methods reject with a WorkerError (a code), or an AbortError. */
export interface RenderClient {
  /** Renders an audio file in bounded memory, however long it is. Nothing is left of one that failed or was cancelled. */
  exportFile(
    spec: AudioFileSpec,
    options: {
      /** File the user picked; null: the finished file is returned. */
      readonly picked: FileSystemFileHandle | null;
      readonly signal: AbortSignal;
      readonly onProgress: (share: number) => void;
    },
  ): Promise<ExportedFile>;
  /** Whether this browser can encode the format. */
  canEncode(format: AudioFormat): Promise<boolean>;
  /** Bytes that the browser would still let this page write; null where it does not say. */
  freeBytes(): Promise<number | null>;
  /** Removes temporary files of pages that no longer exist. Never rejects. */
  removeOrphanedFiles(): Promise<void>;
  /** Spectrogram of the sound: `columns × rows` levels 0…255, column by column, low frequencies first. */
  renderThumbnail(
    scene: Scene,
    options: { readonly seconds: number; readonly columns: number; readonly rows: number },
  ): Promise<Uint8Array>;
  /** Integrated loudness of the scene's first `seconds`, LUFS. */
  measureLoudness(scene: Scene, seconds: number): Promise<number>;
  /** SHA-256 of the samples: the same in every browser. */
  hashSamples(scene: Scene, options: { readonly seconds: number; readonly sampleRate: number }): Promise<string>;
}
