// The page’s side of a night: its plan, its position by the engine’s reports or by the clock while the engine is away, its listeners.
import type { NightState, NightPlan } from '../synth/index.ts';
import type { NightStartCommand } from './messages.ts';
import { elapsedSec, readClocks } from './elapsedTime.ts';
import type { ClockTimes } from './elapsedTime.ts';
import type { Interruption, InterruptionCause, NightReport, NightStart } from './nightTypes.ts';

/** Between two notifications of listeners; a change of phase is notified at once. */
const REPORT_INTERVAL_SEC = 1;
/**
 * The engine counts frames, and frames get lost: dropouts, a slow device clock, gaps too short to be detected. Beyond this
 * difference from the page’s clock the engine is told to seek.
 */
const MAX_DRIFT_SEC = 0.25;

type PendingInterruption = Omit<Interruption, 'backAfterSec'>;

/** Keeps the position of a night across interruptions, lost frames and sleep of the device. Main thread. */
export class NightClock {
  report: NightReport | null = null;
  plan: NightPlan | null = null;

  #speed = 1;
  #ambience = true;
  /** Where the night should stand, and when that was so. */
  #sec = 0;
  #clocks: ClockTimes;
  /** The engine has been given the night: its time runs. */
  #running = false;
  readonly #readClocks: () => ClockTimes;
  #notifiedAtMs = 0;
  #interruption: PendingInterruption | null = null;
  readonly #nightListeners = new Set<(report: NightReport | null) => void>();
  readonly #interruptionListeners = new Set<(interruption: Interruption) => void>();

  constructor(clocks = readClocks) {
    this.#readClocks = clocks;
    this.#clocks = clocks();
  }

  start(plan: NightPlan, { atSec = 0, speed = 1, ambience: allowAmbience = true }: NightStart): void {
    this.plan = plan;
    this.#speed = speed;
    this.#ambience = allowAmbience;
    this.#sec = atSec;
    this.#clocks = this.#readClocks();
    this.#running = false;
    this.#notifiedAtMs = 0;
    this.#interruption = null;
  }

  changePlan(plan: NightPlan): void {
    if (this.plan) this.plan = plan;
  }

  end(): void {
    const interruption = this.#interruption;
    this.#interruption = null;
    if (!this.plan) return;
    if (interruption) this.#notifyInterruption(interruption, null);
    this.plan = null;
    this.report = null;
    for (const listener of this.#nightListeners) listener(null);
  }

  /**
   * Builds the command that starts the night in an engine, at the present position.
   * @param fadeSec - fade-in, s
   * @param clockSec - audio clock now, s
   * @returns the command; undefined when no night runs
   */
  startCommand(fadeSec: number, clockSec: number): NightStartCommand | undefined {
    if (!this.plan) return undefined;
    const times = this.#readClocks();
    if (this.#running) this.#sec += this.#speed * elapsedSec(this.#clocks, times);
    this.#clocks = times;
    this.#running = true;
    return { plan: this.plan, atSec: this.#sec, clockSec, speed: this.#speed, ambience: this.#ambience, fadeSec };
  }

  /** The page was frozen or the device slept, perhaps unnoticed by the audio clock: here the wall clock counts. */
  onWake(): void {
    if (!this.#running) return;
    const times = this.#readClocks();
    this.#sec += this.#speed * elapsedSec(this.#clocks, times);
    this.#clocks = times;
  }

  /**
   * Processes the engine's report and notifies listeners.
   * @param night - state of the night in the engine
   * @param underruns - dropouts so far, null where they are not counted
   * @param agoSec - age of the report, s
   * @returns where the night should stand, if the engine has drifted; else null
   */
  onReport(
    night: NightState & { readonly ambience: boolean },
    underruns: number | null,
    agoSec: number,
  ): number | null {
    const phaseChanged = this.report?.phase !== night.phase;
    this.report = { ...night, underruns };
    const { monotonicMs: pageMs } = this.#readClocks();
    if (phaseChanged || pageMs - this.#notifiedAtMs >= REPORT_INTERVAL_SEC * 1000) {
      this.#notifiedAtMs = pageMs;
      for (const listener of this.#nightListeners) listener(this.report);
    }
    return this.#running && !this.#interruption ? this.#correctDrift(night.sec + this.#speed * agoSec) : null;
  }

  /** While it sounds, the monotonic clock counts. */
  #correctDrift(reportedSec: number): number | null {
    const times = this.#readClocks();
    this.#sec += (this.#speed * Math.max(0, times.monotonicMs - this.#clocks.monotonicMs)) / 1000;
    this.#clocks = times;
    return Math.abs(this.#sec - reportedSec) < MAX_DRIFT_SEC * this.#speed ? null : this.#sec;
  }

  /**
   * The sound broke off.
   * @param cause - why
   */
  onInterrupted(cause: InterruptionCause): void {
    this.#interruption ??= { cause, atSec: this.#sec };
  }

  /**
   * The sound is back.
   * @param awaySec - length of the interruption, s
   */
  onRecovered(awaySec: number): void {
    if (this.#interruption) this.#notifyInterruption(this.#interruption, awaySec);
    this.#interruption = null;
  }

  #notifyInterruption(interruption: PendingInterruption, backAfterSec: number | null): void {
    for (const listener of this.#interruptionListeners) listener({ ...interruption, backAfterSec });
  }

  onNight(listener: (report: NightReport | null) => void): () => void {
    this.#nightListeners.add(listener);
    return () => this.#nightListeners.delete(listener);
  }

  onInterruption(listener: (interruption: Interruption) => void): () => void {
    this.#interruptionListeners.add(listener);
    return () => this.#interruptionListeners.delete(listener);
  }
}
