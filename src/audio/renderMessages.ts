// Every message between the page and the render worker.
import type { Scene } from '../synth/index.ts';
import type { SoundFileSpec } from './export/writeAudioFile.ts';
import type { FileTarget } from './export/fileDestination.ts';

export type ToRenderWorker =
  | { readonly type: 'file'; readonly id: number; readonly spec: SoundFileSpec; readonly target: FileTarget }
  | {
      readonly type: 'picture';
      readonly id: number;
      readonly scene: Scene;
      readonly seconds: number;
      readonly columns: number;
      readonly rows: number;
    }
  | { readonly type: 'loudness'; readonly id: number; readonly scene: Scene; readonly seconds: number }
  | {
      readonly type: 'hash';
      readonly id: number;
      readonly scene: Scene;
      readonly seconds: number;
      readonly sampleRate: number;
    };

export type FromRenderWorker =
  | { readonly type: 'progress'; readonly id: number; readonly share: number }
  /** `file` is null when it already lies where it was wanted. */
  | { readonly type: 'file'; readonly id: number; readonly file: Blob | null }
  /** `columns × rows` levels 0…255, column by column, low frequencies first; `layer` index of the loudest layer is not told. */
  | { readonly type: 'picture'; readonly id: number; readonly levels: Uint8Array }
  | { readonly type: 'loudness'; readonly id: number; readonly lufs: number }
  | { readonly type: 'hash'; readonly id: number; readonly sha256: string }
  /** `name`: the error's own, for what can be told apart. */
  | { readonly type: 'failed'; readonly id: number; readonly name: string; readonly message: string };
