// The night: what was chosen, what runs, and what is kept of it. The sound itself keeps its own time.
import { createAmbienceLayer, extendNight } from '../../../synth/index.ts';
import type { NightPlan } from '../../../synth/index.ts';
import type { Interruption, NightReport } from '../../../audio/types.ts';
import type { Library } from '../library/library.svelte.ts';
import { planOf, readChoices } from './nightChoices.ts';
import type { NightChoices, Planned } from './nightChoices.ts';
import { readNightLog } from './nightLog.ts';
import type { NightLog } from './nightLog.ts';
import { couldGoOn, readRun } from './nightCheckpoint.ts';
import type { Run } from './nightCheckpoint.ts';
import { isLockHeld, PLAYING_LOCK } from '../../../storage/webLock.ts';
import { sameScene } from '../editor/sceneEdits.ts';
import type { Session } from '../editor/session.svelte.ts';

const PREVIEW_SEC = 120;
const MORE_SEC = 15 * 60;
const STOP_FADE_SEC = 0.15;
/** How often a running night notes that it is still there. */
const NOTE_MS = 60_000;
const KEPT_NIGHTS = 30;
/** Without a timer a preview shows this much of the night. */
const PREVIEW_NIGHT_SEC = 90 * 60;

export class Night {
  /** Where the running night stands; null when none runs. A preview is no night. */
  report: NightReport | null = $state.raw(null);
  /** Share of the preview that has passed, 0…1; null when none runs. */
  preview: number | null = $state(null);
  /** The dark screen is up. */
  dark = $state(false);
  /** When the night that just ended did so by itself. */
  endedAt: Date | null = $state.raw(null);
  choices: NightChoices = $state.raw(readChoices(undefined));
  /** A night that was cut off by a reload: to be gone on with, or not. */
  cutOff: Run | null = $state.raw(null);
  /** The night before, until its line has been read. */
  morning: NightLog | null = $state.raw(null);

  readonly session: Session;
  readonly library: Library;
  plan: NightPlan | null = null;
  #run: Run | null = null;
  #interruptions: Interruption[] = [];
  #notedMs = 0;

  constructor(session: Session, library: Library) {
    this.session = session;
    this.library = library;
    const { host, settings } = session;
    this.choices = readChoices(settings.night);
    host.onNight((report) => {
      this.#hear(report);
    });
    host.onInterruption((interruption) => {
      this.#interruptions.push(interruption);
    });
    void this.#recall();
  }

  /** The plan as it would be now, with words for what had to be mended. */
  get planned(): Planned {
    return planOf(this.choices, new Date(), (id) => {
      const preset = this.library.all.find((sound) => sound.id === id)?.preset;
      return preset && this.session.audible(preset.scene);
    });
  }

  /** A soft bed would lie under this sound. */
  get wantsBed(): boolean {
    return this.#mayBed && createAmbienceLayer(this.session.audible(this.session.scene)) !== null;
  }

  choose(change: Partial<NightChoices>): void {
    this.choices = { ...this.choices, ...change };
    void this.session.settings.change({ night: this.choices });
  }

  /** Call inside the press. */
  async start(): Promise<void> {
    const { plan, words } = this.planned;
    for (const line of words) this.session.onNotice(line);
    await this.#begin({ startedMs: Date.now(), aliveMs: Date.now(), plan, ...this.#sound() }, 0);
  }

  /** Goes on with a night that was cut off. Call inside the press. */
  async goOn(): Promise<void> {
    const run = this.cutOff;
    if (!run) return;
    this.cutOff = null;
    // The same sound and seed, whatever has been opened since.
    if (!sameScene(run.scene, this.session.scene)) {
      const revision = run.presetId === this.session.presetId ? this.session.revision : null;
      this.library.takeUp({ ...run, revision });
    }
    const nowMs = Date.now();
    const atSec = (run.aliveMs - run.startedMs) / 1000;
    const away: Interruption = { cause: 'page closed', atSec, backAfterSec: (nowMs - run.aliveMs) / 1000 };
    await this.#begin({ ...run, aliveMs: nowMs }, (nowMs - run.startedMs) / 1000, [away]);
  }

  letGo(): void {
    if (this.cutOff) this.#keepLog(this.cutOff, this.cutOff.aliveMs, 'closed', null);
    this.cutOff = null;
    void this.session.settings.change({ nightRun: null });
  }

