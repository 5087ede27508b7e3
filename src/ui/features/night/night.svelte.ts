// Night: choices, the running night, its checkpoint for a reload, and the log of the last nights. The audio host keeps its own time.
import type { AudioHost, Interruption, NightReport } from '../../../audio/types.ts';
import { Signal } from '../../../lib/signal.ts';
import { createAmbienceLayer, extendNight } from '../../../synth/index.ts';
import type { NightPlan } from '../../../synth/index.ts';
import type { AppState } from '../../app/appState.svelte.ts';
import type { Toasts } from '../../app/toasts.svelte.ts';
import type { SceneEditor } from '../editor/sceneEditor.svelte.ts';
import { sameScene } from '../editor/sceneEdits.ts';
import type { CurrentPreset } from '../library/currentPreset.svelte.ts';
import type { SavedPresets } from '../library/savedPresets.svelte.ts';
import { isLockHeld, PLAYING_LOCK } from '../../../storage/webLock.ts';
import type { Player } from '../player/player.svelte.ts';
import type { Settings } from '../settings/settings.svelte.ts';
import { isResumable, parseCheckpoint } from './nightCheckpoint.ts';
import type { NightCheckpoint } from './nightCheckpoint.ts';
import { readChoices, resolvePlan } from './nightChoices.ts';
import type { NightChoices, ResolvedPlan } from './nightChoices.ts';
import { readNightLog } from './nightLog.ts';
import type { NightLog } from './nightLog.ts';

/** What the night needs. */
export interface NightOptions {
  readonly host: AudioHost;
  readonly settings: Settings;
  readonly editor: SceneEditor;
  readonly player: Pick<Player, 'audible' | 'setVolume'>;
  readonly savedPresets: Pick<SavedPresets, 'find'>;
  readonly currentPreset: Pick<CurrentPreset, 'openDraft'>;
  readonly appState: Pick<AppState, 'openDialog' | 'closeDialog'>;
  readonly toasts: Pick<Toasts, 'show'>;
}

const PREVIEW_SEC = 120;
const EXTEND_SEC = 15 * 60;
const STOP_FADE_SEC = 0.15;
const CHECKPOINT_INTERVAL_MS = 60_000;
const MAX_LOGS = 30;
/** Without a timer a preview covers this much of the night. */
const PREVIEW_NIGHT_SEC = 90 * 60;
/** The summary of a night is shown this long after it. */
const MAX_SUMMARY_AGE_MS = 20 * 3600_000;

/** The night mode. */
export class Night {
  /** State of the running night; null when none runs. A preview is no night. */
  report: NightReport | null = $state.raw(null);
  /** Share of the preview that has passed, 0…1; null when none runs. */
  preview: number | null = $state(null);
  /** The dark screen is up. */
  dark = $state(false);
  /** When the night that just ended did so by itself. */
  endedAt: Date | null = $state.raw(null);
  choices: NightChoices = $state.raw(readChoices(undefined));
  /** A night that a reload has interrupted: to be resumed or dismissed. */
  interruptedNight: NightCheckpoint | null = $state.raw(null);
  /** Log of the night before, until its summary is dismissed. */
  lastNight: NightLog | null = $state.raw(null);
  /** Plan of the running night or preview. */
  plan: NightPlan | null = null;

  readonly #options: NightOptions;
  readonly #ends = new Signal<NightLog>();
  #checkpoint: NightCheckpoint | null = null;
  #checkpointSavedMs = 0;
  #interruptions: Interruption[] = [];
  #previewSec = 1;

  constructor(options: NightOptions) {
    this.#options = options;
    const { host, settings } = options;
    this.choices = readChoices(settings.nightChoices);
    host.onNight((report) => {
      this.#onReport(report);
    });
    host.onInterruption((interruption) => {
      this.#interruptions.push(interruption);
    });
    void this.#restore();
  }

  /** Calls the listener with the log of every night that ends. Returns an unsubscribe function. */
  get subscribe(): Signal<NightLog>['subscribe'] {
    return this.#ends.subscribe;
  }

