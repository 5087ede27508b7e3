// The page's side of a night: which plan runs, how far it is (by the engine, or by the clock while the engine is away), who listens.
import type { NightMoment, NightPlan } from '../synth/index.ts';
import type { NightOrder } from './messages.ts';
import { elapsedSec, timesNow } from './elapsedTime.ts';
import type { Times } from './elapsedTime.ts';
import type { Interruption, InterruptionCause, NightReport, NightStart } from './nightTypes.ts';

/** Listeners hear of a night no more often, but of every phase. */
const TELL_SEC = 1;
/**
 * The engine counts frames, and frames get lost: dropouts, a device clock that is slow, a breath of silence too short to be
 * noticed. Further than this from the clock, it is set right.
 */
const STRAY_SEC = 0.25;

type Away = Omit<Interruption, 'backAfterSec'>;

export class NightWatch {
  report: NightReport | null = null;
  plan: NightPlan | null = null;

  #speed = 1;
  #bed = true;
  /** Where the night ought to stand, and when that was so. */
  #sec = 0;
  #at: Times;
  /** The engine was given the night: its time runs. */
  #runs = false;
  readonly #times: () => Times;
  #toldAtMs = 0;
  #away: Away | null = null;
  readonly #nightListeners = new Set<(report: NightReport | null) => void>();
  readonly #interruptionListeners = new Set<(interruption: Interruption) => void>();

  constructor(times = timesNow) {
    this.#times = times;
    this.#at = times();
  }

  begin(plan: NightPlan, { atSec = 0, speed = 1, bed = true }: NightStart): void {
    this.plan = plan;
    this.#speed = speed;
    this.#bed = bed;
    this.#sec = atSec;
    this.#at = this.#times();
    this.#runs = false;
    this.#toldAtMs = 0;
    this.#away = null;
  }

  change(plan: NightPlan): void {
    if (this.plan) this.plan = plan;
  }

  end(): void {
    const away = this.#away;
    this.#away = null;
    if (!this.plan) return;
    if (away) this.#tellBroken(away, null);
    this.plan = null;
    this.report = null;
    for (const listener of this.#nightListeners) listener(null);
  }

  /** What the engine is to play now, or undefined by day. */
  order(fadeSec: number, clockSec: number): NightOrder | undefined {
    if (!this.plan) return undefined;
    const times = this.#times();
    if (this.#runs) this.#sec += this.#speed * elapsedSec(this.#at, times);
    this.#at = times;
    this.#runs = true;
    return { plan: this.plan, atSec: this.#sec, clockSec, speed: this.#speed, bed: this.#bed, fadeSec };
  }

  /** The page lay frozen or the device slept, perhaps unnoticed by the sound: here the clock on the wall counts. */
  woke(): void {
    if (!this.#runs) return;
    const times = this.#times();
    this.#sec += this.#speed * elapsedSec(this.#at, times);
    this.#at = times;
  }

  /** The engine's own word, `agoSec` old, of where the night stands. Answers where it ought to, if it has strayed. */
  hear(night: NightMoment & { readonly bed: boolean }, underruns: number | null, agoSec: number): number | null {
    const phaseChanged = this.report?.phase !== night.phase;
    this.report = { ...night, underruns };
    const { pageMs } = this.#times();
    if (phaseChanged || pageMs - this.#toldAtMs >= TELL_SEC * 1000) {
      this.#toldAtMs = pageMs;
      for (const listener of this.#nightListeners) listener(this.report);
    }
    return this.#runs && !this.#away ? this.#setRight(night.sec + this.#speed * agoSec) : null;
  }

  /** While it sounds, the page's own clock counts: it cannot be set. */
  #setRight(isSec: number): number | null {
    const times = this.#times();
    this.#sec += (this.#speed * Math.max(0, times.pageMs - this.#at.pageMs)) / 1000;
    this.#at = times;
    return Math.abs(this.#sec - isSec) < STRAY_SEC * this.#speed ? null : this.#sec;
  }

  /** The sound is away since then. */
  broke(cause: InterruptionCause): void {
    this.#away ??= { cause, atSec: this.#sec };
  }

  /** It is back after `awaySec`. */
  back(awaySec: number): void {
    if (this.#away) this.#tellBroken(this.#away, awaySec);
    this.#away = null;
  }

  #tellBroken(away: Away, backAfterSec: number | null): void {
    for (const listener of this.#interruptionListeners) listener({ ...away, backAfterSec });
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