  /** The whole programme in two minutes. Call inside the press. */
  async startPreview(): Promise<void> {
    const { plan } = this.planned;
    const until = Math.max(plan.timerSec ?? PREVIEW_NIGHT_SEC, plan.wake ? plan.wake.atSec + plan.wake.fadeSec : 0);
    this.plan = plan;
    this.preview = 0;
    this.#previewSec = until;
    await this.session.host.playNight(plan, { speed: until / PREVIEW_SEC, ambience: this.#mayBed });
  }

  stop(): void {
    this.session.host.stop(STOP_FADE_SEC);
  }

  more(): void {
    if (!this.plan) return;
    this.plan = extendNight(this.plan, MORE_SEC);
    this.session.host.changeNight(this.plan);
    if (this.#run) this.#note({ ...this.#run, plan: this.plan });
  }

  louder(by: number): void {
    this.session.setVolume(this.session.settings.volume + by);
  }

  /** Back from the dark screen, when nothing plays any more. */
  leave(): void {
    this.dark = false;
    this.endedAt = null;
  }

  readMorning(): void {
    this.morning = null;
    void this.session.settings.change({ nightRead: true });
  }

  #previewSec = 1;

  get #mayBed(): boolean {
    return !this.session.settings.isNever('softNoise');
  }

  #sound(): Pick<Run, 'presetId' | 'name' | 'scene'> {
    const { presetId, name, scene } = this.session;
    return { presetId, name, scene };
  }

  async #begin(run: Run, atSec: number, interruptions: Interruption[] = []): Promise<void> {
    const { host, settings } = this.session;
    this.session.dialog = null;
    this.plan = run.plan;
    this.preview = null;
    this.endedAt = null;
    this.#interruptions = interruptions;
    this.#note(run);
    this.dark = true;
    host.setLowPower(settings.eco);
    if (!settings.welcomed) void settings.change({ welcomed: true });
    await host.playNight(run.plan, { atSec, ambience: this.#mayBed });
  }

  #hear(report: NightReport | null): void {
    if (this.preview !== null) {
      this.preview = report ? Math.min(1, report.sec / this.#previewSec) : null;
      if (report && report.sec >= this.#previewSec) this.stop();
      return;
    }
    const before = this.report;
    this.report = report;
    if (report && this.#run && Date.now() - this.#notedMs > NOTE_MS) this.#note({ ...this.#run, aliveMs: Date.now() });
    if (!report && this.#run) this.#end(this.#run, before);
  }

  #end(run: Run, last: NightReport | null): void {
    const byItself = last?.phase === 'ended';
    this.#keepLog(run, Date.now(), byItself ? 'timer' : 'stopped', last?.underruns ?? null);
    this.#run = null;
    this.plan = null;
    if (byItself) this.endedAt = new Date();
    else this.dark = false;
  }

  #keepLog(run: Run, endedMs: number, how: NightLog['how'], underruns: number | null): void {
    const { settings } = this.session;
    const { startedMs, presetId, name, plan } = run;
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
    const nights = settings.keepNights ? [...settings.nights, log].slice(-KEPT_NIGHTS) : settings.nights;
    void settings.change({ nights, nightRun: null, nightRead: false });
    this.onNight(log);
  }

  /** A night is over. Set by whoever keeps a record of it. */
  onNight: (log: NightLog) => void = () => undefined;

  #note(run: Run): void {
    this.#run = run;
    this.#notedMs = Date.now();
    void this.session.settings.change({ nightRun: run });
  }

  /** After a load: a night that was cut off, or the line of the one before. */
  async #recall(): Promise<void> {
    const { settings } = this.session;
    // Another window may be playing it right now.
    if (await isLockHeld(PLAYING_LOCK).catch(() => false)) return;
    const run = readRun(settings.nightRun);
    if (run && couldGoOn(run, Date.now())) {
      this.cutOff = run;
      this.session.dialog = 'goOn';
    } else if (run) this.#keepLog(run, run.aliveMs, 'closed', null);
    else if (settings.nightRun) void settings.change({ nightRun: null });
    const last = readNightLog(settings.nights.at(-1));
    if (last && !settings.nightRead && settings.keepNights && Date.now() - last.endedMs < 20 * 3600_000) {
      this.morning = last;
    }
  }
}