  /** The plan if the night started now, with words for what had to be changed. */
  get resolvedPlan(): ResolvedPlan {
    const { savedPresets, player } = this.#options;
    return resolvePlan(this.choices, new Date(), (id) => {
      const preset = savedPresets.find(id)?.preset;
      return preset && player.audible(preset.scene);
    });
  }

  /** An ambience layer would be added to this sound. */
  get addsAmbience(): boolean {
    const { player, editor } = this.#options;
    return this.#mayAddAmbience && createAmbienceLayer(player.audible(editor.scene)) !== null;
  }

  /**
   * Changes some choices and saves them.
   * @param change - the new values
   */
  choose(change: Partial<NightChoices>): void {
    this.choices = { ...this.choices, ...change };
    void this.#options.settings.change({ nightChoices: this.choices });
  }

  /** Starts the night. Call inside a user gesture. */
  async start(): Promise<void> {
    const { toasts, editor } = this.#options;
    const { plan, words } = this.resolvedPlan;
    for (const line of words) toasts.show(line);
    const { presetId, name, scene } = editor;
    await this.#begin({ startedMs: Date.now(), aliveMs: Date.now(), plan, presetId, name, scene }, 0);
  }

  /** Resumes the interrupted night where it would be now. Call inside a user gesture. */
  async resume(): Promise<void> {
    const { editor, currentPreset } = this.#options;
    const checkpoint = this.interruptedNight;
    if (!checkpoint) return;
    this.interruptedNight = null;
    // The same sound and seed, whatever has been opened since.
    if (!sameScene(checkpoint.scene, editor.scene)) {
      const revision = checkpoint.presetId === editor.presetId ? editor.revision : null;
      currentPreset.openDraft({ ...checkpoint, revision });
    }
    const nowMs = Date.now();
    const { startedMs, aliveMs } = checkpoint;
    const atSec = (aliveMs - startedMs) / 1000;
    const closed: Interruption = { cause: 'page closed', atSec, backAfterSec: (nowMs - aliveMs) / 1000 };
    await this.#begin({ ...checkpoint, aliveMs: nowMs }, (nowMs - startedMs) / 1000, [closed]);
  }

  /** Ends the interrupted night instead of resuming it. */
  dismiss(): void {
    const checkpoint = this.interruptedNight;
    if (checkpoint) this.#saveLog(checkpoint, checkpoint.aliveMs, 'closed', null);
    this.interruptedNight = null;
    void this.#options.settings.change({ nightCheckpoint: null });
  }

  /** Plays the whole night in two minutes. Call inside a user gesture. */
  async startPreview(): Promise<void> {
    const { plan } = this.resolvedPlan;
    const untilSec = Math.max(plan.timerSec ?? PREVIEW_NIGHT_SEC, plan.wake ? plan.wake.atSec + plan.wake.fadeSec : 0);
    this.plan = plan;
    this.preview = 0;
    this.#previewSec = untilSec;
    await this.#options.host.playNight(plan, { speed: untilSec / PREVIEW_SEC, ambience: this.#mayAddAmbience });
  }

  /** Stops the night or the preview. */
  stop(): void {
    this.#options.host.stop(STOP_FADE_SEC);
  }

  /** Adds a quarter of an hour to the running night. */
  extend(): void {
    if (!this.plan) return;
    this.plan = extendNight(this.plan, EXTEND_SEC);
    this.#options.host.changeNight(this.plan);
    if (this.#checkpoint) this.#saveCheckpoint({ ...this.#checkpoint, plan: this.plan });
  }

  /**
   * Changes the volume.
   * @param step - −1…1
   */
  changeVolume(step: number): void {
    this.#options.player.setVolume(this.#options.settings.volume + step);
  }

  /** Closes the dark screen when nothing plays any more. */
  leave(): void {
    this.dark = false;
    this.endedAt = null;
  }

  /** Dismisses the summary of the night before. */
  dismissSummary(): void {
    this.lastNight = null;
    void this.#options.settings.change({ morningSummaryRead: true });
  }

  get #mayAddAmbience(): boolean {
    return !this.#options.settings.isBlocked('softNoise');
  }

