// The page's side of a night: which plan runs, how far it is (by the engine, or by the clock while the engine is away), who listens.
import type { NightMoment, NightPlan } from '../synth/index.ts';
import type { NightOrder } from './messages.ts';
import { elapsedSec, timesNow } from './nightClock.ts';
import type { Times } from './nightClock.ts';
import type { Interruption, InterruptionCause, NightReport, NightStart } from './nightHost.ts';

/** Listeners hear of a night no more often, but of every phase. */
const TELL_SEC = 1;

type Away = Omit<Interruption, 'backAfterSec'>;

export class NightWatch {
  report: NightReport | null = null;
  plan: NightPlan | null = null;

  #speed = 1;
  #bed = true;
  /** Where the night stood, and when that was so. */
  #sec = 0;
  #at: Times = timesNow();
  #toldAtMs = 0;
  #away: Away | null = null;
  readonly #nightListeners = new Set<(report: NightReport | null) => void>();
  readonly #interruptionListeners = new Set<(interruption: Interruption) => void>();

  begin(plan: NightPlan, { atSec = 0, speed = 1, bed = true }: NightStart): void {
    this.plan = plan;
    this.#speed = speed;
    this.#bed = bed;
    this.#sec = atSec;
    this.#at = timesNow();
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
  order(fadeSec: number): NightOrder | undefined {
    if (!this.plan) return undefined;
    return { plan: this.plan, atSec: this.#now(), speed: this.#speed, bed: this.#bed, fadeSec };
  }

  /** The engine's own word of where the night stands. */
  hear(night: NightMoment & { readonly bed: boolean }, underruns: number | null): void {
    this.#sec = night.sec;
    this.#at = timesNow();
    const phaseChanged = this.report?.phase !== night.phase;
    this.report = { ...night, underruns };
    if (!phaseChanged && this.#at.pageMs - this.#toldAtMs < TELL_SEC * 1000) return;
    this.#toldAtMs = this.#at.pageMs;
    for (const listener of this.#nightListeners) listener(this.report);
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

  #now(): number {
    return this.#sec + this.#speed * elapsedSec(this.#at, timesNow());
  }
}
