// Export job: renders one audio file, with destination, progress, cancel and result. Goes on while its dialog is closed.
import type { ExportedFile, RenderClient } from '../../../audio/types.ts';
import { FORMATS } from '../../../audio/types.ts';
import { metadataFor } from '../../../formats/audioMetadata.ts';
import type { Preset } from '../../../formats/preset.ts';
import { WorkerError } from '../../../lib/workerRpc.ts';
import { describeScene } from '../../describeScene.ts';
import { download } from '../../kit/download.ts';
import { createContext } from 'svelte';
import type { Toasts } from '../../app/toasts.svelte.ts';
import { applyListeningFilters } from '../editor/sceneEdits.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { goTexts as texts } from './texts.ts';
import { encodingOf, formatBytes, planBytes, soundFileName, soundOf, wantsPlace } from './exportOptions.ts';
import type { SoundPlan } from './exportOptions.ts';

export type ExportState =
  | { readonly kind: 'choosing'; readonly said: string; readonly isProblem: boolean }
  | { readonly kind: 'making'; readonly fileName: string }
  | { readonly kind: 'ready'; readonly fileName: string; readonly made: ExportedFile };

const CHOOSING: ExportState = { kind: 'choosing', said: '', isProblem: false };
const MS = 1000;

/** Chromium's, and missing from the types: the person picks a place for a new file. Call inside a user gesture. */
type SavePicker = (options: {
  readonly suggestedName: string;
  readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
}) => Promise<FileSystemFileHandle>;

/** What an export needs. */
export interface ExportJobOptions {
  readonly renderer: Pick<RenderClient, 'exportFile' | 'removeOrphanedFiles' | 'freeBytes'>;
  readonly settings: Pick<Settings, 'isBlocked'>;
  readonly toasts: Pick<Toasts, 'list' | 'show' | 'showProblem' | 'dismiss'>;
}

/** The page's one export job; it outlives its dialog. */
export const [getExportJob, setExportJob] = createContext<ExportJob>();

/** Renders one audio file at a time. */
export class ExportJob {
  state: ExportState = $state.raw(CHOOSING);
  /** 0…1. */
  share: number = $state(0);
  /** How much faster than listening it goes, and what is left; null until that can be said. */
  pace: { readonly times: number; readonly leftSec: number } | null = $state.raw(null);
  readonly #options: ExportJobOptions;
  #abort: AbortController | undefined;

  constructor(options: ExportJobOptions) {
    this.#options = options;
    void options.renderer.removeOrphanedFiles();
  }

  /**
   * Renders an audio file. Call inside a user gesture: large files ask for a place. Never rejects.
   * @param preset - the preset
   * @param plan - range, length, format, and whether both sides carry everything
   */
  async make(preset: Preset, plan: SoundPlan & { readonly oneEar: boolean }): Promise<void> {
    if (this.state.kind === 'making') return;
    const { renderer, toasts } = this.#options;
    this.#dismissProblem();
    this.clear();
    const fileName = soundFileName(preset.name, plan);
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const picked = wantsPlace(plan) ? await pickPlace(fileName, plan) : null;
      if (picked === 'cancelled') return;
      if (!picked) await this.#checkRoom(plan);
      this.#begin(fileName);
      const beganAt = performance.now();
      const made = await renderer.exportFile(this.#spec(preset, plan), {
        picked,
        signal: abort.signal,
        onProgress: (share) => {
          this.#progress(share, plan.seconds, (performance.now() - beganAt) / MS);
        },
      });
      if (abort.signal.aborted) {
        made.release();
        return;
      }
      this.state = { kind: 'ready', fileName, made };
      if (made.file) download(fileName, made.file);
      toasts.show(made.file ? texts.ready(fileName) : texts.placed(fileName));
    } catch (error) {
      if (abort.signal.aborted) return;
      const said = error instanceof NoRoom ? error.message : isDiskFull(error) ? texts.diskFull : texts.failed;
      this.state = { kind: 'choosing', said, isProblem: true };
      toasts.showProblem(said);
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.state = { kind: 'choosing', said: texts.cancelled, isProblem: false };
  }

  again(): void {
    if (this.state.kind === 'ready' && this.state.made.file) download(this.state.fileName, this.state.made.file);
  }

  /** Lets the finished file go, and the room it takes with it. */
  clear(): void {
    if (this.state.kind === 'making') return;
    if (this.state.kind === 'ready') this.state.made.release();
    this.state = CHOOSING;
  }

  /** What went wrong last time is no news once it is tried again. */
  #dismissProblem(): void {
    const { state } = this;
    const { toasts } = this.#options;
    if (state.kind !== 'choosing') return;
    for (const { id, text } of toasts.list) if (text === state.said) toasts.dismiss(id);
  }

  #begin(fileName: string): void {
    this.share = 0;
    this.pace = null;
    this.state = { kind: 'making', fileName };
  }

  #progress(share: number, seconds: number, tookSec: number): void {
    this.share = share;
    // The first moment is spent loading and says nothing.
    if (tookSec < 1 || share <= 0) return;
    this.pace = { times: (share * seconds) / tookSec, leftSec: (tookSec * (1 - share)) / share };
  }

  #spec(preset: Preset, plan: SoundPlan & { readonly oneEar: boolean }) {
    const { settings } = this.#options;
    const blocked = (trigger: string): boolean => settings.isBlocked(trigger);
    return {
      scene: applyListeningFilters(preset.scene, { solo: new Set(), blocked, mono: plan.oneEar }),
      mode: plan.kind === 'night' ? ('sleep' as const) : ('day' as const),
      range: soundOf(plan),
      encoding: encodingOf(plan),
      tags: metadataFor(preset, describeScene(preset.scene)),
    };
  }

  async #checkRoom(plan: SoundPlan): Promise<void> {
    const free = await this.#options.renderer.freeBytes();
    const needed = planBytes(plan);
    if (free !== null && needed > free) throw new NoRoom(texts.noRoom(formatBytes(needed), formatBytes(free)));
  }
}

class NoRoom extends Error {}

function isDiskFull(error: unknown): boolean {
  return error instanceof WorkerError && error.code === 'QuotaExceededError';
}

/** null: this browser has no such picker, or will not open it now. */
async function pickPlace(suggestedName: string, plan: SoundPlan): Promise<FileSystemFileHandle | 'cancelled' | null> {
  const { showSaveFilePicker: pick } = globalThis as { showSaveFilePicker?: SavePicker };
  const { mime, extension } = FORMATS[plan.format];
  try {
    return (await pick?.({ suggestedName, types: [{ accept: { [mime]: [extension] } }] })) ?? null;
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError' ? 'cancelled' : null;
  }
}
