// A night that runs, as it is noted down: enough to go on with it after a reload.
import { restoreScene } from '../../presets/restore.ts';
import { nightAt, safeNightPlan } from '../../synth/index.ts';
import type { NightPlan } from '../../synth/index.ts';

export interface Run {
  readonly startedMs: number;
  /** When it was last known to play. */
  readonly aliveMs: number;
  readonly plan: NightPlan;
  readonly presetId: string | null;
  readonly name: string;
}

/** Without an end of its own a night is gone on with only so long after it was last heard. */
const LONGEST_AWAY_MS = 8 * 3600_000;

/** Anything that was kept → a night that could still be playing at `nowMs`, or null. */
export function readRun(value: unknown, nowMs: number): Run | null {
  if (typeof value !== 'object' || value === null) return null;
  const { startedMs, aliveMs, plan, presetId, name } = value as Record<string, unknown>;
  if (typeof startedMs !== 'number' || typeof aliveMs !== 'number' || typeof plan !== 'object' || plan === null)
    return null;
  if (!(startedMs <= aliveMs && aliveMs <= nowMs && nowMs - aliveMs < LONGEST_AWAY_MS)) return null;
  const safe = safeNightPlan({ ...(plan as Partial<NightPlan>), wake: readWake((plan as NightPlan).wake) }).plan;
  if (nightAt(safe, (nowMs - startedMs) / 1000).phase === 'ended') return null;
  return {
    startedMs,
    aliveMs,
    plan: safe,
    presetId: typeof presetId === 'string' ? presetId : null,
    name: typeof name === 'string' ? name : '',
  };
}

function readWake(value: unknown): NightPlan['wake'] {
  if (typeof value !== 'object' || value === null) return null;
  const { atSec, fadeSec, scene } = value as Record<string, unknown>;
  const restored = restoreScene(scene);
  if (typeof atSec !== 'number' || typeof fadeSec !== 'number' || !restored.ok) return null;
  return { atSec, fadeSec, scene: restored.scene };
}