  async #begin(checkpoint: NightCheckpoint, atSec: number, interruptions: Interruption[] = []): Promise<void> {
    const { host, settings, appState } = this.#options;
    appState.closeDialog();
    this.plan = checkpoint.plan;
    this.preview = null;
    this.endedAt = null;
    this.#interruptions = interruptions;
    this.#saveCheckpoint(checkpoint);
    this.dark = true;
    host.setLowPower(settings.eco);
    if (!settings.onboardingDone) void settings.change({ onboardingDone: true });
    await host.playNight(checkpoint.plan, { atSec, ambience: this.#mayAddAmbience });
  }

  #onReport(report: NightReport | null): void {
    if (this.preview !== null) {
      this.preview = report ? Math.min(1, report.sec / this.#previewSec) : null;
      if (report && report.sec >= this.#previewSec) this.stop();
      return;
    }
    const before = this.report;
    this.report = report;
    const checkpoint = this.#checkpoint;
    if (!checkpoint) return;
    if (!report) this.#end(checkpoint, before);
    else if (Date.now() - this.#checkpointSavedMs > CHECKPOINT_INTERVAL_MS)
      this.#saveCheckpoint({ ...checkpoint, aliveMs: Date.now() });
  }

  #end(checkpoint: NightCheckpoint, last: NightReport | null): void {
    const byItself = last?.phase === 'ended';
    this.#saveLog(checkpoint, Date.now(), byItself ? 'timer' : 'stopped', last?.underruns ?? null);
    this.#checkpoint = null;
    this.plan = null;
    if (byItself) this.endedAt = new Date();
    else this.dark = false;
  }

  #saveLog(checkpoint: NightCheckpoint, endedMs: number, how: NightLog['how'], underruns: number | null): void {
    const { settings } = this.#options;
    const { startedMs, presetId, name, plan } = checkpoint;
    const log: NightLog = {
      startedMs,
      endedMs: Math.max(startedMs, endedMs),
      presetId,
      name,
      timerMinutes: plan.timerSec === null ? null : Math.round(plan.timerSec / 60),
      how,
      interruptions: this.#interruptions.map(({ cause, backAfterSec }) => ({ cause, backAfterSec })),
      underruns,
    };
    const nightLogs = settings.nightLogsEnabled ? [...settings.nightLogs, log].slice(-MAX_LOGS) : settings.nightLogs;
    void settings.change({ nightLogs, nightCheckpoint: null, morningSummaryRead: false });
    this.#ends.emit(log);
  }

  #saveCheckpoint(checkpoint: NightCheckpoint): void {
    this.#checkpoint = checkpoint;
    this.#checkpointSavedMs = Date.now();
    void this.#options.settings.change({ nightCheckpoint: checkpoint });
  }

  /** After a load: finds an interrupted night, or the log of the one before. */
  async #restore(): Promise<void> {
    const { settings, appState } = this.#options;
    // Another tab may be playing it right now.
    if (await isLockHeld(PLAYING_LOCK).catch(() => false)) return;
    const checkpoint = parseCheckpoint(settings.nightCheckpoint);
    if (checkpoint && isResumable(checkpoint, Date.now())) {
      this.interruptedNight = checkpoint;
      appState.openDialog('resumeNight');
    } else if (checkpoint) this.#saveLog(checkpoint, checkpoint.aliveMs, 'closed', null);
    else if (settings.nightCheckpoint) void settings.change({ nightCheckpoint: null });
    const last = readNightLog(settings.nightLogs.at(-1));
    const recent = last && Date.now() - last.endedMs < MAX_SUMMARY_AGE_MS;
    if (recent && !settings.morningSummaryRead && settings.nightLogsEnabled) this.lastNight = last;
  }
}
