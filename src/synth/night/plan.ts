// Plan of a night: length, ending, evolution, wake sound. Plain data.
import { clamp } from '../dsp/math.ts';
import type { Scene } from '../scene.ts';

/** Wake sound of a night. */
export interface Wake {
  /** From the start of the night. */
  readonly atSec: number;
  readonly fadeSec: number;
  readonly scene: Scene;
}

/** What a night does, all times from its start. */
export interface NightPlan {
  /** From the start until the sound is gone or has settled low; null: until it is stopped. */
  readonly timerSec: number | null;
  /** Length of the fade at the end of the timer. Never longer than the timer. */
  readonly fadeSec: number;
  /** What the fade leads to. `low`: a quiet level that stays. */
  readonly after: 'silence' | 'low';
  /** End of the quiet level; null: it stays until it is stopped. */
  readonly lowUntilSec: number | null;
  /** Whether the sound evolves, by the scene's own arc. */
  readonly arc: boolean;
  readonly wake: Wake | null;
}

export const NIGHT_LIMITS = {
  minTimerSec: 60,
  maxTimerSec: 16 * 3600,
  minFadeSec: 60,
  maxFadeSec: 3600,
  minWakeFadeSec: 60,
  maxWakeFadeSec: 1800,
} as const;

export const DEFAULT_NIGHT: NightPlan = {
  timerSec: 30 * 60,
  fadeSec: 10 * 60,
  after: 'silence',
  lowUntilSec: null,
  arc: true,
  wake: null,
};

/** The durations of a plan that have limits. */
export type NightSetting = 'timer' | 'fade' | 'wakeFade';

/** What had to be changed in a plan. */
export type NightWarning =
  | { readonly code: 'notANumber'; readonly setting: NightSetting; readonly usedSec: number }
  | {
      readonly code: 'outOfRange';
      readonly setting: NightSetting;
      readonly minSec: number;
      readonly maxSec: number;
      readonly usedSec: number;
    }
  | { readonly code: 'fadeLongerThanTimer' }
  | { readonly code: 'wakeOutsideNight' }
  | { readonly code: 'lowUntilWake' }
  | { readonly code: 'lowEndsBeforeTimer' };

/** A plan that can be played, and what had to be changed. */
export interface SanitizedPlan {
  readonly plan: NightPlan;
  readonly warnings: readonly NightWarning[];
}

const DEFAULT_WAKE_FADE_SEC = 300;

/**
 * Clamps and completes a plan. The wake scene must have been restored already. Never throws.
 * @param requested - any numbers
 * @returns a plan that can be played, and what had to be changed
 */
export function sanitizeNightPlan(requested: Partial<NightPlan>): SanitizedPlan {
  const warnings: NightWarning[] = [];
  const { minTimerSec, maxTimerSec, minFadeSec, maxFadeSec, minWakeFadeSec, maxWakeFadeSec } = NIGHT_LIMITS;
  const clampSetting = (
    setting: NightSetting,
    sec: number | undefined,
    { fallbackSec, minSec, maxSec }: { fallbackSec: number; minSec: number; maxSec: number },
  ): number => {
    if (sec === undefined) return fallbackSec;
    if (!Number.isFinite(sec)) {
      warnings.push({ code: 'notANumber', setting, usedSec: fallbackSec });
      return fallbackSec;
    }
    const usedSec = clamp(sec, minSec, maxSec);
    if (usedSec !== sec) warnings.push({ code: 'outOfRange', setting, minSec, maxSec, usedSec });
    return usedSec;
  };
  const timerSec =
    requested.timerSec === null
      ? null
      : clampSetting('timer', requested.timerSec, {
          fallbackSec: DEFAULT_NIGHT.timerSec ?? 0,
          minSec: minTimerSec,
          maxSec: maxTimerSec,
        });
  let fadeSec = clampSetting('fade', requested.fadeSec, {
    fallbackSec: DEFAULT_NIGHT.fadeSec,
    minSec: minFadeSec,
    maxSec: maxFadeSec,
  });
  if (timerSec !== null && fadeSec > timerSec) {
    fadeSec = timerSec;
    warnings.push({ code: 'fadeLongerThanTimer' });
  }
  let wake = requested.wake ?? null;
  if (wake && !(wake.atSec > (timerSec ?? 0) && wake.atSec <= maxTimerSec)) {
    wake = null;
    warnings.push({ code: 'wakeOutsideNight' });
  }
  if (wake) {
    const limits = { fallbackSec: DEFAULT_WAKE_FADE_SEC, minSec: minWakeFadeSec, maxSec: maxWakeFadeSec };
    wake = { ...wake, fadeSec: clampSetting('wakeFade', wake.fadeSec, limits) };
  }
  let after = requested.after === 'low' ? ('low' as const) : ('silence' as const);
  if (wake && after === 'silence' && timerSec !== null) {
    after = 'low';
    warnings.push({ code: 'lowUntilWake' });
  }
  let lowUntilSec = timerSec === null ? null : (requested.lowUntilSec ?? null);
  if (lowUntilSec !== null && timerSec !== null) {
    if (Number.isFinite(lowUntilSec) && lowUntilSec >= timerSec) lowUntilSec = Math.min(lowUntilSec, maxTimerSec);
    else {
      lowUntilSec = null;
      warnings.push({ code: 'lowEndsBeforeTimer' });
    }
  }
  return { plan: { timerSec, fadeSec, after, lowUntilSec, arc: requested.arc ?? true, wake }, warnings };
}

/**
 * Moves the end of a night; the fade begins anew where it would have begun.
 * @param plan - a sanitized plan
 * @param bySec - seconds, negative for an earlier end
 * @returns a new plan
 */
export function extendNight(plan: NightPlan, bySec: number): NightPlan {
  if (plan.timerSec === null) return plan;
  const timerSec = Math.min(plan.timerSec + bySec, NIGHT_LIMITS.maxTimerSec);
  const notBeforeTimer = (sec: number | null): number | null => (sec === null ? null : Math.max(sec, timerSec));
  return { ...plan, timerSec, lowUntilSec: notBeforeTimer(plan.lowUntilSec) };
}
