// One audio file in the making: progress, cancel, the finished file. Lives on while its dialog is closed.
import type { Scene } from '../../synth/index.ts';
import { download } from '../library/download.ts';
import type { Library } from '../library.svelte.ts';
import { audible } from '../session/sceneEdits.ts';
import { dialogTexts } from './texts.ts';
import { wavFileName } from './wavPlan.ts';
import type { WavPlan } from './wavPlan.ts';

export type WavState =
  | { readonly kind: 'choosing'; readonly said: string; readonly isProblem: boolean }
  | { readonly kind: 'making'; readonly fileName: string }
  | { readonly kind: 'ready'; readonly fileName: string; readonly file: Blob };

const texts = dialogTexts.wav;
const CHOOSING: WavState = { kind: 'choosing', said: '', isProblem: false };

export class WavJob {
  state: WavState = $state.raw(CHOOSING);
  /** 0…1. */
  share: number = $state(0);
  readonly #library: Library;
  #abort: AbortController | undefined;

  constructor(library: Library) {
    this.#library = library;
  }

  async make(name: string, scene: Scene, plan: WavPlan & { readonly oneEar: boolean }): Promise<void> {
    const { settings, renderer, toasts } = this.#library;
    const abort = new AbortController();
    this.#abort = abort;
    this.share = 0;
    const fileName = wavFileName(name);
    this.state = { kind: 'making', fileName };
    const blocked = (trigger: string): boolean => settings.isNever(trigger);
    try {
      const file = await renderer.wav(audible(scene, { solo: new Set(), blocked, mono: plan.oneEar }), {
        seconds: plan.seconds,
        sampleRate: plan.sampleRate,
        bits: plan.bits,
        signal: abort.signal,
        onProgress: (share) => {
          this.share = share;
        },
      });
      if (abort.signal.aborted) return;
      this.state = { kind: 'ready', fileName, file };
      download(fileName, file);
      toasts.say(texts.ready(fileName));
    } catch (error) {
      if (abort.signal.aborted) return;
      const said = texts.failed(error instanceof Error ? error.message : '').trim();
      this.state = { kind: 'choosing', said, isProblem: true };
      toasts.problem(said);
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.state = { kind: 'choosing', said: texts.cancelled, isProblem: false };
  }

  again(): void {
    if (this.state.kind === 'ready') download(this.state.fileName, this.state.file);
  }

  /** Lets the finished file go, and its memory with it. */
  clear(): void {
    if (this.state.kind !== 'making') this.state = CHOOSING;
  }
}
